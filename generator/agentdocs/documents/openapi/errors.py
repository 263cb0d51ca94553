"""The answers to requests that fail: their envelope, their causes and the limits behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.documents.openapi.component import record, sentence
from agentdocs.documents.openapi.exchange import json_content
from agentdocs.schema.assumed import marked_text
from agentdocs.text.rates import in_words
from agentdocs.text.wording import enumerated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentdocs.documents.openapi.component import Components
    from agentdocs.schema import ApiError, Facts, Limit


def _envelope(facts: Facts) -> dict[str, Any]:
    """Describe the body of every error; a code is a number and a type is null only where the catalog has it so."""
    number = ["integer"] if any(isinstance(error.code, int) for error in facts.errors.values()) else []
    none = any(error.type == "not_offered" for error in facts.errors.values())
    said = record(
        "message",
        message={
            "type": "string",
            "description": "What is wrong. Examples have its words where they are published, "
            "and the meaning elsewhere.",
        },
        type={
            "type": ["string", "null"] if none else "string",
            "description": "The kind of error. Examples leave out what is not published.",
        },
        code={"type": ["string", *number, "null"], "description": "The error's name, null for an error without one."},
    )
    return record("error", error=said)


def responses(facts: Facts, api: str, components: Components) -> dict[str, dict[str, Any]]:
    """Describe the errors of an API, by status in ascending order."""
    by_status: dict[int, dict[str, ApiError]] = {}
    for name, error in facts.errors.items():
        if api in error.apis:
            by_status.setdefault(error.status, {})[name] = error
    limits: dict[str, list[str]] = {}
    for limit in facts.limits.values():
        if limit.api == api:
            limits.setdefault(limit.error, []).append(_limit(limit, facts))
    return {
        str(status): components.ref("responses", f"{api}_{status}", _response(facts, errors, api, limits, components))
        for status, errors in sorted(by_status.items())
    }


def _response(
    facts: Facts, errors: Mapping[str, ApiError], api: str, limits: Mapping[str, list[str]], components: Components
) -> dict[str, Any]:
    """Describe the errors of an API that share a status."""
    texts = [_explain(error, error.origin(api).doubt, limits.get(name, [])) for name, error in errors.items()]
    schema = components.ref("schemas", "Error", _envelope(facts))
    examples = {
        name: components.ref("examples", name, {"summary": error.title, "value": _example(error, api)})
        for name, error in errors.items()
    }
    return {"description": "\n\n".join(texts), "content": json_content(schema, examples=examples)}


def _example(error: ApiError, api: str) -> dict[str, Any]:
    """Give an example of the error without what nobody published, and null for what the API does not send."""
    members = {"type": error.type, "code": error.code}
    known = {name: None if value == "not_offered" else value for name, value in members.items() if value != "unknown"}
    return {"error": {"message": error.words(api), **known}}


def _explain(error: ApiError, doubt: str, limits: list[str]) -> str:
    code = {"not_offered": "code null", "unknown": "code not published"}.get(str(error.code), f"code {error.code}")
    sentences = [
        marked_text(f"{error.title} ({code})", error.title),
        marked_text(error.meaning),
        marked_text(error.remedy),
    ]
    sentences += ["You can retry the same request later"] if error.retry else []
    sentences += [f"That this API sends it is {doubt}"] if doubt else []
    sentences += [f"Limits: {'; '.join(limits)}"] if limits else []
    return " ".join(sentence(each) for each in sentences)


def _limit(limit: Limit, facts: Facts) -> str:
    """Say what a limit bounds, and for whom."""
    per, active = f"per {enumerated(limit.per)}", limit.active_requests
    rates = [in_words(rate, "any number of", "an unpublished number of") for rate in limit.rates]
    bounds = [f"{enumerated(rates)} {per}"] if rates else []
    if active:
        bounds.append(f"{active.count} active {active.counts} {per}")
        bounds.append(f"where a request that never ended counts for {active.reservation_minutes} minutes")
    if limit.plans:
        names = [] if limit.plans == "unknown" else [facts.plans[plan].name for plan in limit.plans]
        bounds.append(f"with {' or '.join(names) or 'some plans, which of them is unknown'}")
    if limit.models:
        bounds.append(
            f"for {'some models, which of them is unknown' if limit.models == 'unknown' else enumerated(limit.models)}"
        )
    return marked_text(", ".join(bounds), *limit.per, active and active.count, active and active.counts)
