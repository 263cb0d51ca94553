"""Metadata of the account login (RFC 8414, OpenID Connect Discovery 1.0) and of protected resources (RFC 9728)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.artifact import JSON
from generator.discovery.document import CORS, DiscoveryDocument, Specification, json_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.discovery.context import Context
    from generator.schema import Facts
    from generator.schema.discovery import AccountLogin

OAUTH = Specification("RFC 8414", "https://www.rfc-editor.org/rfc/rfc8414")
OPENID = Specification("OpenID Connect Discovery 1.0", "https://openid.net/specs/openid-connect-discovery-1_0.html")
RESOURCE = Specification("RFC 9728", "https://www.rfc-editor.org/rfc/rfc9728")


def protected_resources(context: Context) -> Iterator[DiscoveryDocument]:
    """Make the document of the origin, and one for each API on it."""
    facts, entry = context.facts, context.facts.discovery.protected_resource
    if entry is None:
        return
    resources = {facts.site.origin: (facts.provider.name, context.documentation, entry.purpose)}
    for api in facts.apis.values():
        if api.base_url.startswith(facts.site.origin + "/"):
            page = context.urls.get("setup") or context.documentation
            resources[api.base_url] = (api.name, page, f"How the {api.name} is protected")
    for resource, (name, page, purpose) in resources.items():
        body = json_bytes(protected_resource(facts, resource, name, page))
        yield DiscoveryDocument(resource_url(entry.path, resource), JSON, purpose, RESOURCE, body, CORS)


def account_login(context: Context) -> Iterator[DiscoveryDocument]:
    """Make both documents of the account login, if there is one."""
    login = context.facts.discovery.account_login
    if login is None:
        return
    for entry, specification, write in (
        (login.oauth, OAUTH, authorization_server),
        (login.openid, OPENID, openid_provider),
    ):
        body = json_bytes(write(context.facts, login, context.documentation))
        yield DiscoveryDocument(entry.path, JSON, entry.purpose, specification, body, CORS)


def authorization_server(facts: Facts, login: AccountLogin, documentation: str) -> dict[str, Any]:
    """Write what RFC 8414 section 2 requires, and state what it would otherwise take for granted."""
    return {
        "issuer": facts.site.origin,
        "authorization_endpoint": login.authorization_endpoint,
        "token_endpoint": login.token_endpoint,
        "jwks_uri": login.jwks_uri,
        "response_types_supported": login.response_types,
        "grant_types_supported": login.grant_types,
        "token_endpoint_auth_methods_supported": login.token_endpoint_auth_methods,
        "code_challenge_methods_supported": login.code_challenge_methods,
        "service_documentation": documentation,
        **_legal_pages(facts, "op"),
    }


def openid_provider(facts: Facts, login: AccountLogin, documentation: str) -> dict[str, Any]:
    """Add what OpenID Connect Discovery 1.0 section 3 requires."""
    return {
        **authorization_server(facts, login, documentation),
        "subject_types_supported": login.subject_types,
        "id_token_signing_alg_values_supported": login.id_token_signing_algorithms,
        "request_uri_parameter_supported": False,  # left out it would mean true
    }


def protected_resource(facts: Facts, resource: str, name: str, documentation: str) -> dict[str, Any]:
    """Describe a resource that takes API keys: no authorization server issues them, and they have no scopes."""
    return {
        "resource": resource,
        "resource_name": name,
        "bearer_methods_supported": ["header"],
        "resource_documentation": documentation,
        **_legal_pages(facts, "resource"),
    }


def _legal_pages(facts: Facts, whose: str) -> dict[str, str]:
    legal = facts.provider.legal_pages
    pages = {f"{whose}_policy_uri": legal.privacy_policy, f"{whose}_tos_uri": legal.terms_of_service}
    return {name: page for name, page in pages.items() if page}


def resource_url(well_known: str, resource: str) -> str:
    """Put the well-known path between a resource's host and its path (RFC 9728 section 3.1)."""
    return well_known + urlsplit(resource).path
