"""The prose of a file, passage by passage: pages without Jinja, texts and comments of YAML, literals of the program."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FRONT_MATTER = re.compile(r"\A---\n(?:description: *(?P<description>.*)\n|.*\n)*?---\n")
_CODE = re.compile(r"^( *)(```|~~~).*?^\1\2 *$|<svg.*?</svg>|^:::.*$", re.DOTALL | re.MULTILINE)
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_COMMENT = re.compile(r"(?:^ *#[ \n].*\n?)+", re.MULTILINE)
_VALUE = "`x`"
"""Stands for a value: Harper takes code for a noun that it knows nothing about."""
_WORDS = re.compile(r"[^\W\d_]{2,}[\w']*(?:[,;:]?\s|$)")
_FEWEST_WORDS = 4
"""What has fewer words is a name, a label or code."""
_QUOTED = {"message", "says", "install", "run", "query", "prints"}
"""Members of the catalog that repeat words of others, or a command."""


class Passage(NamedTuple):
    """A text, and the line on which it begins."""

    line: int
    text: str


def passages(path: Path, text: str) -> Iterator[Passage]:
    """Yield the prose of a file by its suffix."""
    match path.suffix:
        case ".md":
            yield Passage(1, plain(text))
        case ".html" | ".txt":
            yield Passage(1, _TAG.sub(lambda found: " " + "\n" * found[0].count("\n"), plain(text)))
        case ".yaml":
            yield from _of_comments(text)
            if "{{" not in text:
                yield from _of_catalog(text)
        case ".py":
            yield from _of_program(text)


def plain(markdown: str) -> str:
    """Leave out blocks of code and what Jinja does, and keep every line where it is."""
    front = _FRONT_MATTER.match(markdown)
    if front:
        described = front["description"] or ""
        above = markdown[: front.start("description")].count("\n") if described else 0
        below = front[0].count("\n") - above
        markdown = "\n" * above + described + "\n" * below + markdown[front.end() :]
    for pattern in (_CODE, _JINJA):
        markdown = pattern.sub(lambda found: "\n" * found[0].count("\n"), markdown)
    return _EXPRESSION.sub(lambda found: _VALUE + "\n" * found[0].count("\n"), markdown)


def _of_comments(yaml_text: str) -> Iterator[Passage]:
    for block in _COMMENT.finditer(yaml_text):
        text = re.sub(r"^ *#", "", plain(block[0]), flags=re.MULTILINE)
        if _is_prose(text):
            yield Passage(yaml_text.count("\n", 0, block.start()) + 1, text)


def _of_catalog(text: str) -> Iterator[Passage]:
    pending: list[tuple[yaml.Node | None, bool]] = [(yaml.compose(text), True)]
    while pending:
        node, read = pending.pop()
        if isinstance(node, yaml.MappingNode):
            pending += [(value, read and key.value not in _QUOTED) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            pending += [(item, read) for item in node.value]
        elif read and isinstance(node, yaml.ScalarNode) and _is_prose(node.value):
            yield Passage(node.start_mark.line + 1, node.value)


def _of_program(text: str) -> Iterator[Passage]:
    """Yield docstrings and other literals. What an f-string puts in is a value."""
    tree = ast.parse(text)
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in joined for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            values = (part.value if isinstance(part, ast.Constant) else _VALUE for part in node.values)
            literal = "".join(map(str, values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            literal = node.value
        else:
            continue
        if _is_prose(literal):
            indented = re.compile("^ +", re.MULTILINE)  # Markdown would take it for code
            yield Passage(node.lineno, indented.sub("", plain(literal)))


def _is_prose(text: str) -> bool:
    return len(_WORDS.findall(text)) >= _FEWEST_WORDS
