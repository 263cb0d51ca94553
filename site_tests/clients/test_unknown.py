"""What a client assumes where a snippet leaves out what nobody published is what the page says that it assumes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from site_tests.clients import test_hermes, test_openclaw, test_opencode, test_qwen_code
from site_tests.clients.conftest import plain
from site_tests.clients.machine import Machine
from site_tests.clients.reader import Client, Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.render import Rendering

pytestmark = pytest.mark.thorough


@pytest.fixture
def follow(preview: Rendering, preview_site: Path, tmp_path: Path) -> Callable[[Client], Reader]:
    """Give a reader who has followed the page of a model of which only its context window and prices are published."""
    facts = preview.facts
    little = (m for m in facts.models.values() if m.for_agents and m.capabilities == "unknown" and m.prices)
    model = next((m.id for m in little if m.status(preview.day) == "available"), None)
    if model is None:
        pytest.skip("something is known of every model")

    def prepare(client: Client) -> Reader:
        machine = Machine(preview.facts, tmp_path / "machine", client.environment, client.path())
        reader = Reader(client, preview, preview_site, machine, model)
        run = reader.prepare()
        assert run.exit_code == 0, run.text
        return reader

    return prepare


def assumed(reader: Reader, member: str) -> str:
    """Give what the page says that the client assumes; the file must say it, too."""
    text = reader.facts.clients[reader.client.name].when_unknown[member]
    assert f"unknown; {reader.facts.clients[reader.client.name].name} " in reader.blocks()["config"].text
    return text


def tokens(text: str) -> int:
    match = re.search(r"\d+", text)
    assert match is not None
    return int(match[0])


@pytest.mark.parametrize(
    "client",
    [
        pytest.param(test_hermes.CLIENT, id="hermes", marks=pytest.mark.program("hermes")),
        pytest.param(test_openclaw.CLIENT, id="openclaw", marks=pytest.mark.program("clients")),
        pytest.param(test_opencode.CLIENT, id="opencode", marks=pytest.mark.program("clients")),
        pytest.param(test_qwen_code.CLIENT, id="qwen-code", marks=pytest.mark.program("clients")),
    ],
)
def test_an_unknown_longest_answer_is_asked_for_as_the_page_says(
    client: Client, follow: Callable[[Client], Reader]
) -> None:
    reader = follow(client)
    stub = reader.stub()
    run = reader.follow(stub, client.call)
    assert "pong" in run.stdout, run.text
    chats = [request for request in stub.requests if request.operation == "chat"]
    assert {request.body["model"] for request in chats} == {reader.model}
    asked = {request.body.get("max_tokens") for request in chats if "max_tokens" in request.body}
    assert asked == {tokens(assumed(reader, "max_output"))}


@pytest.mark.program("clients")
def test_opencode_assumes_no_reasoning_text_only_and_a_free_cache(follow: Callable[[Client], Reader]) -> None:
    reader = follow(test_opencode.CLIENT)
    run = reader.follow(reader.stub(), more=f"opencode models {reader.facts.provider.id} --verbose\n")
    entry = json.loads(plain(run.stdout).partition("\n")[2])
    able = entry["capabilities"]
    assert (assumed(reader, "reasoning"), able["reasoning"]) == ("no reasoning", False)
    assert (assumed(reader, "input"), [kind for kind, on in able["input"].items() if on]) == ("text", ["text"])
    assert (assumed(reader, "cache_read"), entry["cost"]["cache"]["read"]) == ("a price of 0", 0)


@pytest.mark.program("clients")
def test_openclaw_assumes_no_reasoning_text_only_and_a_free_cache(follow: Callable[[Client], Reader]) -> None:
    reader = follow(test_openclaw.CLIENT)
    provider = reader.facts.provider.id
    run = reader.follow(reader.stub(), more=f"openclaw models list --provider {provider} --json\n")
    (entry,) = json.loads(run.stdout)["models"]
    assert (assumed(reader, "input"), entry["input"]) == ("text", "text")
    run = reader.follow(reader.stub(), "turn")
    answer = json.loads(run.stdout)
    price = reader.facts.models[str(reader.model)].price(reader.rendering.day)
    assert price is not None
    usage = answer["usage"]
    cost = (usage["input"] * float(price.input) + usage["output"] * float(price.output)) / 1_000_000
    assert assumed(reader, "cache_read") == "a price of 0"
    assert answer["costUsd"] == pytest.approx(cost)
    assert assumed(reader, "reasoning") == "no reasoning"
