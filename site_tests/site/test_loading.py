"""What loading a page asks of the reader: nothing of anybody else, no message, and no more room than there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agentdocs.schema.values import SPECIALS

from site_tests.html import HtmlPage
from site_tests.site.kinds import KINDS, path_of

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering
    from playwright.sync_api import Browser

browser_only = pytest.mark.program("chromium")


@browser_only
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_loads_from_here_only_without_a_message_and_fits(
    kind: str, width: int, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    requests: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    answer = page.goto(preview_server + path_of(kind, preview), wait_until="networkidle")
    assert answer is not None
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert len(requests) > 3
    assert [url for url in requests if not url.startswith((preview_server, "data:", "blob:"))] == []
    # That a missing page answers with 404 is what Chromium says of it, too.
    assert [text for text in messages if not (kind == "missing" and "404 (Not Found)" in text)] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert context.cookies() == []
    context.close()


@browser_only
def test_a_table_that_is_too_wide_is_found(browser: Browser, preview_server: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(preview_server)
    page.evaluate("document.querySelector('article').append('x'.repeat(99))")
    page.evaluate("document.querySelector('article').style.overflowWrap = 'normal'")
    assert page.evaluate("document.documentElement.scrollWidth") > 360
    page.close()


@browser_only
def test_search_finds_an_error_code(browser: Browser, preview_server: str, preview: Rendering) -> None:
    page = browser.new_page()
    page.goto(preview_server + path_of("overview", preview))
    page.click("input[name=query]")
    page.keyboard.type(
        next(str(error.code) for error in preview.facts.errors.values() if error.code not in SPECIALS), delay=20
    )
    page.wait_for_selector(".md-search-result__link")
    found = page.eval_on_selector_all(".md-search-result__link", "links => links.map(link => link.href)")
    assert any(path_of("errors", preview) in link for link in found)
    page.close()


@browser_only
def test_a_missing_page_offers_a_search(browser: Browser, preview_server: str, preview: Rendering) -> None:
    page = browser.new_page()
    page.goto(preview_server + path_of("missing", preview))
    page.fill("article [name=words]", "burst guard")
    page.keyboard.press("Enter")
    page.wait_for_selector(".md-search-result__link >> visible=true")
    page.close()


def _inline(html: HtmlPage) -> list[str]:
    """List what a Content-Security-Policy without `unsafe-inline` forbids, and code in addresses."""
    found = [f"style={value}" for value in html.attributes("[style]", "style")]
    for node in html.tree.css("*"):
        found += [name for name in node.attributes if name.startswith("on")]
    return found + [url for url in html.attributes("[href]", "href") if url.startswith("javascript:")]


def _open_to_others(html: HtmlPage) -> list[str]:
    """List the links to other hosts that let the other page reach back."""
    links = html.tree.css("a[href^='https:'], a[href^='http:']")
    return [
        str(link.attributes["href"]) for link in links if "noopener" not in (link.attributes.get("rel") or "").split()
    ]


@pytest.mark.parametrize("build", ["preview", "release"])
def test_no_page_has_inline_code_or_lets_other_pages_reach_back(build: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(f"{build}_site")
    pages = sorted(site.rglob("*.html"))
    assert pages
    for file in pages:
        html = HtmlPage(file)
        assert (_inline(html), _open_to_others(html)) == ([], []), file


def test_planted_inline_code_is_found(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        '<p style="color: red" onclick="x()"><a href="https://a.example">a</a> <a href="javascript:x()">b</a>'
    )
    html = HtmlPage(file)
    assert _inline(html) == ["style=color: red", "onclick", "javascript:x()"]
    assert _open_to_others(html) == ["https://a.example"]


def test_every_page_has_a_card_for_previews_of_its_link(preview: Rendering, preview_site: Path) -> None:
    origin = preview.facts.site.origin
    for page in preview.pages.values():
        html = HtmlPage(preview_site / page.url.lstrip("/") / "index.html")
        (image,) = html.attributes("meta[property='og:image']", "content")
        assert image.startswith(f"{origin}/")
        body = (preview_site / image.removeprefix(f"{origin}/")).read_bytes()
        assert body.startswith(b"\x89PNG")
        size = [int.from_bytes(body[place : place + 4]) for place in (16, 20)]
        assert [str(number) for number in size] == [
            *html.attributes("meta[property='og:image:width']", "content"),
            *html.attributes("meta[property='og:image:height']", "content"),
        ]
        assert html.attributes("meta[property='og:url']", "content") == [origin + page.url]
        assert html.attributes("meta[property='og:title']", "content") == [page.title]
