"""YAML files, read so that every value keeps its line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from generator.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML without libyaml: slower, the same result
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

Loc = tuple[str | int, ...]
"""Where a value stands: member names and positions from the root of a file, as pydantic reports them."""

_TAG = "tag:yaml.org,2002:"


class _Loader(_BaseLoader):
    """PyYAML with the plain scalars of the YAML 1.2 JSON schema only.

    YAML 1.1, PyYAML's own choice, reads `yes` as true, `12:30` as 750 and `1_000` as 1000. Here they stay
    text, so that the typed model refuses them at their place instead of publishing another value.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _resolve(name: str, pattern: str, first: str) -> None:
    _PATTERNS[_TAG + name] = re.compile(f"^(?:{pattern})$")
    _Loader.add_implicit_resolver(_TAG + name, _PATTERNS[_TAG + name], list(first))


_resolve("bool", "true|false", "tf")
_resolve("null", "null|~|", "n~")
_Loader.yaml_implicit_resolvers[""] = [(_TAG + "null", re.compile("^$"))]
_resolve("int", "-?(?:0|[1-9][0-9]{0,17})", "-0123456789")
_resolve("float", r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?", "-0123456789")

_CONSTRUCT: dict[str, Callable[[str], Any]] = {
    _TAG + "bool": lambda text: text == "true",
    _TAG + "null": lambda _: None,
    _TAG + "int": int,
    _TAG + "float": Decimal,
    _TAG + "str": str,
}


@dataclass(frozen=True)
class SourceFile:
    """One YAML file: its data, and the place of every member of it."""

    name: str
    """The path shown in messages, such as `catalog/plans.yaml`."""
    text: str
    node: yaml.Node
    data: Any
    """Mappings as dict, sequences as tuple, numbers with a point as Decimal; nothing else is converted."""

    def problem(self, loc: Loc, wrong: str, right: str, *, key: bool = False) -> Problem:
        """Say what is wrong at `loc`, or at the nearest enclosing member that exists.

        With `key` the place is the member's name instead of its value.
        """
        line, column = self._position(loc, key=key)
        return Problem(self.name, line, column, member_path(loc), wrong, right)

    def _position(self, loc: Loc, *, key: bool) -> tuple[int, int]:
        node, name_node = self.node, None
        for part in loc:
            found = next((entry for entry in _children(node) if entry[0] == part), None)
            if found is None:
                break
            _, name_node, node = found
        mark = (name_node if key and name_node else node).start_mark
        return mark.line + 1, mark.column + 1

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines with their numbers, from 1."""
        return enumerate(self.text.splitlines(), start=1)

    def comments(self) -> Iterator[tuple[Loc, str, tuple[int, int], str]]:
        """Yield each comment that follows a text without quotes: the text's member, the text, and the comment.

        The comment is given with the blanks before its sign; between them stand line and column of the sign.
        """
        if " #" not in self.text:
            return
        lines = dict(self.lines())
        for loc, node in _scalars(self.node):
            if not node.style and node.tag == _TAG + "str":
                line, column = node.end_mark.line + 1, node.end_mark.column
                if comment := re.match(r"\s+(#.*)", lines.get(line, "")[column:]):
                    yield loc, node.value, (line, column + comment.start(1) + 1), comment[0]


def member_path(loc: Loc) -> str:
    """Write a location the way a template would: `models[0].name`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _scalars(node: yaml.Node, loc: Loc = ()) -> Iterator[tuple[Loc, yaml.ScalarNode]]:
    if isinstance(node, yaml.ScalarNode):
        yield loc, node
    for part, _, child in _children(node):
        yield from _scalars(child, (*loc, part))


def _children(node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node | None, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield name.value, name, value
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield index, None, value


def parse(name: str, content: bytes) -> SourceFile | list[Problem]:
    """Read one YAML document, or say everything that keeps it from being read."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        wrong = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return [Problem(name, line, column, "", wrong, "save the file as UTF-8")]
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        # The second half of a sentence that begins in the context.
        reason = f"{error.context} {error.problem}" if str(error.problem).startswith("but") else error.problem
        return [Problem(name, line, column, "", f"not YAML: {reason}", "mend the syntax at this place")]
    except yaml.reader.ReaderError as error:
        before = text[: next(yaml.reader.Reader.NON_PRINTABLE.finditer(text)).start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return [Problem(name, line, column, "", f"not YAML: {error.reason}", "remove the control character")]
    except RecursionError:
        return [Problem(name, 0, 0, "", "is nested too deeply", "write it flatter")]
    finally:
        loader.dispose()
    if node is None or node.tag == _TAG + "null":
        return [Problem(name, 0, 0, "", "the file is empty", "write its members or remove it")]
    problems: list[Problem] = []
    data = _construct(name, node, (), frozenset(), problems)
    return problems or SourceFile(name, text, node, data)


def _construct(name: str, node: yaml.Node, loc: Loc, above: frozenset[int], problems: list[Problem]) -> Any:  # noqa: ANN401
    """Turn a node into plain data; duplicate names, cycles and foreign tags become problems."""

    def refuse(at: yaml.Node, member: Loc, wrong: str, right: str) -> None:
        mark = at.start_mark
        problems.append(Problem(name, mark.line + 1, mark.column + 1, member_path(member), wrong, right))

    if id(node) in above:
        refuse(node, loc, "contains itself through an alias", "write the value out")
        return None
    if len(above) > 50:
        refuse(node, loc, "is nested too deeply", "write it flatter")
        return None
    if isinstance(node, yaml.CollectionNode) and node.tag not in (_TAG + "map", _TAG + "seq"):
        refuse(node, loc, f"the tag {node.tag} is not read here", "write a plain value")
        return None
    above |= {id(node)}
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag != _TAG + "str":
                shown = key.value if isinstance(key, yaml.ScalarNode) else "a list or mapping"
                refuse(key, loc, f"the member name {shown} is not text", "put it in quotes or name it")
                continue
            if key.value in result:
                refuse(key, (*loc, key.value), "this member stands here twice", "keep one of the two")
                continue
            result[key.value] = _construct(name, value, (*loc, key.value), above, problems)
        return result
    if isinstance(node, yaml.SequenceNode):
        return tuple(_construct(name, item, (*loc, i), above, problems) for i, item in enumerate(node.value))
    construct = _CONSTRUCT.get(node.tag)
    if construct is None:
        refuse(node, loc, f"the tag {node.tag} is not read here", "write a plain value")
        return None
    if node.tag in _PATTERNS and not _PATTERNS[node.tag].match(node.value):
        refuse(node, loc, f"{node.value!r} does not fit the tag {node.tag}", "write a plain value")
        return None
    return construct(node.value)
