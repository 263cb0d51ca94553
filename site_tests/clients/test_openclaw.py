"""OpenClaw: the fragment, the commands and the calls of its section work, and refusals are told as recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import json5
import pytest

from site_tests.clients.common import lost, mistakes, plant
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


def _merge(reader: Reader) -> str:
    """Give the command of the page that merges the file."""
    *_, merge = [line for line in reader.blocks()["apply"].text.splitlines() if "--merge" in line]
    return merge


def _settings(reader: Reader) -> Any:  # noqa: ANN401
    return json.loads(_configuration(reader).read_text(encoding="utf-8"))


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
    run = reader.follow(reader.stub(), "config", key=None, more=f"{_merge(reader)} --dry-run\n")
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


@trapped("openclaw", "Keep --merge when you add another model.")
def test_another_model_stands_beside_the_first_with_the_option_only(reader: Reader) -> None:
    reader.model = reader.another_model()
    run = reader.follow(reader.stub(), "config", more=_merge(reader).replace(" --merge", " --dry-run") + "\n")
    assert run.exit_code != 0
    run = reader.follow(reader.stub(), more=_merge(reader) + "\n")
    assert run.exit_code == 0, run.text
    models = _settings(reader)["models"]["providers"][reader.facts.provider.id]["models"]
    assert [model["id"] for model in models] == [reader.facts.recommendations.default, reader.model]


def test_what_a_reader_had_stays_and_comes_back(owner: Reader) -> None:
    file, provider = _configuration(owner), owner.facts.provider.id
    before, stub = file.read_text(encoding="utf-8"), owner.stub()
    steps = ("config", "backup", "apply", "allow")
    run = owner.follow(stub, *steps, more=_private_network(owner.facts))
    assert run.exit_code == 0, run.text
    had, once = json5.loads(before), _settings(owner)
    assert lost(had, once) == {"agents.defaults.model.primary"}
    # Without a policy its models are the only ones that OpenClaw may choose, and it says so when it writes the file.
    restricted = [*had["agents"]["defaults"]["models"], f"{provider}/*"]
    assert once["agents"]["defaults"]["modelPolicy"]["allow"] == restricted
    run = owner.follow(stub, *steps)
    twice = _settings(owner)
    assert {**twice, "meta": once["meta"]} == once, run.text
    run = owner.follow(stub, "call")
    assert json.loads(run.stdout)["outputs"][0]["text"] == "pong", run.text
    run = owner.follow(stub, "undo", key=None)
    assert json.loads(run.stdout)["valid"] is True, run.text
    assert file.read_text(encoding="utf-8") == before


@mistakes(("baseUrl:", "baseURL:"))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    plant(reader, mistake)
    stub = reader.stub()
    run = reader.follow(stub, "config", more=f"{_merge(reader)} || exit\n" + reader.blocks()["call"].text)
    assert run.exit_code != 0
