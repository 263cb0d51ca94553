"""Assumed facts: which values of a catalog stand in for what nobody published, and how each output shows them so.

A preview shows every assumed value with a mark. The mark follows the value's provenance and nothing else: each value
of an assumed group is replaced by one of the same type that knows of it, before anything is rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import singledispatch
from typing import Any, TypeVar

from pydantic import BaseModel

from agentdocs.schema.base import FactGroup, Provenance

_T = TypeVar("_T")

MARK = "(assumed)"
"""What stands after an assumed value that a reader sees."""
MEMBER = "x-assumed"
"""The member of a JSON document that lists the places of assumed values as JSON Pointers (RFC 6901)."""


class Assumed:
    """A value that nobody confirmed."""


class AssumedText(Assumed, str):
    """A text. What is put together with it is assumed, too."""

    __slots__ = ()

    def __add__(self, other: str) -> AssumedText:
        return AssumedText(str.__add__(self, other))

    def __radd__(self, other: str) -> AssumedText:
        return AssumedText(other.__add__(self))


class AssumedCount(Assumed, int):
    """A whole number."""


class AssumedAmount(Assumed, Decimal):
    """An amount of money. Its value by another unit is assumed, too."""

    def __mul__(self, other: Any) -> AssumedAmount:  # noqa: ANN401
        return AssumedAmount(Decimal.__mul__(self, other))

    def __truediv__(self, other: Any) -> AssumedAmount:  # noqa: ANN401
        return AssumedAmount(Decimal.__truediv__(self, other))


class AssumedDay(Assumed, date):
    """A calendar day."""


class AssumedFlag(Assumed):
    """A yes or no, since no class can inherit from `bool`."""

    def __init__(self, flag: bool) -> None:
        self.flag = flag

    def __bool__(self) -> bool:
        return self.flag

    def __eq__(self, other: object) -> bool:
        return self.flag == (other.flag if isinstance(other, AssumedFlag) else other)

    def __hash__(self) -> int:
        return hash(self.flag)

    def __repr__(self) -> str:
        return repr(self.flag)


@singledispatch
def _assumed(value: Any) -> Any:  # noqa: ANN401
    return value


_assumed.register(str, AssumedText)
_assumed.register(bool, AssumedFlag)
_assumed.register(int, AssumedCount)
_assumed.register(Decimal, AssumedAmount)
_assumed.register(date, lambda day: AssumedDay(day.year, day.month, day.day))


def marked(value: _T) -> _T:
    """Give a copy of some facts in which each value of an assumed group is of a type above."""
    return _marked(value, _as_it_is)  # type: ignore[no-any-return]


def _as_it_is(value: object) -> object:
    return value


def _marked(value: Any, leaf: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    if isinstance(value, Provenance):
        return value
    if isinstance(value, FactGroup) and value.provenance:
        leaf = _assumed if value.provenance.confidence == "assumed" else _as_it_is
    if isinstance(value, BaseModel):
        members = {name: _marked(member, leaf) for name, member in value}
        if all(members[name] is member for name, member in value):
            return value
        return value.model_copy(update=members)
    if isinstance(value, Mapping):
        return {_name_leaf(member, leaf)(name): _marked(member, leaf) for name, member in value.items()}
    if isinstance(value, tuple):
        items = tuple(_marked(item, leaf) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return leaf(value)


def _name_leaf(member: object, leaf: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Tell what becomes of the name of a member: an entry that says where it comes from says it of its name, too."""
    if isinstance(member, FactGroup) and member.provenance:
        return _assumed if member.provenance.confidence == "assumed" else _as_it_is
    return leaf


def marked_text(text: str, *made_of: object) -> str:
    """Write a text as a person reads it, with the mark if it is assumed, or something that it was made of."""
    return f"{text} {MARK}" if any(isinstance(value, Assumed) for value in (text, *made_of)) else text


def places(document: object, pointer: str = "") -> Iterator[str]:
    """Yield where in a JSON document assumed values stand, as JSON Pointers."""
    if isinstance(document, Assumed):
        yield pointer
    elif isinstance(document, Mapping):
        for name, member in document.items():
            yield from places(member, f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(document, list | tuple):
        for index, item in enumerate(document):
            yield from places(item, f"{pointer}/{index}")
