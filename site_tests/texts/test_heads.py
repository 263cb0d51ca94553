"""Title and description of a page are plain text: what stands in its file, and the catalog's texts in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from agentdocs.mkdocs.build import build

from site_tests.conftest import DAY
from site_tests.html import HtmlPage
from site_tests.projects import MINIMAL, make_project
from site_tests.texts.trees import COMMONMARK, html

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    'A guide: what "it" is, and what it\'s not',
    '"Quoted" from end to "end"',
    "---",
    "- *one* item # of [a](list.md), or <b>two</b>",
    "AT&T &amp; &copy; \\*",
    "予算: `code`, 100 % “safe” </title>",
]


@pytest.mark.parametrize("turn", range(2))
def test_title_and_description_reach_every_output_as_they_are(turn: int, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    texts = dict(zip(("index", "connect", "list"), TEXTS[turn * 3 :], strict=False))
    for name, text in texts.items():
        file = root / "docs" / f"{name}.md"
        _, _, below = file.read_text(encoding="utf-8").partition("\n# ")
        body = below.partition("\n")[2]
        file.write_text(f"---\ndescription: {text}\n---\n# {text}\n{body}", encoding="utf-8")
    rendering = build(make_project(root), tmp_path / "site", day=DAY)
    llms = html(COMMONMARK.render(rendering.artifacts["/llms.txt"].body.decode()))
    for name, text in texts.items():
        page = rendering.pages[f"{name}.md"]
        assert (page.title, page.description) == (text, text)
        shown = HtmlPage(tmp_path / "site" / page.url.lstrip("/") / "index.html")
        assert [node.text() for node in shown.tree.css("h1")] == [text]
        assert [node.text() for node in shown.tree.css("title")] == [f"{text} - {rendering.facts.site.name}"]
        assert shown.attributes("meta[name=description], meta[property='og:description']", "content") == [text, text]
        assert shown.attributes("meta[property='og:title']", "content") == [text]
        assert [part for part in llms if text in part] == [text, f": {text}"]
