"""What pages weigh on the way to a reader, beside the theme as it comes, made from the same content."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from agentdocs.stage import stage
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from site_tests.conftest import DAY, ROOT
from site_tests.serving import running
from site_tests.site.kinds import PUBLISHED, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, BrowserContext, Response

FIRST_INTERACTIVE, LATER = 75_000, 21_000
"""Bytes that the first page of a visit may weigh if it has tools, and each later one."""
REQUESTS = 10
OWN_SCRIPTS = 15_000
"""Bytes that all scripts of our own may weigh together."""
PAGES = tuple(kind for kind in PUBLISHED if kind != "missing")


@pytest.fixture(scope="module")
def default_server(tmp_path_factory: pytest.TempPathFactory, preview: Rendering) -> Iterator[str]:
    """The same pages in the theme as it comes, without fonts of another host."""
    folder = tmp_path_factory.mktemp("default")
    stage(ROOT, folder / "staged", day=DAY)
    mkdocs_build(load_config(str(folder / "staged" / "mkdocs.yml"), site_dir=str(folder / "site")))
    files = StaticFiles(directory=folder / "site", html=True)
    with running(Starlette(routes=[Mount("/", files)])) as address:
        yield address


def weigh(browser: Browser, *addresses: str) -> list[dict[str, int]]:
    """Visit pages one after the other and say what each asks for that the earlier ones did not.

    Gives bytes by URL, compressed as every host does, without headers. Nothing is counted after the page is loaded.
    """
    context = browser.new_context()
    visited: list[dict[str, int]] = []
    for address in addresses:
        known = {url for weights in visited for url in weights}
        visited.append({url: weight for url, weight in _fetched(context, address).items() if url not in known})
    context.close()
    return visited


def _fetched(context: BrowserContext, address: str) -> dict[str, int]:
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    weights = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    page.close()
    return weights


@pytest.mark.program("chromium")
@pytest.mark.parametrize("kind", PAGES)
def test_a_first_page_weighs_no_more_than_in_the_theme_as_it_comes(
    kind: str,
    browser: Browser,
    preview: Rendering,
    preview_server: str,
    default_server: str,
    tell: Callable[..., None],
) -> None:
    path = path_of(kind, preview)
    (ours,) = weigh(browser, preview_server + path)
    (theirs,) = weigh(browser, default_server + path)
    tell(
        f"{kind}: {sum(ours.values()):,} bytes in {len(ours)} requests; as the theme comes: "
        f"{sum(theirs.values()):,} bytes in {len(theirs)} requests"
    )
    assert len(theirs) >= 4
    assert sum(theirs.values()) > 50_000
    assert sum(ours.values()) <= sum(theirs.values())
    assert sum(ours.values()) <= FIRST_INTERACTIVE
    assert len(ours) <= REQUESTS


@pytest.mark.program("chromium")
def test_later_pages_weigh_little(
    browser: Browser, preview: Rendering, preview_server: str, tell: Callable[..., None]
) -> None:
    first, *later = weigh(browser, *(preview_server + path_of(kind, preview) for kind in PAGES))
    weights = dict(zip(PAGES[1:], (sum(page.values()) for page in later), strict=True))
    tell("later pages: " + ", ".join(f"{kind} {weight:,}" for kind, weight in weights.items()))
    assert len(first) > 3
    assert {kind: weight for kind, weight in weights.items() if not 1_000 < weight <= LATER} == {}


def test_our_scripts_are_small(preview_site: Path, tell: Callable[..., None]) -> None:
    folder = preview_site / "docs" / "agents" / "assets" / "js"
    scripts = {path.name: len(gzip.compress(path.read_bytes())) for path in folder.glob("*.js")}
    tell("scripts: {bytes:,} bytes", bytes=sum(scripts.values()))
    assert scripts
    assert sum(scripts.values()) <= OWN_SCRIPTS
