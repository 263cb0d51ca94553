"""The search: what readers type leads to the page that is for them, and never to the guide for maintainers first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agentdocs.site.urls import client_source, model_source
from agentdocs.text.headings import fragment

from site_tests.site.kinds import path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentdocs.render import Rendering
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

pytestmark = pytest.mark.program("chromium")

PLACES = {
    "setup": ("quickstart", "api key", "environment variable", "install", "configuration"),
    "models": ("pricing", "prices", "context size", "vision", "multimodal"),
    "limits": ("quota", "throttling", "rpm", "rate limit", "budget", "Retry-After"),
    "errors": ("http errors", "exceptions", "error messages"),
    "overview": ("base url", "getting started", "authentication", "data residency", "gdpr"),
    "troubleshooting": ("not working", "retries", "timeouts"),
    "discovery": ("openapi", "machine-readable", "well-known"),
}
"""Words that readers type, by the page that comes first for them."""


FOUND = """([place, pages]) => {
  const links = document.querySelectorAll(`.md-search-result__item:nth-child(-n+${pages}) .md-search-result__link`);
  const addresses = [...links].map((link) => new URL(link.href));
  return addresses.some((url) => url.pathname === place || (url.hash && (url.pathname + url.hash).startsWith(place)
    && place.includes("#")));
}"""


def wanted(preview: Rendering) -> Iterator[tuple[str, str, int]]:
    """Yield each word that is tried, how the address begins that it leads to, and among how many pages that is."""
    facts = preview.facts
    for page, words in PLACES.items():
        yield from ((word, path_of(page, preview), 1) for word in words)
    for name, client in facts.clients.items():
        yield client.name, preview.pages[client_source(facts, name)].url, 1
    default = facts.recommendations.default
    yield default, preview.pages[model_source(facts, default)].url, 1
    if facts.protocol.fallback:
        yield facts.protocol.fallback.request_header, path_of("models", preview), 1
    for name, error in facts.errors.items():
        if error.code not in ("unknown", "not_offered"):
            yield str(error.code), f"{path_of('errors', preview)}#{fragment(facts.errors, name)}", 2
        yield str(error.status), f"{path_of('errors', preview)}#", 1


def test_words_of_readers_lead_to_the_pages_for_them(visit: Visit, preview: Rendering) -> None:
    """The place is among the sections of the first pages. What was typed before leaves its results behind."""
    from playwright.sync_api import TimeoutError as NotFound

    page = visit("/")
    field = page.locator(".md-search__input")
    for word, place, pages in sorted(wanted(preview)):
        field.fill("")
        field.press_sequentially(word)
        try:
            page.wait_for_function(FOUND, arg=[place, pages], timeout=10_000)
        except NotFound as error:
            first = page.locator(".md-search-result__item").first.inner_text()
            raise AssertionError(f"{word!r} does not lead to {place} first, but to: {first}") from error
