"""What Cloudflare Pages answers without its worker, and the limits within which it reads its files."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from agentdocs.hosting.limits import CHARACTERS, RULES

from site_tests.hosting.comparison import compare
from site_tests.hosting.hosts import start

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering

    from site_tests.hosting.hosts import Host


def without_worker(host: Host, entries: Mapping[str, Entry], folder: Path) -> list[str]:
    """List what is not left when the worker's daily limit is used up: all but negotiation and a page's own fields."""
    found = []
    for url, entry in entries.items():
        if entry.kind.name == "error":
            continue
        fields = {**dict(entry.headers), "Content-Type": entry.media_type}
        if entry.kind.negotiated:
            del fields["Vary"], fields["Link"]
        answer = host.ask("GET", url)
        found += [f"{url}: {what}" for what in compare(answer, 200, fields, (folder / entry.storage).read_bytes())]
    return found


@pytest.mark.program("hosts")
def test_without_the_worker_documents_keep_their_types_and_fields(
    preview_site: Path, preview: Rendering, entries: dict[str, Entry], tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(preview_site, folder)
    (folder / "_worker.js").unlink()
    with start("cloudflare", folder, preview, tmp_path / "scratch") as host:
        assert without_worker(host, entries, folder) == []
        assert host.ask("GET", "/docs/agents/setup").fields["location"] == "/docs/agents/setup/"
        assert host.ask("GET", "/docs/agents/nowhere/").status == 404
        html = host.ask("GET", "/docs/agents/setup/", {"Accept": "text/markdown"})
        assert html.fields["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("build", ["preview", "release"])
def test_cloudflare_reads_every_rule(build: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(f"{build}_site")
    lines = (folder / "_headers").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if re.match(r"/|https:", line)]
    assert 20 < len(patterns) <= RULES
    assert len(patterns) == len(set(patterns))
    assert max(map(len, lines)) <= CHARACTERS
    routes = (folder / "_routes.json").read_text(encoding="utf-8")
    assert all(len(route) <= 100 for route in re.findall(r'"(/[^"]*)"', routes))
