"""What is rendered Markdown's own, and what only looks like it in code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentdocs.text.quoting import as_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CODE = re.compile(
    r"\\."  # an escaped backtick begins nothing
    r"|^ *(?P<fence>`{3,}+|~{3,}+)[^`\n]*\n(?:.*\n)*? *(?P=fence) *$"
    r"|(?<!`)(?P<tick>`++)(?P<code>(?:(?!\n\n)[\s\S])+?)(?<!`)(?P=tick)(?!`)",
    re.MULTILINE,
)


def _pieces(markdown: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield what is no code, each time with the code after it."""
    end = 0
    for found in _CODE.finditer(markdown):
        if not found[0].startswith("\\"):
            yield markdown[end : found.start()], found
            end = found.end()
    yield markdown[end:], None


def outside_code(markdown: str, change: Callable[[str], str]) -> str:
    """Change a Markdown text, but leave its code as it is."""
    return "".join(change(text) + (code[0] if code else "") for text, code in _pieces(markdown))


def without_code(markdown: str) -> str:
    """Give a Markdown text without its code."""
    return "".join(text for text, _ in _pieces(markdown))


def settled(markdown: str) -> str:
    """Write code that has a pipe as HTML where it stands in a row of a table.

    There Python-Markdown shows a backslash before the pipe, without which GitHub would begin another cell.
    """
    written, line = [], ""
    for text, code in _pieces(markdown):
        line = (line + text).rpartition("\n")[2]
        shown = code[0] if code else ""
        if code and code["tick"] and line.startswith("|") and "|" in shown:
            shown = as_code(code["code"].strip())
        line = (line + shown).rpartition("\n")[2]
        written += [text, shown]
    return "".join(written)
