"""Headings of the catalog's entries, and the fragments by which links find them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator import marks
from generator.quoting import Verbatim, anchor, as_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping


def heading(entries: Mapping[str, Any], name: str) -> Verbatim:
    """Write the heading of one of the entries, with the fragment that `fragment` gives for it."""
    return Verbatim(as_markdown(_title(entries[name])) + marks.identity(fragment(entries, name)))


def fragment(entries: Mapping[str, Any], name: str) -> Verbatim:
    """Give the fragment of an entry's heading: of its title or name, and a number where an earlier entry's is the same.

    The number is written as the extension `toc` does it.
    """
    taken: dict[str, str] = {}
    for other, entry in entries.items():
        base = found = anchor(_title(entry))
        number = 0
        while found in taken:
            number += 1
            found = f"{base}_{number}"
        taken[found] = other
        if other == name:
            return Verbatim(found)
    raise KeyError(name)


def _title(entry: Any) -> str:  # noqa: ANN401
    return str(getattr(entry, "title", None) or entry.name)
