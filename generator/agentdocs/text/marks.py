"""Marks: comments in the Markdown of pages that only a browser's HTML takes notice of.

`<!-- tool: picker -->` is where the tool of that name stands. `<!-- next: client=hermes -->` gives the element after it
the attribute `data-client`, by which a script finds it. `<!-- id: hermes -->` at the end of a heading is the fragment
that leads to it. Other forms of a page leave them out.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from agentdocs.errors import RenderError
from agentdocs.text.markdown import outside_code
from agentdocs.text.quoting import Verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANY = re.compile(r"<!-- (?:tool|next): [^\n]* -->\n*| <!-- id: \S+ -->")
_TOOL = re.compile(r"<!-- tool: ([a-z]+) -->")
_NEXT = re.compile(r"<!-- next: ([a-z-]+)=(\S+) -->\s*")
_MARKED = re.compile(rf"((?:{_NEXT.pattern.replace('(', '(?:')})+)<([a-z][a-z0-9]*)")


def tool(name: str) -> Verbatim:
    """Mark the place of a tool."""
    return Verbatim(f"<!-- tool: {name} -->")


def following(name: str, value: str) -> Verbatim:
    """Mark the next element with an attribute `data-<name>`. Several marks may follow each other."""
    if not re.fullmatch(r"[\w./~{}-]+", value) or "-->" in value:
        raise RenderError(f"{value!r} cannot be used in a comment")
    return Verbatim(f"<!-- next: {name}={value} -->")


def unsearched() -> Verbatim:
    """Keep the section of the heading that follows out of the search."""
    return Verbatim(f"{following('search-exclude', 'yes')}\n\n")


def identity(fragment: str) -> Verbatim:
    """Mark the end of a heading with the fragment that leads to it."""
    return Verbatim(f" <!-- id: {fragment} -->")


def identity_in(comment: str) -> str | None:
    """Read the fragment out of such a mark; None for any other comment."""
    mark = re.fullmatch(r"<!-- id: (\S+) -->", comment)
    return mark[1] if mark else None


def without(markdown: str) -> str:
    """Give Markdown without marks. What looks like one in code is none."""
    return outside_code(markdown, lambda text: _ANY.sub("", text))


def with_attributes(html: str) -> str:
    """Give elements in the HTML of a page the attributes that marks name."""

    def named(found: re.Match[str]) -> str:
        return f"<{found[2]}" + "".join(f' data-{name}="{escape(value)}"' for name, value in _NEXT.findall(found[1]))

    return _MARKED.sub(named, html)


def with_tools(html: str, tools: Mapping[str, str]) -> str:
    """Put tools into their places in the HTML of a page."""
    return _TOOL.sub(lambda mark: tools.get(mark[1], mark[0]), html)
