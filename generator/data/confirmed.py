"""The facts of a catalog without those that are only assumed, and without everything that stands on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from generator.errors import WithheldError
from generator.schema import Facts
from generator.schema.base import groups
from generator.schema.values import GROUP, SPECIAL, References

if TYPE_CHECKING:
    from generator.source import Loc


def confirmed(facts: Facts) -> Facts:
    """Leave out what is assumed, and whatever would refer to it.

    What can be unknown becomes so. What can be absent goes. Where neither holds, what is around it goes too: without
    a key there is no API, and without the API none of its limits. Raises `WithheldError` if nothing useful is left.
    """
    doomed = {loc for loc, _, origin in groups(facts) if origin and origin.confidence == "assumed"}
    if not doomed:
        return facts
    data = _plain(facts)
    unknown: set[Loc] = set()
    while doomed:
        for loc in sorted(doomed, key=_from_the_end):
            if any(loc[:length] in doomed for length in range(1, len(loc))):
                continue  # what is around it goes
            if len(loc) == 1 and Facts.model_fields[str(loc[0])].is_required():
                raise WithheldError(f"{loc[0]} is assumed, or rests on something that is")
            # A place that takes the word is left unknown; the next round tells where it does not.
            data = _without(data, loc, None if loc in unknown or isinstance(loc[-1], int) else "unknown")
            unknown.add(loc)
        try:
            return Facts.model_validate(data, context=_names(data))
        except ValidationError as error:
            doomed = {_place(detail["loc"], detail["type"]) for detail in error.errors(include_input=False)}
    return facts


def _plain(value: object) -> Any:  # noqa: ANN401
    if isinstance(value, BaseModel):
        return {name: _plain(member) for name, member in value if member is not None}
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


def _names(data: Mapping[str, Any]) -> References:
    """Collect what is left to refer to."""
    kinds = {"plan": "plans", "key": "keys", "API": "apis", "error": "errors", "client": "clients", "model": "models"}
    known = {kind: _entries(data[member]) for kind, member in kinds.items()}
    return References({**known, "status": _entries(data["discovery"].get("statuses", {}))})


def _entries(entries: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name, entry in entries.items() if entry != "unknown")


def _place(loc: tuple[str | int, ...], kind: str) -> Loc:
    """Find what has to go: an entry whose name is refused, or what lacks a member that it needs."""
    place = tuple(part for part in loc if part not in (GROUP, SPECIAL, "[key]"))
    return place[:-1] if kind == "missing" else place


def _from_the_end(loc: Loc) -> tuple[int, ...]:
    """Order items of a list from its end, so that taking one away does not move the next."""
    return tuple(-part for part in loc if isinstance(part, int))


def _without(data: Any, loc: Loc, instead: str | None) -> Any:  # noqa: ANN401
    """Give a copy without the member at `loc`, or with a word `instead`; a list that gets empty goes with it."""
    head, rest = loc[0], loc[1:]
    if isinstance(data, tuple):
        items = (_without(item, rest, instead) if index == head else item for index, item in enumerate(data))
        return tuple(items) if rest else tuple(item for index, item in enumerate(data) if index != head)
    if not rest:
        return {**data, head: instead} if instead else {name: data[name] for name in data if name != head}
    changed = _without(data[head], rest, instead)
    return {**data, head: "unknown" if changed == () else changed}
