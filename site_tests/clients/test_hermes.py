"""Hermes: the file, the commands and the calls of its section work, and refusals are told as recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from site_tests import programs
from site_tests.clients.common import answers, lost, mistakes
from site_tests.clients.conftest import trapped
from site_tests.clients.reader import SITUATIONS, Client, Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from site_tests.clients.common import Mistake
    from site_tests.clients.machine import Run

pytestmark = [pytest.mark.program("hermes"), pytest.mark.thorough]


def _answer(run: Run) -> list[str]:
    return [line.strip() for line in run.stdout.splitlines() if line.strip()]


CLIENT = Client(
    "hermes",
    "call",
    before=("apply",),
    path=lambda: (programs.python_bin("hermes"),),
    environment={"HERMES_DISABLE_LAZY_INSTALLS": "1"},  # else it looks for pip's index while it runs
    tells=_answer,
)


def chats(stub: Any) -> list[Any]:  # noqa: ANN401
    """Give the prompts among the requests; Hermes lists the models besides."""
    return [request for request in stub.requests if request.operation == "chat"]


def test_the_configuration_answers_one_call(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    run = reader.follow(stub, "call")
    report(reader, "chat", run.stdout.strip(), len(stub.requests))
    assert run.stdout.strip() == "pong", run.text
    (request,) = chats(stub)
    assert request.authorization == "Bearer " + stub.key(reader.key)
    default = reader.facts.models[reader.facts.recommendations.default]
    assert request.body["model"] == default.id
    if reader.facts.protocol.chat.output_limit == "max_tokens":  # it sends no other one
        assert default.known.max_output in ("unknown", request.body.get("max_tokens"))
    report(reader, "stream", str(request.body.get("stream", False)), 1)


def _configuration(reader: Reader) -> Path:
    return reader.machine.home / ".hermes" / "config.yaml"


def _settings(reader: Reader) -> Any:  # noqa: ANN401
    return yaml.safe_load(_configuration(reader).read_text(encoding="utf-8"))


def test_the_file_sets_the_same_as_the_commands(reader: Reader) -> None:
    config = _settings(reader)
    _configuration(reader).unlink()
    stub = reader.stub()
    run = reader.follow(stub, "config", "call")
    assert run.stdout.strip() == "pong", run.text
    assert [request.body["model"] for request in chats(stub)] == [reader.facts.recommendations.default]
    written = _settings(reader)
    provider, expected = (data["providers"][reader.facts.provider.id] for data in (config, written))
    assert {**expected, **provider} == expected
    assert {name: config["model"][name] for name in written["model"]} == written["model"]


def test_what_a_reader_had_stays_and_comes_back(owner: Reader) -> None:
    before, stub = _configuration(owner).read_text(encoding="utf-8"), owner.stub()
    run = owner.follow(stub, "backup", "apply", "call")
    assert run.stdout.strip().endswith("pong"), run.text
    assert {request.body["model"] for request in chats(stub)} == {owner.facts.recommendations.default}
    had, once = yaml.safe_load(before), _settings(owner)
    limits = {f"model.{name}" for name in ("max_tokens", "context_length") if name in had["model"]}
    assert {"model.provider", "model.default"} <= lost(had, once) <= {"model.provider", "model.default", *limits}
    owner.follow(stub, "backup", "apply")
    assert _settings(owner) == once
    owner.model = owner.another_model()
    owner.follow(stub, "apply")
    limit = owner.facts.models[owner.model].known.max_output
    assert _settings(owner)["model"].get("max_tokens", "unknown") == limit, "the limit of the model before stayed"
    run = owner.follow(stub, "undo", key=None)
    assert run.exit_code == 0, run.text
    assert _configuration(owner).read_text(encoding="utf-8") == before


def test_the_key_of_the_file_is_used_without_the_variable_and_wins_over_it(reader: Reader) -> None:
    stub = reader.stub()
    reader.follow(stub, "env")
    file = reader.machine.home / ".hermes" / ".env"
    assert file.stat().st_mode & 0o777 == 0o600
    run = reader.follow(stub, "call", key=None)
    assert run.stdout.strip() == "pong", run.text
    run = reader.follow(stub, "call", key="another")
    assert run.stdout.strip() == "pong", run.text
    assert {request.authorization for request in chats(stub)} == {"Bearer " + stub.key(reader.key)}


def test_the_page_of_another_model_names_that_model(reader: Reader) -> None:
    reader.model = reader.another_model()
    stub = reader.stub()
    run = reader.follow(stub, "other")
    assert run.stdout.strip() == "pong", run.text
    (request,) = chats(stub)
    assert request.body["model"] == reader.model


def test_a_tool_is_called_and_its_result_comes_back(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    call = 'Call `terminal` with {"command": "echo seen-by-the-tool"}'
    run = reader.follow(stub, key="", more=f"hermes -z '{call}' --yolo\n")
    report(reader, "tools", run.stdout.strip()[:80], len(stub.requests))
    assert "seen-by-the-tool" in run.stdout, run.text
    assert [request.body["messages"][-1]["role"] for request in chats(stub)] == ["user", "tool"]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_is_told_as_recorded(situation: str, reader: Reader, refused: Callable[..., Any]) -> None:
    refused(reader, situation)


@trapped("hermes", "A one-shot call exits with 0 even when the API refuses it.")
def test_a_refused_call_exits_with_0(reader: Reader) -> None:
    stub = reader.stub(reader.error("plan"))
    run = reader.follow(stub, key="", more="hermes -z 'Reply with exactly: pong' --usage-file usage.json\n")
    assert run.exit_code == 0
    assert str(reader.facts.errors[reader.error("plan")].status) in run.stdout
    assert json.loads((reader.machine.work / "usage.json").read_text(encoding="utf-8"))["failed"] is True


@trapped("hermes", "The key belongs into the environment or into .env in Hermes' folder.")
@trapped("hermes", "With the variable unset Hermes sends a placeholder")
def test_a_key_set_by_hermes_config_is_never_found(reader: Reader) -> None:
    stub = reader.stub()
    reader.follow(stub, key=None, more=f"hermes config set {reader.variable} {stub.key(reader.key)}\n")
    run = reader.follow(stub, "call", key=None)
    assert str(reader.facts.errors[reader.error("wrong_key")].status) in run.stdout
    assert {request.authorization for request in chats(stub)} == {"Bearer no-key-required"}
    assert {request.error for request in chats(stub)} == {reader.error("wrong_key")}


@trapped("hermes", "The commands cannot set the context window of one model whose id contains a dot;")
def test_the_path_of_a_model_with_a_dot_is_taken_apart(reader: Reader) -> None:
    provider, model = reader.facts.provider.id, reader.another_model()
    path = f"providers.{provider}.models.{model}.context_length"
    reader.follow(reader.stub(), key=None, more=f"hermes config set {path} 198000\n")
    config = yaml.safe_load((reader.machine.home / ".hermes" / "config.yaml").read_text(encoding="utf-8"))
    assert model not in config["providers"][provider]["models"]
    assert model.partition(".")[0] in config["providers"][provider]["models"]


def test_a_context_window_below_the_minimum_is_refused(reader: Reader) -> None:
    minimum = reader.facts.clients["hermes"].minimum_context_window
    assert minimum is not None
    file = _configuration(reader)
    reader.follow(reader.stub(), "config")
    text = file.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "context_length" in line)
    outcomes = {}
    for tokens in (minimum, minimum - 1):
        file.write_text(text.replace(line, f"        context_length: {tokens}"), encoding="utf-8")
        stub = reader.stub()
        run = reader.follow(stub, "call")
        outcomes[tokens] = (run.stdout.strip() == "pong", len(chats(stub)))
    assert outcomes == {minimum: (True, 1), minimum - 1: (False, 0)}


@mistakes(("key_env:", "key_variable:"))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    assert not answers(reader, mistake, "config", "call")
