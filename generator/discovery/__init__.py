"""The well-known documents of a catalog, and which of them a release withholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import data
from generator.artifact import JSON, MARKDOWN
from generator.discovery import agents, linkset, oauth, openapi
from generator.discovery.document import CORS, DiscoveryDocument, Specification, json_bytes
from generator.errors import WithheldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from generator.schema import Facts
    from generator.schema.base import SourcedGroup
    from generator.snippets import Snippets
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
    snippets: Snippets
    release: bool
    urls: Mapping[str, str]
    """Absolute addresses of pages, by name."""
    model_urls: Mapping[str, tuple[str, str]]
    """For each model the absolute addresses of its page and of its Markdown; empty where models have no pages."""

    def documents(self) -> list[DiscoveryDocument]:
        """Give every document, the withheld ones included, in the order in which pages list them."""
        others = [
            *self._service_descriptions(),
            *self._statuses(),
            *self._protected_resources(),
            *self._account_login(),
            *self._mcp_server_card(),
            *self._skills(),
            *self._data(),
        ]
        return [self._api_catalog({document.url: document for document in others if not document.withheld}), *others]

    @property
    def day(self) -> date:
        """The day for which prices and statuses hold."""
        return self.snippets.day

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

    @property
    def _overview(self) -> str:
        return self.urls.get("overview") or self.documentation

    def _api_catalog(self, published: Mapping[str, DiscoveryDocument]) -> DiscoveryDocument:
        entry = self.facts.discovery.api_catalog
        body = json_bytes(linkset.ApiCatalog(self.facts, published, self._overview).linkset())
        header = ("Link", f'<{entry.path}>; rel="api-catalog"')
        return DiscoveryDocument(
            entry.path, linkset.MEDIA_TYPE, entry.purpose, linkset.SPECIFICATION, body, "", (header, *CORS)
        )

    def _service_descriptions(self) -> Iterator[DiscoveryDocument]:
        for service in self.facts.discovery.services.values():
            body = json_bytes(openapi.describe(self.facts, service, self.day))
            yield DiscoveryDocument(service.path, JSON, service.purpose, OPENAPI, body, "", CORS)

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
                CORS,
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
            yield DiscoveryDocument(url, JSON, purpose, oauth.RESOURCE, body, "", CORS)

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
            yield DiscoveryDocument(entry.path, JSON, entry.purpose, specification, body, withheld, CORS)

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
            CORS,
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
            documents[name] = DiscoveryDocument(skill.path, MARKDOWN, skill.purpose, agents.SKILL, body, withheld, CORS)
        bodies = {name: document.body for name, document in documents.items() if not document.withheld}
        index = json_bytes(agents.skills_index(discovery.skills, bodies))
        entry, withheld = discovery.skills_index, "" if bodies else "none of its skills is published"
        yield DiscoveryDocument(entry.path, JSON, entry.purpose, agents.SKILLS, index, withheld, CORS)
        yield from documents.values()

    def _data(self) -> Iterator[DiscoveryDocument]:
        addresses = data.Addresses(self.documentation, self._overview, self.model_urls)
        return data.documents(self.facts, self.snippets, addresses, release=self.release)

    def _skill_text(self, template: str) -> str:
        values = {**dict(iter(self.facts)), "urls": self.urls, "day": self.day}
        return self.templates.render(f"skills/{template}.md", "markdown", values)


__all__ = ["Discovery", "DiscoveryDocument", "Specification"]
