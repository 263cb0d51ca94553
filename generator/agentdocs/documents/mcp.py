"""The card of the MCP server (SEP-2127, a draft)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.documents.document import DiscoveryDocument, Specification, json_bytes
from agentdocs.schema.assumed import MEMBER, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.schema import Facts
    from agentdocs.schema.discovery import McpServer
    from agentdocs.site.edition import Edition

CARD = Specification("SEP-2127 (draft)", "https://modelcontextprotocol.io/community/seps/2127-mcp-server-cards")
CARD_SCHEMA = "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json"
MEDIA_TYPE = "application/mcp-server-card+json"


def documents(edition: Edition) -> Iterator[DiscoveryDocument]:
    """Make the card, if there is a server."""
    if server := edition.facts.discovery.mcp:
        body = json_bytes(server_card(edition.facts, server), open_ended=False)
        yield DiscoveryDocument(server.card.path, MEDIA_TYPE, server.card.purpose, CARD, body)


def server_card(facts: Facts, server: McpServer) -> dict[str, Any]:
    """Write the card. Tools and protocol versions are for the server itself to tell."""
    card = {
        "$schema": CARD_SCHEMA,
        "name": f"{facts.provider.reverse_domain}/{server.name}",
        "version": server.version,
        "title": server.title,
        "description": server.description,
        "remotes": [{"type": server.transport, "url": server.url}],
    }
    # What a specification does not know goes below _meta, under a name that begins with a reversed domain.
    assumed = [*places(card)]
    return {**card, "_meta": {f"{facts.provider.reverse_domain}/{MEMBER}": assumed}} if assumed else card
