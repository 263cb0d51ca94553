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


def told(html: str) -> str:
    """Give what a piece of HTML tells: its text, drawings left out, and what its attributes say or link to."""
    tree = LexborHTMLParser(html)
    said = [value for node in tree.css("*") for name, value in node.attributes.items() if value and _TELLS.match(name)]
    templates = [told(template.html or "") for template in _templates(html)]
    return " ".join([_text(tree.body) if tree.body else "", *said, *templates])


_TELLS = re.compile(r"(?!data-file$)(?:data-|href$|placeholder$|value$|aria-label$)")
"""Attributes that readers or scripts take facts from; `data-file` holds a pattern of addresses."""


def _templates(html: str) -> list[LexborNode]:
    contents = re.findall(r"<template[^>]*>(.*?)</template>", html, re.DOTALL)
    return [body for content in contents if (body := LexborHTMLParser(content).body)]


_BLOCKS = {"p", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "div", "pre", "span.filename"}


def _text(node: LexborNode) -> str:
    if node.tag == "-text":
        return node.text_content or ""
    if node.tag in ("script", "style", "svg") or "headerlink" in (node.attributes.get("class") or ""):
        return ""
    inner = "".join(_text(child) for child in node.iter(include_text=True))
    return f" {inner} " if node.tag in _BLOCKS else inner
