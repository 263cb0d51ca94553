"""Every text of a catalog: what the schema says is one, and where the invented provider has it."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

import yaml
from agentdocs.schema import Facts, values
from pydantic import BaseModel

if TYPE_CHECKING:
    from agentdocs.errors import Loc

Member = tuple[str, ...]
"""Names from the root of the catalog; `*` stands for every name of a mapping, `#` for every place of a list."""

PAYLOADS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("payloads.yaml").read_text(encoding="utf-8"))
WORD = "§"
"""Stands in a payload for a word that only one text has."""


@dataclass(frozen=True)
class Text:
    """A member of the schema that is a text."""

    path: Member
    kind: Any
    """Its type."""
    declared: str
    """The class and the member of it; a group of facts that many others have is declared once."""


def members(kind: Any = Facts, path: Member = (), declared: str = "") -> Iterator[Text]:  # noqa: ANN401
    """Yield every member of the schema that is a text."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        if get_args(values.Text)[1] in inner[1:]:
            yield Text(path, kind, declared)
        else:
            yield from members(inner[0], path, declared)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, member in get_type_hints(kind, include_extras=True).items():
            if name in kind.model_fields:
                yield from members(member, (*path, name), f"{kind.__name__}.{name}")
    elif origin is Mapping:
        assert not list(members(inner[0])), "the names of a mapping are texts; say here how they are replaced"
        yield from members(inner[1], (*path, "*"), declared)
    elif origin is tuple:
        yield from members(inner[0], (*path, "#"), declared)
    elif origin in (Union, types.UnionType):
        for member in inner:
            yield from members(member, path, declared)


def places(data: Any, member: Member, here: Loc = ()) -> Iterator[Loc]:  # noqa: ANN401
    """Yield every place of a catalog's data where a member stands."""
    if not member:
        if isinstance(data, str):
            yield here
    elif isinstance(data, tuple) and member[0] == "#":
        for number, item in enumerate(data):
            yield from places(item, member[1:], (*here, number))
    elif isinstance(data, dict):
        for name in data if member[0] == "*" else {member[0]} & data.keys():
            yield from places(data[name], member[1:], (*here, name))
