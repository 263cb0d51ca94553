"""A release on an origin that has other content claims what it wrote: nothing of the owner's changes."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from agentdocs.hosting import planned, table
from agentdocs.hosting.claims import claims
from agentdocs.mkdocs.build import build
from agentdocs.site.departures import Departure
from agentdocs.text.quoting import as_json

from site_tests.conftest import DAY
from site_tests.hosting import hosts, live
from site_tests.hosting.comparison import differences
from site_tests.hosting.conftest import HOSTS
from site_tests.hosting.live import NOWHERE, THEIRS, before_and_after, changes
from site_tests.projects import MINIMAL, make_project, rendered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.hosting.claims import Claims
    from agentdocs.render import Rendering


@pytest.mark.parametrize("name", HOSTS[1:])
def test_nothing_of_the_owner_changes_and_ours_is_answered_as_the_table_says(
    name: str, release_site: Path, release: Rendering, tmp_path: Path, tell: Callable[..., None]
) -> None:
    entries = table(release_site, release)
    ours = hosts.owned(release, entries)
    assert not {*THEIRS} & ours.keys()
    replaced = frozenset(url for url in ours if not url.startswith("/docs/agents/"))
    with live.origin(replaced) as site, before_and_after(name, release_site, site, tmp_path) as (before, after):
        assert {before.ask("GET", path).status for path in (*THEIRS, *replaced)} == {200}
        assert changes(before, after) == []
        assert differences(after, ours, release_site) == []
        nowhere = after.ask("GET", "/docs/agents/nowhere/")
    assert (nowhere.status, b"This page does not exist" in nowhere.body) == (404, True)
    tell(
        "Beside a live site: {theirs} paths of the owner's as before, {ours} of ours as the table says.",
        theirs=len(THEIRS) + len(NOWHERE),
        ours=len(ours),
    )


WHOLE = (
    "|".join(
        (
            r"/docs/agents(?:/|$)",
            r"/\.well-known/(?:mcp|status|service-desc|agent-skills|oauth-protected-resource)(?:/|$)",
        )
    )
    + r"|/\.well-known/(?:openid-configuration|oauth-authorization-server)$|/(?:assets|search)(?:/|$)"
)
"""What was claimed before claims followed what is written."""


@pytest.mark.parametrize("name", HOSTS[1:])
def test_a_claim_of_more_than_was_written_is_found_out(
    name: str, release_site: Path, release: Rendering, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(release_site, folder)
    file = {"nginx": "nginx/shared.conf", "caddy": "caddy/shared.caddy", "cloudflare": "cloudflare/shared.js"}[name]
    shared = folder / "_hosting" / file
    text = shared.read_text(encoding="utf-8")
    whole = WHOLE.replace("\\", "\\\\") if name == "cloudflare" else WHOLE
    exact = re.search(r"(?<=\^\(\?:)/docs/agents\(\?:/\|\$\)", text)
    assert exact
    shared.write_text(text.replace(exact[0], whole, 1), encoding="utf-8")
    with live.origin() as site, before_and_after(name, folder, site, tmp_path / "scratch") as (before, after):
        found = changes(before, after)
    lost = ("/.well-known/openid-configuration", "/.well-known/status/mcp.json", "/assets/app.css", "/search/")
    expected = [f"GET {path}: 200 became 404" for path in (*lost, "/.well-known/oauth-protected-resource/mcp")]
    assert [what for what in expected if what not in found] == []


# --- What is claimed -----------------------------------------------------------------------------------------


def claimed(root: Path, **site: object) -> Claims:
    """Build the minimal provider's project with other members of site.yaml, and give what it claims."""
    shutil.copytree(MINIMAL, root)
    file = root / "catalog" / "site.yaml"
    members = yaml.safe_load(file.read_text(encoding="utf-8"))
    members["provenance"]["checked"] = DAY.isoformat()
    file.write_text(as_json({**members, **site}), encoding="utf-8")
    rendering = rendered(make_project(root))
    return claims(rendering.facts.site, planned(rendering), rendering.departures)


def test_a_tree_is_claimed_whole_and_everything_else_path_by_path(tmp_path: Path) -> None:
    found = claimed(tmp_path / "project")
    assert (found.trees, found.theirs) == (("/help/",), "")
    assert found.paths == ("/.well-known/api-catalog", "/llms-full.txt", "/llms.txt")
    ours = ("/help/", "/help", "/help/nowhere", "/help/assets/site.css", "/llms.txt", "/.well-known/api-catalog")
    assert [path for path in ours if not found.has(path)] == []
    theirs = ("/", "/helpx", "/llms.txt.bak", "/llms.txt/", "/robots.txt", "/.well-known/api-catalog/x", "/x/help/")
    assert [path for path in theirs if found.has(path)] == []


def test_a_tree_of_documents_is_claimed_path_by_path(tmp_path: Path) -> None:
    found = claimed(tmp_path / "project", owns=["/help/", "/.well-known/", "/llms.txt", "/llms-full.txt"])
    assert found.has("/.well-known/api-catalog")
    assert not found.has("/.well-known/openid-configuration")


def test_what_is_left_to_others_is_not_claimed_even_inside_of_a_tree(tmp_path: Path) -> None:
    kept = ["/404.html", "/robots.txt", "/sitemap.xml", "/llms.txt", "/help/legacy/", "/help/old.html"]
    found = claimed(tmp_path / "project", stand_alone=kept)
    theirs = ("/llms.txt", "/help/legacy/", "/help/legacy", "/help/legacy/a/b", "/help/old.html")
    assert [path for path in theirs if found.has(path)] == []
    assert [
        path for path in ("/help/", "/help/legacy-2/", "/help/old.htm", "/llms-full.txt") if not found.has(path)
    ] == []


def test_what_departed_outside_of_a_tree_is_claimed(tmp_path: Path) -> None:
    owns = ["/help/", "/.well-known/", "/llms.txt", "/llms-full.txt"]
    gone = ["/.well-known/old.json", "/.well-known/older/", "/help/old/"]
    found = claimed(tmp_path / "project", owns=owns, gone=gone)
    assert [
        path for path in ("/.well-known/old.json", "/.well-known/older/a", "/help/old/") if not found.has(path)
    ] == []
    assert not found.has("/.well-known/older.json")


def test_pages_outside_of_a_tree_are_claimed_with_every_way_to_write_their_address(tmp_path: Path) -> None:
    owns = ["/help/copy/", "/help/assets/", "/help/list/", "/help/connect/", "/help/", "/.well-known/", "/llms.txt"]
    sections = {"help": {"path": "/help/", "released": True}}
    found = claimed(tmp_path / "project", owns=[*owns, "/llms-full.txt"], sections=sections)
    assert found.has("/help/connect/index.html")
    assert Departure("/help/connect/").match("/help/connect")


@pytest.mark.parametrize("name", HOSTS[1:])
def test_what_is_left_to_others_inside_of_a_tree_stays_theirs(name: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    file = root / "catalog" / "site.yaml"
    text = file.read_text(encoding="utf-8")
    old = "stand_alone: [/404.html,"
    assert old in text
    file.write_text(text.replace(old, "stand_alone: [/help/legacy/, /llms.txt, /404.html,"), encoding="utf-8")
    rendering = build(make_project(root), tmp_path / "site", day=DAY)
    theirs = ("/help/legacy/", "/help/legacy/more.html", "/llms.txt", "/robots.txt")
    ours = {
        url: e for url, e in hosts.owned(rendering, table(tmp_path / "site", rendering)).items() if url not in theirs
    }
    with (
        live.origin(frozenset(theirs)) as site,
        before_and_after(name, tmp_path / "site", site, tmp_path / "scratch") as (before, after),
    ):
        assert {after.ask("GET", path).status for path in theirs} == {200}
        assert changes(before, after, theirs) == []
        assert differences(after, ours, tmp_path / "site") == []
