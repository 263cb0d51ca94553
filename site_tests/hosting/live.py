"""An owner's live site, to which a release comes as a guest, and how it is answered with and without that guest."""

from __future__ import annotations

import contextlib
import shutil
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from site_tests.hosting import hosts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from site_tests.hosting.hosts import Answer, Command, Host

PAGES = ("/", "/pricing/", "/docs/", "/docs/quickstart/", "/search/", "/maintaining/", "/index.html", "/index.md")
FILES = ("/robots.txt", "/sitemap.xml", "/404.html", "/assets/app.css", "/assets/site.css", "/search/search_index.json")
DOCUMENTS = (
    "/.well-known/security.txt",
    "/.well-known/openid-configuration",
    "/.well-known/oauth-authorization-server",
    "/.well-known/oauth-protected-resource/mcp",
    "/.well-known/mcp/server-card.json",
    "/.well-known/status/website-api.json",
    "/.well-known/status/inference.json",
    "/.well-known/status/mcp.json",
    "/.well-known/service-desc/other.openapi.json",
    "/.well-known/agent-skills/own/SKILL.md",
    "/.well-known/assetlinks.json",
)
ALIKE = (
    "/docs/agents-sdk/",
    "/docs/agents.html",
    "/docs/agentsx",
    "/docs/Agents/",
    "/llms.txt.bak",
    "/llms.txtx",
    "/llms.txt/",
    "/en/llms.txt",
    "/.well-known/api-catalog.json",
    "/.well-known/api-catalog/more",
    "/.well-known/oauth-protected-resource.json",
    "/.well-known/oauth-protected-resource/api/v1/agents/more",
    "/.well-known/oauth-protected-resource/api/v1",
    "/.well-known/agent-skills/",
    "/_worker.js",
    "/_hosting/nginx/http.conf",
    "/_release.json",
)
"""Paths that begin or end like one of ours, or that are files of ours without being published."""
THEIRS = (*PAGES, *FILES, *DOCUMENTS, *ALIKE)
"""Paths that the site answers, none of which a release has."""
NOWHERE = ("/nowhere", "/.well-known/nothing", "/assets/none.css", "/.well-known/", "/docs/agent")


class _Origin(BaseHTTPRequestHandler):
    """Answers every path that it has with a text of its own, and all others with 404."""

    protocol_version = "HTTP/1.1"
    had: frozenset[str]

    def _answer(self) -> None:
        path = self.path.partition("?")[0]
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        known = path in self.had
        body = f"{self.command} {self.path}: the owner's own".encode()
        self.send_response((201 if self.command == "POST" else 200) if known else 404)
        self.send_header("Content-Type", "text/x-own; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Owner", "here")
        self.send_header("Cache-Control", "public, max-age=7")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_OPTIONS = _answer  # noqa: N815 - names of the standard library

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def origin(replaced: frozenset[str] = frozenset()) -> Iterator[str]:
    """Run the owner's site, which has some paths of ours already, and give its host and port."""
    handler = type("_This", (_Origin,), {"had": frozenset(THEIRS) | replaced})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def before_and_after(name: str, folder: Path, site: str, scratch: Path) -> Iterator[tuple[Host, Host]]:
    """Run a host in front of the owner's site twice: as it was, and with the shared files of a release in `folder`."""
    with contextlib.ExitStack() as stack:
        commands: tuple[Command, Command]
        if name == "cloudflare":
            project = stack.enter_context(hosts.run(hosts.cloudflare, folder, scratch / "project"))
            commands = (partial(worker, site=site), partial(worker, site=site, project=project))
        else:
            commands = _WITH[name](folder, site)
        found = (
            hosts.Host(name, stack.enter_context(hosts.run(command, folder, scratch / when)))
            for command, when in zip(commands, ("before", "after"), strict=True)
        )
        before, after = found
        yield before, after


def worker(folder: Path, scratch: Path, port: int, *, site: str, project: str = "") -> list[str]:
    """Copy a zone's worker, and give the command that runs it in front of a site; one that passes on everything if
    there is no project."""
    for file in (folder / "_hosting" / "cloudflare").iterdir():
        shutil.copy(file, scratch)
    if not project:
        script = "export default { fetch: (request) => fetch(request) };\n"
        (scratch / "shared.js").write_text(script, encoding="utf-8")
    at = ["--ip", "127.0.0.1", "--port", str(port), "--inspector-port", "0"]
    zone = ["--local-upstream", site, "--upstream-protocol", "http", "--var", f"AGENTDOCS_PROJECT:{project}"]
    quiet = ["--show-interactive-dev-session=false", "--log-level", "warn"]
    return [*hosts.wrangler("dev", "--config", str(scratch / "wrangler.toml")), *at, *zone, *quiet]


def _nginx(folder: Path, site: str) -> tuple[Command, Command]:
    theirs = f"location / {{ proxy_pass http://{site}; }}"
    ours = f"include {folder}/_hosting/nginx/shared.conf;"
    return partial(hosts.nginx, server=theirs, is_ours=False), partial(hosts.nginx, server=f"{ours} {theirs}")


def _caddy(folder: Path, site: str) -> tuple[Command, Command]:
    theirs = f"handle {{\n\t\treverse_proxy {site}\n\t}}"
    ours = f"import {folder}/_hosting/caddy/shared.caddy"
    return partial(hosts.caddy, site=theirs), partial(hosts.caddy, site=f"{ours}\n\t{theirs}")


_WITH: Mapping[str, Callable[[Path, str], tuple[Command, Command]]] = {"nginx": _nginx, "caddy": _caddy}

REQUESTS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("GET", {}),
    ("GET", {"Accept": "text/markdown"}),
    ("HEAD", {}),
    ("POST", {}),
    ("OPTIONS", {"Origin": "https://agent.example", "Access-Control-Request-Method": "GET"}),
)


def changes(before: Host, after: Host, paths: tuple[str, ...] = (*THEIRS, *NOWHERE)) -> list[str]:
    """Ask for every path of the owner's in several ways, and list what is answered otherwise than before."""
    found = []
    for path in paths:
        for method, fields in REQUESTS:
            first, second = (_seen(host.ask(method, f"{path}?a=b", fields)) for host in (before, after))
            if first != second:
                found.append(f"{method} {path}: {first[0]} became {second[0]}")
    return found


def _seen(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """Give what readers see of an answer; the hour is another one each time."""
    return answer.status, {name: value for name, value in answer.fields.items() if name != "date"}, answer.body
