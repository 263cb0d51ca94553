"""On an origin with other content our paths are answered as always, and everything else stays as it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from generator.hosting import table
from site_tests.hosting import hosts
from site_tests.hosting.comparison import compare, differences
from site_tests.hosting.hosts import Host

if TYPE_CHECKING:
    from pathlib import Path

    from generator.hosting import Entry
    from generator.render import Rendering

THEIRS = {"/": "their start page", "/robots.txt": "User-agent: *", "/docs/": "their other docs", "/pricing/": "prices"}
"""What the origin had before."""

OPERATORS = {
    "nginx": lambda folder, theirs: (
        f"root {theirs}; include {folder}/_hosting/nginx/shared.conf; location / {{ add_header X-Theirs yes; }}"
    ),
    "caddy": lambda folder, theirs: (
        f"import {folder}/_hosting/caddy/shared.caddy\n\thandle {{\n\t\troot * {theirs}\n\t\theader X-Theirs yes\n"
        "\t\tfile_server\n\t}"
    ),
}
"""What an operator has beside ours, by host."""


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.program(name)) for name in OPERATORS])
def test_an_origin_with_other_content_keeps_it_and_gets_ours(
    name: str, release_site: Path, release: Rendering, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    for url, text in THEIRS.items():
        file = theirs / (url[1:] + "index.html" if url.endswith("/") else url[1:])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    site = OPERATORS[name](release_site, theirs)
    command = partial(hosts.nginx, server=site) if name == "nginx" else partial(hosts.caddy, site=site)
    with hosts.run(command, release_site, tmp_path / "scratch") as address:
        host = Host(name, address)
        ours = _owned(release, release_site)
        assert len(ours) > 250
        assert differences(host, ours, release_site) == []
        for url, text in THEIRS.items():
            answer = host.ask("GET", url, {"Accept": "text/markdown"})
            assert (answer.status, answer.body.decode(), answer.fields.get("x-theirs")) == (200, text, "yes")
            assert "content-security-policy" not in answer.fields
        missing = host.ask("GET", "/docs/agents/nowhere/")
        assert list(compare(missing, 404, {"Content-Type": "text/html; charset=utf-8"})) == []
        assert b"This page does not exist" in missing.body
        assert host.ask("GET", "/nowhere").body != missing.body


def _owned(rendering: Rendering, folder: Path) -> dict[str, Entry]:
    """List what this build publishes on any origin."""
    site = rendering.facts.site
    trees = [path for path in site.owns if path.endswith("/")]
    entries = table(folder, rendering).items()
    return {url: entry for url, entry in entries if url in site.owns or any(url.startswith(tree) for tree in trees)}
