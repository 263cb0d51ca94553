"""The publishing guide's own examples and commands, run as they stand there; and the lines for other content."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import textwrap
import time
import tomllib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import httpx
import pytest
import yaml
from agentdocs.hosting import table
from agentdocs.schema.site import Site
from agentdocs.site import departures
from protego import Protego
from pydantic import TypeAdapter

from site_tests import programs
from site_tests.conftest import ROOT
from site_tests.hosting import hosts
from site_tests.hosting.comparison import differences
from site_tests.hosting.live import THEIRS

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering

SOURCE = "maintaining/publishing.md"


def _blocks(preview: Rendering) -> list[tuple[str, str]]:
    """List the language and the text of every block of code, those inside of lists included."""
    markdown = preview.pages[SOURCE].markdown
    found = re.findall(r"^( *)```(\w+)\n(.*?)^\1```$", markdown, re.MULTILINE | re.DOTALL)
    return [(language, textwrap.dedent(text)) for _, language, text in found]


def _examples(preview: Rendering, language: str) -> list[str]:
    return [text for name, text in _blocks(preview) if name == language]


def _command(preview: Rendering, start: str) -> str:
    (command,) = (text for text in _examples(preview, "bash") if text.startswith(start))
    return command


def _nginx(folder: Path, scratch: Path, port: int, *, example: str, theirs: Path) -> list[str]:
    text = example.replace("http {", f"{hosts.nginx_main(scratch)} http {{ {hosts.nginx_http(scratch)}")
    text = text.replace("# listen, names and certificates, as you have them", f"listen 127.0.0.1:{port};")
    return hosts.nginx_command(_write(scratch / "nginx.conf", text, folder, theirs))


def _caddy(folder: Path, scratch: Path, port: int, *, example: str, theirs: Path) -> list[str]:
    admin = f"admin unix/{scratch}/admin"
    text = re.sub(r"^\S+ \{", f"{{\n\t{admin}\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{", example)
    return hosts.caddy_command(_write(scratch / "Caddyfile", text, folder, theirs))


def _write(file: Path, text: str, folder: Path, theirs: Path) -> Path:
    assert "/srv/docs" in text
    file.write_text(text.replace("/srv/docs", str(folder)).replace("/srv/website", str(theirs)))
    return file


COMMANDS: dict[str, Callable[..., list[str]]] = {"nginx": _nginx, "caddyfile": _caddy}
LANGUAGES = [
    pytest.param("nginx", marks=pytest.mark.program("nginx")),
    pytest.param("caddyfile", marks=pytest.mark.program("caddy"), id="caddy"),
]
RELOADS = {"nginx": "nginx -t", "caddyfile": "caddy reload"}


@pytest.mark.parametrize("shared", [False, True], ids=["alone", "shared"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_of_the_guide_works_as_it_stands(
    language: str, shared: bool, preview: Rendering, release: Rendering, release_site: Path, tmp_path: Path
) -> None:
    theirs, scratch = tmp_path / "theirs", tmp_path / "scratch"
    for url in THEIRS:
        file = theirs / (url[1:] + "index.html" if url.endswith("/") else url[1:])
        if not file.is_dir() and not file.parent.is_file():  # a folder of files cannot have a file for each prefix
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"their {url}")
    command = partial(COMMANDS[language], example=_examples(preview, language)[shared], theirs=theirs)
    entries = table(release_site, release)
    ours = hosts.owned(release, entries) if shared else entries
    assert ours
    with hosts.run(command, release_site, scratch) as address:
        host = hosts.Host(language, address)
        for _ in range(2):  # the second time after the command that lets the host read its files again
            assert differences(host, ours, release_site) == []
            for file in theirs.rglob("*") if shared else ():
                url = "/" + file.relative_to(theirs).as_posix().removesuffix("index.html")
                if file.is_file():
                    answer = host.ask("GET", url, {"Accept": "text/markdown"})
                    assert (answer.status, answer.body) == (200, file.read_bytes())
                    assert not {"content-security-policy", "link", "access-control-allow-origin"} & answer.fields.keys()
            missing = host.ask("GET", "/docs/agents/nowhere/")
            assert missing.status == 404
            assert b"This page does not exist" in missing.body
            assert (host.ask("GET", "/nowhere").body == missing.body) is not shared
            _reload(_command(preview, RELOADS[language]), scratch)


def _reload(command: str, scratch: Path) -> None:
    """Run a command that names no file, or the one of Debian, for the host that a test has started."""
    shim = scratch / "bin" / "nginx"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(f'#!/bin/sh\nexec {programs.find("nginx")} -p {scratch} -e stderr -c {scratch}/nginx.conf "$@"\n')
    shim.chmod(0o755)
    found = programs.find("caddy")
    path = ":".join([str(shim.parent), *([str(found.parent)] if found else []), os.environ["PATH"]])
    text = command.replace("/etc/caddy/Caddyfile", f"{scratch}/Caddyfile")
    environment = {**os.environ, "PATH": path, "HOME": str(scratch)}
    result = subprocess.run(["bash", "-ec", text], capture_output=True, text=True, env=environment, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.program("hosts")
def test_the_commands_for_cloudflare_work_as_they_stand(
    preview: Rendering, release: Rendering, release_site: Path, tmp_path: Path
) -> None:
    shutil.copytree(release_site, tmp_path / "site-release")
    shim = tmp_path / "bin" / "npx"
    shim.parent.mkdir()
    program = " ".join(hosts.wrangler())
    shim.write_text(f'#!/bin/sh\ntest "$1" = wrangler && shift && exec {program} "$@" $AND\n')
    shim.chmod(0o755)
    environment = {**os.environ, "PATH": f"{shim.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "CI": "1"}
    environment |= {"WRANGLER_SEND_METRICS": "false"}
    run = partial(subprocess.run, cwd=tmp_path, capture_output=True, text=True, check=False)
    # More than this needs an account.
    told = run(["bash", "-ec", _command(preview, "npx wrangler pages")], env={**environment, "AND": "--help"})
    assert "wrangler pages deploy [directory]" in told.stdout
    deployed = run(["bash", "-ec", _command(preview, "mkdir")], env={**environment, "AND": "--dry-run"})
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    assert "env.AGENTDOCS_PROJECT" in deployed.stdout
    routes = tomllib.loads((tmp_path / "zone-worker" / "wrangler.toml").read_text(encoding="utf-8"))["routes"]
    host = release.facts.site.origin.removeprefix("https://")
    ours = hosts.owned(release, table(release_site, release))
    starts = [route.removeprefix(host).removesuffix("*") for route in routes]
    assert [url for url in ours if not url.startswith(tuple(starts))] == []
    assert [start for start in starts if not any(url.startswith(start) for url in ours)] == []
    assert len(starts) < 20


@pytest.mark.program("bash")
@pytest.mark.program("curl")
def test_the_commands_that_make_and_show_a_release_work_as_they_stand(preview: Rendering, tmp_path: Path) -> None:
    root = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", ROOT.as_uri(), root], check=True)
    for name in ("catalog", "docs", "templates"):  # as they are here, committed or not
        shutil.rmtree(root / name)
        shutil.copytree(ROOT / name, root / name)
    for name in ("Makefile", "mkdocs.yml"):
        shutil.copy(ROOT / name, root)
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "agentdocs").symlink_to(Path(sys.executable).with_name("agentdocs"))
    (root / ".venv" / ".ready").touch()  # so that make installs nothing
    run = partial(subprocess.run, cwd=root, capture_output=True, text=True, check=False)
    made = run(["bash", "-ec", _command(preview, "git fetch")])
    assert made.returncode == 0, made.stdout + made.stderr
    assert "Wrote the release to site-release: " in made.stdout
    folder = root / "site-release"
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in folder.rglob("*") if file.is_file()}
    assert len(json.loads((folder / "_release.json").read_bytes())["commit"]) == 40
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    show = _command(preview, ".venv/bin/agentdocs serve").strip()
    command = ["bash", "-ec", f"exec {show} --port {port}"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().startswith("Release of commit ")
            address = f"http://127.0.0.1:{port}"
            while not _answers(address):
                time.sleep(0.1)
            assert httpx.get(f"{address}/docs/agents/").status_code == 200
            ask = _command(preview, "origin=").replace(preview.facts.site.origin, address)
            asked = run(["bash", "-ec", ask])
        finally:
            programs.end(process)
    paths = (folder / "_hosting" / "shared" / "paths.txt").read_text().splitlines()
    assert asked.stdout.splitlines() == [f"200 {path}" for path in paths]
    after = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in folder.rglob("*") if file.is_file()}
    assert after == before
    (take_back,) = re.findall(r"`(git checkout [^`]+)`", preview.pages[SOURCE].markdown)
    assert take_back.split() == ["git", "checkout", departures.PUBLISHED]


def _answers(address: str) -> bool:
    try:
        return bool(httpx.get(address).status_code)
    except httpx.TransportError:
        return False


def test_every_block_of_the_guide_is_run_by_a_test(preview: Rendering) -> None:
    starts = [text.split("\n")[0] for language, text in _blocks(preview) if language == "bash"]
    assert starts == [
        "git fetch --unshallow || git fetch",
        ".venv/bin/agentdocs serve --release",
        "nginx -t && nginx -s reload",
        "caddy reload --config /etc/caddy/Caddyfile",
        "npx wrangler pages deploy site-release",
        f"origin={preview.facts.site.origin}",
        "mkdir -p zone-worker",
    ]
    languages = [language for language, _ in _blocks(preview) if language != "bash"]
    assert languages == ["yaml", "nginx", "caddyfile", "nginx", "caddyfile"]


def test_the_example_of_what_departed_is_one_that_the_catalog_takes(preview: Rendering) -> None:
    (example,) = _examples(preview, "yaml")
    for name, value in yaml.safe_load(example).items():
        kind = TypeAdapter[object](Site.model_fields[name].annotation or object)
        given = tuple(value) if isinstance(value, list) else value
        assert kind.validate_python(given) == given


def test_make_release_takes_a_day_and_a_probe() -> None:
    command = ["make", "--no-print-directory", "--dry-run", "--old-file=.venv/.ready", "release"]
    command += ["AS_OF=2030-01-31", "PROBE=my probe.yaml"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told == '.venv/bin/agentdocs build --release --as-of "2030-01-31" --probe "my probe.yaml"\n'


def test_the_guide_names_every_file_for_hosts(preview: Rendering, release_site: Path) -> None:
    text = preview.pages[SOURCE].markdown
    files = [path for path in release_site.rglob("*") if path.relative_to(release_site).parts[0].startswith("_")]
    names = {file.name for file in files if file.is_file()}
    assert names
    assert [name for name in names if name not in text] == []


def test_the_lines_for_other_content_name_what_is_ours_and_nothing_else(release: Rendering, release_site: Path) -> None:
    site, shared = release.facts.site, release_site / "_hosting" / "shared"
    ours = hosts.owned(release, table(release_site, release))
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    whole, part = (
        {str(loc.text) for loc in ElementTree.parse(file).iter(name)}
        for file in (release_site / "sitemap.xml", shared / "sitemap.xml")
    )
    assert part == {site.origin + url for url, entry in ours.items() if entry.kind.negotiated} & whole
    assert whole - part == {f"{site.origin}/"}
    theirs = f"User-agent: *\nDisallow: /docs/\nDisallow: /.well-known/\n{(shared / 'robots.txt').read_text()}"
    robots = Protego.parse(theirs)
    assert [url for url in ours if not robots.can_fetch(site.origin + url, "any")] == []
    closed = ("/docs/quickstart/", "/docs/agents-sdk/", "/.well-known/security.txt", "/.well-known/api-catalog.json")
    assert [url for url in closed if robots.can_fetch(site.origin + url, "any")] == []
    link = (shared / "link.txt").read_text()
    assert link.startswith(f'Link: <{release.facts.discovery.api_catalog.path}>; rel="api-catalog"; ')
    assert "alternate" not in link
    targets = [target.removeprefix(site.origin) for target in re.findall(r"<([^>]+)>", link)]
    assert [target for target in targets if target not in ours] == []
