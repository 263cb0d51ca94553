"""What readers see first and last: how to send a first request, where facts come from, and a way to say what helped."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from site_tests.site.kinds import path_of
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, Page

    Visit = Callable[..., Page]

pytestmark = pytest.mark.program("chromium")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_overview_begins_with_base_url_key_and_a_first_request(
    width: int, height: int, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(preview_server + path_of("overview", preview))
    facts = preview.facts
    api = facts.apis[next(iter(facts.clients.values())).api]
    block = page.locator("article pre").first
    expect(block).to_contain_text(api.base_url)
    for shown in (
        page.get_by_text(api.base_url, exact=True),
        page.get_by_text(f"{facts.keys[api.key].prefix}...", exact=True),
        block,
    ):
        box = shown.first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= height, shown
    page.close()


def test_the_overview_leads_to_the_key_and_the_setup(visit: Visit, preview: Rendering) -> None:
    """Which base URL, and how to get a key: one action from the first screen."""
    page = visit(path_of("overview", preview))
    page.get_by_role("link", name="Get one").click()
    expect(page.locator("h1")).to_contain_text(preview.facts.site.pages["setup"].title)


@pytest.mark.parametrize("kind", ["overview", "errors", "limits", "home", "model"])
def test_sources_are_folded_away_on_screens_and_open_on_paper(kind: str, visit: Visit, preview: Rendering) -> None:
    page = visit(path_of(kind, preview))
    fold, first = page.locator("details.sources"), page.locator("details.sources li a").first
    if not fold.count():
        assert "## Where these facts come from" not in "".join(
            p.sources for p in preview.pages.values() if p.url in page.url
        )
        return
    assert fold.get_attribute("open") is None
    expect(first).to_be_hidden()
    page.emulate_media(media="print")
    expect(first).to_be_visible()
    page.emulate_media(media="screen")
    page.goto(page.url.partition("#")[0] + "#where-these-facts-come-from")
    expect(page.locator(":target")).to_be_in_viewport()
    page.locator("details.sources summary").click()
    expect(first).to_be_visible()


def test_feedback_names_the_page_and_what_the_reader_chose(visit: Visit, preview: Rendering) -> None:
    client, model = next(iter(preview.facts.clients)), preview.facts.recommendations.default
    page = visit(f"{path_of('limits', preview)}?client={client}&model={model}")
    url = urlsplit(page.locator("a.report").get_attribute("href") or "")
    form = preview.facts.site.repository
    assert form
    (body,) = parse_qs(url.query)[form.report_body]
    assert f"Page: {preview.facts.site.origin}{path_of('limits', preview)}\n" in body
    assert body.endswith(f"\nclient: {client}\nmodel: {model}")
