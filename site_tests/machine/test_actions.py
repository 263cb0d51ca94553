"""The links on every page that open an assistant or begin a report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from agentdocs.site.urls import twin_url

from site_tests.html import HtmlPage
from site_tests.projects import MINIMAL, make_project, rendered

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering


def _without(project: Path, line: str) -> Path:
    """Remove a line of the catalog's file about the site."""
    site = project / "catalog" / "site.yaml"
    text = site.read_text(encoding="utf-8")
    assert line in text
    site.write_text(text.replace(line, ""), encoding="utf-8")
    return project


def test_each_assistant_is_asked_about_the_markdown_of_the_page(preview: Rendering) -> None:
    assistants = {assistant.name: assistant for assistant in preview.facts.assistants.values()}
    for page in preview.pages.values():
        assert [*page.ask] == [*assistants] * page.released
        for name, url in page.ask.items():
            address, question = url.split("?", 1)
            assert address == assistants[name].url
            (said,) = parse_qs(question, strict_parsing=True)[assistants[name].parameter]
            assert f" {preview.facts.site.origin}{twin_url(page)} " in said


def test_a_report_is_begun_with_the_address_and_the_title_of_the_page(preview: Rendering) -> None:
    form = preview.facts.site.repository
    assert form is not None
    for page in preview.pages.values():
        address, _, query = page.report_url.partition("?")
        values = parse_qs(query, strict_parsing=True)
        assert address == f"{form.url}/{form.report_path}"
        assert page.title in values[form.report_title][0]
        assert f"Page: {preview.facts.site.origin}{page.url}\n" in values[form.report_body][0]


def test_without_a_form_reports_go_to_the_address_for_them(project: Path) -> None:
    rendering = rendered(_without(project, "  report_path: reports/begin\n"))
    for page in rendering.pages.values():
        url = urlsplit(page.report_url)
        assert (url.scheme, url.path) == ("mailto", rendering.facts.site.report_email)
        assert "+" not in url.query  # a blank that mail programs would show as it stands (RFC 6068, section 5)
        assert page.title in parse_qs(url.query)["subject"][0]


def test_a_release_begins_no_report_at_an_assumed_address(release: Rendering, project: Path) -> None:
    assert {page.report_url.partition(":")[0] for page in release.pages.values()} == {"mailto"}
    _without(project, "report_email: docs@exempla.ai\n")
    assert {page.report_url for page in rendered(project, release=True).pages.values()} == {""}


def test_a_provider_without_assistants_and_reports_offers_neither(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", catalog=MINIMAL / "catalog", docs=MINIMAL / "docs")
    for page in rendered(root).pages.values():
        assert (page.ask, page.report_url) == ({}, "")


@pytest.mark.parametrize("build", ["preview", "release"])
def test_every_page_shows_its_actions(build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    for page in rendering.pages.values():
        html = HtmlPage(request.getfixturevalue(f"{build}_site") / page.url.lstrip("/") / "index.html")
        assert html.attributes("a.edit", "href") == [page.edit_url] * bool(page.edit_url)
        assert html.attributes("a.report", "href") == [page.report_url] * bool(page.report_url)
        bars = html.tree.css(".page-actions")
        if not page.released:
            assert bars == []
            continue
        (bar,) = bars
        links = {link.text(strip=True): link.attributes["href"] for link in bar.css("a")}
        assert links == {"View Markdown": twin_url(page), "llms.txt": "/llms.txt", **page.ask}
        assert html.attributes(".page-actions [data-copy]", "data-copy") == [twin_url(page)]
        start = html.article.html or ""
        assert 0 < start.index('href="/llms.txt"') < 1500, f"{page.url} leads to llms.txt too late"
