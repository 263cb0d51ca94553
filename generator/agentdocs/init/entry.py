"""Objects of somebody else's JSON, read member by member, with the place of whatever is wrong."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from agentdocs.catalog.source import member_path
from agentdocs.errors import ModelListError, Problem
from agentdocs.init.answers import told
from agentdocs.schema.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.errors import Loc

LONGEST = 200
"""Characters of one text: names of files and pages are made of them."""
_AMOUNT = re.compile(r"\d{1,9}(?:\.\d{1,40})?(?:[eE][-+]?\d{1,2})?")
_MOST = Decimal(1_000_000)
"""Of money for one token or a million of them; more is a typo."""


class _RefusedError(ValueError):
    """What a reader of JSON would take and nobody should."""


def parse(name: str, content: bytes) -> Any:  # noqa: ANN401
    """Read a JSON text (RFC 8259), numbers with a point as Decimal. Raises `ModelListError` with line and column."""
    try:
        text = content.decode("utf-8-sig")
        return json.loads(
            text, object_pairs_hook=_unique, parse_constant=_constant, parse_int=_integer, parse_float=Decimal
        )
    except UnicodeDecodeError as error:
        wrong = f"byte 0x{content[error.start]:02x} at {error.start:,} is not UTF-8"
        problem = Problem(name, 0, 0, "", wrong, "name a list of models in JSON")
    except json.JSONDecodeError as error:
        right = "name a complete list of models in JSON"
        problem = Problem(name, error.lineno, error.colno, "", f"not JSON: {error.msg}", right)
    except _RefusedError as error:
        problem = Problem(name, 0, 0, "", str(error), "correct it there")
    except RecursionError:
        problem = Problem(name, 0, 0, "", "is nested too deeply", "name a list of models")
    raise ModelListError([problem])


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        again = next(name for name in names if names.count(name) > 1)
        raise _RefusedError(f"an object has {shown(again)} twice")
    return members


def _constant(word: str) -> Any:  # noqa: ANN401
    raise _RefusedError(f"{word} is not a JSON number")


def _integer(digits: str) -> int:
    if len(digits) > 18:
        raise _RefusedError(f"{digits[:18]}... has {len(digits):,} digits")
    return int(digits)


class Entry:
    """An object of a list, of which members are asked for; what is null or not there is None.

    Whatever is wrong is noted in `problems`, and is None from then on.
    """

    def __init__(self, name: str, loc: Loc, members: object, problems: list[Problem]) -> None:
        self.loc = loc
        self._name, self._problems = name, problems
        self._members: dict[str, Any] = {}
        if isinstance(members, dict):
            self._members = members
        elif members is not None:
            self.refuse((), f"{_shown(members)} is not an object", "write one there")

    def refuse(self, inside: Loc, wrong: str, right: str) -> None:
        """Note that something is wrong with a member, or with what is inside of one."""
        self._problems.append(Problem(self._name, 0, 0, member_path((*self.loc, *inside)), wrong, right))

    def has(self, name: str) -> bool:
        """Tell whether there is a member."""
        return name in self._members

    def names(self) -> list[str]:
        """List the members."""
        return [*self._members]

    def inside(self, name: str) -> Entry:
        """Give the object that a member is; an empty one if it is not there."""
        return Entry(self._name, (*self.loc, name), self._members.get(name), self._problems)

    def text(self, name: str) -> str:
        """Give a text as it is; an empty one if there is none."""
        value = self._members.get(name)
        return value if isinstance(value, str) else ""

    def items(self, name: str) -> Iterator[Entry]:
        """Yield the objects of a list."""
        value = self._members.get(name)
        if not isinstance(value, list):
            self.refuse((name,), f"{_shown(value)} is not a list", "write a list of objects")
            return
        for index, item in enumerate(value):
            yield Entry(self._name, (*self.loc, name, index), {} if item is None else item, self._problems)

    def checked(self, name: str, kind: Any) -> Any:  # noqa: ANN401
        """Give a text that a type of the schema takes."""
        value = self._members.get(name)
        if value is None:
            return None
        if isinstance(value, str) and len(value) > LONGEST:
            self.refuse((name,), f"{_shown(value)} has {len(value):,} characters", f"write at most {LONGEST}")
            return None
        try:
            return TypeAdapter(kind).validate_python(value)
        except ValidationError as error:
            self.refuse((name,), *told(error))
        return None

    def count(self, *names: str) -> int | None:
        """Give a whole number from 1, by the first of some names that is there; 0 says that nobody knows it."""
        name = next((name for name in names if self._members.get(name) is not None), names[0])
        value = self._members.get(name)
        if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
            value = int(value) if value.adjusted() < 18 else value
        if value is None or (value == 0 and not isinstance(value, bool)):
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse((name,), f"{_shown(value)} is not a number of tokens", "write a whole number from 1")
            return None
        return value

    def flag(self, name: str) -> bool | None:
        """Give a yes or no."""
        value = self._members.get(name)
        if value is not None and not isinstance(value, bool):
            self.refuse((name,), f"{_shown(value)} is neither true nor false", "write one of them")
            return None
        return value

    def amount(self, name: str) -> Decimal | None:
        """Give an amount of money, written as a number or as a text; -1 says that it varies."""
        value = self._members.get(name)
        if value is None or str(value) == "-1":
            return None
        text = str(value)
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or not _AMOUNT.fullmatch(text):
            self.refuse((name,), f"{_shown(value)} is not an amount of money", "write a number from 0, such as 0.3")
            return None
        if Decimal(text) > _MOST:
            self.refuse((name,), f"{_shown(value)} is more than any model costs", f"write at most {_MOST:,}")
            return None
        return Decimal(text)

    def words(self, name: str, kind: Any) -> tuple[str, ...] | None:  # noqa: ANN401
        """Give a list of words that a type of the schema takes, each once."""
        value = self._members.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) > LONGEST:
            self.refuse((name,), f"{_shown(value)} is not a list of words", "write a list of texts")
            return None
        found = Entry(self._name, (*self.loc, name), {str(index): word for index, word in enumerate(value)}, [])
        words = [found.checked(str(index), kind) for index in range(len(value))]
        for index, word in enumerate(words):
            if word is None:
                self.refuse((name, index), f"{_shown(value[index])} is not a word of an API", "write one, or remove it")
        return tuple(dict.fromkeys(word for word in words if word))

    def day(self, name: str) -> date | None:
        """Give a day; a year or a month alone says none."""
        value = self._members.get(name)
        if value is None or (isinstance(value, str) and re.fullmatch(r"(?:\d{4}(?:-\d\d)?)?", value)):
            return None
        try:
            return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
        except ValueError:
            self.refuse((name,), f"{_shown(value)} is not a day", "write it as YYYY-MM-DD")
        return None


def _shown(value: object) -> str:
    return "a list" if isinstance(value, list) else shown(value)
