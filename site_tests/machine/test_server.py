"""The preview server answers as a production host would."""

from __future__ import annotations

import shutil
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest
from agentdocs import server
from agentdocs.cli import main
from agentdocs.output import replacing
from agentdocs.server import application, listen
from click.testing import CliRunner

from site_tests.conftest import DAY
from site_tests.serving import running

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering
    from starlette.types import ASGIApp


def test_every_artifact_is_answered_with_its_type_and_bytes(preview_server: str, preview: Rendering) -> None:
    with httpx.Client(base_url=preview_server) as client:
        for artifact in preview.artifacts.values():
            answer = client.get(artifact.url)
            assert answer.status_code == 200, artifact.url
            assert answer.headers["content-type"] == artifact.media_type
            assert answer.content == artifact.body
            for name, value in artifact.headers:
                assert answer.headers[name] == value


def test_every_page_is_html_and_redirects_without_its_slash(preview_server: str, preview: Rendering) -> None:
    with httpx.Client(base_url=preview_server) as client:
        for page in preview.pages.values():
            answer = client.get(page.url)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
            assert page.title.split(" ")[0] in answer.text
            if page.url != "/":
                redirect = client.get(page.url.rstrip("/"))
                assert (redirect.status_code, redirect.headers["location"]) == (308, page.url)


@pytest.mark.parametrize("path", ["/nowhere", "/docs/agents/nowhere/", "/../catalog/plans.yaml", "/.well-known/"])
def test_what_does_not_exist_is_a_404_with_a_page(preview_server: str, path: str) -> None:
    answer = httpx.get(preview_server + path)
    assert answer.status_code == 404
    assert "This page does not exist" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_head_has_the_headers_of_get_and_no_body(preview_server: str, preview: Rendering) -> None:
    path = preview.facts.discovery.api_catalog.path
    get, head = httpx.get(preview_server + path), httpx.head(preview_server + path)
    assert head.content == b""
    assert {**get.headers, "date": ""} == {**head.headers, "date": ""}
    assert head.headers["link"] == f'<{path}>; rel="api-catalog"'


def test_an_unchanged_file_is_not_sent_again(preview_server: str) -> None:
    url = preview_server + "/docs/agents/"
    tag = httpx.get(url).headers["etag"]
    again = httpx.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert httpx.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_every_answer_forbids_guessing_its_type(preview_server: str) -> None:
    for path in ("/", "/nowhere", "/.well-known/api-catalog", "/docs/agents/assets/search/search_index.json"):
        assert httpx.get(preview_server + path).headers["x-content-type-options"] == "nosniff"


def test_other_methods_are_refused(preview_server: str) -> None:
    assert httpx.post(preview_server + "/").status_code == 405


def test_a_taken_port_is_told_before_anything_is_built(exempla: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--root", str(exempla), "--port", str(port)])
    assert result.exit_code == 1
    assert result.stderr == f"port {port} cannot be used: Address already in use; choose another one with --port\n"
    assert result.stdout == ""


@pytest.fixture
def site(tmp_path: Path, preview_site: Path) -> Path:
    """An output folder with a build that other builds may replace."""
    put(tmp_path / "site", preview_site)
    return tmp_path / "site"


def put(output: Path, content: Path) -> None:
    with replacing(output) as folder:
        shutil.copytree(content, folder, dirs_exist_ok=True)


def answers(address: str, urls: list[str]) -> dict[str, tuple[int, dict[str, str], bytes]]:
    with httpx.Client(base_url=address) as client:
        responses = {url: client.get(url) for url in urls}
    return {
        url: (response.status_code, {**response.headers, "date": ""}, response.content)
        for url, response in responses.items()
    }


def test_one_build_is_served_whole_while_others_replace_it(
    site: Path, preview_site: Path, release_site: Path, preview: Rendering, release: Rendering
) -> None:
    urls = [*list(preview.artifacts)[::20], *(page.url for page in preview.pages.values()), "/nowhere"]
    with running(application(release_site, release)) as address:
        other = answers(address, urls)
    with running(application(site, preview)) as address:
        before = answers(address, urls)
        assert sum(before[url] != other[url] for url in urls) > len(urls) / 3, "the builds would not be told apart"
        stop = threading.Event()

        def replace() -> None:
            while not stop.is_set():
                put(site, release_site)
                put(site, preview_site)

        with ThreadPoolExecutor() as pool:
            writer = pool.submit(replace)
            readers = [pool.submit(answers, address, urls) for _ in range(6)]
            seen = [reader.result() for reader in readers]
            stop.set()
            writer.result()
        put(site, release_site)
        seen.append(answers(address, urls))
        for round_ in seen:
            assert [url for url in urls if round_[url] != before[url]] == []
        shutil.rmtree(site)
        assert answers(address, urls) == before


def test_the_command_serves_its_own_build_even_if_another_one_follows_at_once(
    exempla: Path, site: Path, release_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[str] = []

    def run(app: ASGIApp, listener: socket.socket) -> None:
        put(site, release_site)
        with running(app) as address:
            served.append(httpx.get(address + "/maintaining/").text)

    monkeypatch.setattr(server, "run", run)
    with listen(0) as free:
        port = free.getsockname()[1]
    arguments = [
        "serve",
        "--root",
        str(exempla),
        "--as-of",
        DAY.isoformat(),
        "--output",
        str(site),
        "--port",
        str(port),
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "<h1" in served[0], "only the preview has the maintainers' guide"
    assert not (site / "maintaining").exists()
