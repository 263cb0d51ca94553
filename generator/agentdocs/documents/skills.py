"""Agent Skills: each as a file `SKILL.md`, and the index with the digest of each (Agent Skills discovery 0.2.0)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from agentdocs.artifact import JSON, MARKDOWN
from agentdocs.documents.document import DiscoveryDocument, Specification, by_path, json_bytes
from agentdocs.schema.assumed import marked_text
from agentdocs.text.capabilities import capabilities
from agentdocs.text.quoting import as_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from agentdocs.schema.discovery import Skill
    from agentdocs.site.edition import Edition

INDEX = Specification("Agent Skills discovery 0.2.0", "https://schemas.agentskills.io/discovery/0.2.0/schema.json")
SKILL = Specification("Agent Skills", "https://agentskills.io/specification")


def documents(edition: Edition, others: Iterable[DiscoveryDocument]) -> Iterator[DiscoveryDocument]:
    """Make the index and the skills, which name those of the other documents that are published."""
    discovery = edition.facts.discovery
    if discovery.skills_index is None:
        return
    entry, known = discovery.skills_index, by_path(others)
    bodies = {
        name: skill_file(name, skill, _text(edition, name, skill, known)) for name, skill in discovery.skills.items()
    }
    index = json_bytes(skills_index(discovery.skills, bodies), open_ended=False)
    yield DiscoveryDocument(entry.path, JSON, entry.purpose, INDEX, index)
    for name, skill in discovery.skills.items():
        yield DiscoveryDocument(skill.path, MARKDOWN, skill.purpose, SKILL, bodies[name])


def _text(edition: Edition, name: str, skill: Skill, known: Collection[str]) -> str:
    values = {
        **dict(iter(edition.facts)),
        "markdown": edition.markdown,
        "published": known,
        "day": edition.day,
        "capabilities": capabilities,
        "snippet": edition.snippets.render,
    }
    template = f"skills/{skill.template}.md"
    edition.templates.demand(template, ("discovery", "skills", name, "template"))
    return edition.templates.render(template, "markdown", values)


def skill_file(name: str, skill: Skill, body: str) -> bytes:
    """Put the frontmatter that Agent Skills allow before the text of a file `SKILL.md`."""
    return f"---\nname: {as_yaml(name)}\ndescription: {as_yaml(marked_text(skill.description))}\n---\n\n{body}".encode()


def skills_index(skills: Mapping[str, Skill], bodies: Mapping[str, bytes]) -> dict[str, Any]:
    """List the skills, each with the digest of its bytes as served."""
    return {
        "$schema": INDEX.url,
        "skills": [
            {
                "name": name,
                "type": "skill-md",
                "description": marked_text(skills[name].description),
                "url": skills[name].path,
                "digest": f"sha256:{hashlib.sha256(body).hexdigest()}",
            }
            for name, body in bodies.items()
        ],
    }
