"""What Cloudflare Pages is told in `_headers`, within its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import RenderError
from generator.hosting.kinds import DOCUMENTS, HASHED, READABLE, SKILLS, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.hosting.rules import Rules
    from generator.hosting.table import Entry

RULES, CHARACTERS = 100, 2000
"""How many rules Cloudflare Pages reads in `_headers`, and how many characters a line may have."""

Fields = tuple[tuple[str, str], ...]


def header_rules(found: Rules, entries: Mapping[str, Entry]) -> list[tuple[str, tuple[str, ...], Fields]]:
    """List patterns of paths, the header fields that are taken back there, and those that are set.

    Values of one field from several rules would be joined, so each rule takes back what it sets. Raises
    `RenderError` where Cloudflare Pages would leave out a rule without a word.
    """
    rules = list(_rules(found, entries))
    if len(rules) > RULES:
        raise RenderError(
            f"_headers would have {len(rules)} rules, and Cloudflare Pages reads {RULES}; publish fewer files whose "
            "media type does not follow from their suffix"
        )
    for pattern, _, fields in rules:
        for field, value in fields:
            if len(f"  {field}: {value}") > CHARACTERS:
                raise RenderError(
                    f"{field} of {pattern} is too long for Cloudflare Pages, which reads {CHARACTERS} characters a "
                    "line; let pages share their inline scripts"
                )
    return rules


def _rules(found: Rules, entries: Mapping[str, Entry]) -> Iterator[tuple[str, tuple[str, ...], Fields]]:
    yield "/*", (), (*found.everywhere, *READABLE)
    folders = [folder for folder in (DOCUMENTS, SKILLS) if any(url.startswith(folder) for url in entries)]
    fields = [(f"{folder}*", [("Cache-Control", kind_of(folder + "-").cache)]) for folder in folders]
    fields += [(url, list(HASHED.headers)) for url, entry in entries.items() if entry.kind is HASHED]
    fields += [(f"/*{suffix}", [("Content-Type", media_type)]) for suffix, media_type in found.types.items()]
    own = {entry.url: [("Content-Type", entry.media_type)] for entry in found.special}
    for url, link in found.links.items():
        own.setdefault(url, []).append(("Link", link))
    for pattern, values in (*fields, *own.items()):
        yield pattern, tuple(field for field, _ in values), tuple(values)
