"""Links lead to the headings that they name: in any script, without a letter, and where several are called the same."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from agentdocs.mkdocs.build import build
from agentdocs.text.headings import fragment

from site_tests import links
from site_tests.conftest import DAY
from site_tests.html import HtmlPage
from site_tests.projects import EXEMPLA
from site_tests.texts.hostile import facts, harmless, project

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

    from site_tests.texts.hostile import Texts

NAMES = ["予算", "Клиент", "🙂", "!!!", "Same", "Same", "Same_1", "Setup", "Agents", "हिन्दी"]
"""What clients and errors are called here; of the last ones pages have a heading of their own."""


def _called(texts: Texts) -> Texts:
    """Name all clients and errors by turns; every other text stays a word of its own."""
    for number, member in enumerate(texts.kinds.values()):
        if member.declared in ("Client.name", "ApiError.title"):
            texts.given[number] = NAMES[number % len(NAMES)]
    return texts


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rendering, Path]:
    data, root = facts(EXEMPLA), tmp_path_factory.mktemp("headings")
    shutil.copytree(EXEMPLA / "docs", root / "docs")
    for page in ("errors", "setup"):  # a heading of the page's own before all others
        file = root / "docs" / "agents" / f"{page}.md"
        file.write_text(re.sub(r"^(# .*)$", r"\1\n\n## Same\n\n## 予算", file.read_text(), count=1, flags=re.MULTILINE))
    texts = _called(harmless(data))
    return build(project(EXEMPLA, data, texts, root), root / "site", day=DAY), root / "site"


def test_every_link_leads_somewhere(site: tuple[Rendering, Path]) -> None:
    assert links.check(*site) > 100


def test_each_link_leads_to_the_entry_that_it_means(site: tuple[Rendering, Path]) -> None:
    """Below the heading of each error stands its own meaning, and of each client its own summary."""
    rendering, folder = site
    facts = rendering.facts
    page = HtmlPage(folder / "docs" / "agents" / "errors" / "index.html")
    table = page.tree.css("article table")[0]
    targets = [unquote((link.attributes["href"] or "")[1:]) for link in table.css("tbody a")]
    assert targets == [fragment(facts.errors, name) for name in facts.errors]
    assert len(set(targets)) == len(facts.errors)
    html = page.tree.html or ""
    for target, error in zip(targets, facts.errors.values(), strict=True):
        (section,) = re.findall(rf'<h2 id="{re.escape(target)}">.*?(?=<h2)', html, re.DOTALL)
        assert error.meaning in section, f"#{target} is not the heading of {error.title}"
    page = HtmlPage(folder / "docs" / "agents" / "setup" / "index.html")
    html = page.tree.html or ""
    for name, client in facts.clients.items():
        target = fragment(facts.clients, name)
        (section,) = re.findall(rf'<h2[^>]* id="{re.escape(target)}".*?(?=<h2)', html, re.DOTALL)
        assert client.summary in section, f"#{target} is not the heading of {client.name}"


def test_links_between_pages_and_tools_know_the_same_fragments(site: tuple[Rendering, Path]) -> None:
    rendering, folder = site
    facts = rendering.facts
    page = HtmlPage(folder / "docs" / "agents" / "errors" / "index.html")
    found = {node.attributes["data-error"]: node.css_first("a") for node in page.tree.css("[data-error]")}
    assert found.keys() == facts.errors.keys()
    for name, link in found.items():
        assert link is not None
        assert (link.attributes["href"] or "").endswith(f"#{fragment(facts.errors, str(name))}")


def test_marks_of_fragments_are_in_no_markdown_that_is_published(site: tuple[Rendering, Path]) -> None:
    rendering, _ = site
    assert [url for url, artifact in rendering.artifacts.items() if b"<!--" in artifact.body] == []
