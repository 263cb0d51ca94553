"""Other ways to use a page: a keyboard alone, no script, less motion, the dark, and paper."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from site_tests.site.kinds import KINDS, path_of
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.program("chromium")

FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const label = at.matches("input.md-toggle") && getComputedStyle(at.nextElementSibling);
  const around = at.matches("[name=query]") && getComputedStyle(at.form);
  const shown = [style, label, around].some((s) => s && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
  const seen = label || (box.width > 0 && box.right > 0 && box.left < innerWidth && style.visibility === "visible");
  return {
    name: at.tagName + " " + (at.getAttribute("aria-label") || at.textContent || at.id).trim().slice(0, 40),
    end: at === document.body, shown, seen: Boolean(seen),
  };
}"""


LIGHT = "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'"


def _walk(page: Page) -> list[dict[str, Any]]:
    """Press the tab key until the focus leaves the page, and say what had it and whether that could be seen."""
    stops: list[dict[str, Any]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["end"]:
            return stops
        stops.append(stop)
    raise AssertionError("the focus never leaves the page")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.endswith("_reference")])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    kind: str, width: int, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.goto(preview_server + path_of(kind, preview))
    stops = _walk(page)
    assert [stop["name"] for stop in stops if not (stop["shown"] and stop["seen"])] == []
    reached = len(stops)
    wanted = page.evaluate(
        "[...document.querySelectorAll('article :is(a[href], button, summary), .md-footer a')]"
        ".filter((one) => one.checkVisibility({visibilityProperty: true})).length"
    )
    assert 3 < wanted <= reached
    page.close()


def test_a_focus_that_cannot_be_seen_is_found(browser: Browser, preview_server: str) -> None:
    page = browser.new_page()
    page.goto(preview_server)
    page.evaluate("document.querySelector('article a').style.outline = 'none'")
    page.evaluate("document.querySelector('.md-footer a').style.visibility = 'hidden'")
    assert any(not stop["shown"] for stop in _walk(page))
    page.close()


def test_the_first_stop_skips_to_the_content(browser: Browser, preview_server: str) -> None:
    page = browser.new_page()
    page.goto(preview_server)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
    page.close()


def test_the_list_of_pages_opens_and_closes_with_the_keyboard(browser: Browser, preview_server: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(preview_server)
    link = page.locator(".site-nav a").first
    assert not link.is_visible()
    page.focus("#__drawer")
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()
    assert page.evaluate("document.activeElement.id") == "__drawer"
    page.keyboard.press("Space")
    assert link.is_visible()
    page.mouse.click(350, 400)
    assert not link.is_visible()
    page.click("[for=__drawer]")
    page.click(".site-nav > [for=__drawer]")
    assert not link.is_visible()
    page.click("[for=__drawer]")
    link.click()
    page.go_back()
    assert not page.locator(".site-nav a").first.is_visible()
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_a_search_needs_no_mouse(
    key: str, width: int, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(preview_server)
    if width > 1000:
        assert page.locator(".md-search__keys").inner_text() == "Ctrl K /"
    page.keyboard.press(key)
    page.keyboard.type("burst guard")
    page.wait_for_selector(".md-search-result__link >> visible=true")
    page.keyboard.press("Escape")
    assert not page.locator(".md-search-result__link").first.is_visible()
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.rstrip("/") != preview_server)
    page.close()


def test_a_menu_closes_with_escape(browser: Browser, preview_server: str) -> None:
    page = browser.new_page()
    page.goto(preview_server)
    page.focus(".menu summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(".menu a").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".menu a").first.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.close()


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_a_menu_opens_under_what_was_pressed_and_closes_at_a_press_beside_it(
    width: int, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(preview_server + path_of("model", preview))
    for menu in page.locator(".menu").all():
        below = page.locator("h1").bounding_box()
        menu.locator("summary").click()
        pressed = menu.locator("summary").bounding_box()
        opened = menu.locator(":scope > :not(summary)").bounding_box()
        assert pressed
        assert opened
        assert 0 <= opened["y"] - pressed["y"] - pressed["height"] <= 12
        assert pressed["x"] - opened["width"] < opened["x"] <= pressed["x"]
        assert 0 <= opened["x"] <= opened["x"] + opened["width"] <= width
        assert page.locator("h1").bounding_box() == below, "what follows gave way"
        page.mouse.click(5, 790)
        expect(menu).not_to_have_attribute("open", "")
    page.close()


def test_a_choice_of_colours_is_kept(browser: Browser, preview: Rendering, preview_server: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(preview_server)
    assert not page.evaluate(LIGHT)
    page.focus(".scheme")
    page.keyboard.press("Enter")
    assert page.evaluate(LIGHT)
    page.goto(preview_server + path_of("setup", preview))
    assert page.evaluate(LIGHT)
    page.click(".scheme")
    page.emulate_media(color_scheme="light")
    assert not page.evaluate(LIGHT)
    page.click(".scheme")
    assert page.evaluate(LIGHT)
    page.emulate_media(color_scheme="dark")
    assert not page.evaluate(LIGHT), "as long as nobody chooses, the colors follow the system"
    context.close()


def test_code_and_page_are_copied_as_they_are(browser: Browser, preview: Rendering, preview_server: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.clock.install()  # what is told would vanish after a while
    path = path_of("model", preview)
    page.goto(preview_server + path)
    button = page.locator("pre .copy").nth(2)
    code = button.locator("xpath=preceding-sibling::code").text_content()
    button.click()
    notice = page.locator(".notice")
    expect(notice).to_have_text(re.compile(".+ copied"))
    assert page.evaluate("navigator.clipboard.readText()") == code
    assert "\n" in (code or "")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(notice).to_have_text("Page copied")
    markdown = preview.artifacts[path.removesuffix("/") + ".md"].body.decode()
    assert page.evaluate("navigator.clipboard.readText()") == markdown
    context.close()


def test_a_refused_copy_is_told(browser: Browser, preview: Rendering, preview_server: str) -> None:
    page = browser.new_page()
    page.clock.install()
    page.goto(preview_server + path_of("setup", preview))
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(); }")
    page.locator("pre .copy").first.click()
    expect(page.locator(".notice")).to_have_text(re.compile("did not allow"))
    page.close()


def test_without_script_everything_can_be_read(browser: Browser, preview: Rendering, preview_server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(preview_server + path_of("models", preview))
    for model in preview.facts.models:
        assert page.locator("article").get_by_text(model, exact=True).first.is_visible()
    for promise in (".md-search", "[for=__search]", ".scheme", "[data-copy]"):
        assert not page.locator(promise).first.is_visible(), f"{promise} promises what needs the script"
    page.click("[for=__drawer]")
    assert page.locator(".site-nav a").first.is_visible()
    page.locator(".site-nav").get_by_text(preview.facts.site.pages["setup"].title).click()
    assert page.url == preview_server + path_of("setup", preview)
    page.locator(".sections summary").click()
    assert page.locator(".sections a").first.is_visible()
    context.close()


def test_without_script_the_dark_is_dark(browser: Browser, preview_server: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(preview_server)
    dark = page.screenshot(clip={"x": 0, "y": 300, "width": 20, "height": 20})
    page.emulate_media(color_scheme="light")
    assert page.screenshot(clip={"x": 0, "y": 300, "width": 20, "height": 20}) != dark
    context.close()


MOVING = """[...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
}).length + (getComputedStyle(document.documentElement).scrollBehavior === "smooth")"""


def test_nothing_moves_for_those_who_asked(browser: Browser, preview_server: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(preview_server)
    assert page.evaluate(MOVING) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) > 10
    page.close()


def test_paper_has_the_article_alone_in_light_colours(
    browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(color_scheme="dark", viewport={"width": 700, "height": 900})
    page.goto(preview_server + path_of("models", preview))
    page.emulate_media(media="print")
    for part in (
        ".md-header",
        ".banner",
        ".site-nav",
        ".contents",
        ".sections",
        ".page-actions",
        ".md-footer",
        ".copy",
    ):
        assert not page.locator(part).first.is_visible(), part
    assert page.evaluate(LIGHT)
    assert page.locator("article h1").is_visible()
    assert page.evaluate(
        "[...document.querySelectorAll('pre > code')].every((one) => one.scrollWidth <= one.clientWidth)"
    )
    assert "http" in page.evaluate(
        "getComputedStyle(document.querySelector('article a[href^=http]'), '::after').content"
    )
    assert page.pdf().startswith(b"%PDF")
    page.close()


@pytest.mark.parametrize("kind", ["models", "overview", "limits", "errors"])
def test_narrow_screens_name_each_value_of_a_wide_table(
    kind: str, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(preview_server + path_of(kind, preview))
    cells = page.locator(".wide tbody tr").first.locator("td")
    assert cells.count() > 2
    for number in range(cells.count()):
        label = cells.nth(number).evaluate("cell => getComputedStyle(cell, '::before').content")
        assert len(label) > 4, f"value {number} of the table on {kind} has no name"
    boxes = [cells.nth(number).bounding_box() for number in range(cells.count())]
    assert all(one and other and one["y"] < other["y"] for one, other in pairwise(boxes))
    page.set_viewport_size({"width": 700, "height": 800})
    boxes = [cells.nth(number).bounding_box() for number in range(2)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    page.close()


def test_a_wide_table_scrolls_with_the_keyboard_and_only_then_stops_it(
    browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 800}, reduced_motion="reduce")
    page.goto(preview_server + path_of("models", preview))
    page.evaluate("document.querySelector('[data-table] table').style.minWidth = '70rem'")
    tables = page.locator(".table")
    wide = tables.evaluate_all("boxes => boxes.map((box) => box.scrollWidth > box.clientWidth)")
    assert {*wide} == {True, False}
    for number, scrolls in enumerate(wide):
        expect(tables.nth(number)).to_have_attribute("tabindex", "0" if scrolls else "-1")
    table = tables.nth(wide.index(True))
    room = table.evaluate("box => box.scrollWidth - box.clientWidth")
    expect(table).to_have_js_property("scrollLeft", 0)
    table.focus()
    for _ in range(room // 10):
        page.keyboard.press("ArrowRight")
    expect(table).to_have_js_property("scrollLeft", room)
    page.close()
