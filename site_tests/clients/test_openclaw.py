"""OpenClaw: the fragment, the commands and the calls of its section work, and refusals are told as recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from site_tests.clients.common import mistakes, plant
from site_tests.clients.conftest import trapped
from site_tests.clients.reader import SITUATIONS, Client, Reader
from site_tests.clients.test_openai_node import node_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.schema import Facts

    from site_tests.clients.common import Mistake
    from site_tests.clients.machine import Run

pytestmark = [pytest.mark.program("clients"), pytest.mark.thorough]


def _reason(run: Run) -> list[str]:
    return [line.removeprefix("[openclaw] ") for line in run.stderr.splitlines() if "Reason: " in line]


# OpenClaw refuses hosts with private addresses, and here the public host has one. That is the only setting beside the
# page's, in the test's own copy.
def _private_network(facts: Facts) -> str:
    return f"openclaw config set models.providers.{facts.provider.id}.request.allowPrivateNetwork true >/dev/null\n"


CLIENT = Client(
    "openclaw", "call", before=("config", "apply"), path=node_path, own_step=_private_network, tells=_reason
)


def fragment(reader: Reader) -> str | None:
    """Name the file that the page says to save."""
    return reader.blocks()["config"].save_as


def _configuration(reader: Reader) -> Path:
    return reader.machine.home / ".openclaw" / "openclaw.json"


def _change(reader: Reader, old: str, new: str) -> None:
    text = json.dumps(json.loads(_configuration(reader).read_text(encoding="utf-8")))
    assert old in text
    _configuration(reader).write_text(text.replace(old, new), encoding="utf-8")


def test_the_configuration_answers_one_call(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    run = reader.follow(stub, "call")
    assert run.exit_code == 0, run.text
    answer = json.loads(run.stdout)
    assert answer["outputs"][0]["text"] == "pong"
    (request,) = stub.requests
    report(reader, "chat", answer["outputs"][0]["text"], len(stub.requests))
    report(reader, "stream", str(request.body["stream"]), 1)
    default = reader.facts.models[reader.facts.recommendations.default]
    assert request.authorization == "Bearer " + stub.key(reader.key)
    assert request.body["model"] == default.id
    assert set(request.body) - {"messages", "model", "stream", "stream_options", "tools"} <= set(
        reader.facts.protocol.chat.parameters
    )


def test_the_configuration_is_valid_and_lists_the_model(reader: Reader, report: Callable[..., None]) -> None:
    run = reader.follow(reader.stub(), more="openclaw config validate --json\n"
                        f"openclaw models list --provider {reader.facts.provider.id} --json\n", key="")  # fmt: skip
    valid, _, listed = run.stdout.partition("\n")
    assert json.loads(valid)["valid"] is True
    name = f"{reader.facts.provider.id}/{reader.facts.recommendations.default}"
    assert name in listed
    report(reader, "list", name, 0)


def test_one_turn_of_the_agent_answers(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    run = reader.follow(stub, "turn")
    assert run.exit_code == 0, run.text
    assert "pong" in json.dumps(json.loads(run.stdout)), run.text
    report(reader, "turn", "pong", len(stub.requests))
    extra = set(stub.requests[0].body) - {"messages", "model", "stream", "stream_options"}
    assert extra <= set(reader.facts.protocol.chat.parameters)


def test_a_tool_is_called_and_its_result_comes_back(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    reader.machine.save("note.txt", "seen-by-the-tool\n")
    call = 'Call `read` with {"path": "note.txt"}'
    more = reader.blocks()["turn"].text.replace('"Reply with exactly: pong"', f"'{call}'")
    run = reader.follow(stub, more=more)
    report(reader, "tools", "the result came back", len(stub.requests))
    assert "The tool said: seen-by-the-tool" in run.stdout, run.text


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_is_told_as_recorded(situation: str, reader: Reader, refused: Callable[..., Any]) -> None:
    refused(reader, situation)


def test_the_gateways_file_stands_in_for_the_variable(reader: Reader) -> None:
    stub = reader.stub()
    reader.follow(stub, "env")
    assert (reader.machine.home / ".openclaw" / ".env").stat().st_mode & 0o777 == 0o600
    run = reader.follow(stub, "call", key=None)
    assert run.exit_code == 0, run.text
    assert [request.authorization for request in stub.requests] == ["Bearer " + stub.key(reader.key)]


@trapped("openclaw", "A variable's name as plain text in apiKey is sent as the key itself.")
def test_a_bare_name_is_sent_as_the_key(reader: Reader) -> None:
    variable = reader.variable
    source = {"source": "env", "provider": "default", "id": variable}
    _change(reader, json.dumps(source), json.dumps(variable))
    stub = reader.stub()
    run = reader.follow(stub, "call")
    assert run.exit_code != 0
    assert [request.authorization for request in stub.requests] == ["Bearer " + variable]


@trapped("openclaw", "The dry run fails while the variable is unset;")
def test_only_the_dry_run_notices_that_the_variable_is_unset(reader: Reader) -> None:
    run = reader.follow(
        reader.stub(), "config", key=None, more=f"openclaw config patch --file {fragment(reader)} --dry-run\n"
    )
    assert run.exit_code != 0
    assert reader.variable in run.text
    run = reader.follow(reader.stub(), key=None, more="openclaw config validate --json\n")
    assert json.loads(run.stdout)["valid"] is True


@trapped("openclaw", "After a turn of the agent with a refused key, OpenClaw sends nothing")
@pytest.mark.parametrize(("part", "waits"), [("turn", True), ("call", False)])
def test_after_a_refused_key_only_a_turn_makes_it_wait(part: str, waits: bool, reader: Reader) -> None:
    refused = reader.follow(reader.stub(), part, key=reader.facts.keys[reader.key].beginning + "wrong")
    assert refused.exit_code == 1
    stub = reader.stub()
    run = reader.follow(stub, "call")
    assert (run.exit_code, len(stub.requests)) == ((1, 0) if waits else (0, 1)), run.text
    assert ("Retry after about 1 minute" in run.text) == waits


@trapped("openclaw", "A second fragment with other models is refused;")
def test_a_second_fragment_needs_the_option(reader: Reader) -> None:
    reader.model = reader.another_model()
    provider = reader.facts.provider.id
    patch = f"openclaw config patch --file {fragment(reader)}"
    run = reader.follow(reader.stub(), "config", more=f"{patch} --dry-run\n")
    assert run.exit_code != 0
    run = reader.follow(reader.stub(), more=f"{patch} --replace-path models.providers.{provider}.models\n")
    assert run.exit_code == 0, run.text


@mistakes(("baseUrl:", "baseURL:"))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    plant(reader, mistake)
    stub = reader.stub()
    merge = f"openclaw config patch --file {fragment(reader)} || exit\n"
    run = reader.follow(stub, "config", more=merge + reader.blocks()["call"].text)
    assert run.exit_code != 0
