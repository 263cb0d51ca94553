"""What agents can discover under `/.well-known/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.schema.base import FactGroup, SourcedGroup
from generator.schema.values import (
    ApiId,
    HttpsUrl,
    Slug,
    StatusId,
    Text,
    Token,
    UrlPath,
    Version,
)


class Document(FactGroup):
    """A discovery document: where it is published and what an agent finds in it."""

    path: UrlPath
    purpose: Text


class ServiceDescription(SourcedGroup):
    """An OpenAPI description of one or more APIs that share a server."""

    path: UrlPath
    title: Text
    purpose: Text
    apis: Annotated[tuple[ApiId, ...], Field(min_length=1)]
    status: StatusId


class StatusDocument(SourcedGroup):
    """A health document of one service."""

    path: UrlPath
    purpose: Text


class Skill(SourcedGroup):
    """An Agent Skill that this origin offers. The entry's name is the skill's name."""

    path: UrlPath
    template: Slug
    """Names the shape: `templates/skills/<template>.md`."""
    title: Text
    description: Text
    """When an agent should use it."""


class AccountLogin(SourcedGroup):
    """OAuth 2.0 and OpenID Connect metadata of the account login. Chat agents do not use it."""

    purpose: Text
    authorization_endpoint: HttpsUrl
    token_endpoint: HttpsUrl
    jwks_uri: HttpsUrl
    response_types: tuple[Token, ...]
    grant_types: tuple[Token, ...]
    token_endpoint_auth_methods: tuple[Token, ...]
    code_challenge_methods: tuple[Token, ...]
    subject_types: tuple[Token, ...]
    id_token_signing_algorithms: tuple[Token, ...]
    oauth: Document
    openid: Document


class McpServer(SourcedGroup):
    """The provider's MCP server."""

    name: Slug
    """Follows the provider's reversed domain in the server's name."""
    title: Annotated[Text, Field(max_length=100)]
    description: Annotated[Text, Field(max_length=100)]
    version: Version
    url: HttpsUrl
    transport: Literal["streamable-http", "sse"]
    card: Document
    status: StatusId


class Discovery(SourcedGroup):
    """`catalog/discovery.yaml`: every document for agents."""

    api_catalog: Document
    protected_resource: Document
    account_login: AccountLogin | None = None
    mcp: McpServer | None = None
    skills_index: Document | None = None
    skills: Mapping[Slug, Skill] = {}
    services: Mapping[Slug, ServiceDescription]
    statuses: Mapping[Slug, StatusDocument] = {}
