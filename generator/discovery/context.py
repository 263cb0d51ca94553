"""What every document is made from, and whether a release may publish it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.schema import Facts
    from generator.schema.base import SourcedGroup
    from generator.schema.probe import Probes
    from generator.snippets import Snippets
    from generator.templates import Templates


def assumed(group: SourcedGroup | None) -> bool:
    """Tell whether a group of facts stands in for what nobody published."""
    return group is not None and group.provenance.confidence == "assumed"


@dataclass(frozen=True)
class Context:
    """One catalog as of one day, in preview or release form."""

    facts: Facts
    templates: Templates
    snippets: Snippets
    release: bool
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

    def withheld(self, group: SourcedGroup, reason: str) -> str:
        """Give the reason why a document that states `group` is left out of a release, or nothing."""
        return reason if self.release and assumed(group) else ""
