"""What departed is led on or told gone, by every host alike."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from agentdocs.hosting import table
from agentdocs.hosting.kinds import REVALIDATE
from agentdocs.hosting.table import everywhere
from agentdocs.mkdocs.build import build

from site_tests.conftest import DAY
from site_tests.hosting.comparison import OPTIONAL, compare, differences
from site_tests.hosting.conftest import HOSTS
from site_tests.hosting.hosts import Host, exchange, start
from site_tests.projects import EXEMPLA, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering

DEPARTURES = """
moved:
  /docs/agents/faq/: /docs/agents/troubleshooting/
  /docs/agents/faq.md: /docs/agents/troubleshooting.md
  /docs/agents/models/zai/: /docs/agents/models/z-ai/
  /docs/agents/snippets/*/zai/: /docs/agents/snippets/*/z-ai/
gone: [/docs/agents/beta/, /docs/agents/snippets/*/zai/glm-4/, /.well-known/mcp/old.json]
"""
"""What the catalog of the invented provider says besides."""

SETTINGS = "/docs/agents/snippets/qwen-code/{}/settings.json"
"""Files whose media type does not follow from the suffix, so that hosts are told of them in another way."""
LED = {
    "/docs/agents/faq/": "/docs/agents/troubleshooting/",
    "/docs/agents/faq": "/docs/agents/troubleshooting/",
    "/docs/agents/faq.md": "/docs/agents/troubleshooting.md",
    "/docs/agents/faq/?from=agent&n=1": "/docs/agents/troubleshooting/?from=agent&n=1",
    "/docs/agents/models/zai/glm-5.1/": "/docs/agents/models/z-ai/glm-5.1/",
    "/docs/agents/models/zai": "/docs/agents/models/z-ai/",
    "/docs/agents/models/%7aai/glm-5.1.md": "/docs/agents/models/z-ai/glm-5.1.md",
    "/docs/agents/snippets/curl/zai/glm-5.1/chat.sh": "/docs/agents/snippets/curl/z-ai/glm-5.1/chat.sh",
    SETTINGS.format("zai/glm-5"): SETTINGS.format("z-ai/glm-5"),
    "//docs/agents/models/zai/glm-5.1/": "/docs/agents/models/z-ai/glm-5.1/",
}
"""Where the paths lead that moved."""

GONE = (
    "/docs/agents/beta/",
    "/docs/agents/beta",
    "/docs/agents/beta/first/steps.html",
    "/docs/agents/snippets/curl/zai/glm-4/chat.sh",
    SETTINGS.format("zai/glm-4"),
    "/.well-known/mcp/old.json",
)
MISSING = (
    "/docs/agents/betas/",
    "/docs/agents/faqs",
    "/docs/agents/faq.md/",
    "/docs/agents/snippets/zai/glm-5.1/chat.sh",
    "/docs/agents/models/zai/%0d%0aSet-Cookie:%20a=b",
    "/docs/agents/snippets/c%0d%0aSet-Cookie:%20a=b/zai/",
    "/docs/agents/models/zai//elsewhere.example%2f%20",
    "/.well-known/mcp/old.json.bak",
)


@pytest.fixture(scope="module")
def departed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendering]:
    """A built project from which something departed."""
    folder = tmp_path_factory.mktemp("departed")
    shutil.copytree(EXEMPLA / "catalog", folder / "project" / "catalog")
    with (folder / "project" / "catalog" / "site.yaml").open("a", encoding="utf-8") as site:
        site.write(DEPARTURES)
    return folder / "site", build(make_project(folder / "project", docs=EXEMPLA / "docs"), folder / "site", day=DAY)


def wrong(host: Host, entries: dict[str, Entry], folder: Path) -> list[str]:
    """List what a host answers otherwise for what departed, and for what never was there."""
    missing = next(entry for entry in entries.values() if entry.kind.name == "error")
    common = {**dict.fromkeys(OPTIONAL), **dict(everywhere(missing.policy)), "Cache-Control": REVALIDATE}
    found = []
    for path, target in LED.items():
        fields = {**common, "Location": target, "Access-Control-Allow-Origin": "*"}
        fields["Access-Control-Expose-Headers"] = "ETag, Link"
        for method in ("GET", "HEAD"):
            answer = host.ask(method, path, {"Accept": "text/markdown"})
            found += [f"{method} {path}: {what}" for what in compare(answer, 308, fields)]
    body = (folder / missing.storage).read_bytes()
    for paths, status in ((GONE, 410), (MISSING, 404)):
        for path in paths:
            fields = {**common, "Content-Type": missing.media_type, "Set-Cookie": None}
            del fields["ETag"]  # of the page that says so, as good as none
            found += [f"GET {path}: {what}" for what in compare(host.ask("GET", path), status, fields, body)]
            found += [f"HEAD {path}: {what}" for what in compare(host.ask("HEAD", path), status, fields, b"")]
            found += [f"POST {path}: {what}" for what in compare(host.ask("POST", path), status, {})]
    return found


@pytest.mark.parametrize("name", HOSTS)
def test_what_departed_is_led_on_or_gone_and_the_rest_is_as_the_table_says(
    name: str, departed: tuple[Path, Rendering], tmp_path: Path
) -> None:
    folder, rendering = departed
    entries = table(folder, rendering)
    with start(name, folder, rendering, tmp_path) as host:
        assert wrong(host, entries, folder) == []
        assert differences(host, entries, folder) == []


CONTROLS = {
    "nginx": (
        ("_hosting/nginx/site.conf", "return 308 $agentdocs_led", "return 302 $agentdocs_led"),
        ("_hosting/nginx/site.conf", "return 410", "return 404"),
    ),
    "caddy": (
        ("_hosting/caddy/site.caddy", "{agentdocs_led}{agentdocs_query} 308", "{agentdocs_led}{agentdocs_query} 302"),
        ("_hosting/caddy/site.caddy", " 410", " 404"),
    ),
    "cloudflare": (
        ("_worker.js", "status: 308, headers: { ...EVERYWHERE, ...{", "status: 302, headers: { ...EVERYWHERE, ...{"),
        ("_worker.js", "? 410 : 404", "? 404 : 404"),
    ),
}


@pytest.mark.parametrize("name", HOSTS[1:])
def test_a_host_that_forgets_what_departed_is_found_out(
    name: str, departed: tuple[Path, Rendering], tmp_path: Path
) -> None:
    folder, rendering = tmp_path / "site", departed[1]
    shutil.copytree(departed[0], folder)
    for file, old, new in CONTROLS[name]:
        exchange(folder, file, old, new)
    with start(name, folder, rendering, tmp_path / "scratch") as host:
        found = wrong(host, table(folder, rendering), folder)
    expected = [f"GET {path}: status 302 instead of 308" for path in LED]
    expected += [f"GET {path}: status 404 instead of 410" for path in GONE]
    assert [what for what in expected if what not in found] == []


@pytest.mark.program("hosts")
def test_without_the_worker_what_moved_is_still_led_on(departed: tuple[Path, Rendering], tmp_path: Path) -> None:
    folder, rendering = tmp_path / "site", departed[1]
    shutil.copytree(departed[0], folder)
    (folder / "_worker.js").unlink()
    with start("cloudflare", folder, rendering, tmp_path / "scratch") as host:
        for path, target in LED.items():
            if "%" not in path and "//" not in path:
                answer = host.ask("GET", path)
                assert (answer.status, answer.fields["location"]) == (308, target), path
