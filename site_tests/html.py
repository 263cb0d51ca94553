"""Reads built pages the way a reader does: text without markup, links, and what a page loads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

if TYPE_CHECKING:
    from pathlib import Path


class HtmlPage:
    """One built page."""

    def __init__(self, file: Path) -> None:
        self.tree = LexborHTMLParser(file.read_text(encoding="utf-8"))

    @property
    def article(self) -> LexborNode:
        """The content, without navigation."""
        found = self.tree.css_first("article")
        assert found is not None, "the page has no article"
        return found

    def text(self) -> str:
        """Give the content's text, blanks folded, without the signs of heading links."""
        return re.sub(r"\s+", " ", _text(self.article)).strip()

    def attributes(self, selector: str, name: str) -> list[str]:
        """Give an attribute of every element that matches."""
        return [value for node in self.tree.css(selector) if (value := node.attributes.get(name))]

    def ids(self) -> set[str]:
        """Give every fragment that a link can lead to."""
        return set(self.attributes("[id]", "id"))


_BLOCKS = {"p", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "div", "pre", "span.filename"}


def _text(node: LexborNode) -> str:
    if node.tag == "-text":
        return node.text_content or ""
    if node.tag in ("script", "style", "svg") or "headerlink" in (node.attributes.get("class") or ""):
        return ""
    inner = "".join(_text(child) for child in node.iter(include_text=True))
    return f" {inner} " if node.tag in _BLOCKS else inner
