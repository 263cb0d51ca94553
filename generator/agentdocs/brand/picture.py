"""A provider's own SVG: taken as it is, if it is a still picture that needs nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from agentdocs.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_BYTES = 32 * 1024
"""Of one picture: every page of a visit loads it first."""
MOST_DRAWN = 10_000
"""Elements that a browser draws, with each `use` counted as what it repeats: a few lines can repeat billions."""

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = re.compile(
    "svg|g|defs|symbol|use|switch|title|desc|metadata|path|rect|circle|ellipse|line|polyline|polygon|image|text|tspan"
    "|textPath|linearGradient|radialGradient|stop|pattern|clipPath|mask|marker|filter|fe[A-Z][A-Za-z]+"
)
"""What a still picture is drawn with: SVG 2 without scripts, links, animations, foreign content and style sheets."""
_ACTIVE = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2001/xml-events", "http://www.w3.org/1998/Math/MathML")
"""Namespaces other than that of SVG whose elements browsers act on. What editors add in theirs is never drawn."""
_STYLE = (
    "the Content-Security-Policy forbids inline styles, and some browsers then draw the picture black",
    'write each property as an attribute, such as fill="#123456"',
)
"""https://github.com/w3c/webappsec-csp/issues/474: whether the policy holds for a picture is left to the browser."""
_DATA = re.compile(r"data:image/(?:png|jpeg|webp);base64,")
_URL = re.compile(r"""(?:url|src|image(?:-set)?)\(\s*["']?\s*([^"')\s]*)""", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d*\.?\d+(?:[eE][-+]?\d+)?)(px|mm|cm|in|pt|pc|)\s*")


@dataclass(frozen=True)
class Picture:
    """A picture, and the shape that a browser keeps room for before it has loaded it."""

    body: bytes
    """The file as it is."""
    width: float
    height: float
    """In any unit: only their ratio counts."""


def read(name: str, body: bytes) -> Picture | list[Problem]:
    """Read an SVG file, or say the first thing that keeps it from being published, with its line and column.

    It has to be XML in UTF-8 without entities, draw something still, and refer to nothing outside of itself, so that it
    is harmless opened by its address, too. `name` is the path that problems show.
    """
    reader = _Reader()
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        column = error.start - body.rfind(b"\n", 0, error.start)
        return [Problem(name, line, column, "", "is not UTF-8", "save it as UTF-8")]
    try:
        reader.parse(text)
        return Picture(body, *reader.size())
    except expat.ExpatError as error:
        told = expat.ErrorString(error.code)
        return [Problem(name, error.lineno, error.offset + 1, "", f"is not XML: {told}", "export the picture again")]
    except _Refused as refused:
        return [Problem(name, refused.line, refused.column, "", refused.wrong, refused.right)]


@dataclass
class _Refused(Exception):  # noqa: N818 - it never leaves this module
    wrong: str
    right: str
    line: int
    column: int


@dataclass
class _Node:
    """An element, as far as it matters how much is drawn of it."""

    line: int
    column: int
    named: list[str] = field(default_factory=list)
    """The elements that it refers to, by id."""
    children: list[_Node] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.SkippedEntityHandler = self._entity
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._open: list[_Node] = []
        self._root = _Node(0, 0)
        self._ids: dict[str, _Node] = {}
        self._shape: Mapping[str, str] = {}

    def parse(self, text: str) -> None:
        """Read the whole file. Raises `ExpatError` or `_Refused`."""
        self._parser.Parse(text.encode(), True)
        self._count(self._root, {}, frozenset())

    def size(self) -> tuple[float, float]:
        """Give width and height as a browser takes them: as they are stated, or else as those of the viewBox."""
        box = [float(part) for part in re.split(r"[\s,]+", self._shape.get("viewBox", "").strip()) if _number(part)]
        if len(box) != 4 or min(box[2:]) <= 0:
            wrong, right = "has no viewBox", 'add one, such as viewBox="0 0 120 24", so that it can be scaled'
            raise self._refuse(wrong, right, self._root)
        width, height = (_LENGTH.fullmatch(self._shape.get(side, "")) for side in ("width", "height"))
        if width and height and width[2] == height[2] and float(width[1]) > 0 and float(height[1]) > 0:
            return float(width[1]), float(height[1])
        return box[2], box[3]

    def _refuse(self, wrong: str, right: str, node: _Node | None = None) -> _Refused:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return _Refused(wrong, right, *((node.line, node.column) if node else (line, column)))

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            raise self._refuse(f"claims to be {encoding}, but is UTF-8", "remove its encoding declaration")

    def _entity(self, name: str, _: bool) -> None:
        raise self._refuse(f"&{name}; is an entity that nothing declares", "write the character itself")

    def _doctype(self, _name: str, _system: str | None, _public: str | None, internal: bool) -> None:
        if internal:
            raise self._refuse("declares entities or attributes of its own", "remove the DOCTYPE")

    def _instruction(self, target: str, _: str) -> None:
        raise self._refuse(f"<?{target}?> may load something else", "remove it")

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, kind = name.rpartition(" ")
        node = _Node(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        if not self._open:
            if (space, kind) != (_SVG, "svg"):
                raise self._refuse(f"is not an SVG but {kind}", f'let it begin with <svg xmlns="{_SVG}">')
            self._root, self._shape = node, attributes
        else:
            self._open[-1].children.append(node)
        self._open.append(node)
        if space == _SVG and kind == "style":
            raise self._refuse(f"<style>: {_STYLE[0]}", _STYLE[1])
        if (space == _SVG and not _ELEMENTS.fullmatch(kind)) or space in _ACTIVE:
            raise self._refuse(f"<{kind}> is no part of a still picture", "remove it")
        for attribute, value in attributes.items():
            node.named += self._names(attribute, value)
        if "id" in attributes:
            self._ids.setdefault(attributes["id"], node)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _names(self, written: str, value: str) -> Iterator[str]:
        """Yield the ids that an attribute names; refuse one that runs something or leads elsewhere."""
        plain, attribute = re.sub(r"[\x00-\x20]", "", value), written.rpartition(" ")[2]
        if written.lower().startswith("on") or "javascript:" in plain.lower():
            raise self._refuse(f"{attribute} runs a script", "remove the attribute")
        if written == "style":
            raise self._refuse(f"style: {_STYLE[0]}", _STYLE[1])
        if attribute == "base":
            raise self._refuse("xml:base lets references lead elsewhere", "remove the attribute")
        if "\\" in value and "(" in value:
            raise self._refuse(f"{attribute} hides what it names behind a backslash", "write it as it is")
        targets = [plain] if attribute.lower() in ("href", "src") else _URL.findall(value)
        for target in targets:
            if target.startswith("#"):
                yield target.removeprefix("#")
            elif not _DATA.match(target):
                shown = target if len(target) <= 60 else target[:57] + "..."
                right = "put what it names into the picture, and refer to it by its id, as #name"
                raise self._refuse(f"{attribute} leads out of the picture, to '{shown}'", right)

    def _count(self, node: _Node, known: dict[int, int], above: frozenset[int]) -> int:
        """Count what is drawn of an element. Raises `_Refused` where that has no end, or hardly one."""
        if id(node) in known:
            return known[id(node)]
        if id(node) in above:
            raise self._refuse("repeats itself through a reference", "let it refer to something else", node)
        inner = above | {id(node)}
        if len(inner) > _DEEPEST:
            raise self._refuse("is nested too deeply", f"nest it at most {_DEEPEST} deep", node)
        total = 1 + sum(self._count(child, known, inner) for child in self._reached(node))
        if total > MOST_DRAWN:
            wrong = f"is drawn with more than {MOST_DRAWN:,} elements, repeated ones included"
            raise self._refuse(wrong, "draw it simpler", node)
        known[id(node)] = total
        return total

    def _reached(self, node: _Node) -> Iterable[_Node]:
        return (*node.children, *(self._ids[name] for name in node.named if name in self._ids))


_DEEPEST = 100
"""Elements inside each other, and references one after the other."""


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?", text))
