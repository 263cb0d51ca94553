"""The operations of an API: one for each path and method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.documents.openapi import chat, models
from agentdocs.documents.openapi.component import OBJECT, TEXT, sentence
from agentdocs.documents.openapi.errors import responses
from agentdocs.documents.openapi.exchange import Exchange, json_content
from agentdocs.schema.assumed import marked_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from agentdocs.documents.openapi.component import Components
    from agentdocs.schema import Api, Facts
    from agentdocs.schema.access import Operation
    from agentdocs.schema.login import TokenAccess


def path_items(facts: Facts, api: str, day: date, components: Components) -> dict[str, dict[str, Any]]:
    """Describe an API's operations, by path below its base URL and by method in lower case."""
    alike: dict[tuple[str, str], dict[str, Operation]] = {}
    for name, operation in facts.apis[api].operations.items():
        alike.setdefault((operation.path, operation.method.lower()), {})[name] = operation
    items: dict[str, dict[str, Any]] = {}
    for (path, method), operations in alike.items():
        items.setdefault(path, {})[method] = _operation(facts, api, operations, day, components)
    return items


def _operation(
    facts: Facts, name: str, alike: Mapping[str, Operation], day: date, components: Components
) -> dict[str, Any]:
    """Describe the requests with one method and path, which differ only in their query."""
    api = facts.apis[name]
    key = facts.keys[api.key]
    first = min(alike, key=lambda operation_id: len(alike[operation_id].query or {}))
    exchange = _exchange(facts, name, alike[first], day, components)
    optional = all(each.key == "recommended" for each in alike.values())
    need = f"Better sent with the {key.name}, but answered without it" if optional else f"Needs the {key.name}"
    about = [need, *(each.note for each in alike.values()), exchange.about]
    components.ref("securitySchemes", api.key, _security_scheme(facts, api.key))
    ways: list[dict[str, list[str]]] = [{api.key: []}]
    if api.tokens:
        components.ref("securitySchemes", f"{name}_token", _token_scheme(api.tokens))
        ways.append({f"{name}_token": []})
    parameters = [*_path(api, alike[first]), *_query(alike), *exchange.parameters]
    return {
        # An id in the catalog has no two underscores in a row, so these stay different from each other.
        "operationId": f"{name}__{first}",
        "tags": [api.name],
        "summary": alike[first].summary,
        "description": " ".join(sentence(each) for each in about if each),
        "security": [{}, *ways] if optional else ways,
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": exchange.body} if exchange.body else {}),
        "responses": {"200": exchange.answer, **responses(facts, name, components)},
    }


def _exchange(facts: Facts, api: str, operation: Operation, day: date, components: Components) -> Exchange:
    if operation.exchange == "chat":
        return chat.exchange(facts, api, day, components)
    if operation.exchange == "models":
        return models.exchange(facts, day, components)
    if operation.exchange == "model":
        return models.of_one(facts, day, components)
    answer = {
        "description": "An object. Its members are unknown: nobody published them.",
        "content": json_content(OBJECT),
    }
    return Exchange("", answer, body={"content": json_content({})} if operation.method == "POST" else None)


def _security_scheme(facts: Facts, name: str) -> dict[str, str]:
    """Describe how a request carries a key: it goes by its prefix, and no OAuth server issues it."""
    key, way = facts.keys[name], facts.protocol.authentication
    sentences = [
        f"{key.name}, sent as {way.header}: {way.scheme} KEY.",
        f"It begins with {key.beginning} and its environment variable is {key.environment_variable}."
        if key.beginning
        else f"Its environment variable is {key.environment_variable}.",
    ]
    for other in facts.keys.values():
        if key.beginning and other.beginning.startswith(key.beginning) and other != key:
            sentences.append(f"A key that begins with {other.beginning} is of another kind: {other.name}.")
    return {"type": "http", "scheme": way.scheme.lower(), "description": " ".join(sentences)}


def _token_scheme(tokens: TokenAccess) -> dict[str, str]:
    """Describe tokens that an API takes beside its key."""
    issuers = " or ".join(map(marked_text, tokens.issuers))
    return {"type": "http", "scheme": "bearer", "description": f"A token of {issuers}, instead of a key."}


def _path(api: Api, operation: Operation) -> Iterator[dict[str, Any]]:
    """Write a parameter for each name in braces in the path."""
    for name in operation.parameters:
        about = sentence(marked_text(api.parameters[name]))
        yield {"name": name, "in": "path", "required": True, "description": about, "schema": TEXT}


def _query(alike: Mapping[str, Operation]) -> Iterator[dict[str, Any]]:
    """Write a parameter for each name in the queries, with its known values and what each query is for."""
    queries = [(each.query, each.summary) for each in alike.values() if each.query]
    for name in dict.fromkeys(name for query, _ in queries for name in query):
        uses = [(query, summary) for query, summary in queries if name in query]
        texts = ["&".join(map("=".join, query.items())) + f": {sentence(summary)}" for query, summary in uses]
        yield {
            "name": name,
            "in": "query",
            "required": len(uses) == len(alike),
            "description": " ".join(texts),
            "schema": {"type": "string", "enum": list(dict.fromkeys(query[name] for query, _ in uses))},
        }
