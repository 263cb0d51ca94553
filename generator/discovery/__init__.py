"""The well-known documents of a catalog, and which of them a release withholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.artifact import JSON, MARKDOWN
from generator.discovery import agents, linkset, oauth, openapi
from generator.discovery.document import DiscoveryDocument, Specification, json_bytes
from generator.errors import WithheldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from generator.schema import Facts
    from generator.schema.base import SourcedGroup
    from generator.templates import Templates

OPENAPI = Specification("OpenAPI 3.1", "https://spec.openapis.org/oas/v3.1.0")


def assumed(group: SourcedGroup | None) -> bool:
    """Tell whether a group of facts stands in for what nobody published."""
    return group is not None and group.provenance.confidence == "assumed"


@dataclass(frozen=True)
class Discovery:
    """Makes the documents of one catalog as of one day."""

    facts: Facts
    templates: Templates
    day: date
    release: bool
    urls: Mapping[str, str]
    """Absolute addresses of pages, by name."""

    def documents(self) -> list[DiscoveryDocument]:
        """Give every document, the withheld ones included, in the order in which pages list them."""
        return [
            self._api_catalog(),
            *self._service_descriptions(),
            *self._statuses(),
            *self._protected_resources(),
            *self._account_login(),
            *self._mcp_server_card(),
            *self._skills(),
        ]

    @property
    def documentation(self) -> str:
        """Address of the page that explains the documents."""
        return self.urls.get("discovery") or next(iter(self.urls.values()))

    def home_links(self) -> str:
        """Write the Link header of the start page (RFC 8288): where discovery begins."""
        discovery = self.facts.discovery
        links = [f'<{discovery.api_catalog.path}>; rel="api-catalog"; type="application/linkset+json"']
        links += [f'<{service.path}>; rel="service-desc"; type="{JSON}"' for service in discovery.services.values()]
        links.append(f'<{self.documentation}>; rel="service-doc"; type="text/html"')
        links.append('</llms.txt>; rel="describedby"; type="text/plain"')
        return ", ".join(links)

    def _absolute(self, path: str) -> str:
        return self.facts.site.origin + path

    def _api_catalog(self) -> DiscoveryDocument:
        facts, entry = self.facts, self.facts.discovery.api_catalog
        services = {api.base_url: api.name for api in facts.apis.values()}
        if (server := facts.discovery.mcp) and not (self.release and assumed(server)):
            services[server.url] = server.title
        body = linkset.api_catalog(facts, self._links, services)
        header = ("Link", f'<{entry.path}>; rel="api-catalog"')
        return DiscoveryDocument(
            entry.path,
            linkset.MEDIA_TYPE,
            entry.purpose,
            linkset.SPECIFICATION,
            json_bytes(body),
            "",
            (header, *agents.CORS),
        )

    def _links(self, address: str) -> dict[str, list[linkset.Link]]:
        """Collect the relations of the service at an address, without what a release withholds."""
        facts, discovery = self.facts, self.facts.discovery
        links: dict[str, list[linkset.Link]] = {
            "service-desc": [],
            "service-doc": [],
            "service-meta": [],
            "status": [],
        }
        status = None
        for name, api in facts.apis.items():
            if api.base_url == address:
                service = next(service for service in discovery.services.values() if name in service.apis)
                links["service-desc"].append({"href": self._absolute(service.path), "type": JSON})
                page = api.documentation or self.urls.get("overview") or self.documentation
                links["service-doc"].append({"href": page, "type": "text/html"})
                if discovery.protected_resource and address.startswith(facts.site.origin + "/"):
                    path = oauth.resource_url(discovery.protected_resource.path, address)
                    links["service-meta"].append({"href": self._absolute(path), "type": JSON})
                status = service.status
        if discovery.mcp and discovery.mcp.url == address:
            card = {"href": self._absolute(discovery.mcp.card.path), "type": agents.CARD_MEDIA_TYPE}
            links["service-meta"].append(card)
            status = discovery.mcp.status
        if status and not self.release:
            target = {
                "href": self._absolute(discovery.statuses[status].path),
                "type": agents.HEALTH_MEDIA_TYPE,
            }
            links["status"].append(target)
        return links

    def _service_descriptions(self) -> Iterator[DiscoveryDocument]:
        for service in self.facts.discovery.services.values():
            body = json_bytes(openapi.describe(self.facts, service, self.day))
            yield DiscoveryDocument(service.path, JSON, service.purpose, OPENAPI, body, "", agents.CORS)

    def _statuses(self) -> Iterator[DiscoveryDocument]:
        withheld = "nothing measured the service, and a published status must not claim health" if self.release else ""
        for name, status in self.facts.discovery.statuses.items():
            links = {"service-doc": self.documentation}
            body = json_bytes(agents.unmeasured_status(name, status, links))
            yield DiscoveryDocument(
                status.path,
                agents.HEALTH_MEDIA_TYPE,
                status.purpose,
                agents.HEALTH,
                body,
                withheld,
                agents.CORS,
            )

    def _protected_resources(self) -> Iterator[DiscoveryDocument]:
        facts, entry = self.facts, self.facts.discovery.protected_resource
        if entry is None:
            return
        resources = {facts.site.origin: (facts.provider.name, self.documentation, entry.purpose)}
        for api in facts.apis.values():
            if api.base_url.startswith(facts.site.origin + "/"):
                page = self.urls.get("setup") or self.documentation
                resources[api.base_url] = (api.name, page, f"How the {api.name} is protected")
        for resource, (name, page, purpose) in resources.items():
            body = json_bytes(oauth.protected_resource(facts, resource, name, page))
            url = oauth.resource_url(entry.path, resource)
            yield DiscoveryDocument(url, JSON, purpose, oauth.RESOURCE, body, "", agents.CORS)

    def _account_login(self) -> Iterator[DiscoveryDocument]:
        login = self.facts.discovery.account_login
        if login is None:
            return
        withheld = "the endpoints of the account login are not public" if self.release and assumed(login) else ""
        for entry, specification, write in (
            (login.oauth, oauth.OAUTH, oauth.authorization_server),
            (login.openid, oauth.OPENID, oauth.openid_provider),
        ):
            body = json_bytes(write(self.facts, login, self.documentation))
            yield DiscoveryDocument(entry.path, JSON, entry.purpose, specification, body, withheld, agents.CORS)

    def _mcp_server_card(self) -> Iterator[DiscoveryDocument]:
        server = self.facts.discovery.mcp
        if server is None:
            return
        withheld = "the address of the MCP server is not public" if self.release and assumed(server) else ""
        body = json_bytes(agents.server_card(self.facts, server))
        yield DiscoveryDocument(
            server.card.path,
            agents.CARD_MEDIA_TYPE,
            server.card.purpose,
            agents.CARD,
            body,
            withheld,
            agents.CORS,
        )

    def _skills(self) -> Iterator[DiscoveryDocument]:
        discovery = self.facts.discovery
        if discovery.skills_index is None:
            return
        documents: dict[str, DiscoveryDocument] = {}
        for name, skill in discovery.skills.items():
            body, withheld = b"", ""
            try:
                body = agents.skill_file(name, skill, self._skill_text(skill.template))
            except WithheldError:
                withheld = "it needs facts that are not public"
            documents[name] = DiscoveryDocument(
                skill.path, MARKDOWN, skill.purpose, agents.SKILL, body, withheld, agents.CORS
            )
        bodies = {name: document.body for name, document in documents.items() if not document.withheld}
        index = json_bytes(agents.skills_index(discovery.skills, bodies))
        entry, withheld = discovery.skills_index, "" if bodies else "none of its skills is published"
        yield DiscoveryDocument(entry.path, JSON, entry.purpose, agents.SKILLS, index, withheld, agents.CORS)
        yield from documents.values()

    def _skill_text(self, template: str) -> str:
        values = {**dict(iter(self.facts)), "urls": self.urls, "day": self.day}
        return self.templates.render(f"skills/{template}.md", "markdown", values)


__all__ = ["Discovery", "DiscoveryDocument", "Specification"]
