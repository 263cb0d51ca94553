"""Finds what could be a real key, in whatever spelling: no source and no output may hold one.

detect-secrets, gitleaks and trufflehog know more kinds of key, but read lines as they are written. They miss a key
behind `&#95;` or between the elements of highlighted code, take the digests in our documents for keys, and know no
provider's own prefixes. Documentation needs few patterns, so they are here.
"""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdocs.errors import KeyFoundError, Problem
from agentdocs.schema.values import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from agentdocs.catalog.source import SourceFile
    from agentdocs.errors import Loc

REAL_KEY, REVOKE = "this looks like a real key", "revoke that key and remove it"

_OWN = "{prefix}[A-Za-z0-9_-]{{16,}}"
_FOREIGN = {
    "sk-": "sk-[A-Za-z0-9_-]{20,}",  # OpenAI, Anthropic, OpenRouter and many others
    "sk_live_": "sk_live_[A-Za-z0-9]{16,}",  # Stripe
    "ghp_": "ghp_[A-Za-z0-9]{36,}",  # GitHub
    "gho_": "gho_[A-Za-z0-9]{36,}",
    "ghs_": "ghs_[A-Za-z0-9]{36,}",
    "github_pat_": "github_pat_[A-Za-z0-9_]{22,}",
    "glpat-": "glpat-[A-Za-z0-9_-]{20,}",  # GitLab
    "akia": "(?-i:AKIA[A-Z0-9]{16})(?![A-Za-z0-9])",  # Amazon
    "asia": "(?-i:ASIA[A-Z0-9]{16})(?![A-Za-z0-9])",
    "aiza": "(?-i:AIza)[A-Za-z0-9_-]{35}",  # Google
    "xoxb-": "xoxb-[A-Za-z0-9-]{10,}",  # Slack
    "xoxp-": "xoxp-[A-Za-z0-9-]{10,}",
    "hf_": "hf_[A-Za-z0-9]{30,}",  # Hugging Face
    "gsk_": "gsk_[A-Za-z0-9]{40,}",  # Groq
    "npm_": "npm_[A-Za-z0-9]{36,}",
    "pypi-": "pypi-[A-Za-z0-9_-]{50,}",
    "-----begin ": "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----",
}
"""The usual keys of others, by how they begin, in lower case."""

_WORD = "(?:[A-Z]?[a-z]{2,15}|[A-Z]{2,15})[0-9]{0,2}"
_PLACEHOLDER = re.compile(
    "[xX0_-]*"
    f"|(?:{_WORD}[_-]+)+{_WORD}[_-]*"  # words, as names of variables and of models are; a real key has none
    "|.*(?i:your|example|placeholder|redacted|xxxx|0000).*"
)
"""What stands for a key after the prefix, or for something else that begins so."""

_INVISIBLE = "\\xad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufe00-\\ufe0f\\ufeff"
_SPELLED = re.compile(
    rf"[&%\\{_INVISIBLE}](?:"
    r"(?<=&)(?:amp;)*(?:#0*(?P<decimal>[0-9]{1,7});?|#[xX]0*(?P<entity>[0-9A-Fa-f]{1,6});?|(?P<name>[A-Za-z]{3,14});)"
    r"|(?<=%)(?:25)*(?P<percent>[0-9A-Fa-f]{2})"
    r"|(?<=\\)\\*(?:x(?P<byte>[0-9A-Fa-f]{2})|u(?P<unit>[0-9A-Fa-f]{4})|u\{0*(?P<point>[0-9A-Fa-f]{1,6})\}"
    r"|(?P<letter>.))"
    r")?"
)
"""A character in the spelling of HTML, URLs, JSON, scripts or Markdown, however often it was spelled; and what nobody
sees."""
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_NAMES = {"lowbar": "_", "underbar": "_", "hyphen": "-", "dash": "-"} | dict.fromkeys(
    ("shy", "zwj", "zwnj", "zerowidthspace", "nobreak"), ""
)
_TAG, _SHORT_TAG = re.compile(r"<[^<>]*>"), re.compile(r"<[^<>\n]*>")

_MOST_KINDS = 100
"""Prefixes of one provider: every text is searched for each."""
_MOST_UNPACKED = 100_000_000
"""Bytes that a compressed file may have: more is no file of a site."""


@dataclass(frozen=True)
class Found:
    """What looks like a key, without the key."""

    line: int
    """From 1."""
    column: int
    """From 1; 1 for a key that is not written as it is read."""
    beginning: str
    """How keys of this kind begin, as it stands there."""


class KeyFinder:
    """Finds keys of the provider, by their prefixes, and the usual ones of others."""

    @classmethod
    def of(cls, files: Mapping[Loc, SourceFile]) -> KeyFinder:
        """Make one for the kinds of key that the files of a catalog name, also those that no release would show."""
        keys = files[("keys",)].data if ("keys",) in files else {}
        entries = [entry for entry in keys.values() if isinstance(entry, dict)] if isinstance(keys, dict) else []
        prefixes = {prefix for entry in entries if isinstance(prefix := entry.get("prefix"), str) and prefix}
        return cls(sorted(prefixes - {*SPECIALS})[:_MOST_KINDS])

    def __init__(self, prefixes: Iterable[str]) -> None:
        own = {prefix.lower(): _OWN.format(prefix=re.escape(prefix)) for prefix in prefixes}
        # Longest first: one prefix may begin another.
        ordered = sorted({**_FOREIGN, **own}.items(), key=lambda item: -len(item[0]))
        self._kinds = [
            (begin.encode(), re.compile(rf"(?<![A-Za-z0-9]){pattern}", re.IGNORECASE)) for begin, pattern in ordered
        ]

    def find(self, text: str) -> Iterator[Found]:
        """Yield every key in a text once: as it is written, as it is read, and as it is read without its tags."""
        told: set[tuple[int, str]] = set()
        for variant in _variants(text):
            for start, beginning in self._plain(variant):
                line = variant.count("\n", 0, start) + 1
                if (line, beginning) not in told:
                    told.add((line, beginning))
                    column = start - variant.rfind("\n", 0, start) if variant is text else 1
                    yield Found(line, column, beginning)
        # Without the tags that have several lines the lines are others, so that these come last and only if need be.
        if not told and (match := next(self._plain(_TAG.sub("", _read(text))), None)):
            yield Found(1, 1, match[1])

    def _plain(self, text: str) -> Iterator[tuple[int, str]]:
        # A search for bytes is many times faster than that of an expression which ignores letter case.
        lower, seen = text.encode("latin-1", "replace").lower(), set()
        for begin, pattern in self._kinds:
            start = lower.find(begin)
            while start >= 0:
                match = pattern.match(text, start)
                if match and start not in seen:
                    seen.add(start)  # the longest beginning decides whether it is a placeholder, too
                    if not _PLACEHOLDER.fullmatch(match[0][len(begin) :]):
                        yield start, match[0][: len(begin)]
                start = lower.find(begin, start + 1)

    def problems(self, folder: Path, shown: Path) -> Iterator[Problem]:
        """Yield the place of every key in the files of a folder, compressed ones included, and in their names.

        Messages name the folder as `shown`.
        """
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            path = file.relative_to(folder)
            for found in self.find(path.as_posix()):
                wrong = f"the name of a file in it looks like a real key ({found.beginning}...)"
                yield Problem(str(shown), 0, 0, "", wrong, REVOKE)
            for found in self.find(_text(file)):
                yield _problem(str(shown / path), found)

    def refuse_text(self, text: str, shown: str) -> None:
        """Raise `KeyFoundError` if a text, of which messages speak as `shown`, has a key."""
        if problems := [_problem(shown, found) for found in self.find(text)]:
            raise KeyFoundError(problems)

    def refuse(self, *folders: Path, shown: Path | None = None) -> None:
        """Raise `KeyFoundError` with the place of every key in some folders."""
        if problems := [problem for folder in folders for problem in self.problems(folder, shown or folder)]:
            raise KeyFoundError(problems)


def _problem(file: str, found: Found) -> Problem:
    return Problem(file, found.line, found.column, "", f"{REAL_KEY} ({found.beginning}...)", REVOKE)


def _variants(text: str) -> Iterator[str]:
    yield text
    yield (read := _read(text))
    yield _SHORT_TAG.sub("", read)


def _read(text: str) -> str:
    """Undo every spelling, in each other too: an entity in a URL, say."""
    for _ in range(3):
        read = _SPELLED.sub(_as_read, text)
        if read == text:
            break
        text = read
    return text


def _as_read(spelled: re.Match[str]) -> str:
    """Give the character that a spelling stands for; every white space becomes a blank, so that lines stay."""
    parts = spelled.groupdict()
    if letter := parts["letter"]:
        return " " if letter in "nrtfv" else letter
    if name := parts["name"]:
        return _NAMES.get(name.lower(), spelled[0])
    if decimal := parts["decimal"]:
        number = int(decimal)
    elif digits := next(filter(None, map(parts.get, ("entity", "percent", "byte", "unit", "point"))), ""):
        number = int(digits, 16)
    else:
        return spelled[0] if spelled[0] in "&%\\" else ""
    character = chr(min(number, 0x10FFFF))
    return " " if character.isspace() else "" if _UNSEEN.match(character) else character


def _text(file: Path) -> str:
    """Read a file as text; what is none keeps its letters and digits."""
    content = file.read_bytes()
    if file.suffix == ".gz":
        with suppress(zlib.error):  # it may only be called so
            content = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, _MOST_UNPACKED)
    return content.decode("utf-8", "replace")
