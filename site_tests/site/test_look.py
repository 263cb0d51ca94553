"""The look of the pages against pictures that somebody looked at and approved.

`make screenshots` writes them anew; look at each before you commit it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from site_tests import programs
from site_tests.site.kinds import path_of
from site_tests.site.pictures import ARGUMENTS, SHARE, STEP, change, open_page, reduced, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, Page

    from site_tests.site.kinds import Scheme

APPROVED = Path(__file__).parent / "approved"
LARGEST = 2_000_000
"""Bytes that all approved pictures may take together."""


def _top(page: Page) -> None:
    page.mouse.move(0, 0)


def _list_of_pages(page: Page) -> None:
    page.focus("#__drawer")
    page.keyboard.press("Enter")


def _search(page: Page) -> None:
    page.fill("[name=query]", "burst guard")
    page.keyboard.press("Shift")  # one question, and not one after each letter
    page.wait_for_selector(".md-search-result__link >> visible=true")


def _assistants(page: Page) -> None:
    page.click(".menu summary")


def _table(page: Page) -> None:
    page.evaluate("document.querySelector('.table .wide').scrollIntoView()")


def _end(page: Page) -> None:
    page.evaluate("for (const date of document.querySelectorAll('time')) date.textContent = '2026-01-01'")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def _paper(page: Page) -> None:
    page.emulate_media(media="print")


VIEWS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "home": ("home", _top),
    "overview": ("overview", _top),
    "setup": ("setup", _top),
    "models": ("models", _top),
    "model": ("model", _top),
    "discovery": ("discovery", _top),
    "missing": ("missing", _top),
    "table": ("limits", _table),
    "end": ("errors", _end),
    "assistants": ("errors", _assistants),
    "search": ("home", _search),
}
"""What is looked at, by the name of its pictures: a kind of page, and what is done on it before."""

SCREENS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
CASES = [
    *((view, width, scheme) for view in VIEWS for width, scheme in SCREENS),
    ("pages", 360, "light"),
    ("pages", 360, "dark"),
    ("paper", 700, "light"),
]
ACTIONS = {**VIEWS, "pages": ("home", _list_of_pages), "paper": ("models", _paper)}


@pytest.fixture(scope="module")
def artist() -> Iterator[Browser]:
    """A browser that draws alike on every machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.find("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.program("chromium")
@pytest.mark.parametrize(("view", "width", "scheme"), CASES)
def test_a_page_looks_as_approved(
    view: str,
    width: int,
    scheme: Scheme,
    artist: Browser,
    preview: Rendering,
    preview_server: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    kind, act = ACTIONS[view]
    page = open_page(artist, preview_server + path_of(kind, preview), width, scheme)
    act(page)
    picture = take(page)
    page.close()
    kept = APPROVED / f"{view}-{width}-{scheme}.png"
    if request.config.getoption("--screenshots"):
        APPROVED.mkdir(exist_ok=True)
        picture.save(kept, optimize=True)
    seen = tmp_path / kept.name
    picture.save(seen)
    assert kept.is_file(), f"nobody approved {seen}; look at it, then make screenshots"
    share = change(Image.open(kept), picture)
    assert share <= SHARE, f"{share:.1%} of {kept.name} changed; compare it with {seen}; make screenshots approves it"


def test_approved_pictures_are_few_and_small() -> None:
    kept = sorted(APPROVED.glob("*"))
    assert [file.name for file in kept] == sorted(f"{view}-{width}-{scheme}.png" for view, width, scheme in CASES)
    assert sum(file.stat().st_size for file in kept) <= LARGEST


FAULTS = {
    "a button without its color": ((300, 400, 540, 450), "#f3f6f4"),
    "a line of text less": ((280, 240, 1000, 270), "#ffffff"),
    "another ground": ((0, 0, 1280, 60), "#4051b5"),
}
"""Planted changes: a part of the start page, and what it is painted over with."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_change_is_seen(fault: str) -> None:
    approved = Image.open(APPROVED / "home-1280-light.png")
    changed = approved.convert("RGB")
    part, colour = FAULTS[fault]
    ImageDraw.Draw(changed).rectangle(part, colour)
    assert change(approved, reduced(changed)) > SHARE


def test_a_slight_change_of_every_color_is_let_pass() -> None:
    approved = Image.open(APPROVED / "home-1280-light.png")
    paler = approved.convert("RGB").point(lambda value: min(255, value + STEP // 2))
    assert change(approved, approved.convert("RGB")) == 0
    assert change(approved, reduced(paler)) <= SHARE
