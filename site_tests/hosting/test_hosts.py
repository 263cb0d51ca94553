"""Every host answers every URL as the one table says, and a host that does not is found out."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from agentdocs.hosting import table
from agentdocs.mkdocs.build import build

from site_tests.conftest import DAY
from site_tests.hosting.comparison import differences
from site_tests.hosting.conftest import HOSTS
from site_tests.hosting.hosts import Host, exchange, start
from site_tests.hosting.test_requests import ROWS, problems
from site_tests.projects import MINIMAL, VARIA, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering


def test_every_url_is_answered_as_the_table_says(host: Host, entries: dict[str, Entry], preview_site: Path) -> None:
    assert entries
    assert differences(host, entries, preview_site) == []


def test_digests_of_skills_are_those_of_the_served_bytes(host: Host, preview: Rendering) -> None:
    index = preview.facts.discovery.skills_index
    assert index
    listed = json.loads(host.ask("GET", index.path).body)["skills"]
    assert len(listed) == len(preview.facts.discovery.skills)
    for skill in listed:
        served = host.ask("GET", skill["url"]).body
        assert skill["digest"] == f"sha256:{hashlib.sha256(served).hexdigest()}"
        assert skill["digest"] != f"sha256:{hashlib.sha256(served + b' ').hexdigest()}"


@pytest.mark.parametrize("name", HOSTS)
def test_a_release_is_answered_as_its_table_says(
    name: str, release_site: Path, release: Rendering, tmp_path: Path
) -> None:
    with start(name, release_site, release, tmp_path) as host:
        assert differences(host, table(release_site, release), release_site) == []


@pytest.mark.parametrize("provider", [MINIMAL, VARIA], ids=lambda provider: str(provider.name))
@pytest.mark.parametrize("name", HOSTS)
def test_another_provider_is_answered_as_its_table_says(name: str, provider: Path, tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", catalog=provider / "catalog", docs=provider / "docs")
    rendering = build(root, tmp_path / "site", day=DAY)
    entries = table(tmp_path / "site", rendering)
    assert "/" not in entries
    with start(name, tmp_path / "site", rendering, tmp_path / "scratch") as host:
        assert differences(host, entries, tmp_path / "site") == []
        assert host.ask("GET", "/").status == 404


CONTROLS = {
    "serve": (),
    "nginx": (
        ("_hosting/nginx/site.conf", "application/mcp-server-card+json", "application/json"),
        ("_hosting/nginx/http.conf", "public, max-age=3600", "public, max-age=60"),
        ("_hosting/nginx/http.conf", "page Accept;", "page Cookie;"),
        ("_hosting/nginx/site.conf", "return 308", "return 302"),
    ),
    "caddy": (
        ("_hosting/caddy/site.caddy", "application/mcp-server-card+json", "application/json"),
        ("_hosting/caddy/site.caddy", "public, max-age=3600", "public, max-age=60"),
        ("_hosting/caddy/site.caddy", "must-revalidate` `Accept`", "must-revalidate` `Cookie`"),
        ("_hosting/caddy/site.caddy", "{agentdocs_query} 308", "{agentdocs_query} 302"),
    ),
    "cloudflare": (
        ("_worker.js", "application/mcp-server-card+json", "application/json"),
        ("_worker.js", "public, max-age=3600", "public, max-age=60"),
        ("_worker.js", '"Vary", "Accept"', '"Vary", "Cookie"'),
        ("_worker.js", "status: 308", "status: 302"),
    ),
}
"""For each host what is broken in its files: a media type, a time to keep, a field, a redirect."""


@pytest.mark.parametrize("name", HOSTS)
def test_a_host_that_answers_otherwise_is_found_out(
    name: str, preview_site: Path, preview: Rendering, entries: dict[str, Entry], tmp_path: Path
) -> None:
    folder, rendering = tmp_path / "site", preview
    shutil.copytree(preview_site, folder)
    card, page = preview.facts.discovery.mcp.card.path, "/docs/agents/setup/"  # type: ignore[union-attr]
    for file, old, new in CONTROLS[name]:
        exchange(folder, file, old, new)
    if name == "serve":
        rendering = _broken(preview, card)
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    (folder / "llms.txt").unlink()
    with start(name, folder, rendering, tmp_path / "scratch") as host:
        found = differences(host, entries, preview_site)
    expected = [f"{card} : Content-Type: application/json instead of application/mcp-server-card+json"]
    expected += ["/llms.txt : status 404 instead of 200"]
    if name == "serve":
        expected += [f"{page} : Link: <mailto:nobody@example.com> instead of {dict(entries[page].own)['Link']}"]
    else:
        expected += [f"{card} : Cache-Control: public, max-age=60 instead of public, max-age=3600"]
        expected += [f"{page} : Vary: Cookie instead of Accept", f"{page[:-1]} : status 302 instead of 308"]
    assert [what for what in expected if what not in found] == []
    assert any(what.startswith("/robots.txt : ") and "other bytes" in what for what in found)


def _broken(rendering: Rendering, card: str) -> Rendering:
    """Give a rendering with another media type and another field Link."""
    artifacts = {**rendering.artifacts, card: replace(rendering.artifacts[card], media_type="application/json")}
    links = dict.fromkeys(rendering.page_headers, (("Link", "<mailto:nobody@example.com>"),))
    return replace(rendering, artifacts=artifacts, page_headers=links)


NEGLIGENT: dict[str, tuple[tuple[str, str, str], ...]] = {
    "nginx": (
        ("_hosting/nginx/http.conf", r'>\1 named$" $', r'>.* named$" $'),
        ("_hosting/nginx/http.conf", '"OPTIONS yes" "GET, HEAD"', '"~yes" "GET, HEAD"'),
        ("_hosting/nginx/site.conf", "_allow_methods;", "_allow_methods always;"),
        ("_hosting/nginx/site.conf", "error_page 404", "error_page 404 =200"),
    ),
    "caddy": (
        ("_hosting/caddy/site.caddy", '{agentdocs_named} == "yes")', 'false) || {agentdocs_named} == "yes"'),
        ("_hosting/caddy/site.caddy", "method OPTIONS\n\t\t\t\tvars", "not method GET HEAD\n\t\t\t\tvars"),
        ("_hosting/caddy/site.caddy", "status {vars.agentdocs_status}", "status 200"),
    ),
    "cloudflare": (
        ("_worker.js", "return markdown > html ||", 'return accept.includes("text/markdown") ||'),
        ("_worker.js", 'request.method === "OPTIONS"', "true"),
        ("_worker.js", "? 410 : 404", "? 410 : 200"),
    ),
}
"""For each host what a simpler configuration does: it looks whether Markdown is named, and not for its quality; it
tells every method what OPTIONS may know; what is not there is a page like any other."""


@pytest.mark.parametrize("name", HOSTS[1:])
def test_a_host_that_takes_a_request_lightly_is_found_out(
    name: str, preview_site: Path, preview: Rendering, entries: dict[str, Entry], tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(preview_site, folder)
    for file, old, new in NEGLIGENT[name]:
        exchange(folder, file, old, new)
    with start(name, folder, preview, tmp_path / "scratch") as host:
        found = {row["what"] for row in ROWS if problems(host, row, entries)}
    weighed = {"HTML rather than Markdown", "a difference in the third decimal, the other way round"}
    assert {*weighed, "a method that nothing knows", "a page that is not there"} <= found
    assert len(found) < len(ROWS) / 2
