"""What parsers make of a site: plain data, in which every text is what a reader of that language gets."""

from __future__ import annotations

import ast
import json
import re
import shlex
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, unquote_plus, urljoin, urlsplit
from xml.etree import ElementTree

import json5
import tree_sitter_javascript
import yaml
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from tree_sitter import Language, Parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from selectolax.lexbor import LexborNode
    from tree_sitter import Node

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""A reader of twins: CommonMark, with what GitHub adds and this project writes, or must not write unasked."""
_JAVASCRIPT = Parser(Language(tree_sitter_javascript.language()))
_ORIGIN = "https://origin.invalid"


def html(text: str) -> list[Any]:
    """Give the tags and the texts of a piece of HTML in their order."""
    return _tags(_parsed(text).body, lambda link: unquote(link.partition("#")[0]), {}, skill=False)


class Site:
    """The outputs of a built site."""

    def __init__(self, folder: Path) -> None:
        files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
        self.files = {
            path: file.read_bytes() for path, file in files.items() if file.suffix not in (".png", ".gz", ".woff2")
        }

    def tree(self, path: str) -> Any:  # noqa: ANN401
        """Read an output. Raises `ValueError`, `SyntaxError` or `AssertionError` if no reader of it could."""
        if path.endswith(".html"):
            here = "/" + path.removesuffix("index.html")
            return _tags(self._pages[path].root, lambda link: self._led(here, link), self._blocks, skill=False)
        text, name = self.files[path].decode(), path.rpartition("/")[2]
        if name == "search_index.json":
            return self._search(json.loads(text))
        if path.endswith((".md", "llms.txt", "llms-full.txt")):
            return self._markdown(text)
        parse = _PARSERS.get(name.rpartition(".")[2], _other)
        return parse(text)

    @cached_property
    def _pages(self) -> dict[str, LexborHTMLParser]:
        return {path: _parsed(body.decode()) for path, body in self.files.items() if path.endswith(".html")}

    @cached_property
    def _ids(self) -> dict[str, dict[str, int]]:
        """Number what a link can lead to, by page and fragment: whatever a heading is called, it stays that one."""
        return {
            "/" + path.removesuffix("index.html"): {
                str(node.attributes["id"]): number for number, node in enumerate(tree.css("[id]"))
            }
            for path, tree in self._pages.items()
        }

    @cached_property
    def _blocks(self) -> dict[str, str]:
        """Name the file of a block of code, by its text: files are read in their own language."""
        return {body.decode().strip(): path for path, body in self.files.items() if "/snippets/" in path}

    def _led(self, here: str, link: str) -> object:
        """Give a link by the place that it leads to, and by the values that it fills in."""
        target = urlsplit(urljoin(_ORIGIN + here, link))
        ids = self._ids.get(target.path) if target.netloc == urlsplit(_ORIGIN).netloc else None
        place = ids.get(unquote(target.fragment), "nowhere") if ids and target.fragment else target.fragment
        return (target.scheme, target.netloc, target.path, parse_qsl(target.query, keep_blank_values=True), place)

    def _search(self, index: dict[str, Any]) -> list[Any]:
        """Give what the search shows: titles and texts are HTML there."""
        return [
            (entry["location"].partition("#")[0], self._fragment(entry["title"]), self._fragment(entry["text"]))
            for entry in index["docs"]
        ]

    def _markdown(self, text: str) -> list[Any]:
        """Give Markdown as readers of CommonMark show it, and the front matter of a skill."""
        if text.startswith("---\n"):
            front, _, text = text.removeprefix("---\n").partition("\n---\n")
            return [yaml.safe_load(front), *self._fragment(COMMONMARK.render(text), skill=True)]
        return self._fragment(COMMONMARK.render(text))

    def _fragment(self, text: str, *, skill: bool = False) -> list[Any]:
        return _tags(_parsed(text).body, lambda link: unquote(link.partition("#")[0]), self._blocks, skill=skill)


def _tags(
    root: LexborNode | None, led: Callable[[str], object], blocks: Mapping[str, str], *, skill: bool
) -> list[Any]:
    """Give the tags and the texts of HTML in their order; of a block of code the file that it is, if there is one.

    Other texts in the code of a skill are words of a shell.
    """
    assert root is not None
    found: list[Any] = []
    text = ""
    for event in _events(root, led, blocks, skill):
        if isinstance(event, _Text):
            text += event
        else:
            found += [text, event] if text else [event]
            text = ""
    return found


def _events(node: LexborNode, led: Callable[[str], object], blocks: Mapping[str, str], skill: bool) -> Iterator[Any]:
    tag, attributes = node.tag, node.attributes
    if tag == "-text":
        yield _Text(node.text_content or "")
        return
    written = [
        (name, led(value) if name in ("href", "src") and value else value)
        for name, value in sorted(attributes.items())
        if name != "id"
    ]
    yield (tag, *written)
    if tag == "pre":
        code = node.text() or ""
        yield blocks.get(code.strip()) or (_words(code) if skill else _Text(code))  # colors follow from it
    elif tag == "script" and str(attributes.get("type", "")).endswith("json"):
        yield json.loads(node.text() or "")
    elif attributes.get("class") != "brand":  # the name as a picture, or as text where the font lacks a letter
        for child in node.iter(include_text=True):
            yield from _events(child, led, blocks, skill)
    yield (f"/{tag}",)


class _Text(str):
    """A text that a parser may have cut anywhere."""

    __slots__ = ()


def _parsed(text: str) -> LexborHTMLParser:
    # The content of a template is a document of its own, which would have to be asked for; that of a section is not.
    return LexborHTMLParser(text.replace("<template", "<section").replace("</template", "</section"))


def _python(text: str) -> list[Any]:
    nodes = ast.walk(ast.parse(text))
    return [(type(node).__name__, node.value if isinstance(node, ast.Constant) else "") for node in nodes]


def _javascript(text: str) -> list[Any]:
    def walk(node: Node) -> Iterator[str]:
        assert not node.is_error, f"no JavaScript: {text}"
        assert not node.is_missing, f"no JavaScript: {text}"
        if node.type == "string":
            yield json.loads(node.text or b"")
        elif node.children:
            for child in node.children:
                yield from walk(child)
        else:
            yield (node.text or b"").decode()

    return list(walk(_JAVASCRIPT.parse(text.encode()).root_node))


def _xml(text: str) -> list[Any]:
    return [(node.tag, node.text) for node in ElementTree.fromstring(text).iter()]


def _other(text: str) -> Any:  # noqa: ANN401
    """Read what has no suffix, or one of which there are several readers: documents, or lines."""
    try:
        return json.loads(text)
    except ValueError:
        return text.splitlines()


def _with_comments(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Add the comments, which no reader gives."""
    return lambda text: [read(text), [line for line in text.splitlines() if line.lstrip().startswith(("#", "//"))]]


_words = _with_comments(lambda text: shlex.split(text, comments=True))
_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "json": lambda text: (_with_comments(json5.loads) if text.startswith("//") else json.loads)(text),
    "json5": _with_comments(json5.loads),
    "jsonc": _with_comments(json5.loads),
    "yaml": _with_comments(yaml.safe_load),
    "py": _with_comments(_python),
    "mjs": _with_comments(_javascript),
    "sh": _words,
    "fish": _words,
    "xml": _xml,
    "svg": _xml,
}
"""By suffix."""


def unlike(expected: Any, found: Any) -> str:  # noqa: ANN401
    """Tell the first place in which what two outputs say differs, or nothing."""
    if isinstance(expected, list | tuple) and isinstance(found, list | tuple):
        differ = [unlike(one, other) for one, other in zip(expected, found, strict=False) if one != other]
        told = next(filter(None, differ), "")
        return told or (f"{len(found)} parts instead of {len(expected)}" if len(expected) != len(found) else "")
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        return next(filter(None, (unlike(one, found[name]) for name, one in expected.items())), "")
    if expected == found or (isinstance(found, str) and isinstance(expected, str) and _alike(expected, found)):
        return ""
    return f"{_short(found)} instead of {_short(expected)}"


def _alike(expected: str, found: str) -> bool:
    """Tell whether a text is the expected one in another form: in a URL, made a sentence, or with blanks folded."""
    if re.fullmatch(r"sha256:[0-9a-f]{64}", expected):
        return True
    return unquote_plus(found) == expected or _folded(found) == _folded(expected)


def _folded(text: str) -> str:
    return re.sub(r" +", " ", re.sub(r"([.!?])\.", r"\1", text)).lower()


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 400 else f"{text[:400]}..."
