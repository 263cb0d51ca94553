"""A provider's own colours, pictures and typeface in a browser: seen as they are, in both schemes, without a jolt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from site_tests.invented import exempla, preview, preview_server, preview_site
from site_tests.site.kinds import KINDS, path_of
from site_tests.site.test_accessibility import broken

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, Page, Route

    from site_tests.site.kinds import Scheme

__all__ = ["exempla", "preview", "preview_server", "preview_site"]

pytestmark = pytest.mark.program("chromium")

SEEN = """[...document.querySelectorAll(".brand img")].filter((image) => image.checkVisibility()).map((image) => ({
  file: image.src.split("/").pop(), drawn: image.complete && image.naturalWidth > 0,
  size: [Math.round(image.getBoundingClientRect().width), Math.round(image.getBoundingClientRect().height)]}))"""
SHIFTS = """new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 500);
})"""


def seen(scheme: Scheme) -> list[dict[str, Any]]:
    return [
        {"file": f"{name}-{scheme}.svg", "drawn": True, "size": [width, 28]}
        for name, width in (("logo", 28), ("wordmark", 119))
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_pictures_are_those_of_the_readers_scheme(
    scheme: Scheme, width: int, javascript: bool, visit: Callable[..., Page]
) -> None:
    page = visit("/docs/agents/", width=width, scheme=scheme, javascript=javascript)
    assert page.evaluate(SEEN) == seen(scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pictures_follow_the_scheme_that_a_reader_chooses(visit: Callable[..., Page]) -> None:
    page = visit("/docs/agents/", scheme="dark")
    shown = []
    for _ in range(3):
        page.click(".scheme")
        chosen = page.evaluate("document.documentElement.dataset.scheme")
        assert page.evaluate(SEEN) == seen(chosen or "dark")
        shown.append(chosen)
    assert sorted(shown) == ["", "dark", "light"]


def test_text_is_in_the_typeface_and_code_is_not(visit: Callable[..., Page]) -> None:
    page = visit("/docs/agents/setup/")
    page.evaluate("document.fonts.ready")
    page.evaluate(
        "for (const name of ['h1', 'p', 'code']) [...document.querySelectorAll(`article ${name}`)]"
        ".find((one) => one.checkVisibility() && one.firstChild.nodeType === 3).id = `the-${name}`"
    )
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    used = {}
    for name in ("h1", "p", "code"):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": f"#the-{name}"})["nodeId"]
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        used[name] = max(fonts, key=lambda font: font["glyphCount"])
    assert {name: font["isCustomFont"] for name, font in used.items()} == {"h1": True, "p": True, "code": False}
    assert used["p"]["familyName"] == "Aileron"


@pytest.mark.parametrize("late", [".svg", ".woff2"])
def test_what_comes_late_moves_nothing(late: str, browser: Browser, preview_server: str) -> None:
    assert moved(browser, preview_server, late) < STILL


def test_a_typeface_that_is_exchanged_once_it_is_there_is_noticed(browser: Browser, preview_server: str) -> None:
    def exchanged(route: Route) -> None:
        sheet = route.fetch().text().replace("optional", "swap").replace("brand, brand-fallback", "brand, monospace")
        route.fulfill(body=sheet, content_type="text/css")

    assert moved(browser, preview_server, ".woff2", exchanged) > STILL


STILL = 0.001
"""How far a page may move while it loads, as Cumulative Layout Shift: so little as scripts show what they offer."""


def moved(browser: Browser, server: str, late: str, style: Callable[[Route], None] | None = None) -> float:
    """Say how far a page moves that has been painted before what ends in `late` comes, under another style sheet."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    held: list[Route] = []
    free = False
    page.route(f"**/*{late}", lambda route: route.continue_() if free else held.append(route))
    if style:
        page.route("**/site.css", style)
    page.goto(f"{server}/docs/agents/", wait_until="domcontentloaded")
    page.wait_for_timeout(1000)
    assert held
    free = True
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    shifts = float(page.evaluate(SHIFTS))
    page.close()
    return shifts


def test_the_policy_is_the_one_that_every_page_has(browser: Browser, preview_server: str) -> None:
    page = browser.new_page()
    answers = {name: page.goto(f"{preview_server}/docs/agents/{name}") for name in ("", "assets/logo-light.svg")}
    policies = {name: answer and answer.headers["content-security-policy"] for name, answer in answers.items()}
    assert policies[""] == policies["assets/logo-light.svg"]
    answer = answers["assets/logo-light.svg"]
    assert answer is not None
    assert answer.headers["content-type"] == "image/svg+xml"
    assert page.evaluate("document.querySelector('path').getBoundingClientRect().width > 0")
    page.close()


@pytest.mark.program("pages")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_in_other_colours_breaks_no_rule(
    kind: str, scheme: Scheme, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    page.goto(preview_server + path_of(kind, preview))
    accent = {"light": "rgb(122, 43, 0)", "dark": "rgb(255, 154, 92)"}[scheme]
    assert page.evaluate("getComputedStyle(document.querySelector('.skip-link')).backgroundColor") == accent
    assert broken(page) == []
    page.close()
