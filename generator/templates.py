"""Templates: what they may say, in which language, and where they failed."""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    Undefined,
)
from jinja2.runtime import Context
from pydantic import BaseModel

from generator.errors import RenderError, WithheldError
from generator.quoting import (
    QUOTING,
    Verbatim,
    anchor,
    as_json,
    as_markdown,
    as_shell,
    bare,
    code_span,
    comment,
    link_target,
)
from generator.schema.values import SPECIALS, did_you_mean, shown

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

    from jinja2.bccache import Bucket

_T = TypeVar("_T")

UNPUBLISHED_HOST = ".invalid"
"""Hosts of assumed values end in this name, which never resolves (RFC 2606): no credential can reach them."""


def is_assumed(value: object) -> bool:
    """Tell whether a value is a stand-in for what nobody published."""
    return isinstance(value, str) and f"{UNPUBLISHED_HOST}/" in value + "/"


class _Environment(Environment):
    """Jinja that looks for a member of a mapping before a method of that name."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Missing(StrictUndefined):
    """A name that an expression asks for in vain: says what there is instead."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, around = str(self._undefined_name), self._undefined_obj
        if isinstance(around, Mapping):
            return f"there is no '{name}' here; {did_you_mean(name, frozenset(map(str, around)))}"
        if isinstance(around, BaseModel):
            known = did_you_mean(name, frozenset(type(around).model_fields))
            return f"{type(around).__name__} has no member '{name}'; {known}"
        return super()._undefined_message


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


_compiled: defaultdict[tuple[str, bool], Compiled] = defaultdict(Compiled)
"""By language and form: both decide what becomes of a constant when its template is compiled."""


class Templates:
    """Renders templates of one provider, in preview or release form.

    `read` collects the names of the catalog's members that the last rendering asked for.
    """

    def __init__(self, folders: list[Path], *, release: bool) -> None:
        self.release = release
        self._folders = folders
        self.read: set[str] = set()
        loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
        self._environments = {
            language: self._environment(loader, quote, _compiled[language, release])
            for language, quote in QUOTING.items()
        }

    def render(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """Fill in the template `name`, writing every value in `language`.

        Raises `RenderError` with file and line, and `WithheldError` for an assumed value in a release.
        """
        environment = self._environments[language]
        try:
            return environment.get_template(name).render(values)
        except Exception as error:  # whatever an expression can raise
            if isinstance(error, RenderError) and getattr(error, "located", False):
                raise
            kind = WithheldError if isinstance(error, WithheldError) else RenderError
            located = kind(f"{self._place(error, name)}: {self._message(error)}")
            located.located = True  # type: ignore[attr-defined]
            raise located from error

    def _environment(self, loader: ChoiceLoader, quote: Callable[[object], str], compiled: Compiled) -> Environment:
        read = self.read

        class Recording(Context):
            """Notes each name that a template asks for."""

            def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401
                read.add(key)
                return super().resolve_or_missing(key)

        def finalize(value: object) -> object:
            if isinstance(value, Verbatim):
                return value
            if isinstance(value, Undefined):
                return str(value)  # raises, except for a conditional expression without else, which is empty
            return quote(value)

        environment = _Environment(
            loader=loader,
            bytecode_cache=compiled,
            autoescape=False,
            undefined=_Missing,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        )
        environment.context_class = Recording
        environment.filters.update(
            anchor=lambda value: Verbatim(anchor(str(value))),
            answer=_answer,
            bare=bare,
            code=lambda value: Verbatim(code_span(value) + self._mark(value)),
            comment=comment,
            day=lambda value: _special(value) or Verbatim(_require(value, date).isoformat()),
            json=as_json,
            link=lambda url, text: Verbatim(f"[{as_markdown(text)}]({url}){self._mark(url)}"),
            money=_money,
            word=self._word,
            number=lambda value: _special(value) or Verbatim(f"{_require(value, int):,}"),
            text=lambda value: Verbatim(as_markdown(value)),
            url=link_target,
            verbatim=lambda value: Verbatim(value),
        )
        environment.tests["known"] = lambda value: value not in SPECIALS
        return environment

    def _mark(self, value: object) -> str:
        if not is_assumed(value):
            return ""
        if self.release:
            raise WithheldError(f"{shown(value)} is assumed and has no place in a release")
        return " **(assumed)**"

    def _word(self, value: object) -> Verbatim:
        """Write a value as one word of a command, which cannot carry a mark."""
        self._mark(value)
        return Verbatim(as_shell(value))

    def _place(self, error: BaseException, name: str) -> str:
        filename, line = name, getattr(error, "lineno", None)
        if line is not None:
            filename = getattr(error, "filename", None) or name
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                if any(frame.filename.startswith(f"{folder}/") for folder in self._folders):
                    filename, line = frame.filename, frame.lineno
        for folder in self._folders:
            if not filename.startswith(f"{folder}/") and (folder / filename).is_file():
                filename = str(folder / filename)
        return f"{filename}:{line}" if line else filename

    def _message(self, error: BaseException) -> str:
        if isinstance(error, TemplateNotFound):
            return f"there is no template {error.name}; name one of {', '.join(str(f) for f in self._folders)}"
        return str(error) or type(error).__name__


def _special(value: object) -> Verbatim | None:
    """Write the values that are no quantity in words."""
    return Verbatim(value.replace("_", " ")) if isinstance(value, str) and value in SPECIALS else None


def _require(value: object, kind: type[_T]) -> _T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise RenderError(f"{shown(value)} is not a {kind.__name__}")
    return value


def _money(value: object) -> Verbatim:
    """Write an amount with at least two decimals."""
    if special := _special(value):
        return special
    amount = _require(value, Decimal)
    decimals = max(2, -int(amount.normalize().as_tuple().exponent))
    return Verbatim(f"{amount:,.{decimals}f}")


def _answer(value: object) -> Verbatim:
    """Write a fact that is yes, no, or a text in words."""
    if isinstance(value, bool):
        return Verbatim("yes" if value else "no")
    return _special(value) or Verbatim(as_markdown(value))
