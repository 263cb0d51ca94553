"""llm: the file, the stored key and the call of its section work, and refusals are told as recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from site_tests import programs
from site_tests.clients.common import answers, mistakes
from site_tests.clients.conftest import trapped
from site_tests.clients.reader import SITUATIONS, Client, Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_tests.clients.common import Mistake
    from site_tests.clients.machine import Run

pytestmark = [pytest.mark.program("llm"), pytest.mark.thorough]


def _error(run: Run) -> list[str]:
    return [line for line in run.stderr.splitlines() if line.startswith("Error: ")]


CLIENT = Client(
    "llm", "call", before=("config",), path=lambda: (programs.python_bin("llm"),), login="login", tells=_error
)


def test_the_configuration_answers_one_call(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    run = reader.follow(stub, "call")
    report(reader, "chat", run.stdout.strip(), len(stub.requests))
    assert run.stdout.strip() == "pong", run.text
    (request,) = stub.requests
    report(reader, "stream", str(request.body["stream"]), 1)
    assert request.authorization == "Bearer " + stub.key(reader.key)
    assert request.body["model"] == reader.facts.recommendations.default


def test_the_model_is_listed_and_the_file_for_keys_is_closed(reader: Reader, report: Callable[..., None]) -> None:
    run = reader.follow(reader.stub(), more="llm models list\n")
    name = f"{reader.facts.provider.id}/{reader.facts.recommendations.default}"
    assert f"OpenAI Chat: {name}" in run.stdout
    report(reader, "list", name, 0)
    keys = reader.machine.home / ".config" / "io.datasette.llm" / "keys.json"
    assert keys.stat().st_mode & 0o777 == 0o600


def test_a_tool_is_called_and_its_result_comes_back(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    name = f"{reader.facts.provider.id}/{reader.facts.recommendations.default}"
    run = reader.follow(stub, more=f"llm -m {name} -T llm_version 'Which version?'\n")
    report(reader, "tools", run.stdout.strip(), len(stub.requests))
    version = programs.python_version("llm", "llm")
    assert run.stdout.strip() == f"The tool said: {version}", run.text
    assert [request.body["messages"][-1]["role"] for request in stub.requests] == ["user", "tool"]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_is_told_as_recorded(situation: str, reader: Reader, refused: Callable[..., Any]) -> None:
    refused(reader, situation)


@trapped("llm", "The key comes from the command's own store only.")
def test_the_variable_is_not_read(reader: Reader) -> None:
    stub = reader.stub()
    variable = reader.variable
    run = reader.follow(stub, "call", key=None, more="")
    assert run.exit_code == 1
    run = reader.machine.run(stub, f"export {variable}={stub.key(reader.key)}\n" + reader.steps("call"))
    assert run.exit_code == 1
    assert "No key found" in run.stderr
    assert stub.requests == []


@mistakes(("api_base:", "base_api:"), lambda _: ("api_key_name: ", "api_key_name: x"))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    assert not answers(reader, mistake, "config", "call")
