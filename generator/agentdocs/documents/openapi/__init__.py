"""OpenAPI 3.1 descriptions of the provider's APIs (https://spec.openapis.org/oas/v3.1.0).

Addresses, keys, requests, errors, limits and headers come from the catalog. Members that it only names have
the types that `chat` and `models` know; a member that neither knows has an empty schema.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agentdocs.artifact import JSON
from agentdocs.documents.document import DiscoveryDocument, Specification, json_bytes
from agentdocs.documents.openapi.component import Components, sentence
from agentdocs.documents.openapi.operation import path_items
from agentdocs.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from agentdocs.schema import Api, Facts
    from agentdocs.schema.discovery import ServiceDescription
    from agentdocs.site.edition import Edition

OPENAPI = Specification("OpenAPI 3.1", "https://spec.openapis.org/oas/v3.1.0")


def documents(edition: Edition) -> Iterator[DiscoveryDocument]:
    """Make the description of each service."""
    for service in edition.facts.discovery.services.values():
        body = json_bytes(describe(edition.facts, service, edition.day))
        yield DiscoveryDocument(service.path, JSON, service.purpose, OPENAPI, body)


def describe(facts: Facts, service: ServiceDescription, day: date) -> dict[str, Any]:
    """Write the OpenAPI 3.1 description of the APIs of one service, as of `day` (UTC).

    The result is JSON data in a fixed order: `openapi`, `info`, `servers`, `tags`, `paths`, `components`.
    Raises `RenderError` if two of the APIs differ in nothing that a path can show.
    """
    apis = {name: facts.apis[name] for name in service.apis}
    prefixes = _prefixes(apis)
    servers = {name: list(_servers(api, prefixes[name])) for name, api in apis.items()}
    differ = len({api.base_url for api in apis.values()}) > 1
    components = Components()
    paths: dict[str, Any] = {}
    for name in apis:
        for path, item in path_items(facts, name, day, components).items():
            full = prefixes[name] + path
            if full in paths:
                raise RenderError(f"{service.title}: {full} exists twice; write a service for each API")
            paths[full] = {"servers": servers[name], **item} if differ else item
    document = {
        "openapi": "3.1.0",
        "info": _info(facts, service),
        "servers": list({server["url"]: server for name in apis for server in servers[name]}.values()),
        "tags": [_tag(api) for api in apis.values()],
        "paths": paths,
        "components": dict(components),
    }
    # The copy keeps a caller's changes out of the constants of these modules.
    return deepcopy(document)


def _info(facts: Facts, service: ServiceDescription) -> dict[str, Any]:
    provider, chat = facts.provider, facts.protocol.chat
    sentences = [f"The protocol is {chat.name}."]
    sentences += [f"Not offered: {', '.join(chat.not_listed)}."] if chat.not_listed else []
    sentences += ["Errors are given for an API as a whole: not every request can get each of them."]
    return {
        "title": service.title,
        "version": "1",
        "summary": service.purpose,
        "description": " ".join(sentences),
        **({"termsOfService": terms} if (terms := provider.legal_pages.terms_of_service) else {}),
        "contact": {**_operator(facts), "url": provider.homepage},
    }


def _operator(facts: Facts) -> dict[str, str]:
    operator = facts.provider.operator
    return {} if isinstance(operator, str) else {"name": operator.name}


def _prefixes(apis: Mapping[str, Api]) -> dict[str, str]:
    """Give for each API what its paths begin with: the path of its base URL if they would clash without."""
    paths = [path for api in apis.values() for path in {each.path for each in api.operations.values()}]
    clash = len(set(paths)) < len(paths)
    return {name: urlsplit(api.base_url).path if clash else "" for name, api in apis.items()}


def _servers(api: Api, prefix: str) -> Iterator[dict[str, str]]:
    """Give the API's addresses without the part that its paths begin with."""
    yield {"url": api.base_url.removesuffix(prefix), "description": api.name}
    for url in api.legacy_base_urls:
        if url.endswith(prefix):
            about = f"Older address of the {api.name}; it keeps working for existing clients."
            yield {"url": url.removesuffix(prefix), "description": about}


def _tag(api: Api) -> dict[str, Any]:
    docs = {"externalDocs": {"url": api.documentation}} if api.documentation else {}
    older = f" Existing clients may use {', '.join(api.legacy_base_urls)}." if api.legacy_base_urls else ""
    return {"name": api.name, "description": sentence(api.summary) + older, **docs}
