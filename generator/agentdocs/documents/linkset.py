"""The API catalog (RFC 9727): a linkset (RFC 9264) of every API with its description, documentation and status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agentdocs.documents.document import DiscoveryDocument, Specification, by_path, json_bytes
from agentdocs.documents.oauth import resource_url
from agentdocs.schema.assumed import marked_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agentdocs.schema import Api, Facts
    from agentdocs.site.edition import Edition

PROFILE = "https://www.rfc-editor.org/info/rfc9727"
MEDIA_TYPE = f'application/linkset+json; profile="{PROFILE}"'
SPECIFICATION = Specification("RFC 9727", "https://www.rfc-editor.org/rfc/rfc9727")

Link = dict[str, str]
ContextObject = dict[str, Any]


def document(edition: Edition, others: Iterable[DiscoveryDocument]) -> DiscoveryDocument:
    """Make the API catalog, which links those of the other documents that are published."""
    entry = edition.facts.discovery.api_catalog
    body = json_bytes(ApiCatalog(edition.facts, by_path(others), edition.overview).linkset(), open_ended=False)
    header = ("Link", f'<{entry.path}>; rel="api-catalog"')
    return DiscoveryDocument(entry.path, MEDIA_TYPE, entry.purpose, SPECIFICATION, body, (header,))


@dataclass(frozen=True)
class ApiCatalog:
    """Makes the linkset of one catalog. It links no document but those that are published."""

    facts: Facts
    published: Mapping[str, DiscoveryDocument]
    """The other documents, by path."""
    overview: str
    """Address of the page on APIs that have none of their own."""

    def linkset(self) -> dict[str, Any]:
        """Write the linkset. Relations that have no target are left out (RFC 9264 section 4.2.2)."""
        discovery = self.facts.discovery
        services = [*self._apis(), *self._mcp_server()]
        own = {
            "anchor": self._absolute(discovery.api_catalog.path),
            "item": [{"href": context["anchor"], "title": marked_text(title)} for title, context in services],
        }
        contexts = [own, *(context for _, context in services), *self._data()]
        return {"linkset": [{name: value for name, value in context.items() if value} for context in contexts]}

    def _apis(self) -> Iterator[tuple[str, ContextObject]]:
        """Describe each API with the relations of RFC 8631."""
        for name, api in self.facts.apis.items():
            service = self.facts.discovery.describing(name)
            yield (
                api.name,
                {
                    "anchor": api.base_url,
                    "service-desc": self._links([service.path]),
                    "service-doc": [{"href": api.documentation or self.overview, "type": "text/html"}],
                    "service-meta": self._links(self._metadata(api)),
                    "status": self._status(service.status),
                },
            )

    def _metadata(self, api: Api) -> Iterator[str]:
        """Yield the paths of what is stated of an API for programs."""
        discovery, origin = self.facts.discovery, self.facts.site.origin
        if discovery.protected_resource and api.base_url.startswith(origin + "/"):
            yield resource_url(discovery.protected_resource.path, api.base_url)
        if discovery.data:
            yield from (discovery.data.catalog.path, discovery.data.models.path)

    def _mcp_server(self) -> Iterator[tuple[str, ContextObject]]:
        server = self.facts.discovery.mcp
        if server and server.card.path in self.published:
            metadata, status = self._links([server.card.path]), self._status(server.status)
            yield server.title, {"anchor": server.url, "service-meta": metadata, "status": status}

    def _data(self) -> Iterator[ContextObject]:
        """Lead from the catalog for programs to its schema."""
        data = self.facts.discovery.data
        if data and data.catalog.path in self.published:
            described = self._links([data.json_schema.path])
            yield {"anchor": self._absolute(data.catalog.path), "describedby": described}

    def _status(self, name: str | None) -> list[Link]:
        return self._links([self.facts.discovery.statuses[name].path] if name else [])

    def _links(self, paths: Iterable[str]) -> list[Link]:
        documents = [self.published[path] for path in paths if path in self.published]
        return [{"href": self._absolute(document.url), "type": document.media_type} for document in documents]

    def _absolute(self, path: str) -> str:
        return self.facts.site.origin + path
