"""The publishing guide's own examples, run as they stand there; and the lines for an origin with other content."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from protego import Protego

from generator.hosting import table
from site_tests.hosting import hosts
from site_tests.hosting.comparison import differences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.render import Rendering

SOURCE = "maintaining/publishing.md"


def _examples(preview: Rendering, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", preview.pages[SOURCE].markdown, re.MULTILINE | re.DOTALL)


def _nginx(folder: Path, scratch: Path, port: int, *, example: str, theirs: Path) -> list[str]:
    text = example.replace("http {", f"{hosts.nginx_main(scratch)} http {{ {hosts.nginx_http(scratch)}")
    text = text.replace("# listen, names and certificates, as you have them", f"listen 127.0.0.1:{port};")
    return hosts.nginx_command(_write(scratch / "nginx.conf", text, folder, theirs))


def _caddy(folder: Path, scratch: Path, port: int, *, example: str, theirs: Path) -> list[str]:
    text = re.sub(r"^\S+ \{", f"{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{", example)
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
THEIRS = {"/": "their start page", "/robots.txt": "User-agent: *", "/docs/": "their other docs", "/pricing/": "prices"}
"""What an origin had before."""


@pytest.mark.parametrize("shared", [False, True], ids=["alone", "shared"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_of_the_guide_works_as_it_stands(
    language: str, shared: bool, preview: Rendering, release: Rendering, release_site: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    for url, text in THEIRS.items():
        file = theirs / (url[1:] + "index.html" if url.endswith("/") else url[1:])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    command = partial(COMMANDS[language], example=_examples(preview, language)[shared], theirs=theirs)
    entries = table(release_site, release)
    ours = hosts.owned(release, entries) if shared else entries
    assert ours
    with hosts.run(command, release_site, tmp_path / "scratch") as address:
        host = hosts.Host(language, address)
        assert differences(host, ours, release_site) == []
        for url, text in THEIRS.items() if shared else ():
            answer = host.ask("GET", url, {"Accept": "text/markdown"})
            assert (answer.status, answer.body.decode()) == (200, text)
            assert not {"content-security-policy", "link", "access-control-allow-origin"} & answer.fields.keys()
        missing = host.ask("GET", "/docs/agents/nowhere/")
        assert missing.status == 404
        assert b"This page does not exist" in missing.body
        assert (host.ask("GET", "/nowhere").body == missing.body) is not shared


def test_the_guide_names_every_file_for_hosts(preview: Rendering, preview_site: Path) -> None:
    text = preview.pages[SOURCE].markdown
    files = [path for path in preview_site.rglob("*") if path.relative_to(preview_site).parts[0].startswith("_")]
    names = {file.name for file in files if file.is_file()}
    assert len(names) == 12
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
    assert not robots.can_fetch(f"{site.origin}/docs/quickstart/", "any")
    link = (shared / "link.txt").read_text()
    assert link.startswith(f'Link: <{release.facts.discovery.api_catalog.path}>; rel="api-catalog"; ')
    assert "alternate" not in link
