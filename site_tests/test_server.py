"""The preview server answers as a production host would."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import httpx
import pytest
from click.testing import CliRunner

from generator.adapters.cli import main
from site_tests.conftest import ROOT

if TYPE_CHECKING:
    from generator.render import Rendering


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


def test_a_taken_port_is_told_before_anything_is_built() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--root", str(ROOT), "--port", str(port)])
    assert result.exit_code == 1
    assert result.stderr == f"port {port} cannot be used: Address already in use; choose another one with --port\n"
    assert result.stdout == ""
