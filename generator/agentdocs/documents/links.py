"""Where pages lead programs: their `Link` header (RFC 8288)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.artifact import JSON
from agentdocs.site.urls import LLMS, twin_url

if TYPE_CHECKING:
    from agentdocs.artifact import Page
    from agentdocs.site.edition import Edition


def page_links(edition: Edition, page: Page, *, start: bool) -> str:
    """Write the header of a page: its Markdown, `llms.txt`, and on the start page where discovery begins."""
    links = _start(edition) if start else []
    links.append(f'<{LLMS}>; rel="describedby"; type="text/plain"')
    if page.released:
        links.append(f'<{twin_url(page)}>; rel="alternate"; type="text/markdown"')
    return ", ".join(links)


def _start(edition: Edition) -> list[str]:
    discovery = edition.facts.discovery
    links = [f'<{discovery.api_catalog.path}>; rel="api-catalog"; type="application/linkset+json"']
    links += [f'<{service.path}>; rel="service-desc"; type="{JSON}"' for service in discovery.services.values()]
    links.append(f'<{edition.documentation}>; rel="service-doc"; type="text/html"')
    return links
