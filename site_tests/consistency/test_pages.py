"""The built site: every fact on its page, every link with its target, nothing from elsewhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import yaml

from generator.hosting import table
from site_tests import links
from site_tests.html import HtmlPage

if TYPE_CHECKING:
    from generator.artifact import Page
    from generator.render import Rendering

FACTS = yaml.safe_load((Path(__file__).parent.parent / "shipped" / "facts.yaml").read_text(encoding="utf-8"))


def _file(site: Path, page: Page) -> Path:
    return site / page.url.lstrip("/") / "index.html"


def _html_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.mark.parametrize("number", FACTS)
@pytest.mark.parametrize("build", ["preview", "release"])
def test_every_fact_stands_on_its_page(number: str, build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    entry = FACTS[number]
    page = rendering.pages[rendering.facts.site.pages[entry["page"]].source]
    text = HtmlPage(_file(request.getfixturevalue(f"{build}_site"), page)).text()
    for says in entry["says"]:
        expected = re.sub(r"\s+", " ", says.format(**dict(iter(rendering.facts))))
        assert expected in text, f"{page.url} does not say: {expected}"


@pytest.mark.parametrize("build", ["preview", "release"])
def test_every_internal_link_leads_somewhere(build: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(f"{build}_site")
    assert links.check(request.getfixturevalue(build), site) > 1000


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
        assert page.updated is not None
        assert html.attributes("aside.md-source-file time", "datetime") == [page.updated.isoformat()]
        repository = preview.facts.site.repository
        assert repository is not None
        source = f"{repository.url}/{repository.edit_path}/{page.edit}"
        assert set(html.attributes("a.edit", "href")) == {source}, page.url


def test_the_source_of_a_model_page_is_its_catalog_file(preview: Rendering) -> None:
    sources = {page.source: page.edit for page in preview.pages.values()}
    for model in preview.facts.models:
        assert sources[f"agents/models/{model}.md"] == f"catalog/models/{model}.yaml"
    assert sources["agents/setup.md"] == "docs/agents/setup.md"


def test_a_page_is_dated_by_the_files_it_was_made_from(preview: Rendering) -> None:
    for page in preview.pages.values():
        assert isinstance(page.updated, date)


def test_pages_stand_at_the_published_addresses(preview_site: Path) -> None:
    for url in ("", "docs/agents", "docs/agents/models", "docs/agents/rate-limits", "docs/agents/setup"):
        assert (preview_site / url / "index.html").is_file(), url
    assert (preview_site / "docs/agents/discovery/index.html").is_file()
    assert (preview_site / "maintaining/index.html").is_file()


def test_every_model_has_a_page_with_its_facts(preview: Rendering, preview_site: Path) -> None:
    for model in preview.facts.models.values():
        text = HtmlPage(preview_site / f"docs/agents/models/{model.id}/index.html").text()
        price = model.price(preview.day)
        assert price is not None
        for value in (
            model.id,
            model.name,
            f"{model.context_window:,} tokens",
            f"{price.input:.2f}",
            f"{price.output:.2f}",
        ):
            assert value in text, f"the page of {model.id} does not say {value}"
        for alias in model.aliases:
            assert alias in text
        author = HtmlPage(preview_site / f"docs/agents/models/{model.author}/index.html").text()
        assert model.id in author


def test_the_models_table_says_unknown_and_never_zero(preview: Rendering, preview_site: Path) -> None:
    page = HtmlPage(preview_site / "docs/agents/models/index.html")
    rows = {
        row.css("td")[0].text(strip=True): [cell.text(strip=True) for cell in row.css("td")]
        for row in page.tree.css("tr")
        if row.css("td")
    }
    for model in preview.facts.models.values():
        price, row = model.price(preview.day), rows[model.id]
        longest = model.known.max_output
        assert price is not None
        assert row[1] == ("yes" if model.for_agents else "no")
        assert row[2] == f"{model.context_window:,}"
        assert row[3] == (longest if isinstance(longest, str) else f"{longest:,}")
        assert row[4:6] == [f"{price.input:.2f}", f"{price.output:.2f}"]
        assert row[6] == (price.cache_read if isinstance(price.cache_read, str) else f"{price.cache_read:.2f}")


def test_assumed_values_are_marked_on_every_page_of_the_preview(preview_site: Path) -> None:
    marked = 0
    for file in _html_pages(preview_site):
        text = HtmlPage(file).text() if file.name != "404.html" else ""
        for match in re.finditer(r"[\w-]+\.invalid\S*( \(assumed\))?", text):
            assert match[1], f"{file} shows {match[0]} without a mark"
            marked += 1
    assert marked >= 4


def test_a_release_shows_nothing_assumed_and_no_guide_for_maintainers(
    preview: Rendering, release: Rendering, release_site: Path
) -> None:
    withheld = {document.url for document in preview.documents} - {document.url for document in release.documents}
    assert {url.split("/")[2] for url in withheld} >= {"openid-configuration", "mcp", "status"}
    for file in release_site.rglob("*"):
        if file.is_file() and file.suffix not in (".gz", ".png"):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"[\w-]+\.invalid\b", text), f"{file} shows an assumed value"
            assert "/maintaining/" not in text, f"{file} leads to the guide for maintainers"
    assert not (release_site / "maintaining").exists()
    page = HtmlPage(release_site / "docs/agents/discovery/index.html")
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
            if target.startswith(origin) and path.startswith(preview.facts.site.sections["agents"].path):
                assert path in urls or not path.startswith("/docs/agents/"), f"{alternate} links to {target}"
        assert not re.search(r"\]\((?!https?:|#|mailto:)", markdown), f"{alternate} has a relative link"
