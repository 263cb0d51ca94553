"""The built site in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from generator.render import Rendering

pytestmark = pytest.mark.program("chromium")

PAGES = ["/", "/docs/agents/", "/docs/agents/models/", "/docs/agents/setup/", "/docs/agents/models/z-ai/glm-5/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_loads_from_here_only_without_a_message_and_fits(
    path: str, width: int, browser: Browser, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    requests: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(preview_server + path, wait_until="networkidle")
    assert requests
    assert [url for url in requests if not url.startswith((preview_server, "data:", "blob:"))] == []
    assert messages == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_search_finds_an_error_code(browser: Browser, preview_server: str, preview: Rendering) -> None:
    page = browser.new_page()
    page.goto(preview_server + "/docs/agents/")
    page.click("input[name=query]")
    page.keyboard.type(preview.facts.errors["chat_pro_required"].code, delay=20)
    page.wait_for_selector(".md-search-result__link")
    found = page.eval_on_selector_all(".md-search-result__link", "links => links.map(link => link.href)")
    assert any("/docs/agents/errors/" in link for link in found)
    page.close()
