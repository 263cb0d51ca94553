"""Pages fit every screen, in any letters and with longer texts; tables show every column and name each value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_tests.site.kinds import PUBLISHED, path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, Page

    Visit = Callable[..., Page]

pytestmark = pytest.mark.program("chromium")

WIDTHS = (320, 390, 768, 960, 1024, 1200, 1280, 1920)
"""Pixels; 320 is a screen of 1,280 at 400 %."""

NARROW = """@font-face { font-family: narrow; src: local("DejaVu Sans"); size-adjust: 87%; }
body { --sans: narrow, Arial, "Liberation Sans" !important; }"""
"""DejaVu as wide as Arial is."""

TOO_WIDE = """() => {
  const found = [];
  const excess = document.documentElement.scrollWidth - innerWidth;
  if (excess > 0) found.push(`the page is ${excess} pixels too wide`);
  for (const box of document.querySelectorAll(".table")) {
    const hidden = box.scrollWidth - box.clientWidth;
    if (hidden > 0) found.push(`${hidden} pixels of the table of ${box.ariaLabel} are out of sight`);
  }
  return found;
}"""

LONGER = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const said = text.textContent.trim();
    if (!said || text.parentElement.closest("script, pre, .chart")) continue;
    text.textContent += " " + said.slice(0, Math.ceil(said.length / 2));
  }
}"""
"""Makes every text half as long again."""


def _pages(preview: Rendering) -> list[str]:
    return [path_of(kind, preview) for kind in PUBLISHED]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("letters", ["wide", "narrow"])
def test_no_page_and_no_table_is_wider_than_its_room(
    letters: str, width: int, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    found = {}
    for path in _pages(preview):
        page.goto(preview_server + path)
        if letters == "narrow":
            page.add_style_tag(content=NARROW)
        found[path] = page.evaluate(TOO_WIDE)
    page.close()
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [320, 390, 1024, 1280])
def test_longer_texts_widen_no_page(width: int, browser: Browser, preview: Rendering, preview_server: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    found = {}
    for path in _pages(preview):
        page.goto(preview_server + path)
        page.evaluate(LONGER)
        found[path] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()
    assert {path: excess for path, excess in found.items() if excess > 0} == {}


def test_what_is_too_wide_is_found(browser: Browser, preview: Rendering, preview_server: str) -> None:
    page = browser.new_page(viewport={"width": 1024, "height": 900})
    page.goto(preview_server + path_of("models", preview))
    page.evaluate("document.querySelector('.table').firstElementChild.style.minWidth = '90rem'")
    page.evaluate("document.querySelector('h1').style.minWidth = '90rem'")
    assert len(page.evaluate(TOO_WIDE)) == 2
    page.close()


UNNAMED = """() => [...document.querySelectorAll(".wide td")].filter((cell) => {
  const label = getComputedStyle(cell, "::before").content;
  const named = label.length > 2 && label !== "none";
  return cell.checkVisibility() && (!named || cell.scrollHeight > cell.clientHeight + 1);
}).map((cell) => cell.textContent)"""


@pytest.mark.parametrize("longer", [False, True])
def test_each_value_on_a_card_has_its_name_and_room_for_it(
    longer: bool, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    found = {}
    for path in _pages(preview):
        page.goto(preview_server + path)
        if longer:
            page.evaluate(
                "for (const cell of document.querySelectorAll('td[data-label]'))"
                " cell.dataset.label += ' ' + cell.dataset.label"
            )
        found[path] = page.evaluate(UNNAMED)
    page.evaluate(
        "document.querySelector('article').innerHTML = '<div class=table><table class=wide><tbody><tr>"
        "<td>without a name</td></tr></tbody></table></div>'"
    )
    assert page.evaluate(UNNAMED) == ["without a name"]
    page.close()
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("kind", ["models", "limits"])
def test_on_paper_a_heading_keeps_what_follows(
    kind: str, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page()
    page.goto(preview_server + path_of(kind, preview))
    page.emulate_media(media="print")
    kept = page.locator("article :is(h1, h2, h3)").evaluate_all(
        "all => all.map((heading) => getComputedStyle(heading).breakAfter)"
    )
    assert {*kept} == {"avoid"}
    page.close()


def test_colours_that_a_system_forces_leave_every_picture_in_sight(
    browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto(preview_server + path_of("model", preview))
    page.wait_for_selector("pre .copy")
    drawn = "getComputedStyle(document.querySelector('pre .copy'), '::after').backgroundColor"
    ground = "getComputedStyle(document.querySelector('pre .copy')).backgroundColor"
    assert page.evaluate(drawn) != page.evaluate(ground)
    page.close()


@pytest.mark.parametrize("width", [960, 1280])
def test_a_page_stands_beside_the_lists_and_below_its_breadcrumbs(
    width: int, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(preview_server + path_of("model", preview))
    nav, crumbs, article, contents = (
        page.locator(name).first.bounding_box() for name in (".site-nav", ".crumbs", "article", ".contents")
    )
    assert nav
    assert crumbs
    assert article
    assert nav["x"] + nav["width"] <= crumbs["x"] == article["x"]
    assert abs(nav["y"] - crumbs["y"]) < 1
    assert abs(crumbs["y"] + crumbs["height"] - article["y"]) < 1
    assert (contents is not None) == (width >= 1200)
    if contents:
        assert contents["x"] >= article["x"] + article["width"]
        assert abs(contents["y"] - nav["y"]) < 1
    page.close()


def test_a_tool_keeps_no_room_for_what_it_has_not_said(visit: Visit, preview: Rendering) -> None:
    for kind in ("setup", "limits", "models"):
        page = visit(path_of(kind, preview))
        empty = page.locator("form.tool:visible :is(.said, .result, [role=status])").evaluate_all(
            "all => all.filter((part) => !part.innerText.trim()).map((part) => part.offsetHeight)"
        )
        assert not [height for height in empty if height > 1], kind
