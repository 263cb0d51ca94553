"""Tools of pages show and tell models whose ids have every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agentdocs.mkdocs.build import build
from agentdocs.server import application

from site_tests.conftest import DAY
from site_tests.projects import VARIA, make
from site_tests.serving import running
from site_tests.site.test_picker import choose, published, says, shown
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentdocs.render import Rendering
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

pytestmark = pytest.mark.program("chromium")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Rendering, str]]:
    """The provider with names of every form: its rendering, and where its site is served."""
    root = tmp_path_factory.mktemp("varia")
    rendering = build(make(VARIA, root / "project"), root / "site", day=DAY)
    with running(application(root / "site", rendering)) as address:
        yield rendering, address


@pytest.fixture(scope="module")
def preview_server(served: tuple[Rendering, str]) -> str:
    """Where `visit` goes."""
    return served[1]


def test_the_picker_shows_the_files_of_every_model(visit: Visit, served: tuple[Rendering, str]) -> None:
    rendering, page = served[0], visit("/help/setup/curl/")
    usable = [name for name, model in rendering.facts.models.items() if model.for_agents is True]
    assert len(usable) > 10
    for model in usable:
        choose(page, model)
        assert shown(page) == published(rendering, model, "curl"), model
        if model != rendering.facts.recommendations.default:
            assert page.evaluate("new URLSearchParams(location.search).get('model')") == model
    choose(page, "tale@001")
    assert page.url.endswith("?model=tale@001")
    page.reload()
    says(page, "tale@001")
    assert shown(page) == published(rendering, "tale@001", "curl")


def test_the_explorer_finds_every_model(visit: Visit, served: tuple[Rendering, str]) -> None:
    page = visit("/help/models/")
    for model in served[0].facts.models:
        page.fill("#explorer-text", model)
        row = page.locator("[data-table=models] tbody tr:visible td:first-child code").get_by_text(model, exact=True)
        expect(row).to_be_visible()
