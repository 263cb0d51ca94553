"""YAML files, read so that every value keeps its line and column, and so that no file can keep us from an answer."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import yaml

from agentdocs.errors import Loc, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML without libyaml: slower, the same result
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

MOST_BYTES = 256 * 1024
"""Of one file: forty times the largest that we know of, and what a reader still finds their way in."""
MOST_NODES = 10_000
"""Of one file, names and values together, with each alias counted as what it stands for: thirty times the most that we
know of. A few lines of aliases can stand for billions."""
DEEPEST = 50
"""Mappings and lists inside each other. No member lies deeper than 7; libyaml's composer overflows at some 10,000."""
LONGEST_VALUE = 10_000
"""Characters of one name or value: a text of a catalog is a sentence or two."""

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
    """Lines end in a line feed, with or without a carriage return; there is no byte order mark."""
    data: Any
    """Mappings as dict, sequences as tuple, numbers with a point as Decimal; nothing else is converted."""
    nodes: int
    """How many names and values it has, each alias counted as what it stands for."""

    def problem(self, loc: Loc, wrong: str, right: str, *, key: bool = False) -> Problem:
        """Say what is wrong at `loc`, or at the nearest enclosing member that exists.

        With `key` the place is the member's name instead of its value.
        """
        line, column = self.position(loc, key=key)
        return Problem(self.name, line, column, member_path(loc), wrong, right)

    def position(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Give line and column, from 1, of a member's value or name, or of the nearest enclosing member."""
        while loc not in self._places:
            loc = loc[:-1]
        value, name = self._places[loc]
        return name if key else value

    @cached_property
    def _places(self) -> Mapping[Loc, tuple[_Position, _Position]]:
        """The place of every member's value and name, found only for a file with something to tell."""
        node = cast("yaml.Node", _compose(self.text))
        start = _position(node)
        return {(): (start, start), **dict(_members(node, ()))}

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Each comment that follows a text without quotes."""
        return tuple(self._comments()) if " #" in self.text else ()

    def _comments(self) -> Iterator[Comment]:
        lines = dict(enumerate(self.text.splitlines(), start=1))
        for loc, node in _scalars(cast("yaml.Node", _compose(self.text))):
            if not node.style and node.tag == _TAG + "str":
                line, column = node.end_mark.line + 1, node.end_mark.column
                if comment := re.match(r"\s+(#.*)", lines.get(line, "")[column:]):
                    yield Comment(loc, node.value, line, column + comment.start(1) + 1, comment[0])

    def part(self, *start: str) -> Part:
        """Give what stands at a member, as if it were a file of its own."""
        data = self.data
        for name in start:
            data = data[name]
        return Part(self.name, self.text, data, 0, self, start)


@dataclass(frozen=True)
class Part(SourceFile):
    """A member of a file, as if it were a file of its own; its places and its text are those of the whole file."""

    whole: SourceFile
    start: Loc
    """Where it stands in the whole file."""

    def problem(self, loc: Loc, wrong: str, right: str, *, key: bool = False) -> Problem:
        """Say what is wrong at `loc`, counted from the part."""
        return self.whole.problem((*self.start, *loc), wrong, right, key=key)

    def position(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Give line and column of a member, counted from the part."""
        return self.whole.position((*self.start, *loc), key=key)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Each comment that follows a text of the part."""
        depth = len(self.start)
        inside = (comment for comment in self.whole.comments if comment.loc[:depth] == self.start)
        return tuple(replace(comment, loc=comment.loc[depth:]) for comment in inside)


@dataclass(frozen=True)
class Comment:
    """A comment that follows a text without quotes."""

    loc: Loc
    """The text's member."""
    text: str
    line: int
    """Of the sign before the comment, like the column."""
    column: int
    comment: str
    """With the blanks before its sign."""


_Position = tuple[int, int]


def _position(node: yaml.Node) -> _Position:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _members(node: yaml.Node, loc: Loc) -> Iterator[tuple[Loc, tuple[_Position, _Position]]]:
    for part, name, value in _children(node):
        yield (*loc, part), (_position(value), _position(name))
        yield from _members(value, (*loc, part))


def _children(node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((name.value, name, value) for name, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((index, value, value) for index, value in enumerate(node.value))


def member_path(loc: Loc) -> str:
    """Write a location the way a template would: `models[0].name`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def read(path: Path) -> SourceFile | list[Problem]:
    """Read the YAML document in a regular file, or say everything that keeps it from being read."""
    content = contents(path, MOST_BYTES, "shorten it, or split it into several files")
    return [content] if isinstance(content, Problem) else parse(str(path), content)


def contents(path: Path, most: int, instead: str) -> bytes | Problem:
    """Read a regular file of at most so many bytes, or say what keeps it from being read, and what to do `instead`.

    Nothing else is opened: a pipe would wait for a writer, and a device may have no end.
    """

    def refused(wrong: str, right: str) -> Problem:
        return Problem(str(path), 0, 0, "", wrong, right)

    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return refused(f"is {_KINDS.get(stat.S_IFMT(mode), 'a device')}, not a file", "put a file in its place")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        right = "mend its permissions" if isinstance(error, PermissionError) else "put a file in its place"
        return refused(f"cannot be read: {error.strerror}", right)
    return refused(f"is larger than {most:,} bytes", instead) if len(content) > most else content


_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}


def _scalars(node: yaml.Node, loc: Loc = ()) -> Iterator[tuple[Loc, yaml.ScalarNode]]:
    if isinstance(node, yaml.ScalarNode):
        yield loc, node
    for part, _, child in _children(node):
        yield from _scalars(child, (*loc, part))


def parse(name: str, content: bytes) -> SourceFile | list[Problem]:
    """Read one YAML document, or say everything that keeps it from being read."""
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        wrong = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return [Problem(name, line, column, "", wrong, "save the file as UTF-8")]
    if found := _FOREIGN.search(text):
        return [_foreign(name, text, found)]
    try:
        nodes = _count(text)
        node = _compose(text)
    except _Excess as excess:
        return [Problem(name, excess.mark.line + 1, excess.mark.column + 1, "", excess.wrong, excess.right)]
    except yaml.MarkedYAMLError as error:
        line, column = _within(text, error.problem_mark)
        # The second half of a sentence that begins in the context.
        reason = f"{error.context} {error.problem}" if str(error.problem).startswith("but") else error.problem
        return [Problem(name, line, column, "", f"not YAML: {reason}", "fix the syntax here")]
    if node is None or node.tag == _TAG + "null":
        return [Problem(name, 0, 0, "", "the file is empty", "write its members or remove it")]
    problems: list[Problem] = []
    data = _construct(name, node, (), frozenset(), problems)
    return problems or SourceFile(name, text, data, nodes)


_FOREIGN = re.compile(
    r"(?P<merge>^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|\Z))"
    r"|(?P<ending>\r(?!\n)|[\x85\u2028\u2029])"
    r"|(?P<control>[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])",
    re.MULTILINE,
)
"""What no YAML file of ours has: a marker of git, a line ending that YAML counts and editors do not, and a character
that YAML forbids (YAML 1.1 section 5.1)."""


def _foreign(name: str, text: str, found: re.Match[str]) -> Problem:
    line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
    if found["merge"]:
        wrong, right = (
            f"{found['merge']} marks a merge conflict",
            "keep what is right from both sides, and remove the markers",
        )
    elif found["ending"]:
        wrong, right = "YAML sees the end of a line here, but an editor does not", "end it with a line feed"
    else:
        wrong, right = "not YAML: control characters are not allowed", "remove the control character"
    return Problem(name, line, column, "", wrong, right)


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _within(text: str, mark: yaml.Mark | None) -> _Position:
    """Give a place that the text has: where a last line has no end, libyaml blames the line after it."""
    if mark is None:
        return 0, 0
    lines = text.split("\n")
    if mark.line < len(lines):
        return mark.line + 1, mark.column + 1
    return len(lines), len(lines[-1]) + 1


@dataclass
class _Excess(Exception):  # noqa: N818 - it never leaves this module
    mark: Any
    """Where, as libyaml says it."""
    wrong: str
    right: str


def _count(text: str) -> int:
    """Count the names and values of a document before anything recursive sees it.

    What libyaml reads piece by piece takes no more memory than the text; only to compose it is recursive. Raises
    `_Excess` where a document is deeper, larger or longer than we read.
    """
    nodes = 0
    opened: list[tuple[str | None, int]] = []
    sizes: dict[str | None, int] = {}
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent):
            nodes += sizes.get(event.anchor, 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            nodes += 1
            opened.append((event.anchor, nodes))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, first = opened.pop()
            sizes[anchor] = nodes - first + 1
        elif isinstance(event, yaml.ScalarEvent):
            nodes += 1
            sizes[event.anchor] = 1
            if len(event.value) > LONGEST_VALUE:
                raise _Excess(event.start_mark, f"is longer than {LONGEST_VALUE:,} characters", "write it shorter")
        if len(opened) > DEEPEST:
            raise _Excess(event.start_mark, "is nested too deeply", f"nest it at most {DEEPEST} deep")
        if nodes > MOST_NODES:
            wrong = f"here the file has more than {MOST_NODES:,} names and values, those behind aliases included"
            raise _Excess(event.start_mark, wrong, "shorten it, or split it into several files")
    return nodes


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield cast("yaml.Event", loader.get_event())
    finally:
        loader.dispose()


def _construct(name: str, node: yaml.Node, loc: Loc, above: frozenset[int], problems: list[Problem]) -> Any:  # noqa: ANN401
    """Turn a node into plain data; duplicate names, cycles and foreign tags become problems."""

    def refuse(at: yaml.Node, member: Loc, wrong: str, right: str) -> None:
        mark = at.start_mark
        problems.append(Problem(name, mark.line + 1, mark.column + 1, member_path(member), wrong, right))

    if id(node) in above:
        refuse(node, loc, "contains itself through an alias", "write the value out")
        return None
    if len(above) > DEEPEST:  # through aliases
        refuse(node, loc, "is nested too deeply", f"nest it at most {DEEPEST} deep")
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
                refuse(key, (*loc, key.value), "this member appears here twice", "keep one of the two")
                continue
            result[key.value] = _construct(name, value, (*loc, key.value), above, problems)
        return result
    if isinstance(node, yaml.SequenceNode):
        return tuple(_construct(name, item, (*loc, i), above, problems) for i, item in enumerate(node.value))
    construct = _CONSTRUCT.get(node.tag)
    if construct is None:
        refuse(node, loc, f"the tag {node.tag} is not read here", "write a plain value")
        return None
    if node.tag in _PATTERNS and not _PATTERNS[node.tag].fullmatch(node.value):
        refuse(node, loc, f"{node.value!r} does not fit the tag {node.tag}", "write a plain value")
        return None
    return construct(node.value)
