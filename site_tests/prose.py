"""Seams where templates put sentences together: what no page of a good writer has, whatever facts a provider lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentdocs.text import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEAMS = {
    r"(?<=\S) [,.;:](?=\s|$)(?!-)": "a blank before a punctuation mark",
    r"(?<=[\w)*]),\s*[,.;]|:\s*[.;]|\.\.(?!\.)(?<!\.\.\.)|\(\s*\)": "punctuation marks with nothing between them",
    r"\b(?:an?|the|or|and)(?: \*\*\(assumed\)\*\*)?[.,;:)](?!\w)": "a sentence that breaks off",
    r"\b(?:[Aa]n?|[Tt]he) (?:an?|the|[Nn]one)\b": "two articles, or none of something",
    r"\b[Aa] (?:[aei]|o(?!ne))[a-z]+": "a instead of an",
    r"\b[Aa]n (?![FHILMNRSX][A-Z]|hour|honest)[bcdfghjklmnpqrstvwxyzBCDGJKPQTVWYZ]\w*": "an instead of a",
    r"\b(\w+) \1\b(?! of)": "a word twice",
    r"\bNone\b(?! of)|\bUndefined\b|\{\{|\{%|%\}": "something of Python or of a template",
    r"(?<=\S)  +(?=[^\s|])": "two blanks",
    r"^[-*] *$|^\d+\. *$": "an item of nothing",
    r"^[a-z]+ [^\n]*[.:]$": "a paragraph that begins with a small letter",
}
_HEADING = re.compile(r"^(#+) .*$", re.MULTILINE)


def seams(markdown: str) -> Iterator[str]:
    """Yield each place of a page where a text is wrong, and how."""
    text = re.sub(r"```.*?```|~~~.*?~~~", "CODE", marks.without(markdown), flags=re.DOTALL)
    shown = re.sub(r"\]\([^)]*\)", "]", re.sub(r"`[^`\n]+`", "`x`", text))
    for pattern, wrong in _SEAMS.items():
        for found in re.finditer(pattern, shown, re.MULTILINE):
            line = shown[shown.rfind("\n", 0, found.start()) + 1 : shown.find("\n", found.end())]
            if not (line.startswith(("| ---", "|---"))):
                yield f"{wrong}: {found[0]!r} in {line[:160]!r}"
    yield from _empty(text)


def _empty(text: str) -> Iterator[str]:
    """Yield headings with nothing below them, and tables without a row."""
    headings = [*_HEADING.finditer(text)]
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        below = text[heading.end() : following.start() if following else len(text)]
        if not below.strip() and not (following and len(following[1]) > len(heading[1])):
            yield f"nothing below {heading[0]!r}"
    for table in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
        if len(table.strip().splitlines()) < 3:
            yield f"a table without a row: {table.splitlines()[0]!r}"
