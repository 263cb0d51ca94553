"""Documents written for agents: the MCP server card, the Agent Skills index, and status documents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from generator.discovery.document import Specification
from generator.quoting import as_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.schema import Facts
    from generator.schema.discovery import McpServer, Skill, StatusDocument

CARD = Specification("SEP-2127 (draft)", "https://modelcontextprotocol.io/community/seps/2127-mcp-server-cards")
CARD_SCHEMA = "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json"
CARD_MEDIA_TYPE = "application/mcp-server-card+json"
SKILLS = Specification("Agent Skills discovery 0.2.0", "https://schemas.agentskills.io/discovery/0.2.0/schema.json")
SKILL = Specification("Agent Skills", "https://agentskills.io/specification")
HEALTH = Specification(
    "API health check, draft 06", "https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06"
)
HEALTH_MEDIA_TYPE = "application/health+json"


def server_card(facts: Facts, server: McpServer) -> dict[str, Any]:
    """Write the card. Tools and protocol versions are for the server itself to tell."""
    return {
        "$schema": CARD_SCHEMA,
        "name": f"{facts.provider.reverse_domain}/{server.name}",
        "version": server.version,
        "title": server.title,
        "description": server.description,
        "remotes": [{"type": server.transport, "url": server.url}],
    }


def skill_file(name: str, skill: Skill, body: str) -> bytes:
    """Put the frontmatter that Agent Skills allow before the text of a SKILL.md."""
    return f"---\nname: {as_yaml(name)}\ndescription: {as_yaml(skill.description)}\n---\n\n{body}".encode()


def skills_index(skills: Mapping[str, Skill], bodies: Mapping[str, bytes]) -> dict[str, Any]:
    """List the skills that have a body, each with the digest of its bytes as served."""
    return {
        "$schema": SKILLS.url,
        "skills": [
            {
                "name": name,
                "type": "skill-md",
                "description": skills[name].description,
                "url": skills[name].path,
                "digest": f"sha256:{hashlib.sha256(body).hexdigest()}",
            }
            for name, body in bodies.items()
        ],
    }


def unmeasured_status(name: str, status: StatusDocument, links: Mapping[str, str]) -> dict[str, Any]:
    """Write a status document that claims nothing: `warn`, and why."""
    return {
        "status": "warn",
        "serviceId": name,
        "description": status.purpose,
        "notes": ["Nothing was measured: this document was written together with the documentation."],
        "links": dict(links),
    }
