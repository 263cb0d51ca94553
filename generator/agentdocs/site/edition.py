"""What every document is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.schema import Facts
    from agentdocs.schema.probe import Probes
    from agentdocs.site.snippets import Snippets
    from agentdocs.text.templates import Templates


@dataclass(frozen=True)
class Edition:
    """One catalog as of one day."""

    catalog: Catalog
    """The facts as they are stated."""
    facts: Facts
    """The same, with assumed values marked."""
    templates: Templates
    snippets: Snippets
    urls: Mapping[str, str]
    """Absolute addresses of pages, by name."""
    markdown: Mapping[str, str]
    """Absolute addresses of the Markdown of those pages that have it, by name."""
    model_urls: Mapping[str, tuple[str, str]]
    """For each model the absolute addresses of its page and of its Markdown; empty where models have no pages."""
    probes: Probes
    """What was measured of services, by name."""

    @property
    def day(self) -> date:
        """The day for which prices and statuses hold."""
        return self.snippets.day

    @property
    def documentation(self) -> str:
        """Address of the page that explains the documents."""
        return self.urls.get("discovery") or next(iter(self.urls.values()))

    @property
    def overview(self) -> str:
        """Address of the page on APIs that have none of their own."""
        return self.urls.get("overview") or self.documentation

    def absolute(self, path: str) -> str:
        """Give the URL of a path on the origin."""
        return self.facts.site.origin + path
