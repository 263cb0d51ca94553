"""Status documents (draft-inadarei-api-health-check-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.discovery.document import CORS, DiscoveryDocument, Specification, json_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.discovery.context import Context
    from generator.schema.discovery import StatusDocument

HEALTH = Specification(
    "API health check, draft 06", "https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06"
)
MEDIA_TYPE = "application/health+json"


def documents(context: Context) -> Iterator[DiscoveryDocument]:
    """Make the document of each service."""
    withheld = "nothing measured the service, and a published status must not claim health" if context.release else ""
    for name, status in context.facts.discovery.statuses.items():
        body = json_bytes(unmeasured(name, status, {"service-doc": context.documentation}))
        yield DiscoveryDocument(status.path, MEDIA_TYPE, status.purpose, HEALTH, body, withheld, CORS)


def unmeasured(name: str, status: StatusDocument, links: Mapping[str, str]) -> dict[str, Any]:
    """Write a status document that claims nothing: `warn`, and why."""
    return {
        "status": "warn",
        "serviceId": name,
        "description": status.purpose,
        "notes": ["Nothing was measured: this document was written together with the documentation."],
        "links": dict(links),
    }
