"""Every fact that an output states comes from the catalog, by value or by a declared derivation."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from site_tests.conftest import ROOT
from site_tests.html import HtmlPage
from site_tests.leaves import outputs
from site_tests.test_forwards import world
from site_tests.tracing import CONSTANTS, Known, Stated, replaced, stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from generator.render import Rendering
    from site_tests.leaves import World


def _untraced(known: Known, texts: Iterable[tuple[str, str]]) -> tuple[list[str], int]:
    facts = [fact for name, text in texts for fact in stated(name, text)]
    return [str(fact) for fact in facts if not known.trace(fact)], len(facts)


def _built(rendering: Rendering, site: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of a built site: pages without markup, the search index, the site map, and all artifacts."""
    made_of_code = ("/maintaining/catalog/", "/maintaining/generator/")
    for page in rendering.pages.values():
        if page.url not in made_of_code:
            yield page.url, HtmlPage(site / page.url.lstrip("/") / "index.html").text()
    index = json.loads((site / "docs/agents/assets/search/search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        if not entry["location"].startswith(made_of_code):
            yield f"search index {entry['location']}", re.sub(r"<[^>]+>", " ", f"{entry['title']} {entry['text']}")
    for url, artifact in rendering.artifacts.items():
        yield url, artifact.body.decode()
    yield "sitemap.xml", re.sub(r"<[^>]+>", " ", (site / "sitemap.xml").read_text(encoding="utf-8"))
    yield "404.html", HtmlPage(site / "404.html").text()


@pytest.mark.parametrize("build", ["preview", "release"])
def test_every_fact_in_a_built_site_comes_from_the_catalog(
    build: str, request: pytest.FixtureRequest, tell: Callable[..., None]
) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    known = Known(rendering, world().data)
    wrong, count = _untraced(known, _built(rendering, request.getfixturevalue(f"{build}_site")))
    tell(f"Backwards: {{facts}} facts traced in the {build}, with {len(CONSTANTS)} kinds of constant.", facts=count)
    assert count > 5000
    assert wrong == []


@cache
def other_world() -> tuple[dict[str, Any], dict[str, Any]]:
    return replaced(world())


def wrong_in(here: World, sound: dict[str, str] | None = None) -> list[str]:
    """List what outputs state although every leaf of the catalog has another value.

    Outputs that equal those in `sound` are passed over.
    """
    data, _ = other_world()
    rendering = here.render(data)
    texts = {name: text for name, text in outputs(rendering).items() if not sound or sound.get(name) != text}
    known = Known(rendering, data)
    wrong, _ = _untraced(known, texts.items())
    for name, text in texts.items():
        if name.endswith(".openapi.json"):
            continue  # there the catalog's names of errors are the names of examples
        found = [match for match in _old_names().finditer(text) if match[0] not in known.shown_in(name)]
        wrong += [str(Stated(name, text.count("\n", 0, match.start()) + 1, "name", match[0])) for match in found]
    return wrong


@cache
def _old_names() -> re.Pattern[str]:
    """Match what the shipped catalog calls things, and its longer texts, but not the titles that pages have anyway."""
    facts = world().catalog.facts
    names = {facts.provider.name, *(plan.name for plan in facts.plans.values())}
    names |= {client.name for client in facts.clients.values()} | {model.name for model in facts.models.values()}
    old = {value for leaf, value in other_world()[1].items() if isinstance(value, str) and "site.pages" not in leaf}
    names |= {value for value in old if " " in value or len(value) > 14 or not value.islower()} - WORDS
    names = {name for name in names if not name.startswith("/") and re.search(r"[A-Za-z]{3}", name)}
    alternatives = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")


def test_with_every_leaf_replaced_no_output_keeps_an_old_fact() -> None:
    assert len(other_world()[1]) > 650
    assert wrong_in(world()) == []


def test_every_constant_is_needed(preview: Rendering, preview_site: Path) -> None:
    found = {fact.text for name, text in _built(preview, preview_site) for fact in stated(name, text)}
    found |= {fact.text for name, text in outputs(preview).items() for fact in stated(name, text)}
    assert [pattern for pattern in CONSTANTS if not any(re.fullmatch(pattern, text) for text in found)] == []


WORDS = {
    "Chat agent keys",
    "Chat",
    "ChatGPT",
    "JSON",
    "OpenAI",
    "Stream",
    "List the models",
    "Configuration",
    "Maintaining",
}
"""Texts of the catalog that prose needs as words, too."""


CONTROLS = {
    "a price typed by hand": ("docs/agents/models.md", "## All models", "## All models\n\nFrom 0.97.", "0.97"),
    "the name of a plan typed by hand": ("docs/agents/index.md", "**{{ plans.pro.name }}**", "**Pro**", "'Pro'"),
    "a stale base URL in one template": (
        "templates/snippets/curl/chat.sh",
        "{{ api.base_url ~ api.operations.chat.path }}",
        "https://llmbase.ai/api/chat-agent/v1/chat/completions",
        "https://llmbase.ai/api/chat-agent/v1/chat/completions",
    ),
    "a key prefix typed by hand": (
        "docs/agents/setup.md",
        "{{ key.prefix | code }}",
        "`llmbase_chat_`",
        "llmbase_chat_",
    ),
    "a model id typed by hand": ("templates/tables/models.md", "{{ model.id | code }}", "`z-ai/glm-5`", "z-ai/glm-5"),
    "a limit typed by hand": (
        "templates/tables/limits.md",
        "{{ limit.requests_per_minute | number }}",
        "30",
        "the number '30'",
    ),
    "a thousands separator at the wrong place": (
        "templates/pages/model.md",
        "{{ model.context_window | number }}",
        "{{ (model.context_window // 100) | number }},{{ model.context_window % 100 }}",
        "page /docs/",
    ),
    "an error code typed by hand": (
        "docs/agents/index.md",
        "{{ errors.chat_pro_required.code | code }}",
        "`chat_pro_required`",
        "chat_pro_required",
    ),
}
"""Planted defects: the file, what is exchanged in it, and what the message has to name."""


@pytest.mark.parametrize("name", CONTROLS)
def test_a_planted_fact_is_caught(name: str, tmp_path: Path) -> None:
    file, old, new, message = CONTROLS[name]
    for folder in ("templates", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    wrong = wrong_in(world(docs=tmp_path / "docs", templates=tmp_path / "templates"))
    assert any(message in line for line in wrong), wrong
