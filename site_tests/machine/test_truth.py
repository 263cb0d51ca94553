"""A release links nothing that it withholds, and says nothing that nobody knows, in any of its outputs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agentdocs.render import Rendering


def _outputs(rendering: Rendering, site: Path) -> Iterator[tuple[str, str]]:
    """Yield the text of every file of a built site, and every header field."""
    for file in sorted(site.rglob("*")):
        if file.is_file() and file.suffix not in (".gz", ".png", ".woff2", ".ico"):
            yield "/" + file.relative_to(site).as_posix(), file.read_text(encoding="utf-8")
    for url, artifact in rendering.artifacts.items():
        yield f"{url} header", "\n".join(value for _, value in artifact.headers)
        yield url, artifact.body.decode()
    for url, fields in rendering.page_headers.items():
        yield f"{url} header", "\n".join(value for _, value in fields)


def _links(name: str, text: str, origin: str) -> set[str]:
    """Collect what a text links on the origin, as paths: by a URL anywhere, and by a path where one is a link."""
    found = {url.removeprefix(origin) for url in re.findall(rf"{re.escape(origin)}[^\s\"'<>()`\\]*", text)}
    found |= set(re.findall(r"\]\((/[^)\s]*)\)", text)) | set(re.findall(r"<(/[^>\s]*)>", text))
    found |= set(re.findall(r"(?:href|src|content)=\\?[\"']?(/[^\s\"'>\\]*)", text))
    if name.endswith(".json"):
        found |= set(re.findall(r'"(/[^"\s]*)"', text))
    return {link.split("#")[0].rstrip(".,;:") for link in found}


def _withheld(preview: Rendering, release: Rendering) -> set[str]:
    return {document.url for document in preview.documents} - {document.url for document in release.documents}


def wrong_links(preview: Rendering, rendering: Rendering, site: Path) -> list[str]:
    """Name every output of a release that links a withheld document, or a file of the origin that is not there."""
    facts, withheld = rendering.facts, _withheld(preview, rendering)
    departed = {departure.path for departure in rendering.departures}  # hosts are told of them
    wrong = []
    for name, text in _outputs(rendering, site):
        for link in _links(name, text, facts.site.origin):
            if link in withheld:
                wrong.append(f"{name} links {link}")
            elif link.startswith("/.well-known/") and link not in {*rendering.artifacts, *departed}:
                wrong.append(f"{name} links {link}, which is not published")
        wrong += [f"{name} says {host}" for host in re.findall(r"[\w-]+\.invalid\b", text)]
    return wrong


def test_a_release_links_no_withheld_document_from_anywhere(
    preview: Rendering, release: Rendering, release_site: Path
) -> None:
    assert wrong_links(preview, release, release_site) == []


def test_something_is_withheld(preview: Rendering, release: Rendering) -> None:
    assert len(_withheld(preview, release)) >= 7


def test_the_links_of_a_release_are_found_in_every_kind_of_output(release: Rendering, release_site: Path) -> None:
    origin, discovery = release.facts.site.origin, release.facts.discovery
    seen: dict[str, set[str]] = {}
    for name, text in _outputs(release, release_site):
        for link in _links(name, text, origin):
            seen.setdefault(link, set()).add(name)
    data = discovery.data
    assert data is not None
    for place in ("/docs/agents/discovery/index.html", "/docs/agents/discovery.md", "/llms-full.txt"):
        assert place in seen[discovery.api_catalog.path]
    assert "/ header" in seen[discovery.api_catalog.path]
    assert discovery.api_catalog.path in seen[data.catalog.path]
    assert "/sitemap.xml" in seen["/docs/agents/setup/"]
    assert "/robots.txt" in seen["/sitemap.xml"]
    assert data.catalog.path in seen["/docs/agents/models/z-ai/glm-5/"]
    assert "/llms.txt" in seen["/docs/agents/setup.md"]


PLANTED = {
    "a page": ("/docs/agents/setup/index.html", '<a href="{path}">'),
    "the search index": ("/docs/agents/assets/search/search_index.json", '<a href=\\"{path}\\">'),
    "a Markdown page": ("/docs/agents/setup.md", "[card]({path})"),
    "llms.txt": ("/llms.txt", "- [card]({origin}{path}): a card"),
    "the API catalog": ("/.well-known/api-catalog", '{{"href": "{origin}{path}"}}'),
    "the catalog for programs": ("/docs/agents/catalog.v1.json", '"{origin}{path}"'),
    "a skill": ("/.well-known/agent-skills/llmbase-api/SKILL.md", "Read {origin}{path}."),
    "a document in JSON": ("/.well-known/agent-skills/index.json", '{{"url": "{path}"}}'),
    "the site map": ("/sitemap.xml", "<loc>{origin}{path}</loc>"),
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_planted_link_to_a_withheld_document_is_found(place: str, preview: Rendering, release: Rendering) -> None:
    name, template = PLANTED[place]
    for path in _withheld(preview, release):
        text = template.format(path=path, origin=release.facts.site.origin)
        assert path in _links(name, text, release.facts.site.origin)


def test_a_planted_link_in_a_header_is_found(preview: Rendering, release: Rendering, release_site: Path) -> None:
    path = min(_withheld(preview, release))
    headers = {**release.page_headers, "/": (("Link", f'<{path}>; rel="service-meta"'),)}
    assert wrong_links(preview, replace(release, page_headers=headers), release_site) == [f"/ header links {path}"]


CRAWLERS = "permissions to crawl or train"
NEVER = {
    "OAuth for chat agents": r"\boauth2\b|\bauthorization_servers\b",
    "scopes for keys": r"\bscopes_supported\b|\"scopes?\"\s*:",
    "health that nobody measured": r"\"status\"\s*:\s*\"pass\"",
    "tools or versions that were not read from a server": r"\"protocolVersions?\"|\"tools\"\s*:\s*\[\s*\{\s*\"name\"",
    "other protocols": r"\bA2A\b|agent-card|registration_endpoint|\bx402\b|/checkout\b",
    "headers that are not sent": r"RateLimit-(?:Limit|Remaining|Reset)|X-RateLimit",
    CRAWLERS: r"Content-Signal|ai-train|search=yes",
}
"""What no output claims while the catalog does not say it."""


@pytest.mark.parametrize("build", ["preview", "release"])
def test_no_document_claims_what_the_catalog_does_not_state(build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    decided = {CRAWLERS} if rendering.facts.site.content_signals else set()
    bodies = {url: artifact.body.decode() for url, artifact in rendering.artifacts.items()}
    for url, body in bodies.items():
        for what, pattern in NEVER.items():
            assert what in decided or not re.search(pattern, body), f"{url} claims {what}"


@pytest.mark.parametrize(
    "claim",
    [
        '{"authorization_servers": []}', '{"scopes_supported": []}', '{"status": "pass"}', '{"protocolVersion": "1"}',
        '{"registration_endpoint": ""}', "RateLimit-Remaining: 1", "Content-Signal: search=yes",
    ],
)  # fmt: skip
def test_a_planted_claim_is_found(claim: str) -> None:
    assert any(re.search(pattern, claim) for pattern in NEVER.values())
