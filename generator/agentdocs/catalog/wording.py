"""Words for what pydantic finds wrong, and the kinds of value that a member of the schema may have."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from agentdocs.schema import Facts
from agentdocs.schema.values import Nearest, did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from agentdocs.errors import Loc


def wording(detail: ErrorDetails, loc: Loc, root: object = Facts) -> tuple[str, str]:
    """Say what pydantic found wrong at a location inside `root`, and what would be right."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "catalog":
            right = context["right"]
            return context["wrong"], right.told() if isinstance(right, Nearest) else right
        case "missing":
            return "is missing", "add it"
        case "extra_forbidden":
            return "is not a member here", did_you_mean(str(loc[-1]), _siblings(loc, root))
        case "model_type" | "dict_type" | "mapping_type" | "model_attributes_type":
            return "is not a mapping", "write its members below it, indented"
        case "tuple_type":
            return "is not a list", "write [a, b], or one item a line after a dash"
        case "too_short":
            fewest = context["min_length"]
            return (
                ("is an empty list", "write at least one item")
                if fewest == 1
                else (f"has too few items ({context['actual_length']})", f"write at least {fewest}")
            )
        case "literal_error":
            return "is not known here", f"write {context['expected']}"
        case "string_too_long" | "too_long":
            return "is too long", f"write at most {context['max_length']} characters"
    return detail["msg"][0].lower() + detail["msg"][1:], "see the reference of the catalog's members"


def _siblings(loc: Loc, root: object) -> frozenset[str]:
    """Find the members that are known where an unknown one stands."""
    models = [kind for kind in _kinds(loc[:-1], root) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return frozenset(models[0].model_fields) if models else frozenset()


def takes_unknown(loc: Loc) -> bool:
    """Tell whether a member of a catalog may be the word `unknown`."""
    return any(get_origin(kind) is Literal and "unknown" in get_args(kind) for kind in _kinds(loc, Facts))


def _kinds(loc: Loc, root: object) -> list[Any]:
    """List the plain kinds of value that a member may have."""
    alternatives: list[Any] = [root]
    for part in loc:
        following: list[Any] = []
        for kind in alternatives:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                following += _alternatives(kind.model_fields[str(part)].annotation) if part in kind.model_fields else []
            elif arguments := get_args(kind):  # Mapping[name, kind] or tuple[kind, ...]
                following += _alternatives(arguments[0 if isinstance(part, int) else -1])
        alternatives = following
    return alternatives


def _alternatives(annotation: Any) -> list[Any]:  # noqa: ANN401
    """Resolve unions and annotations into the plain kinds that a value may have."""
    if get_origin(annotation) is Annotated:
        return _alternatives(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [kind for argument in get_args(annotation) for kind in _alternatives(argument)]
    return [annotation]
