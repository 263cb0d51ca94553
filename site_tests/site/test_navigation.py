"""Pages of models, authors and clients say where they stand, and lead up, to neighbours and to others of a kind."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from agentdocs.mkdocs import places
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.artifact import Page as Rendered
    from agentdocs.render import Rendering
    from playwright.sync_api import Page
    from selectolax.lexbor import LexborNode

    Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def generated(preview: Rendering) -> list[Rendered]:
    """The pages that the navigation does not list."""
    found = [page for page in preview.pages.values() if not page.navigation]
    assert {"author", "client", "model"} <= {page.subject for page in found}
    return found


def _tree(site: Path, page: Rendered) -> LexborHTMLParser:
    return LexborHTMLParser((site / page.url.lstrip("/") / "index.html").read_text(encoding="utf-8"))


def _target(link: LexborNode, page: Rendered) -> str:
    """Say where a link of a page leads, as an absolute path."""
    from urllib.parse import urljoin

    return urljoin(page.url, link.attributes["href"] or "")


def test_a_page_names_the_pages_above_it_and_marks_its_entry(
    generated: list[Rendered], preview: Rendering, preview_site: Path
) -> None:
    for page in generated:
        tree = _tree(preview_site, page)
        crumbs = [(_target(link, page), link.text()) for link in tree.css(".crumbs ol > li > a")]
        above = [preview.pages[source] for source in page.above]
        assert crumbs == [(one.url, one.title) for one in above], page.url
        assert above[0].navigation
        marked = [_target(link, page) for link in tree.css(".site-nav a[aria-current=true]")]
        assert marked == [above[0].url], page.url
        here = tree.css(".crumbs [aria-current=page]")
        assert [one.text() for one in here] == [page.title]


def test_a_model_is_below_its_author(generated: list[Rendered], preview: Rendering) -> None:
    facts = preview.facts
    models = {page.title: page for page in generated if page.subject == "model"}
    for model in facts.models.values():
        author = facts.author_of(model)
        titles = [preview.pages[source].title for source in models[model.name].above]
        assert titles[0] == facts.site.pages["models"].title
        assert len(titles) == (2 if author else 1)
        assert not author or facts.authors[author].name in titles[1]


def test_neighbours_and_the_switcher_lead_through_all_pages_of_a_kind(
    generated: list[Rendered], preview_site: Path
) -> None:
    for kind in {page.subject for page in generated}:
        alike = [page for page in generated if page.subject == kind]
        trees = [_tree(preview_site, page) for page in alike]
        for (page, tree), (other, after) in pairwise(zip(alike, trees, strict=True)):
            (forth,), (back,) = tree.css(".neighbours [rel=next]"), after.css(".neighbours [rel=prev]")
            assert _target(forth, page) == other.url
            assert _target(back, other) == page.url
        assert not trees[0].css(".neighbours [rel=prev]")
        assert not trees[-1].css(".neighbours [rel=next]")
        for page, tree in zip(alike, trees, strict=True):
            listed = [_target(link, page) for link in tree.css(".crumbs .menu li a")]
            assert listed == ([one.url for one in alike] if len(alike) > 1 else []), page.url


def test_pages_of_the_navigation_have_no_breadcrumbs(preview: Rendering, preview_site: Path) -> None:
    for page in preview.pages.values():
        if page.navigation:
            assert not _tree(preview_site, page).css(".crumbs"), page.url


def test_of_very_many_models_a_page_lists_those_beside_it(
    preview: Rendering, monkeypatch: pytest.MonkeyPatch, generated: list[Rendered]
) -> None:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page as Built

    config = MkDocsConfig()
    files = Files([File(source, src_dir=None, dest_dir="site", use_directory_urls=True) for source in preview.pages])
    built = {file.src_uri: Built(None, file, config) for file in files}
    monkeypatch.setattr(places, "_MOST", 1)
    places.place(preview.pages, files)
    for page in generated:
        alike = [one for one in generated if one.subject == page.subject and one.above == page.above]
        assert built[page.source].meta["alike"] == (alike if len(alike) > 1 else [])


@pytest.mark.program("chromium")
@pytest.mark.parametrize("javascript", [True, False])
def test_the_switcher_leads_to_another_model(javascript: bool, visit: Visit, generated: list[Rendered]) -> None:
    first, *_, last = [page for page in generated if page.subject == "model"]
    page = visit(first.url, javascript=javascript)
    page.click(".crumbs summary")
    page.locator(".crumbs .menu a").get_by_text(last.title, exact=True).click()
    assert page.url.endswith(last.url)
    assert page.locator("h1").inner_text() == last.title
