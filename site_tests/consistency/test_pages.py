"""The built site: every fact on its page, every link with its target, nothing from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from agentdocs import release as releases
from agentdocs.catalog.folder import model_file
from agentdocs.hosting import table
from agentdocs.site.urls import author_source, model_source
from agentdocs.text.prices import money

from site_tests import links
from site_tests.conftest import ROOT
from site_tests.html import HtmlPage

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from agentdocs.artifact import Page
    from agentdocs.render import Rendering
    from agentdocs.schema import Model


def _file(site: Path, page: Page) -> Path:
    return site / page.url.lstrip("/") / "index.html"


def _count(number: int | str) -> str:
    return number if isinstance(number, str) else f"{number:,}"


def _html_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.mark.parametrize("build", ["preview", "release"])
def test_every_internal_link_leads_somewhere(build: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(f"{build}_site")
    assert links.check(request.getfixturevalue(build), site)


@pytest.mark.parametrize("build", ["preview", "release"])
def test_no_page_loads_anything_from_another_host(build: str, request: pytest.FixtureRequest) -> None:
    for file in _html_pages(request.getfixturevalue(f"{build}_site")):
        page = HtmlPage(file)
        loaded = page.attributes("script[src], img[src], iframe[src], source[src]", "src")
        loaded += page.attributes(
            "link[rel=stylesheet], link[rel=preload], link[rel=icon], link[rel=preconnect]", "href"
        )
        assert loaded, f"{file} loads nothing at all"
        assert not [url for url in loaded if re.match(r"(https?:)?//", url)], f"{file} loads from another host"


def test_every_page_says_when_it_was_updated_and_where_its_source_is(preview: Rendering, preview_site: Path) -> None:
    for page in preview.pages.values():
        html = HtmlPage(_file(preview_site, page))
        assert page.updated is not None, f"{page.edit}: none of the files that its page is made from is in the history"
        assert html.attributes("aside.md-source-file time", "datetime") == [page.updated.isoformat()]
        if repository := preview.facts.site.repository:
            source = f"{repository.url}/{repository.edit_path}/{page.edit}"
            assert set(html.attributes("a.edit", "href")) == {source}, page.url


def test_the_source_of_a_page_is_its_file(preview: Rendering) -> None:
    sources = {page.source: page.edit for page in preview.pages.values()}
    for model in preview.facts.models:
        assert sources[model_source(preview.facts, model)] == f"catalog/{model_file(model)}"
    for entry in preview.facts.site.pages.values():
        own = ROOT / "docs" / entry.source
        assert sources[entry.source] == (f"docs/{entry.source}" if own.is_file() else f"templates/docs/{entry.source}")


def test_every_model_has_a_page_with_its_facts(preview: Rendering, preview_site: Path) -> None:
    for model in preview.facts.models.values():
        text = HtmlPage(_file(preview_site, preview.pages[model_source(preview.facts, model.id)])).text()
        told = [model.id, model.name, *model.aliases, _count(model.context_window)]
        if price := model.price(preview.day):
            told += [money(price.input), money(price.output)] if price.by_tokens else []
        for value in told:
            place = preview.catalog.place(("models", model.id))
            assert value in text, f"{place}: its page does not say {value}; see templates/pages/model.md"
        if author := preview.facts.author_of(model):
            page = preview.pages[author_source(preview.facts, author)]
            assert model.id in HtmlPage(_file(preview_site, page)).text()


def test_the_models_table_says_unknown_and_never_zero(preview: Rendering, preview_site: Path) -> None:
    page = HtmlPage(_file(preview_site, preview.pages[preview.facts.site.pages["models"].source]))
    rows = {
        cells[0].text(strip=True): {cell.attributes["data-label"]: cell.text(strip=True) for cell in cells}
        for row in page.tree.css("tr")
        if (cells := row.css("td[data-label]"))
    }
    models = preview.facts.models.values()
    wanted = {model.id: _row(model, preview.day) for model in models}
    columns = _row(next(iter(models)), preview.day)
    empty = {name for name in columns if {row[name] for row in wanted.values()} == {"unknown"}}
    for model in models:
        expected = {name: value for name, value in wanted[model.id].items() if name not in empty}
        shown = {name: value for name, value in rows[model.id].items() if name in wanted[model.id]}
        place = preview.catalog.place(("models", model.id))
        assert shown == expected, f"{place}: the table shows {shown}; see templates/tables/models.md"


def _row(model: Model, day: date) -> dict[str, str]:
    """Give what the table of models says of one; a column of which nothing is known at all is left out of it."""
    price = model.price(day)
    return {
        "For agents": "yes" if model.for_agents else "no",
        "Context window": _count(model.context_window),
        "Maximum output": _count(model.known.max_output),
        "Input price": money(price.input) if price else "unknown",
        "Output price": money(price.output) if price else "unknown",
        "Cached input": money(price.cache_read) if price else "unknown",
    }


def test_assumed_values_are_marked_on_every_page_of_the_preview(preview_site: Path) -> None:
    for file in _html_pages(preview_site):
        text = HtmlPage(file).text() if file.name != "404.html" else ""
        for match in re.finditer(r"[\w-]+\.invalid\S*( \(assumed\))?", text):
            assert match[1], f"{file} shows {match[0]} without a mark"


def test_a_release_shows_nothing_assumed_and_no_guide_for_maintainers(
    preview: Rendering, release: Rendering, release_site: Path
) -> None:
    withheld = {document.url for document in preview.documents} - {document.url for document in release.documents}
    for file in release_site.rglob("*"):
        if file.is_file() and file.suffix not in (".gz", ".png") and file.name != releases.FILE:  # it may name sources
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"[\w-]+\.invalid\b", text), f"{file} shows an assumed value"
            assert "/maintaining/" not in text, f"{file} leads to the guide for maintainers"
    assert not (release_site / "maintaining").exists()
    page = HtmlPage(_file(release_site, release.pages[release.facts.site.pages["discovery"].source]))
    assert [url for url in withheld if url in page.text()] == []


def test_every_page_that_a_release_has_is_there_as_markdown_whose_links_lead_to_markdown(
    preview: Rendering, preview_site: Path
) -> None:
    origin = preview.facts.site.origin
    urls = table(preview_site, preview)
    for page in preview.pages.values():
        alternates = HtmlPage(_file(preview_site, page)).attributes("link[type='text/markdown']", "href")
        assert len(alternates) == page.released, page.url
        if not page.released:
            continue
        (alternate,) = alternates
        markdown = preview.artifacts[alternate].body.decode()
        assert markdown.startswith("# ")
        pointer = markdown.index(f"{origin}/llms.txt")
        assert pointer < max(200, len(markdown) / 10), f"{alternate} leads to llms.txt only at {pointer}"
        for target in re.findall(r"\]\((https?:[^)]*)\)", markdown):
            path = urlsplit(target).path
            if target.startswith(origin) and preview.facts.site.publishes(path):
                assert path in urls, f"{alternate} links to {target}"
        assert not re.search(r"\]\((?!https?:|#|mailto:)", markdown), f"{alternate} has a relative link"
