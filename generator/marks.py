"""Marks: comments in the Markdown of pages that only a browser's HTML takes notice of.

`<!-- tool: picker -->` is where the tool of that name stands. `<!-- next: client=hermes -->` gives the element after it
the attribute `data-client`, by which a script finds it. Other forms of a page leave them out.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from generator.errors import RenderError
from generator.quoting import Verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANY = re.compile(r"<!-- (?:tool|next): [^\n]* -->\n*")
_TOOL = re.compile(r"<!-- tool: ([a-z]+) -->")
_NEXT = re.compile(r"<!-- next: ([a-z]+)=(\S+) -->\s*<([a-z][a-z0-9]*)")


def tool(name: str) -> Verbatim:
    """Mark the place of a tool."""
    return Verbatim(f"<!-- tool: {name} -->")


def following(name: str, value: str) -> Verbatim:
    """Mark the next element with an attribute `data-<name>`."""
    if not re.fullmatch(r"[\w./~{}-]+", value) or "-->" in value:
        raise RenderError(f"{value!r} cannot stand in a comment")
    return Verbatim(f"<!-- next: {name}={value} -->")


def without(markdown: str) -> str:
    """Give Markdown without marks."""
    return _ANY.sub("", markdown)


def applied(html: str, tools: Mapping[str, str]) -> str:
    """Put tools into their places in the HTML of a page, and give elements their attributes."""
    html = _TOOL.sub(lambda mark: tools[mark[1]], html)
    return _NEXT.sub(lambda mark: f'<{mark[3]} data-{mark[1]}="{escape(mark[2])}"', html)
