"""Rules of what a request may say, what refuses it, and how many there may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentdocs.catalog.rules.finding import Finding
from agentdocs.schema.values import SPECIALS, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.schema.access import Api
    from agentdocs.schema.error import ApiError
    from agentdocs.schema.limit import Limit
    from agentdocs.schema.plan import Estimates, Plan
    from agentdocs.schema.protocol import Protocol


def details_are_of_listed_parameters(protocol: Protocol) -> Iterator[Finding]:
    """Nothing is said of a parameter that the provider does not list."""
    for name in protocol.chat.details:
        if name not in protocol.chat.parameters:
            loc = ("protocol", "chat", "details", name)
            yield Finding(loc, f"'{name}' is not in parameters", "list it there, or remove its details", key=True)


def error_codes_are_unique(errors: Mapping[str, ApiError]) -> Iterator[Finding]:
    """A code means one thing on one API, unless it is a number, which many repeat from the status."""
    seen: dict[tuple[str, int | str], str] = {}
    for name, error in errors.items():
        for index, api in enumerate(error.apis):
            if api in [*error.apis][:index]:
                yield Finding(("errors", name, "apis", index), f"'{api}' appears here twice", "keep one of the two")
        for api in dict.fromkeys(error.apis) if isinstance(error.code, str) and error.code not in SPECIALS else ():
            if (api, error.code) in seen:
                yield Finding(
                    ("errors", name, "code"),
                    f"'{error.code}' is also at {seen[api, error.code]}",
                    "give each code one entry",
                )
            seen.setdefault((api, error.code), name)


def causes_have_one_error(errors: Mapping[str, ApiError]) -> Iterator[Finding]:
    """An API answers each cause with one error."""
    seen: dict[tuple[str, str], str] = {}
    for name, error in errors.items():
        for index, cause in enumerate(error.causes):
            taken = next((api for api in error.apis if (api, cause) in seen), None)
            if taken:
                wrong = f"{taken} answers {cause} with {seen[taken, cause]} already"
                yield Finding(("errors", name, "causes", index), wrong, "give each cause one error of an API")
            seen |= {(api, cause): name for api in error.apis}


def limits_and_errors_agree(limits: Mapping[str, Limit], errors: Mapping[str, ApiError]) -> Iterator[Finding]:
    """A limit on an API ends in an error that this API sends."""
    for name, limit in limits.items():
        error = errors.get(limit.error)
        if error and limit.api and limit.api not in error.apis:
            yield Finding(
                ("limits", name, "error"),
                f"{limit.api} does not send {limit.error}",
                f"add {limit.api} to its apis in errors.yaml",
            )


def estimates_speak_of_every_plan(estimates: Estimates | None, plans: Mapping[str, Plan]) -> Iterator[Finding]:
    """Each class says something about each plan, even if that is `not_offered` or `unknown`."""
    for name, entry in estimates.classes.items() if estimates else ():
        for plan in plans.keys() - entry.requests_per_month.keys():
            loc = ("estimates", "classes", name, "requests_per_month")
            yield Finding(loc, f"says nothing about the plan {plan}", "write a range, not_offered or unknown")


def parameters_of_paths_are_described(apis: Mapping[str, Api]) -> Iterator[Finding]:
    """What stands in braces in a path is described once, and nothing else is; what clients append has none."""
    for name, api in apis.items():
        shapes: dict[str, str] = {}
        for operation, entry in api.operations.items():
            loc = ("apis", name, "operations", operation, "path")
            for parameter in dict.fromkeys(entry.parameters):
                if parameter not in api.parameters:
                    wrong = f"{{{parameter}}} is not among the parameters of {name}"
                    near = did_you_mean(parameter, frozenset(api.parameters))
                    yield Finding(loc, wrong, f"say there what it is, or correct the name; {near}")
                if entry.parameters.count(parameter) > 1:
                    yield Finding(loc, f"{{{parameter}}} appears here twice", "give each its own name")
            if entry.parameters and operation in ("chat", "models"):
                wrong = f"clients append the path of {operation} as it is, and fill in no {{{entry.parameters[0]}}}"
                yield Finding(loc, wrong, "give this operation another name, or write a path without parameters")
            shape = re.sub(r"\{.*?\}", "{}", entry.path)
            if shapes.setdefault(shape, entry.path) != entry.path:
                right = "use the same parameter names"
                yield Finding(loc, f"'{entry.path}' and '{shapes[shape]}' are the same except for names", right)
        used = {parameter for entry in api.operations.values() for parameter in entry.parameters}
        for parameter in (each for each in api.parameters if each not in used):
            wrong = f"no path of {name} has {{{parameter}}}"
            yield Finding(
                ("apis", name, "parameters", parameter), wrong, "write it into a path, or remove it", key=True
            )
