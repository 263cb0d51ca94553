"""The HTML of Markdown: headings with the fragments that links expect, tables that fit every screen, and links to other
hosts that keep the reader's window apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.extensions.toc import render_inner_html, strip_tags
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from agentdocs.text import marks

if TYPE_CHECKING:
    from markdown import Markdown

_ALIGN = re.compile(r"text-align: (left|center|right);")


_HEADING = re.compile("h[1-6]")


class _Fragments(Treeprocessor):
    """Runs after inline Markdown has become elements and before the extension `toc`, which keeps ids that are there."""

    def run(self, root: Element) -> None:
        taken: set[str] = set()
        for heading in root.iter():
            if isinstance(heading.tag, str) and _HEADING.fullmatch(heading.tag):
                end = heading[-1] if len(heading) else None
                text, _, comment = ((heading.text if end is None else end.tail) or "").rpartition(" ")
                stashed = HTML_PLACEHOLDER_RE.fullmatch(comment)
                raw = self.md.htmlStash.rawHtmlBlocks[int(stashed[1])] if stashed else ""
                if fragment := marks.identity_in(str(raw)):
                    if end is None:
                        heading.text = text
                    else:
                        end.tail = text
                    if fragment not in taken:
                        heading.set("id", fragment)
                    taken.add(fragment)


class _Markup(Treeprocessor):
    """Runs after the extension for tables and after inline Markdown has become elements."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("href", "").startswith(("https://", "http://")):
                link.set("rel", "noopener")
            elif link.get("class") == "headerlink":  # its sign is in the style sheet, so it has no text
                link.set("aria-label", link.get("title", ""))
        self._wrap_tables(root)

    def _wrap_tables(self, parent: Element, heading: Element | None = None) -> Element | None:
        """Put each table into a box that is called after the heading above it, and return the last heading."""
        for place, child in enumerate(list(parent)):
            if _HEADING.fullmatch(child.tag):
                heading = child
            elif child.tag == "table":
                self._label(child)
                # As a group it is no landmark; the keyboard reaches it to scroll it.
                label = "" if heading is None else self._text(heading)
                box = Element("div", {"class": "table", "role": "group", "tabindex": "0", "aria-label": label})
                box.tail, child.tail = child.tail, None
                # More than two columns do not fit a phone. The theme's script leaves tables with a class alone.
                child.set("class", "wide" if len(child.findall("thead/tr/th")) > 2 else "narrow")
                box.append(child)
                parent[place] = box
            else:
                heading = self._wrap_tables(child, heading)
        return heading

    def _label(self, table: Element) -> None:
        """Give each cell the name of its column, and its alignment as a class: a policy forbids inline styles."""
        names = [self._text(cell) for cell in table.findall("thead/tr/th")]
        for row in table.findall("tbody/tr"):
            for name, cell in zip(names, row, strict=False):
                if name:
                    cell.set("data-label", name)
        for cell in [*table.iter("th"), *table.iter("td")]:
            if align := _ALIGN.fullmatch(cell.attrib.pop("style", "")):
                cell.set("class", f"align-{align[1]}")

    def _text(self, element: Element) -> str:
        """Give an element's text as attributes take it, with entities. The sign that links to a heading has none."""
        return strip_tags(render_inner_html(element, self.md))


class MarkupExtension(Extension):
    """The extension of Python-Markdown; `mkdocs.yml` names this module."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the steps."""
        md.treeprocessors.register(_Fragments(md), "agentdocs-fragments", 15)
        md.treeprocessors.register(_Markup(md), "agentdocs-markup", 1)


def makeExtension(**options: Any) -> MarkupExtension:  # noqa: N802, ANN401
    """Make the extension, as Python-Markdown asks for it."""
    return MarkupExtension(**options)
