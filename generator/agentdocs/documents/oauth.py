"""Metadata of the account login (RFC 8414, OpenID Connect Discovery 1.0) and of protected resources (RFC 9728)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agentdocs.artifact import JSON
from agentdocs.documents.document import DiscoveryDocument, Specification, json_bytes
from agentdocs.schema.login import Registered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.schema import Facts
    from agentdocs.schema.login import AccountLogin, TokenAccess
    from agentdocs.site.edition import Edition

OAUTH = Specification("RFC 8414", "https://www.rfc-editor.org/rfc/rfc8414")
OPENID = Specification("OpenID Connect Discovery 1.0", "https://openid.net/specs/openid-connect-discovery-1_0.html")
RESOURCE = Specification("RFC 9728", "https://www.rfc-editor.org/rfc/rfc9728")


def protected_resources(edition: Edition) -> Iterator[DiscoveryDocument]:
    """Make the document of the origin, and one for each API on it."""
    facts, entry = edition.facts, edition.facts.discovery.protected_resource
    if entry is None:
        return
    resources = {facts.site.origin: (facts.provider.name, edition.documentation, entry.purpose)}
    for api in facts.apis.values():
        if api.base_url.startswith(facts.site.origin + "/"):
            page = edition.urls.get("setup") or edition.documentation
            resources[api.base_url] = (api.name, page, f"How the {api.name} is protected")
    tokens = token_access(facts)
    for resource, (name, page, purpose) in resources.items():
        body = json_bytes(protected_resource(facts, resource, name, page, tokens.get(resource)))
        yield DiscoveryDocument(resource_url(entry.path, resource), JSON, purpose, RESOURCE, body)


def account_login(edition: Edition) -> Iterator[DiscoveryDocument]:
    """Make both documents of the account login, if there is one."""
    login = edition.facts.discovery.account_login
    if login is None:
        return
    for entry, specification, write in (
        (login.oauth, OAUTH, authorization_server),
        (login.openid, OPENID, openid_provider),
    ):
        body = json_bytes(write(edition.facts, login, edition.documentation))
        yield DiscoveryDocument(entry.path, JSON, entry.purpose, specification, body)


def authorization_server(facts: Facts, login: AccountLogin, documentation: str) -> dict[str, Any]:
    """Write what RFC 8414 section 2 requires, and whatever else of it is known."""
    issuer = login.issuer or facts.site.origin
    resources = [resource for resource, tokens in token_access(facts).items() if issuer in tokens.issuers]
    return {
        "issuer": issuer,
        **dict(_registered(login, openid=False)),
        **({"protected_resources": resources} if resources else {}),
        "service_documentation": documentation,
        **_legal_pages(facts, "op"),
    }


def openid_provider(facts: Facts, login: AccountLogin, documentation: str) -> dict[str, Any]:
    """Add what OpenID Connect Discovery 1.0 section 3 requires and allows."""
    own = dict(_registered(login, openid=True))
    own.setdefault("request_uri_parameter_supported", False)  # left out it would mean true
    return {**authorization_server(facts, login, documentation), **own}


def _registered(login: AccountLogin, *, openid: bool) -> Iterator[tuple[str, object]]:
    """Yield what is known of a login under its registered names: what both documents have, or the rest."""
    for name, field in type(login).model_fields.items():
        for mark in field.metadata:
            value = getattr(login, name)
            if isinstance(mark, Registered) and mark.openid == openid and value is not None:
                yield mark.name, value


def token_access(facts: Facts) -> dict[str, TokenAccess]:
    """Give the tokens for each resource of the origin for which any are issued."""
    entry = facts.discovery.protected_resource
    found = {facts.site.origin: entry.tokens if entry else None}
    found |= {api.base_url: api.tokens for api in facts.apis.values()}
    return {resource: tokens for resource, tokens in found.items() if tokens}


def protected_resource(
    facts: Facts, resource: str, name: str, documentation: str, tokens: TokenAccess | None = None
) -> dict[str, Any]:
    """Describe a resource. One that takes API keys only has no authorization server, and no scopes (RFC 9728)."""
    issued: dict[str, Any] = {"authorization_servers": tokens.issuers} if tokens else {}
    if tokens and tokens.scopes:
        issued["scopes_supported"] = tokens.scopes
    return {
        "resource": resource,
        **issued,
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
