"""What agents can discover under `/.well-known/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from agentdocs.schema.base import FactGroup, SourcedGroup
from agentdocs.schema.document import Document
from agentdocs.schema.login import AccountLogin, TokenAccess
from agentdocs.schema.values import (
    ApiId,
    Contact,
    Flag,
    HttpsUrl,
    IsoDate,
    LanguageTag,
    Slug,
    StatusId,
    Text,
    UrlPath,
    Version,
)

CATALOG_VERSIONS = (1, 2)
"""Of the shape of the catalog for programs, which its path names."""


class ServiceDescription(SourcedGroup):
    """An OpenAPI description of one or more APIs that share a server."""

    path: UrlPath
    """Where it is published; the API catalog and the start page's `Link` header lead there."""
    title: Text
    """The title inside the description."""
    purpose: Text
    """What it describes; its summary, and the phrase beside its address on the discovery page."""
    apis: Annotated[tuple[ApiId, ...], Field(min_length=1)]
    """The APIs that it describes; each API of the catalog is in exactly one description."""
    status: StatusId | None = None
    """The health document of the service that answers; the API catalog of a preview links it. Left out where there is
    none."""


class StatusDocument(SourcedGroup):
    """A health document of one service."""

    path: UrlPath
    """Where a preview publishes it; a release never does, since nothing measures the service."""
    purpose: Text
    """Whose health it tells; its description, and the phrase beside its address on the discovery page."""


Queries = Annotated[tuple[Text, ...], Field(min_length=2, max_length=5)]
"""Two to five questions of people that a resource answers; registries find it by them."""


class ResourceManifest(FactGroup):
    """The manifest of what agents can use here: skills, and the MCP server (Agentic Resource Discovery)."""

    current: Document
    """The manifest, at `/.well-known/ard.json`."""
    predecessor: Document | None = None
    """The same at the path of the drafts before, for readers who still look there; left out where none is served."""


class Skill(SourcedGroup):
    """An Agent Skill that this origin offers. The entry's name is the skill's name."""

    path: UrlPath
    """Where it is published; ends in the skill's name and `/SKILL.md`."""
    template: Slug
    """Names the shape: `templates/skills/<template>.md`."""
    purpose: Text
    """The phrase beside its address on the discovery page."""
    description: Text
    """When an agent should use it."""
    queries: Queries
    """What a person asks when the skill helps; the manifest of resources lists them."""


class ProtectedResource(Document):
    """How the origin takes keys and tokens; each API on it says itself how it does."""

    tokens: TokenAccess | None = None
    """Tokens for the website's own APIs on the origin; left out where nothing issues any for them."""


class McpServer(SourcedGroup):
    """The provider's MCP server."""

    name: Slug
    """Follows the provider's reversed domain in the server's name."""
    title: Annotated[Text, Field(max_length=100)]
    """What MCP clients and the API catalog call the server."""
    description: Annotated[Text, Field(max_length=100)]
    """What it offers, for the server card."""
    version: Version
    """Of the server itself, not of the protocol; in quotes."""
    url: HttpsUrl
    """Where MCP clients connect."""
    transport: Literal["streamable-http", "sse"]
    """How the server is spoken to at that address."""
    queries: Queries
    """What a person asks when the server helps; the manifest of resources lists them."""
    card: Document
    """The server card, in which clients read all of the above."""
    status: StatusId | None = None
    """The server's health document; the API catalog of a preview links it. Left out where there is none."""


class FormerAddress(SourcedGroup):
    """Where the MCP server once answered, which says nothing of today."""

    url: HttpsUrl
    """The address."""
    what: Text
    """What answered there; a phrase without a full stop."""


class WebMcp(SourcedGroup):
    """Tools that pages of the provider's website offer to a browser (WebMCP)."""

    tools: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What each tool does; a phrase without a full stop. The names are for the pages to tell."""
    read_only: Flag
    """Whether no tool changes anything."""


class SecurityContact(SourcedGroup):
    """Whom to tell of a vulnerability (RFC 9116)."""

    document: Document
    """The file, at `/.well-known/security.txt`."""
    contacts: Annotated[tuple[Contact, ...], Field(min_length=1)]
    """E-mail addresses and pages for reports, the preferred one first."""
    expires: IsoDate
    """The day from which on the file must not be used any more; at most a year ahead (section 2.5.5)."""
    languages: tuple[LanguageTag, ...] = ()
    """The languages that reports may be in; left out where any will do."""
    policy: HttpsUrl | None = None
    """What reporters may do and can expect; left out where there is no such page."""
    acknowledgments: HttpsUrl | None = None
    """Who has been thanked; left out where there is no such page."""
    encryption: HttpsUrl | None = None
    """The key for confidential reports; left out where there is none."""


class Data(FactGroup):
    """The catalog for programs: what pages say, as JSON."""

    catalog: Document
    """Plans, limits, errors, keys, APIs, models and clients. The path ends in `.v1.json` or `.v2.json`, the
    version of the shape. The second has words for what the first cannot say: that the author of a model, its context
    window, the beginning of keys, or what pays is unknown."""
    json_schema: Document
    """The JSON Schema of the catalog for programs."""
    models: Document
    """The models as a list, in the shape in which an OpenAI-compatible API lists them."""

    @property
    def version(self) -> int:
        """The version of the shape."""
        return next((each for each in CATALOG_VERSIONS if self.catalog.path.endswith(f".v{each}.json")), 1)


class Discovery(SourcedGroup):
    """`catalog/discovery.yaml`: every document for agents."""

    api_catalog: Document
    """The linkset of every public API (RFC 9727), where agents begin."""
    protected_resource: ProtectedResource | None = None
    """How the origin, and below the same path each API on it, takes keys (RFC 9728); left out where no API is on it."""
    account_login: AccountLogin | None = None
    """How readers log in; left out where nothing is published of it, and of a release while it is `assumed`."""
    mcp: McpServer | None = None
    """The MCP server; left out where nothing is published of it, and of a release while it is `assumed`."""
    mcp_history: tuple[FormerAddress, ...] = ()
    """Former addresses of the MCP server, the newest first, so that nobody takes one for the present one."""
    webmcp: WebMcp | None = None
    """Left out where no page is known to offer tools."""
    resources: ResourceManifest | None = None
    """What registries find; left out where they are to find nothing, and of a release that has nothing for them."""
    skills_index: Document | None = None
    """The list of skills with the digest of each; must be there as soon as there is a skill."""
    skills: Mapping[Slug, Skill] = {}
    """By the name under which agents install them."""
    data: Data | None = None
    """Left out where the facts are not to be published as data."""
    security: SecurityContact | None = None
    """Left out where the provider publishes no contact; withheld from a release while it is `assumed`."""
    services: Mapping[Slug, ServiceDescription]
    """By a name that only problems of the catalog show."""
    statuses: Mapping[Slug, StatusDocument] = {}
    """By the name that services refer to, which is also the `serviceId` in the document."""

    def describing(self, api: str) -> ServiceDescription:
        """Find the description of an API."""
        return next(service for service in self.services.values() if api in service.apis)
