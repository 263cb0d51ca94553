"""The head of a page: what stands in its file above the Markdown, as plain text that each output escapes for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agentdocs.errors import RenderError
from agentdocs.schema.values import did_you_mean

_MEMBERS = frozenset({"description", "terms"})
_FRONT_MATTER = re.compile(r"---\n((?:(?!---\n).*\n)*)---\n")
_TITLE = re.compile(r"\s*# +(.*\S) *(?:\n|$)")


@dataclass(frozen=True)
class Head:
    """What a page says of itself."""

    title: str
    description: str
    """Empty if the page has none of its own."""
    terms: tuple[str, ...] = ()
    """Words by which readers search for the page and which count as much as it were called so."""


def split(source: str, file: str) -> int:
    """Say where in a page's source the head ends: after the line `# Title`, which may follow front matter.

    Raises `RenderError` with file and line for front matter that is open, or has a member that is not known, none, or
    twice, and for a page without a title.
    """
    end = 0
    if source.startswith("---\n"):
        front = _FRONT_MATTER.match(source)
        if front is None:
            raise _located(file, 1, "the front matter has no end; close it with a line ---")
        _check(front[1], file)
        end = front.end()
    title = _TITLE.match(source, end)
    if title is None:
        line = source.count("\n", 0, end) + 1
        raise _located(file, line, "the page has no title; begin it with a line such as `# Title`")
    return title.end()


def _check(lines: str, file: str) -> None:
    seen: set[str] = set()
    for number, line in enumerate(lines.splitlines(), 2):
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(r"[a-z_]+", name) or not value.strip():
            raise _located(file, number, f"front matter: {line!r} is not a member; write `name: text` on one line")
        if name not in _MEMBERS:
            hint = did_you_mean(name, _MEMBERS)
            raise _located(file, number, f"front matter: '{name}' is not known here; {hint}")
        if name in seen:
            raise _located(file, number, f"front matter: '{name}' appears twice; remove one")
        seen.add(name)


def read(text: str) -> Head:
    """Read a head whose values are filled in. Every value is on one line, so none can end the front matter."""
    front = _FRONT_MATTER.match(text)
    members = dict(line.partition(":")[::2] for line in front[1].splitlines()) if front else {}
    title = _TITLE.match(text, front.end() if front else 0)
    terms = tuple(filter(None, map(str.strip, members.get("terms", "").split(","))))
    return Head(title[1] if title else "", members.get("description", "").strip(), terms)


def _located(file: str, line: int, problem: str) -> RenderError:
    error = RenderError(f"{file}:{line}: {problem}")
    error.located = True
    return error
