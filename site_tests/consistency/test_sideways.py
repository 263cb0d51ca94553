"""Outputs agree with each other: the same fact, read back from each by a parser of its own language, is equal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from site_tests.readings import disagreements, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.render import Rendering


def test_outputs_agree_on_every_model_and_client(
    preview: Rendering, preview_site: Path, tell: Callable[..., None]
) -> None:
    readings = read(preview, preview_site)
    places = sum(map(len, readings.values()))
    tell("Sideways: {facts} facts read back from {places} places.", facts=len(readings), places=places)
    subjects = {subject for subject, _ in readings}
    assert subjects == set(preview.facts.models) | set(preview.facts.clients)
    assert disagreements(readings) == []
    for model in preview.facts.models.values():
        facts = {fact for subject, fact in readings if subject == model.id}
        assert facts >= {"id", "context", "output", "input", "price", "agents"}, model.id
        assert len(readings[model.id, "context"]) >= (7 if model.for_agents else 4)
    for client in preview.facts.clients:
        assert len(readings[client, "base URL"]) > 15


CONTROLS = {
    "a wrong model id in one JSON5 file": (
        "/docs/agents/snippets/openclaw/qwen/qwen3-coder/llmbase.json5",
        '"qwen/qwen3-coder"',
        '"qwen/qwen3.5-9b"',
        "qwen/qwen3-coder: id: ",
    ),
    "a swapped key in one program": (
        "/docs/agents/snippets/openai-node/z-ai/glm-5/chat.mjs",
        "LLMBASE_CHAT_AGENT_KEY",
        "LLMBASE_API_KEY",
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
        '"url": "https://llmbase.ai/api/v1/agents"',
        '"url": "https://api.llmbase.ai/v1"',
        ": base URL: ",
    ),
}


@pytest.mark.parametrize("name", CONTROLS)
def test_a_planted_disagreement_is_named_with_output_and_fact(
    name: str, preview: Rendering, preview_site: Path
) -> None:
    url, old, new, message = CONTROLS[name]
    artifact = preview.artifacts[url]
    assert old.encode() in artifact.body
    planted = replace(artifact, body=artifact.body.replace(old.encode(), new.encode()))
    broken = replace(preview, artifacts={**preview.artifacts, url: planted})
    found = disagreements(read(broken, preview_site))
    assert found
    assert all(url in line for line in found)
    assert any(message in line for line in found)
