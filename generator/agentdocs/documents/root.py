"""The files at the root of the origin: for language models (https://llmstxt.org) and crawlers (RFC 9309)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.artifact import PLAIN, Artifact
from agentdocs.documents.document import by_path
from agentdocs.site.twins import twin, without_sources
from agentdocs.site.urls import twin_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agentdocs.artifact import Page
    from agentdocs.documents.document import DiscoveryDocument
    from agentdocs.site.edition import Edition


def root_files(
    edition: Edition, pages: Mapping[str, Page], documents: Iterable[DiscoveryDocument]
) -> Iterator[Artifact]:
    """Make `llms.txt`, `llms-full.txt` and `robots.txt`."""
    facts = edition.facts
    values: dict[str, Any] = {
        "provider": facts.provider,
        "site": facts.site,
        "discovery": facts.discovery,
        "pages": [(page, twin_url(page)) for page in pages.values() if page.released],
        "texts": [
            twin(without_sources(page), pages, facts.site).body.decode()
            for page in pages.values()
            if page.released and page.subject in ("all", "client")
        ],
        "published": by_path(documents),
        "signals": [*_content_signals(edition)],
    }
    for name, language in (("llms.txt", "markdown"), ("llms-full.txt", "markdown"), ("robots.txt", "plain")):
        yield Artifact(f"/{name}", edition.templates.render(name, language, values).encode(), PLAIN)


def _content_signals(edition: Edition) -> Iterator[tuple[str, bool]]:
    """Yield what the provider has decided, by the names of https://contentsignals.org."""
    if signals := edition.facts.site.content_signals:
        decided = {"search": signals.search, "ai-input": signals.ai_input, "ai-train": signals.ai_train}
        yield from ((name, value) for name, value in decided.items() if value is not None)
