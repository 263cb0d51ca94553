"""Answers, as httplint reads their header fields and as redbot tries what they promise."""

from __future__ import annotations

import json
import subprocess
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from httplint import HttpRequestLinter, HttpResponseLinter, levels

from site_tests import programs

if TYPE_CHECKING:
    from site_tests.consumers.published import Published

WRONG = (levels.WARN, levels.BAD)
ACCEPTED = {
    "STORE_PUBLIC_UNNECESSARY",  # `public` adds nothing, but the draft of the MCP server card wants it
}
UNENCRYPTED = {"HSTS_INVALID"}
"""What redbot says of Strict-Transport-Security, since it asks without TLS on loopback; httplint judges the field."""

VARIANTS: dict[str, tuple[str, dict[str, str]]] = {
    "GET": ("GET", {}),
    "HEAD": ("HEAD", {}),
    "compressed": ("GET", {"Accept-Encoding": "gzip, br"}),
    "from another origin": ("GET", {"Origin": "https://reader.example"}),
    "as Markdown": ("GET", {"Accept": "text/markdown"}),
}


def _complaints(
    published: Published, client: httpx.Client, method: str, path: str, **headers: str
) -> tuple[list[str], httpx.Response]:
    """Ask once, and lint the answer as it came over the wire for what it is at the production origin."""
    with client.stream(method, path, headers={"Accept-Encoding": "identity", **headers}) as answer:
        body = b"".join(answer.iter_raw())
    request = HttpRequestLinter()
    request.process_request_topline(method.encode(), (published.origin + path).encode(), b"1.1")
    request.process_headers(answer.request.headers.raw)
    request.finish_content(complete=True)
    linter = HttpResponseLinter(start_time=time.time())
    linter.request, linter.base_uri = request, published.origin + path
    linter.is_head_response = method == "HEAD"
    linter.process_response_topline(b"1.1", str(answer.status_code).encode(), answer.reason_phrase.encode())
    linter.process_headers(answer.headers.raw)
    if body:
        linter.feed_content(body)
    linter.finish_content(complete=True)
    wrong = [note for note in linter.notes if note.level in WRONG and type(note).__name__ not in ACCEPTED]
    return [f"{note.level.name} {note.summary}" for note in wrong], answer


def _documents(published: Published) -> list[str]:
    """List what agents fetch: discovery documents, texts, pages and their twins; snippets and assets are not among."""
    snippets = published.facts.site.snippets
    artifacts = [url for url in published.rendering.artifacts if not url.startswith(snippets)]
    return [*artifacts, *(page.url for page in published.rendering.pages.values()), "/sitemap.xml"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_no_answer_has_a_fault(variant: str, published: Published) -> None:
    method, headers = VARIANTS[variant]
    with httpx.Client(base_url=published.address) as client:
        for url in _documents(published):
            complaints, answer = _complaints(published, client, method, url, **headers)
            assert (answer.status_code, complaints) == (200, []), url


def test_neither_has_one_that_is_not_modified_redirected_or_not_there(published: Published) -> None:
    with httpx.Client(base_url=published.address) as client:
        for url in _documents(published):
            tag = client.head(url).headers["etag"]
            complaints, answer = _complaints(published, client, "GET", url, **{"If-None-Match": tag})
            assert (answer.status_code, complaints) == (304, []), url
            if url.endswith("/") and url != "/":
                complaints, answer = _complaints(published, client, "GET", url.rstrip("/"))
                assert (answer.is_redirect, complaints) == (True, []), url
        complaints, answer = _complaints(published, client, "GET", "/nowhere")
        assert (answer.status_code, complaints) == (404, [])


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("content_type", "application", "Content-Type"),
        ("cache_control", "max-age=soon", "max-age"),
        ("x_content_type_options", "sniff", "X-Content-Type-Options"),
        ("link", "<a; rel=b", "Link"),
        ("etag", "unquoted", "ETag"),
        ("strict_transport_security", "max-age=forever", "Strict Transport Security"),
    ],
)
def test_httplint_complains_of_a_broken_field(name: str, value: str, complaint: str, published: Published) -> None:
    path = published.facts.discovery.api_catalog.path
    with published.altered(path, None, **{name: value}) as broken, httpx.Client(base_url=broken.address) as client:
        complaints, _ = _complaints(broken, client, "GET", path)
    assert [entry for entry in complaints if complaint in entry], complaints


def _redbot(published: Published, path: str) -> list[str]:
    command = [str(programs.find("redbot")), "-o", "har", published.local(path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    notes = [note for entry in json.loads(result.stdout)["log"]["entries"] for note in entry["_red_messages"]]
    assert [note for note in notes if note["level"] == "GOOD"]
    wrong = [note for note in notes if note["level"] in ("WARN", "BAD")]
    return [note["note_id"] for note in wrong if note["note_id"] not in ACCEPTED | UNENCRYPTED]


@pytest.mark.program("redbot")
def test_answers_keep_what_they_promise(published: Published) -> None:
    discovery = published.facts.discovery
    for path in ("/", "/llms.txt", discovery.api_catalog.path, next(iter(discovery.services.values())).path):
        assert _redbot(published, path) == [], path


@pytest.mark.program("redbot")
def test_redbot_sees_a_tag_that_is_not_honoured(published: Published) -> None:
    path = published.facts.discovery.api_catalog.path
    with published.altered(path, None, etag='"always"') as broken:
        assert _redbot(broken, path) != []
