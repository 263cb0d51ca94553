"""Every kind of page before axe: none of its rules is broken, best practices included."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from site_tests import programs
from site_tests.site.kinds import KINDS, path_of

if TYPE_CHECKING:
    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, Page

    from site_tests.site.kinds import Scheme

pytestmark = [pytest.mark.program("chromium"), pytest.mark.program("pages")]


@cache
def _axe() -> str:
    return (programs.node_modules("pages") / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def broken(page: Page, *, undecided: bool = True) -> list[str]:
    """Say which rules of axe the page breaks, and if asked which it could not decide, and where.

    It never decides on the contrast of text in a drawing; `test_colours.py` works out that of its colours.
    """
    page.evaluate(_axe())
    found: dict[str, list[dict[str, Any]]] = page.evaluate("axe.run({rules: {'target-size': {enabled: true}}})")
    assert len(found["passes"]) > 20, "axe has judged next to nothing"
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in (*found["violations"], *(found["incomplete"] if undecided else ()))
        for node in rule["nodes"]
        if rule in found["violations"] or not node["html"].startswith("<text ")
    ]


def test_kinds_name_every_page_of_the_navigation(preview: Rendering) -> None:
    assert {*preview.facts.site.pages} | {"author", "model", "missing"} == {*KINDS}
    urls = {page.url for page in preview.pages.values()}
    assert {path_of(kind, preview) for kind in KINDS if kind != "missing"} <= urls


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_a_page_breaks_no_rule(
    kind: str, width: int, scheme: Scheme, browser: Browser, preview: Rendering, preview_server: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(preview_server + path_of(kind, preview))
    assert (page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)") == (
        scheme == "light"
    )
    assert broken(page) == []
    page.close()


def test_an_open_search_breaks_no_rule(browser: Browser, preview_server: str) -> None:
    page = browser.new_page()
    page.goto(preview_server)
    page.keyboard.press("/")
    page.keyboard.type("budget")
    page.wait_for_selector(".md-search-result__link")
    assert broken(page, undecided=False) == []  # what lies under the results cannot be judged
    page.close()


def test_an_open_list_of_pages_breaks_no_rule(browser: Browser, preview_server: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(preview_server)
    page.click("[for=__drawer]")
    page.wait_for_selector(".site-nav a")
    assert broken(page) == []
    page.close()


FAULTS = {
    "color-contrast": "[...document.querySelectorAll('article p')].find((p) => p.checkVisibility())"
    ".style.color = '#999'",
    "target-size": "for (const link of document.querySelectorAll('.site-nav a'))"
    "link.style.cssText = 'all: unset; font-size: 8px'",
    "link-name": "document.querySelector('.site-nav a').textContent = ''",
    "heading-order": "document.querySelector('h2').outerHTML = '<h5>Deep</h5>'",
    "landmark-unique": "document.querySelector('.md-footer').innerHTML += '<nav></nav><nav></nav>'",
    "label": "document.querySelector('[name=query]').removeAttribute('aria-label');"
    "document.querySelector('[name=query]').removeAttribute('placeholder')",
}
"""Planted faults, by the rule that they break."""


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_fault_is_found(rule: str, browser: Browser, preview_server: str) -> None:
    page = browser.new_page()
    page.goto(preview_server)
    page.evaluate(FAULTS[rule])
    assert any(line.startswith(f"{rule}: ") for line in broken(page))
    page.close()
