"""Status documents (draft-inadarei-api-health-check-06): what was measured of each service, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.documents.document import DiscoveryDocument, Specification, json_bytes
from agentdocs.schema.assumed import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.schema.discovery import StatusDocument
    from agentdocs.schema.probe import Probe
    from agentdocs.site.edition import Edition

HEALTH = Specification(
    "API health check, draft 06", "https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06"
)
MEDIA_TYPE = "application/health+json"


def documents(edition: Edition) -> Iterator[DiscoveryDocument]:
    """Make the document of each service, except of one that failed when it was last measured.

    Its answer would need a status from 400 to 599 (section 3.1), and hosts of static files have none to give.
    """
    for name, status in edition.facts.discovery.statuses.items():
        probe = edition.probes.get(name)
        if probe and probe.status == "fail":
            continue
        body = json_bytes(_document(edition, name, status, probe), open_ended=False)
        yield DiscoveryDocument(status.path, MEDIA_TYPE, status.purpose, HEALTH, body)


def _document(edition: Edition, name: str, status: StatusDocument, probe: Probe | None) -> dict[str, Any]:
    common = {"serviceId": name, "description": status.purpose}
    links = dict(_links(edition, name))
    assumed = [f"Assumed, published nowhere: {', '.join(places(links, '/links'))}"] if [*places(links)] else []
    if probe is None:
        note = "Nothing was measured: this document was written together with the documentation."
        return {"status": "warn", **common, "notes": [note, *assumed], "links": links}
    note = "This is not live: the time of the measurement stands in checks."
    output = {"output": probe.output} if probe.output else {}
    return {
        "status": probe.status,
        **common,
        "notes": [note, *assumed],
        **output,
        "checks": {_component(name, probe): [{**_component_details(probe), **output}]},
        "links": links,
    }


def _component(name: str, probe: Probe) -> str:
    """Name what was measured, and of which part (section 4)."""
    return f"{name}:{probe.observed.measurement}" if probe.observed else name


def _component_details(probe: Probe) -> dict[str, Any]:
    observed = probe.observed
    return {
        "componentType": "system",
        **({"observedValue": observed.value, "observedUnit": observed.unit} if observed else {}),
        "status": probe.status,
        "time": probe.time.isoformat().replace("+00:00", "Z"),
    }


def _links(edition: Edition, name: str) -> Iterator[tuple[str, str]]:
    """Lead to the documentation, to the description, and to the service itself."""
    discovery = edition.facts.discovery
    yield "service-doc", edition.documentation
    for service in discovery.services.values():
        if service.status == name:
            yield "service-desc", edition.absolute(service.path)
            yield "related", edition.facts.apis[service.apis[0]].base_url
    if discovery.mcp and discovery.mcp.status == name:
        yield "service-meta", edition.absolute(discovery.mcp.card.path)
        yield "related", discovery.mcp.url
