"""What a reader finds on a built page: blocks to copy, where to save them, and what runs them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from pathlib import Path

    from selectolax.lexbor import LexborNode


@dataclass(frozen=True)
class Block:
    """One block of code with the line above it."""

    title: str
    """What the reader does with it, without the number of the step."""
    text: str
    """What the button for copying puts into the clipboard."""
    save_as: str | None
    """Where the page says that it is saved; None for what is typed into a shell."""
    run: str | None
    """The command that the page names for running it."""
    shells: tuple[str, ...] = ()
    """The shells for which it is, where another block is for others."""


def section(page: Path, heading: str, fits: str = "=") -> list[Block]:
    """Give the blocks below a heading, up to the next heading of the same rank, in their order.

    `fits` is how the heading's anchor is compared, as an attribute of CSS: `$=` takes the first that ends so.
    """
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    start = tree.css_first(f':is(h1, h2, h3, h4)[id{fits}"{heading}"]')
    assert start is not None, f"{page} has no section {heading}"
    blocks: list[Block] = []
    above: LexborNode | None = None
    node = start.next
    ends = {f"h{rank}" for rank in range(1, int(str(start.tag)[1]) + 1)}
    while node is not None and node.tag not in ends:
        if node.tag == "p" and (node.css_first("strong") or node.text(strip=True).endswith(":")):
            above = node
        if node.tag == "div" and (code := node.css_first("pre code")):
            block = _block(above, code.text(), node.css_first("span.filename"))
            blocks.append(
                replace(block, shells=tuple(filter(None, (node.attributes.get("data-shell") or "").split("/"))))
            )
        node = node.next
    return blocks


def _block(above: LexborNode | None, text: str, filename: LexborNode | None) -> Block:
    named = [code.text() for code in above.css("code")] if above and filename else []
    title = above.text(strip=True) if above else ""
    if above and (strong := above.css_first("strong")):
        title = strong.text(strip=True)
    number, dot, rest = title.partition(". ")
    title = rest if dot and number.isdigit() else title
    if filename:
        assert named[:1] == [filename.text()], f"the block and the line above it name other files: {title}"
    return Block(title, text, named[0] if named else None, named[1] if len(named) > 1 else None)
