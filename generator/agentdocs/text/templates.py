"""Templates: what they may say, in which language, and where they failed."""

from __future__ import annotations

import re
import traceback
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    Undefined,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.utils import missing
from pydantic import BaseModel

from agentdocs.errors import NoTemplateError, RenderError, UndefinedError
from agentdocs.project import PAGES
from agentdocs.schema.assumed import MARK, Assumed, AssumedText
from agentdocs.schema.values import did_you_mean, shown
from agentdocs.text import extending, heads
from agentdocs.text.filters import Filters, Tests, public
from agentdocs.text.markdown import settled
from agentdocs.text.quoting import (
    QUOTING,
    Verbatim,
    comment,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    from jinja2.bccache import Bucket

    from agentdocs.errors import Loc
    from agentdocs.text.heads import Head

_T = TypeVar("_T")


class _Generator(CodeGenerator):
    """Writes the code of a template so that a text which is put together of assumed ones is assumed, too."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Environment(Environment):
    """Jinja that looks for a member of a mapping before a method of that name."""

    code_generator_class = _Generator

    @staticmethod
    def joined(parts: Sequence[object]) -> str:
        """Put parts of a text together."""
        text = "".join(map(str, parts))
        return AssumedText(text) if any(isinstance(part, Assumed) for part in parts) else text

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Missing(StrictUndefined):
    """What a template asked for and nothing has."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, *_: object) -> None:  # noqa: ANN401
        def absent(message: str) -> UndefinedError:
            error = UndefinedError(message)
            error.member, error.owner = str(name), None if obj is missing else obj
            return error

        super().__init__(hint, obj, name, absent)  # type: ignore[arg-type]


class _Loader(FileSystemLoader):
    """Reads templates. The two parts of a page are `head:<name>` and `body:<name>`, with lines counted as in the
    file. The body of a page that all providers share is also `docs/<name>`, so that a page of a project can extend
    it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        part, _, name = template.rpartition(":")
        text, file, fresh = super().get_source(environment, name)
        if part or name.startswith(f"{PAGES}/"):
            end = heads.split(text, file)
            text = text[:end] if part == "head" else "\n" * text.count("\n", 0, end) + text[end:]
        if "extends" in text:
            extending.check(environment, text, file, lambda other: self.get_source(environment, other)[0])
        return text, file, fresh


class Compiled(BytecodeCache):
    """Compiled templates, each of which is used again for as long as its text is the same."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template whose text is known."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._code[bucket.key] = (bucket.checksum, bucket.code)


_MARKED = "\ue0a5"
"""Where HTML may have a mark: no text of a catalog has this character, which nobody uses."""
_MARKS = {"markdown": f" **{MARK}**", "html": _MARKED, "plain": f" {MARK}"}
"""What stands after an assumed value, by language; files in others begin with a comment that names such values."""
_COMMENTS = {"bash": "#", "fish": "#", "powershell": "#", "json5": "//", "yaml": "#", "python": "#", "javascript": "//"}

_compiled: defaultdict[str, Compiled] = defaultdict(Compiled)
"""By language, which decides what becomes of a constant when its template is compiled."""


class Templates:
    """Renders templates of one provider."""

    def __init__(self, folders: list[Path]) -> None:
        self._folders = folders
        self._asked: set[str] = set()
        """The names that templates have asked for, of those who note them."""
        self._noted: dict[str, None] = {}
        """The assumed values that the template at work has written so far."""
        loader = _Loader(folders)
        self._environments = {
            language: self._environment(loader, language, quote) for language, quote in QUOTING.items()
        }

    def render(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """Fill in the template `name`, writing every value in `language`.

        Raises `RenderError` with file and line, an `UndefinedError` where the template names what is not there.
        """
        environment, around = self._environments[language], self._noted
        self._noted = {}
        try:
            text = self._with_marks(environment.get_template(name).render(values), language)
            return settled(text) if language == "markdown" else text
        except Exception as error:  # whatever an expression can raise
            if isinstance(error, RenderError) and error.located:
                raise
            place = self._place(error, name)
            message = f"{place}: {self._message(error, values)}"
            located = RenderError(message)
            if isinstance(error, UndefinedError):
                located = UndefinedError(message)
                located.member, located.owner, located.place = error.member, error.owner, place
            located.located = True
            raise located from error
        finally:
            self._noted = around

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Collect the names that templates ask for meanwhile, except those of a `noting` inside this one."""
        around, self._asked = self._asked, set()
        try:
            yield self._asked
        finally:
            self._asked = around

    def _note(self, name: str) -> None:
        self._asked.add(name)

    def demand(self, name: str, loc: Loc) -> None:
        """Raise `NoTemplateError` unless there is the template `name`, which a member of the catalog stands for."""
        if any((folder / name).is_file() for folder in self._folders):
            return
        alike = {file.stem for folder in self._folders for file in (folder / name).parent.glob(f"*{Path(name).suffix}")}
        known = f", or use one that is there: {', '.join(sorted(alike))}" if alike else ""
        raise NoTemplateError(loc, name, f"write it{known}")

    def page(self, name: str, values: Mapping[str, Any]) -> tuple[Head, str]:
        """Fill in the template of a page: its head, which is plain text, and its Markdown below the title.

        Raises as `render` does.
        """
        head = heads.read(self.render(f"head:{name}", "plain", values))
        return head, self.render(f"body:{name}", "markdown", values).lstrip("\n")

    def _with_marks(self, text: str, language: str) -> str:
        """Say in a file which of its values are assumed, and let marks in HTML stand where a reader sees them."""
        if language == "html":
            return re.sub(r"<[^<>]*>", lambda tag: tag[0].replace(_MARKED, ""), text).replace(_MARKED, f" {MARK}")
        if language in _COMMENTS and self._noted:
            values = ", ".join(comment(value) for value in self._noted)
            return f"{_COMMENTS[language]} Assumed, published nowhere: {values}\n{text}"
        return text

    def _environment(self, loader: FileSystemLoader, language: str, quote: Callable[[object], str]) -> Environment:
        note = self._note

        class Noting(Context):
            """Notes each name that a template asks for."""

            def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401
                note(key)
                return super().resolve_or_missing(key)

        filters = Filters(quote, _MARKS.get(language, ""), lambda values: self._noted.update(dict.fromkeys(values)))

        def finalize(value: object) -> object:
            if isinstance(value, Verbatim):
                return value
            if isinstance(value, Undefined):
                return str(value)  # raises, except for a conditional expression without else, which is empty
            return filters.carrying(quote, value)

        environment = _Environment(
            loader=loader,
            bytecode_cache=_compiled[language],
            autoescape=False,
            undefined=_Missing,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        )
        environment.context_class = Noting
        environment.filters.update({name: getattr(filters, name) for name in public(Filters)})
        environment.tests.update({name: getattr(Tests, name) for name in public(Tests)})
        return environment

    def _place(self, error: BaseException, name: str) -> str:
        filename, line = name.rpartition(":")[2], getattr(error, "lineno", None)
        if line is not None:
            filename = getattr(error, "filename", None) or filename
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                if any(frame.filename.startswith(f"{folder}/") for folder in self._folders):
                    filename, line = frame.filename, frame.lineno
        if not any(filename.startswith(f"{folder}/") for folder in self._folders):
            found = (folder / filename for folder in self._folders if (folder / filename).is_file())
            filename = str(next(found, filename))
        return f"{filename}:{line}" if line else filename

    def _message(self, error: BaseException, values: Mapping[str, Any]) -> str:
        if isinstance(error, UndefinedError):
            return _absence(error, values)
        if isinstance(error, TemplateNotFound):
            return f"there is no template {error.name}; name one of {', '.join(str(f) for f in self._folders)}"
        return str(error) or type(error).__name__


def _absence(error: UndefinedError, values: Mapping[str, Any]) -> str:
    """Say what was asked for, of what, and what there is instead."""
    if error.owner is None:
        return f"there is no '{error.member}'; {did_you_mean(error.member, frozenset(values))}"
    name = next((name for name, value in values.items() if value is error.owner), "")
    if isinstance(error.owner, Mapping):
        return f"{name or 'it'} has no '{error.member}'; {did_you_mean(error.member, frozenset(error.owner))}"
    if isinstance(error.owner, BaseModel):
        known = did_you_mean(error.member, frozenset(type(error.owner).model_fields))
        return f"{name or type(error.owner).__name__} has no '{error.member}'; {known}"
    what = shown(error.owner) if isinstance(error.owner, str | None) else type(error.owner).__name__
    return f"{name or what} has no '{error.member}'"
