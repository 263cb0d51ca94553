"""The hosts of the publishing guide, each started on this machine with the files that a build writes for it."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agentdocs.server import application

from site_tests import programs
from site_tests.serving import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering

    Command = Callable[[Path, Path, int], list[str]]
    """Writes what a server needs to serve a folder at a port into another folder, and gives its command."""

PROGRAMS = {"serve": None, "nginx": "nginx", "caddy": "caddy", "cloudflare": "hosts"}
"""By name of the host the outside program that it needs."""


@dataclass(frozen=True)
class Answer:
    """What a host answered, byte by byte."""

    status: int
    fields: dict[str, str]
    """By name in small letters; the values of fields of one name are joined."""
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Host:
    """A host that runs."""

    name: str
    address: str

    def ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Answer:
        """Send a request as it is: the path is not touched, and no field is added but Host and Accept-Encoding."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            connection.request(method, path, headers=dict(fields or {}))
            response = connection.getresponse()
            joined: dict[str, str] = {}
            for name, value in response.getheaders():
                name = name.lower()
                joined[name] = f"{joined[name]}, {value}" if name in joined else value
            return Answer(response.status, joined, response.read())
        finally:
            connection.close()


@contextlib.contextmanager
def start(name: str, folder: Path, rendering: Rendering, scratch: Path) -> Iterator[Host]:
    """Run a host for a built folder until the block ends."""
    if name == "serve":
        with running(application(folder, rendering)) as address:
            yield Host(name, address)
        return
    commands: dict[str, Command] = {
        "nginx": partial(nginx, server=f"include {folder}/_hosting/nginx/site.conf;"),
        "caddy": partial(caddy, site=f"import {folder}/_hosting/caddy/site.caddy"),
        "cloudflare": cloudflare,
    }
    with run(commands[name], folder, scratch) as address:
        yield Host(name, address)


@contextlib.contextmanager
def run(command: Command, folder: Path, scratch: Path) -> Iterator[str]:
    """Run the command of a server for a folder on a free port, and give its address once it answers."""
    scratch.mkdir(parents=True, exist_ok=True)
    log = scratch / "log"
    environment = {**os.environ, "HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch), "XDG_DATA_HOME": str(scratch)}
    environment |= {"CI": "1", "WRANGLER_SEND_METRICS": "false", "CLOUDFLARE_CF_FETCH_ENABLED": "false"}
    for _ in range(5):  # another process may take the port meanwhile
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command(folder, scratch, port),
                cwd=scratch,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            if _answers(process, port):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            programs.end(process)
    raise AssertionError(f"{process.args!r}: {log.read_text()}")


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until a process answers at its port; give False if it ended."""
    while process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return True
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def nginx(folder: Path, scratch: Path, port: int, server: str, *, is_ours: bool = True) -> list[str]:
    """Write a configuration as an operator would, with `server` inside of its server.

    Without `is_ours` it is that of somebody who has never heard of us.
    """
    configuration = scratch / "nginx.conf"
    configuration.write_text(f"""
{nginx_main(scratch)}
http {{
    {nginx_http(scratch)}
    {f"include {folder}/_hosting/nginx/http.conf;" if is_ours else ""}
    server {{
        listen 127.0.0.1:{port};
        {f"set $agentdocs_root {folder};" if is_ours else ""}
        {server}
    }}
}}
""")
    return nginx_command(configuration)


def nginx_main(scratch: Path) -> str:
    """Give the directives that Debian's own configuration has, but for a process of this test."""
    user = "user root;" if os.geteuid() == 0 else ""  # nobody else can read the folders of pytest
    return f"{user} daemon off; pid {scratch}/pid; error_log stderr warn; events {{ }}"


def nginx_http(scratch: Path) -> str:
    """Give the same for the context `http`."""
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "access_log off; " + " ".join(f"{name}_temp_path {scratch}/{name};" for name in names)


def nginx_command(configuration: Path) -> list[str]:
    """Give the command that runs nginx in the foreground."""
    return [str(programs.find("nginx")), "-p", str(configuration.parent), "-e", "stderr", "-c", str(configuration)]


def caddy(folder: Path, scratch: Path, port: int, site: str) -> list[str]:
    """Write a configuration as an operator would, with `site` inside of its site."""
    configuration = scratch / "Caddyfile"
    configuration.write_text(f"""
{{
	admin off
	auto_https off
}}
http://127.0.0.1:{port} {{
	vars agentdocs_root {folder}
	{site}
}}
""")
    return caddy_command(configuration)


def caddy_command(configuration: Path) -> list[str]:
    """Give the command that runs Caddy in the foreground."""
    return [str(programs.find("caddy")), "run", "--config", str(configuration), "--adapter", "caddyfile"]


def cloudflare(folder: Path, _: Path, port: int) -> list[str]:
    """Give the command that runs a folder as Cloudflare Pages does."""
    at = ["--ip", "127.0.0.1", "--port", str(port), "--inspector-port", "0"]
    quiet = ["--show-interactive-dev-session=false", "--log-level", "warn", "--compatibility-date", DATE]
    return [*wrangler("pages", "dev", str(folder)), *at, *quiet]


def wrangler(*arguments: str) -> list[str]:
    """Give a command of Cloudflare's own program."""
    script = programs.node_modules("hosts") / "wrangler" / "bin" / "wrangler.js"
    return [str(programs.find("node")), str(script), *arguments]


DATE = "2026-10-23"
"""The day whose behaviour of the runtime is asked for."""


def exchange(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text, which must be there, in a file of a folder."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert re.search(re.escape(old), text), f"{name} has no {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def owned(rendering: Rendering, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """List what this build publishes on any origin."""
    site = rendering.facts.site
    trees = tuple(path for path in site.owns if path.endswith("/"))
    return {url: entry for url, entry in entries.items() if url in site.owns or url.startswith(trees)}
