"""What the schema says of a place of a catalog: which kinds of value it takes."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from agentdocs.schema import Facts

if TYPE_CHECKING:
    from agentdocs.errors import Loc


def takes_unknown(loc: Loc) -> bool:
    """Tell whether a member of a catalog may be the word `unknown`."""
    return any(get_origin(kind) is Literal and "unknown" in get_args(kind) for kind in kinds(loc))


def kinds(loc: Loc, root: object = Facts) -> list[Any]:
    """List the plain kinds of value that a place inside `root` takes: single ones, literals, lists, mappings, groups.

    A place that the schema does not have takes none.
    """
    here: list[Any] = [root]
    for part in loc:
        following: list[Any] = []
        for kind in here:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                following += plain(kind.model_fields[str(part)].annotation) if part in kind.model_fields else []
            elif get_origin(kind) is tuple and isinstance(part, int):
                following += plain(get_args(kind)[0])
            elif get_origin(kind) is Mapping:
                following += plain(get_args(kind)[1])
        here = following
    return here


def plain(annotation: Any) -> list[Any]:  # noqa: ANN401
    """Resolve unions and annotations into the plain kinds that a value may have."""
    if get_origin(annotation) is Annotated:
        return plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [kind for argument in get_args(annotation) for kind in plain(argument)]
    return [annotation]
