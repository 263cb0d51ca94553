"""The proofs notice what is wrong: each planted defect is told, with the output and the fact."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from site_tests import twins
from site_tests.backwards import Backwards, built, told
from site_tests.conftest import ROOT
from site_tests.forwards import Forwards, Stage, kind, outputs
from site_tests.leaves import EXEMPT, Leaf, World, leaves
from site_tests.projects import EXEMPLA
from site_tests.readings import disagreements, read
from site_tests.tracing import CONSTANTS, stated

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering


pytestmark = pytest.mark.thorough  # each defect is rendered twice


@pytest.fixture(scope="module")
def whole(exempla: Path) -> World:
    return World.at(exempla)


def planted(folder: Path, file: str, old: str, new: str) -> World:
    """Give a world with one text exchanged in its pages or templates."""
    shutil.copytree(EXEMPLA, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", folder / "templates")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return World.at(folder)


def leaf(world: World, place: str) -> Leaf:
    return next(leaf for leaf in leaves(world.data) if str(leaf) == place)


# --- Forwards: each leaf reaches its outputs -----------------------------------------------------------------

LOST = {
    "a leaf that no output shows": (
        "billing.subscription.shown_as",
        ("docs/agents/rate-limits.md", "{{ billing.subscription.shown_as }}", "used and left, as percentages"),
        "no other value is valid",
    ),
    "a number that is off by one": (
        "models.qwen/qwen3-coder.context_window",
        (
            "templates/tables/models.md",
            "{{ model.context_window | number }}",
            "{{ (model.context_window + 1) | number }}",
        ),
        "page /docs/agents/models/: .*qwen/qwen3-coder.* against .*qwen/qwen3-coder",
    ),
    "a value cut short": (
        "errors.burst_guard.remedy",
        ("docs/agents/errors.md", "{{ error.remedy }}", "{{ error.remedy[:3] }}"),
        "/docs/agents/errors",
    ),
}
"""Planted defects: the leaf that has to notice, the file and what is exchanged in it, and what the message says."""


@pytest.mark.parametrize("name", LOST)
def test_a_leaf_that_is_lost_or_distorted_is_noticed(name: str, whole: World, tmp_path: Path) -> None:
    place, (file, old, new), message = LOST[name]
    assert Stage(whole, whole.data).judge(leaf(whole, place)).how == "sentinel"
    broken = planted(tmp_path, file, old, new)
    verdict = Stage(broken, broken.data).judge(leaf(broken, place))
    assert verdict.how == "missing"
    assert re.search(message, verdict.wrong)


@pytest.mark.parametrize("name", LOST)
def test_twins_do_not_vouch_for_a_leaf_that_is_lost_or_distorted(name: str, whole: World, tmp_path: Path) -> None:
    place, (file, old, new), _ = LOST[name]
    assert twins.seen(whole, outputs)[leaf(whole, place)]
    broken = planted(tmp_path, file, old, new)
    assert not twins.seen(broken, outputs)[leaf(broken, place)]


def test_every_reason_for_an_exemption_is_needed(whole: World) -> None:
    departed = {"moved": {"/docs/agents/quickstart/": "/docs/agents/setup/"}, "gone": ("/docs/agents/beta/",)}
    every = [str(leaf) for leaf in leaves({**whole.data, "site": {**whole.data["site"], **departed}})]
    assert [pattern for pattern in EXEMPT if not any(re.fullmatch(pattern, leaf) for leaf in every)] == []


def test_a_world_with_fewer_models_has_a_leaf_of_each_kind(exempla: Path) -> None:
    few, many = Forwards(exempla, every_model=False), Forwards(exempla, every_model=True)
    assert len(few.data["models"]) < len(many.data["models"])
    assert {kind(each) for each in leaves(few.data)} == {kind(each) for each in leaves(many.data)}


# --- Backwards: each fact comes from the catalog -------------------------------------------------------------

TYPED = {
    "a price typed by hand": ("docs/agents/models.md", "## All models", "## All models\n\nFrom 0.97.", "0.97"),
    "the name of a plan typed by hand": (
        "docs/agents/index.md",
        "{{ plan.name }} in one",
        "Pro in one",
        "'Pro'",
    ),
    "a stale base URL in one template": (
        "templates/snippets/curl/chat.sh",
        "{{ api.base_url ~ api.operations.chat.path }}",
        "https://exempla.ai/api/chat-agent/v1/chat/completions",
        "https://exempla.ai/api/chat-agent/v1/chat/completions",
    ),
    "a key prefix typed by hand": (
        "docs/agents/setup.md",
        "{{ key.prefix | code }}",
        "`exempla_chat_`",
        "exempla_chat_",
    ),
    "a model id typed by hand": ("templates/tables/models.md", "{{ model.id | code }}", "`z-ai/glm-5`", "z-ai/glm-5"),
    "a limit typed by hand": (
        "templates/tables/limits.md",
        "{{ rate.amount | number }}",
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
        "docs/agents/rate-limits.md",
        "{{ errors[billing.subscription.exhausted].code | code }}",
        "`budget_used_up`",
        "budget_used_up",
    ),
}
"""Planted defects: the file, what is exchanged in it, and what the message has to name."""


@cache
def backwards(root: Path) -> Backwards:
    return Backwards(root)


def test_with_every_leaf_replaced_no_output_keeps_an_old_fact(exempla: Path) -> None:
    proof = backwards(exempla)
    assert len(proof.other[1]) > 650
    assert proof.wrong(proof.world) == []


@pytest.mark.parametrize("name", TYPED)
def test_a_fact_typed_by_hand_is_told_with_its_place(name: str, exempla: Path, tmp_path: Path) -> None:
    file, old, new, message = TYPED[name]
    here = planted(tmp_path, file, old, new)
    message_lines = told(backwards(exempla).wrong(here), tmp_path / "docs", tmp_path / "templates").splitlines()
    assert any(message in line for line in message_lines), message_lines
    if new.strip("`") == message:
        assert any(line.startswith(f"{tmp_path}/{file}:") for line in message_lines)


def test_every_constant_is_needed(preview: Rendering, preview_site: Path) -> None:
    found = {fact.text for name, text in built(preview, preview_site) for fact in stated(name, text)}
    found |= {fact.text for name, text in outputs(preview).items() for fact in stated(name, text)}
    assert [pattern for pattern in CONSTANTS if not any(re.fullmatch(pattern, text) for text in found)] == []


# --- Sideways: outputs agree with each other -----------------------------------------------------------------

CONTRADICTIONS = {
    "a wrong model id in one JSON5 file": (
        "/docs/agents/snippets/openclaw/qwen/qwen3-coder/exempla.json5",
        '"qwen/qwen3-coder"',
        '"qwen/qwen3.5-9b"',
        "qwen/qwen3-coder: id: ",
    ),
    "a swapped key in one program": (
        "/docs/agents/snippets/openai-node/z-ai/glm-5/chat.mjs",
        "EXEMPLA_CHAT_AGENT_KEY",
        "EXEMPLA_API_KEY",
        "openai-node: variable: ",
    ),
    "a stale base URL in one command": (
        "/docs/agents/snippets/curl/z-ai/glm-5/chat.sh",
        "/api/v1/agents",
        "/api/chat-agent/v1",
        "curl: base URL: ",
    ),
    "a context window that is off by one": (
        "/docs/agents/snippets/hermes/z-ai/glm-5/config.yaml",
        "80000",
        "80001",
        "z-ai/glm-5: context: ",
    ),
    "a price without its decimals": (
        "/docs/agents/models/z-ai/glm-5.md",
        "| 3.20 |",
        "| 3 |",
        "z-ai/glm-5: price: ",
    ),
    "another server in one description": (
        "/.well-known/service-desc/website-public.openapi.json",
        '"url": "https://exempla.ai/api/v1/agents"',
        '"url": "https://api.exempla.ai/v1"',
        ": base URL: ",
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_planted_contradiction_is_named_with_output_and_fact(
    name: str, preview: Rendering, preview_site: Path
) -> None:
    url, old, new, message = CONTRADICTIONS[name]
    artifact = preview.artifacts[url]
    assert old.encode() in artifact.body
    other = replace(artifact, body=artifact.body.replace(old.encode(), new.encode()))
    broken = replace(preview, artifacts={**preview.artifacts, url: other})
    found = disagreements(read(broken, preview_site))
    assert found
    assert all(url in line for line in found)
    assert any(message in line for line in found)
