"""Every page works under its Content-Security-Policy, which allows nothing inline but by hash."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from agentdocs.errors import RenderError
from agentdocs.hosting import table
from agentdocs.hosting.policy import content_security_policy
from agentdocs.mkdocs.build import build
from agentdocs.schema.values import SPECIALS

from site_tests.conftest import DAY, ROOT
from site_tests.projects import MINIMAL, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, Page


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(entries: dict[str, Entry]) -> None:
    (policy,) = {entry.policy for entry in entries.values()}
    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert directives["default-src"] == directives["object-src"] == directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert re.findall(r"https?:|\*", policy) == []
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/]{43}=')+", directives["script-src"])
    assert "max-age=31536000" in dict(entries["/"].headers)["Strict-Transport-Security"]


def _open(browser: Browser, messages: list[str]) -> Page:
    page = browser.new_page()
    page.on("console", lambda message: messages.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: messages.append(f"{page.url}: {error}"))
    return page


@pytest.mark.program("chromium")
def test_no_page_says_a_word(
    browser: Browser, preview_server: str, entries: dict[str, Entry], preview: Rendering
) -> None:
    messages: list[str] = []
    page = _open(browser, messages)
    urls = [url for url, entry in entries.items() if entry.kind.negotiated]
    assert len(urls) == len(preview.pages)
    for url in urls:
        page.goto(preview_server + url, wait_until="load")
    page.goto(f"{preview_server}/docs/agents/setup/")
    page.click("input[name=query]")
    page.keyboard.type(next(str(error.code) for error in preview.facts.errors.values() if error.code not in SPECIALS))
    page.wait_for_selector(".md-search-result__link")  # the search is a worker
    page.keyboard.press("Escape")
    page.wait_for_selector("button.copy")  # made by a module
    assert messages == []
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("document.body.appendChild(document.createElement('script')).text = 'document.title = 1'")
    assert sum("Content Security Policy" in message for message in messages) == 2, messages
    page.close()


@pytest.mark.parametrize(
    ("markup", "name"), [('<td style="text-align: right;">', "style"), ("<b\n  onclick='x()'>", "onclick")]
)
def test_what_only_unsafe_inline_allows_is_refused(
    markup: str, name: str, preview_site: Path, preview: Rendering, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(preview_site, folder)
    page = folder / "docs" / "agents" / "index.html"
    page.write_text(page.read_text() + markup)
    with pytest.raises(RenderError, match=rf"^docs/agents/index\.html:\d+: the attribute {name} needs unsafe-inline; "):
        table(folder, preview)


THEME = ROOT / "templates" / "theme"
REFUSED = {
    "<p onclick=x()>": "the attribute onclick needs unsafe-inline",
    "<p/onclick=x()>": "the attribute onclick needs unsafe-inline",
    '<p title=">" ONCLICK="x()">': "the attribute onclick needs unsafe-inline",
    "<svg/onload=x()>": "the attribute onload needs unsafe-inline",
    '<p style="color: red">': "the attribute style needs unsafe-inline",
    '<a href=" java&#9;script:x()">x</a>': "the attribute href is a script",
    "<form action=JavaScript:x()>": "the attribute action is a script",
    "<script>x()</script>": "an inline script that the theme does not ship",
    "<SCRIPT\n>x()</SCRIPT >": "an inline script that the theme does not ship",
    "<script type=importmap>{}</script>": "an inline script that the theme does not ship",
    "<style>p { color: red }</style>": "an inline style that the theme does not ship",
    '<script src="//elsewhere.example/assets/js/page.js"></script>': "is not one of the theme's",
    '<script type="module" src="../own.js"></script>': "the script ../own.js is not one of the theme's",
}
"""What may be planted in a page, with what is said of it."""


@pytest.mark.parametrize("markup", REFUSED)
def test_the_policy_allows_no_script_but_the_ones_that_the_theme_ships(markup: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<p>First</p>\n<p>{markup}</p>")
    source = tmp_path / "page.md"
    source.write_text(f"# Title\n\nFirst\n\n{markup}\n")
    with pytest.raises(RenderError) as refused:
        content_security_policy(tmp_path, ["page.html"], [THEME], {"page.html": source})
    assert str(refused.value).startswith(f"{source}:5: page.html:2: ")
    assert REFUSED[markup] in str(refused.value)


def test_scripts_count_and_data_does_not(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    page, template = tmp_path / "page.html", tmp_path / "theme" / "base.html"
    page.write_text(
        '<script type="application/json">{"style": 1}</script><pre>&lt;b style="x"></pre><p title="onclick=x">on=1</p>'
        "<!-- <script>x</script> --><textarea><b onclick=x></textarea>"
        "<b data-style=1 data-on=2 data-label=javascript:1></b>"
    )
    template.write_text("<script src='{{ x }}'></script><script>{{ x }}</script>")
    assert "sha256" not in content_security_policy(tmp_path, ["page.html"], [template.parent], {})
    inline = "<script>\nlet style = 1\n</script><style>b { color: red }</style>"
    page.write_text(inline)
    template.write_text(inline)
    policy = content_security_policy(tmp_path, ["page.html"], [template.parent], {})
    assert "script-src 'self' 'sha256-" in policy
    assert "style-src 'self' 'sha256-" in policy


def test_a_page_with_a_style_is_refused_and_the_earlier_output_stays(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(MINIMAL / "docs", root / "docs")
    make_project(root, catalog=MINIMAL / "catalog")
    build(root, tmp_path / "site", day=DAY)
    before = {file: file.read_bytes() for file in (tmp_path / "site").rglob("*") if file.is_file()}
    page = root / "docs" / "connect.md"
    page.write_text(page.read_text() + "\n<p style='color: red'>Stop</p>\n")
    said = r"/docs/connect\.md:38: help/connect/index\.html:\d+: the attribute style needs unsafe-inline; "
    with pytest.raises(RenderError, match=said):
        build(root, tmp_path / "site", day=DAY)
    assert {file: file.read_bytes() for file in (tmp_path / "site").rglob("*") if file.is_file()} == before
