"""The manifest of agentic resources (Agentic Resource Discovery v0.91, AI Catalog 1.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agentdocs.artifact import JSON
from agentdocs.documents import mcp
from agentdocs.documents.document import DiscoveryDocument, Specification, by_path, json_bytes
from agentdocs.schema.assumed import marked_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from agentdocs.site.edition import Edition

ARD = Specification("ARD 0.91", "https://github.com/ards-project/ard-spec/blob/main/spec/ard.md")
MEDIA_TYPE = "application/ai-catalog+json"
"""Of the predecessor; the current specification calls the manifest a JSON document and no more."""
SKILL_TYPE = 'text/markdown; profile="urn:air:agent-skills"'


def documents(edition: Edition, others: Iterable[DiscoveryDocument]) -> Iterator[DiscoveryDocument]:
    """Make the manifest at both of its paths. It lists those of the other documents that are published."""
    resources = edition.facts.discovery.resources
    if resources is None:
        return
    entries = [*_entries(edition, by_path(others))]
    if not entries:
        return
    provider = edition.facts.provider
    host = {"displayName": provider.name, "documentationUrl": edition.documentation}
    body = json_bytes({"specVersion": "1.0", "host": host, "entries": entries}, open_ended=False)
    for entry, media_type in ((resources.current, JSON), (resources.predecessor, MEDIA_TYPE)):
        if entry:
            yield DiscoveryDocument(entry.path, media_type, entry.purpose, ARD, body)


def _entries(edition: Edition, known: Collection[str]) -> Iterator[dict[str, Any]]:
    """Write an entry for each skill and for the MCP server (section 4.2); the domain anchors their names."""
    facts = edition.facts
    domain = urlsplit(facts.site.origin).hostname
    for name, skill in facts.discovery.skills.items():
        if skill.path in known:
            yield {
                "identifier": f"urn:air:{domain}:skill:{name}",
                "type": SKILL_TYPE,
                "displayName": marked_text(skill.purpose),
                "description": marked_text(skill.description),
                "url": edition.absolute(skill.path),
                "representativeQueries": skill.queries,
            }
    server = facts.discovery.mcp
    if server and server.card.path in known:
        yield {
            "identifier": f"urn:air:{domain}:mcp:{server.name}",
            "type": mcp.MEDIA_TYPE,
            "displayName": marked_text(server.title),
            "description": marked_text(server.description),
            "url": edition.absolute(server.card.path),
            "representativeQueries": server.queries,
        }
