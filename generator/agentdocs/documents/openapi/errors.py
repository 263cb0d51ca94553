"""The answers to requests that fail: their envelope, their causes and the limits behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.documents.openapi.component import record, sentence
from agentdocs.documents.openapi.exchange import json_content
from agentdocs.schema.assumed import marked_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentdocs.documents.openapi.component import Components
    from agentdocs.schema import ApiError, Facts, Limit

_ENVELOPE = record(
    "message",
    message={
        "type": "string",
        "description": "What is wrong. Examples have its words where they are published, and the meaning elsewhere.",
    },
    type={"type": "string", "description": "The kind of error. Examples leave out what is not published."},
    code={"type": ["string", "null"], "description": "The error's name, null for an error without one."},
)
_ERROR = record("error", error=_ENVELOPE)


def responses(facts: Facts, api: str, components: Components) -> dict[str, dict[str, Any]]:
    """Describe the errors of an API, by status in ascending order."""
    by_status: dict[int, dict[str, ApiError]] = {}
    for name, error in facts.errors.items():
        if api in error.apis:
            by_status.setdefault(error.status, {})[name] = error
    limits = [limit for limit in facts.limits.values() if limit.api == api]
    return {
        str(status): components.ref("responses", f"{api}_{status}", _response(errors, api, limits, components))
        for status, errors in sorted(by_status.items())
    }


def _response(errors: Mapping[str, ApiError], api: str, limits: list[Limit], components: Components) -> dict[str, Any]:
    """Describe the errors of an API that share a status."""
    texts = [
        _explain(error, error.origin(api).doubt, [limit for limit in limits if limit.error == name])
        for name, error in errors.items()
    ]
    schema = components.ref("schemas", "Error", _ERROR)
    examples = {
        name: components.ref("examples", name, {"summary": error.title, "value": _envelope(error, api)})
        for name, error in errors.items()
    }
    return {"description": "\n\n".join(texts), "content": json_content(schema, examples=examples)}


def _envelope(error: ApiError, api: str) -> dict[str, Any]:
    """Give an example of the error without what nobody published."""
    members: dict[str, str | None] = {"message": error.words(api)}
    if error.type != "unknown":
        members["type"] = error.type
    if error.code != "unknown":
        members["code"] = None if error.code == "not_offered" else error.code
    return {"error": members}


def _explain(error: ApiError, doubt: str, limits: list[Limit]) -> str:
    code = {"not_offered": "code null", "unknown": "code not published"}.get(error.code, f"code {error.code}")
    sentences = [
        marked_text(f"{error.title} ({code})", error.title),
        marked_text(error.meaning),
        marked_text(error.remedy),
    ]
    sentences += ["The same request can succeed later"] if error.retry else []
    sentences += [f"That this API sends it is {doubt}"] if doubt else []
    sentences += [f"Limits: {'; '.join(map(_limit, limits))}"] if limits else []
    return " ".join(sentence(each) for each in sentences)


def _limit(limit: Limit) -> str:
    rate = {"unlimited": "any number of", "unknown": "an unpublished number of"}
    number = rate.get(str(limit.requests_per_minute), limit.requests_per_minute)
    text = f"{number} requests per minute per {limit.per}"
    if active := limit.active_requests:
        text += f", {active.count} active {active.counts} per {limit.per}"
        text += f", where a request that never ended counts for {active.reservation_minutes} minutes"
    return marked_text(text, limit.per, active and active.count, active and active.counts)
