"""Words for what pydantic finds wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from agentdocs.schema import Facts
from agentdocs.schema.places import kinds
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
            return "is not a list", "write [a, b], or one item on each line, after a dash"
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
    models = [kind for kind in kinds(loc[:-1], root) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return frozenset(models[0].model_fields) if models else frozenset()
