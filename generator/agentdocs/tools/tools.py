"""Tools: parts of pages that a script makes work in a browser, and the facts that these scripts ask for.

The HTML of a tool comes from `templates/tools/`, labels and sentences included; its script is in `assets/js/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agentdocs.artifact import JSON, Artifact
from agentdocs.feed import slices
from agentdocs.site.snippets import SHELLS
from agentdocs.site.urls import client_source, page_url
from agentdocs.tools.chart import Chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agentdocs.feed.shape import Catalog
    from agentdocs.site.edition import Edition

SCRIPTS: Mapping[str, str | None] = {
    "picker": "picker",
    "explorer": "explorer",
    "chart": None,
    "budget": "usage",
    "loops": "usage",
    "throughput": "usage",
    "finder": "finder",
}
"""The script of each tool; it asks for the slice of the catalog that has its name."""


@dataclass(frozen=True)
class Tools:
    """Makes the tools of one catalog."""

    edition: Edition

    @cached_property
    def _catalog(self) -> Catalog:
        return slices.whole(self.edition)

    def html(self, name: str, values: Mapping[str, Any]) -> str:
        """Write a tool as HTML; nothing where the catalog has no facts for it."""
        script, facts = SCRIPTS[name], self.edition.facts
        origin = facts.site.origin
        own = {
            "paths": {page: url.removeprefix(origin) for page, url in self.edition.urls.items()},
            "source": slices.url(self.edition, script) if script else "",
            "choices": [(name, client.name, self._client_url(name)) for name, client in facts.clients.items()],
            "guide_url": self.edition.snippets.guide_url,
            "shells": SHELLS,
            "chart": Chart(self.edition),
        }
        return self.edition.templates.render(f"tools/{name}.html", "html", {**values, **own}).strip()

    def _client_url(self, client: str) -> str:
        """Say where the page of a client is; nowhere where no page lists the clients."""
        facts = self.edition.facts
        return page_url(facts, client_source(facts, client)) if "setup" in facts.site.pages else ""

    def artifacts(self, names: Iterable[str]) -> Iterator[Artifact]:
        """Make what the scripts of the named tools ask for."""
        for script in sorted(scripts(names)):
            yield Artifact(slices.url(self.edition, script), slices.cut(self._catalog, script), JSON)


def scripts(names: Iterable[str]) -> set[str]:
    """Name the scripts of tools."""
    return {script for name in names if (script := SCRIPTS[name])}
