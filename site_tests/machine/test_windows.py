"""A context window that nobody published: unknown wherever it is told, and no number anywhere."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import json5
import jsonschema
import pytest
import yaml
from agentdocs.catalog.folder import model_file
from selectolax.lexbor import LexborHTMLParser

from site_tests.changes import change, data, document, problems
from site_tests.projects import rendered

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

MODEL = "tale-preview"
PAGE = "models/tale-preview.md"


def test_pages_and_skills_say_that_it_is_unknown(varia: Rendering) -> None:
    assert re.search(r"\nNot published: [^\n]*\bcontext window\b", varia.pages[PAGE].markdown)
    (row,) = (line for line in varia.pages["models/index.md"].markdown.splitlines() if f"`{MODEL}`" in line)
    assert row.split(" | ")[2] == "unknown"
    skill = varia.artifacts["/.well-known/agent-skills/varia-models/SKILL.md"].body.decode()
    (row,) = (line for line in skill.splitlines() if f"`{MODEL}`" in line)
    assert row.split(" | ")[2] == "unknown"


def _chart(rendering: Rendering) -> tuple[list[str], str]:
    """Give the headings of the chart, and what it tells in words."""
    tree = LexborHTMLParser(rendering.pages["models/index.md"].tools["chart"])
    return [node.text() for node in tree.css(".heading")], "".join(node.text() for node in tree.css("desc"))


def test_the_chart_has_it_last_and_tells_the_range_of_those_that_are_known(
    varia: Rendering, varia_project: Path
) -> None:
    headings, told = _chart(varia)
    assert headings[-1] == "Context window unknown"
    charted = (m for m in varia.facts.models.values() if (price := m.price(varia.day)) and price.of_tokens)
    known = [model.context_window for model in charted if model.context_window != "unknown"]
    assert f"run from {max(known):,} down to {min(known):,} tokens" in told
    for name in varia.facts.models:
        change(varia_project, model_file(name), context_window="unknown")
    headings, told = _chart(rendered(varia_project))
    assert headings == ["Context window unknown"]
    assert told.startswith("No context window is known, prices run from ")


def test_version_2_of_the_data_has_the_word_and_the_list_of_models_leaves_it_out(
    varia: Rendering, varia_project: Path
) -> None:
    catalog = data(varia)
    jsonschema.validate(catalog, document(varia, "/help/catalog.v2.schema.json"))
    assert {entry["context_window"] for entry in catalog["models"] if entry["id"] == MODEL} == {"unknown"}
    change(varia_project, "protocol.yaml", models={"fields": ["context_length"]})
    listed = {entry["id"]: entry for entry in document(rendered(varia_project), "/help/models.json")["data"]}
    assert "context_length" not in listed[MODEL]
    assert {"context_length" in entry for name, entry in listed.items() if name != MODEL} == {True}


def test_version_1_of_the_data_demands_a_number(varia_project: Path) -> None:
    discovery = varia_project / "catalog" / "discovery.yaml"
    discovery.write_text(discovery.read_text(encoding="utf-8").replace("catalog.v2", "catalog.v1"), encoding="utf-8")
    assert (
        "context_window: version 1 of the data needs a number of tokens, and has no word for unknown; publish version "
        "2: let the path of data.catalog in discovery.yaml end in .v2.json"
    ) in problems(varia_project)


def _written(rendering: Rendering, client: str, snippet: str = "config") -> str:
    return rendering.snippets.render(client, snippet, MODEL)


def test_clients_are_told_no_number_and_files_say_what_they_do_then(varia: Rendering) -> None:
    facts = varia.facts
    known = facts.models[MODEL].known.max_output
    (step,) = json5.loads(_written(varia, "openclaw"))
    (entry,) = step["value"]["models"]
    assert ("contextWindow" in entry, entry["maxTokens"]) == (False, known)
    (entry,) = json5.loads(_written(varia, "qwen-code"))["modelProviders"]["openai"]
    assert "contextWindowSize" not in entry["generationConfig"]
    entry = json5.loads(_written(varia, "opencode"))["provider"]["varia"]["models"][MODEL]
    assert entry["limit"]["context"] == 0
    assert "models" not in yaml.safe_load(_written(varia, "hermes"))["providers"]["varia"]
    assert "hermes config set model.context_length" not in _written(varia, "hermes", "apply")
    for name, snippet in (
        ("openclaw", "config"),
        ("qwen-code", "config"),
        ("opencode", "config"),
        ("hermes", "config"),
        ("hermes", "apply"),
    ):
        comments = [
            line
            for line in _written(varia, name, snippet).splitlines()
            if "unknown; " in line and "context" in line.lower()
        ]
        assert len(comments) == 1, name
        assert f"{facts.clients[name].name} " in comments[0]


def test_files_quote_what_the_catalog_knows_of_the_client(varia_project: Path) -> None:
    assumption = {"context_window": "131072 tokens"}
    change(varia_project, "clients/qwen-code.yaml", when_unknown=assumption)
    rendering = rendered(varia_project)
    assert "// contextWindowSize: unknown; Qwen Code assumes 131072 tokens\n" in _written(rendering, "qwen-code")
    assert "- context window: 131072 tokens\n" in rendering.pages["setup.md"].markdown


def test_a_client_that_demands_a_least_window_has_its_files_with_that_said(
    varia: Rendering, varia_project: Path
) -> None:
    least = varia.facts.clients["hermes"].minimum_context_window
    assert least is not None
    assert varia.snippets.refusal(varia.facts.clients["hermes"], varia.facts.models[MODEL]) is None
    said = f"Hermes takes no model with a context window below {least:,} tokens, and that of this model is unknown.\n"
    assert said in varia.pages[PAGE].markdown
    assert sum(said in page.markdown for page in varia.pages.values()) == 1
    assert f"and takes no model below {least:,} tokens\n" in _written(varia, "hermes")
    (entry,) = (entry for entry in data(varia)["models"] if entry["id"] == MODEL)
    assert {setup["client"]: setup["usable"] for setup in entry["set_up"]}["hermes"] is True
    change(varia_project, "recommendations.yaml", default=MODEL)
    assert rendered(varia_project).facts.recommendations.default == MODEL


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (
            "not_offered",
            "'not_offered' is not a positive integer; write a whole number from 1, without separators, or unknown",
        ),
        (
            "unlimited",
            "'unlimited' is not a positive integer; write a whole number from 1, without separators, or unknown",
        ),
        (0, "0 is not a positive integer; write a whole number from 1, without separators, or unknown"),
        (None, "is missing; add it"),
    ],
)
def test_nothing_but_a_number_and_that_word_is_taken(value: object, right: str, varia_project: Path) -> None:
    change(varia_project, "models/tale-preview.yaml", context_window=value)
    assert problems(varia_project) == [f"context_window: {right}"]


def test_an_answer_of_any_length_fits_a_window_that_nobody_knows(varia_project: Path) -> None:
    change(varia_project, "models/tale-preview.yaml", capabilities={"max_output": 9_000_000})
    assert json.loads(rendered(varia_project).artifacts["/help/models.json"].body)
    change(varia_project, "models/tale-preview.yaml", context_window=8_000_000)
    assert problems(varia_project) == [
        "capabilities.max_output: 9000000 is more than the context window; write at most 8000000"
    ]
