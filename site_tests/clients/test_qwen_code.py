"""Qwen Code: the settings and the call of its section work, and refusals are told as recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import json5
import pytest

from site_tests.clients.common import answers, lost, mistakes
from site_tests.clients.conftest import trapped
from site_tests.clients.machine import unshare
from site_tests.clients.reader import SITUATIONS, Client, Reader
from site_tests.clients.test_openai_node import node_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from site_tests.clients.common import Mistake
    from site_tests.clients.machine import Run

pytestmark = [pytest.mark.program("clients"), pytest.mark.thorough]


def _error(run: Run) -> list[str]:
    return [line.strip() for line in run.stderr.splitlines() if "API Error" in line or "API key" in line]


CLIENT = Client("qwen-code", "call", before=("config", "merge"), path=node_path, tells=_error)


def _file(reader: Reader) -> Path:
    return reader.machine.home / ".qwen" / "settings.json"


def _settings(reader: Reader) -> Any:  # noqa: ANN401
    return json.loads(_file(reader).read_text(encoding="utf-8"))


def test_what_a_reader_had_stays_and_comes_back(owner: Reader) -> None:
    before, stub = _file(owner).read_text(encoding="utf-8"), owner.stub()
    owner.follow(stub, "config", "merge")
    had, once = json5.loads(before), _settings(owner)
    assert lost(had, once) == {"model.name", "modelProviders.openai"}
    models = had["modelProviders"]["openai"]
    assert once["modelProviders"]["openai"][: len(models)] == models
    owner.follow(stub, "config", "merge")
    assert _settings(owner) == once
    run = owner.follow(stub, "call")
    assert run.stdout.strip() == "pong", run.text
    assert {request.body["model"] for request in stub.requests} == {owner.facts.recommendations.default}
    owner.model = owner.another_model()
    owner.follow(stub, "config", "merge")
    assert len(_settings(owner)["modelProviders"]["openai"]) == len(models) + 2
    run = owner.follow(stub, "undo", key=None)
    assert run.exit_code == 0, run.text
    assert _file(owner).read_text(encoding="utf-8") == before


def test_the_settings_answer_one_call(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    run = reader.follow(stub, "call")
    report(reader, "chat", run.stdout.strip(), len(stub.requests))
    assert run.stdout.strip() == "pong", run.text
    request = next(request for request in stub.requests if "tools" in request.body)
    default = reader.facts.models[reader.facts.recommendations.default]
    assert request.authorization == "Bearer " + stub.key(reader.key)
    assert request.body["model"] == default.id
    if limit := reader.facts.protocol.chat.output_limit:
        assert default.known.max_output in ("unknown", request.body.get(limit))
    report(reader, "stream", str(request.body["stream"]), 1)


def test_a_tool_is_called_and_its_result_comes_back(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    reader.machine.save("note.txt", "seen-by-the-tool\n")
    call = f'Call `read_file` with {{"file_path": "{reader.machine.work}/note.txt"}}'
    run = reader.follow(stub, more=f"qwen -p '{call}'\n")
    report(reader, "tools", run.stdout.strip()[:80], len(stub.requests))
    assert "The tool said: seen-by-the-tool" in run.stdout, run.text


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_is_told_as_recorded(situation: str, reader: Reader, refused: Callable[..., Any]) -> None:
    refused(reader, situation)


@trapped("qwen-code", "Keep maxRetries at 0.")
def test_without_max_retries_a_rate_limit_costs_request_after_request(reader: Reader) -> None:
    file = reader.machine.home / ".qwen" / "settings.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"maxRetries": 0,', ""), encoding="utf-8")
    stub = reader.stub(reader.error("burst"))
    stub.retry_after = 1
    recorded = reader.facts.recordings["qwen-code"].outcomes["burst"].requests
    stub.seen = lambda _: reader.machine.stop() if len(stub.requests) > 2 * recorded else None
    run = reader.follow(stub, "call")
    assert run.exit_code < 0, "it ended by itself"
    assert len(stub.requests) > 2 * recorded


@trapped("qwen-code", "Keep usageStatisticsEnabled at false.")
@pytest.mark.skipif(unshare() is None, reason="names of hosts are seen in a namespace only")
def test_without_the_setting_the_maker_is_told(reader: Reader) -> None:
    file = reader.machine.home / ".qwen" / "settings.json"
    kept = reader.follow(reader.stub(), "call")
    text = file.read_text(encoding="utf-8")
    assert '"usageStatisticsEnabled": false' in text
    file.write_text(text.replace('"usageStatisticsEnabled": false', '"usageStatisticsEnabled": true'), encoding="utf-8")
    told = reader.follow(reader.stub(), "call")
    assert kept.looked_up == frozenset()
    assert told.looked_up != frozenset()


@mistakes(('"envKey"', '"envVar"'))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    _file(reader).unlink()  # else the right settings stay beside the wrong ones
    assert not answers(reader, mistake, "config", "merge", "call")
