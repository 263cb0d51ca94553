"""Pages as people open them, each in a browser without a past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from site_tests.site.kinds import Scheme


@pytest.fixture
def visit(browser: Browser, preview_server: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the preview, in a new browser context or in the given one.

    At the end, no page may have said anything in its console, except those of which noise is expected, and none may
    have asked another host.
    """
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_page(
        path: str,
        *,
        width: int = 1280,
        scheme: Scheme = "light",
        javascript: bool = True,
        noise: bool = False,
        context: BrowserContext | None = None,
        prepare: Callable[[Page], object] = lambda _: None,
    ) -> Page:
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=javascript,
                permissions=["clipboard-read", "clipboard-write"],
            )
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        if not noise:
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if _elsewhere(request.url) else None)
        prepare(page)
        page.goto(preview_server + path, wait_until="load")
        return page

    def _elsewhere(url: str) -> bool:
        return not url.startswith((preview_server, "data:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
