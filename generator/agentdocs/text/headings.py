"""Fragments of the headings of the catalog's entries, by which links find them whatever they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.schema.assumed import marked_text
from agentdocs.text import marks
from agentdocs.text.quoting import Verbatim, anchor

if TYPE_CHECKING:
    from collections.abc import Mapping


def fragment(entries: Mapping[str, Any], name: str) -> Verbatim:
    """Give the fragment of an entry's heading: of its title or name, and a number where an earlier entry's is the same.

    The number is written as the extension `toc` does it.
    """
    taken: set[str] = set()
    for other, entry in entries.items():
        base = found = anchor(marked_text(getattr(entry, "title", None) or entry.name))
        number = 0
        while found in taken:
            number += 1
            found = f"{base}_{number}"
        if other == name:
            return Verbatim(found)
        taken.add(found)
    raise KeyError(name)


def identity(entries: Mapping[str, Any], name: str) -> Verbatim:
    """Mark the heading of an entry, at its end, as the one to which `fragment` leads."""
    return marks.identity(fragment(entries, name))
