"""opencode: the file and the commands of its section work, and refusals are told as recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from site_tests.clients.common import answers, mistakes
from site_tests.clients.conftest import plain, trapped
from site_tests.clients.reader import SITUATIONS, Client, Reader
from site_tests.clients.test_openai_node import node_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_tests.clients.common import Mistake
    from site_tests.clients.machine import Run

pytestmark = [pytest.mark.program("clients"), pytest.mark.thorough]


def _error(run: Run) -> list[str]:
    return [line.strip() for line in plain(run.stderr).splitlines() if "Error: " in line]


CLIENT = Client("opencode", "call", before=("config",), path=node_path, tells=_error)


def test_the_configuration_answers_one_call(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    run = reader.follow(stub, "call")
    report(reader, "chat", run.stdout.strip(), len(stub.requests))
    assert run.stdout.strip() == "pong", run.text
    assert {request.authorization for request in stub.requests} == {"Bearer " + stub.key(reader.key)}
    assert {request.body["model"] for request in stub.requests} == {reader.facts.recommendations.default}
    report(reader, "stream", str({request.body["stream"] for request in stub.requests}), len(stub.requests))


def test_the_model_is_listed(reader: Reader, report: Callable[..., None]) -> None:
    run = reader.follow(reader.stub(), "list")
    assert run.stdout.split() == [f"{reader.facts.provider.id}/{reader.facts.recommendations.default}"]
    report(reader, "list", run.stdout.strip(), 0)


def test_a_tool_is_called_and_its_result_comes_back(reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    call = 'Call `bash` with {"command": "echo seen-by-the-tool", "description": "Echo"}'
    run = reader.follow(stub, more=f"opencode run '{call}'\n")
    report(reader, "tools", run.stdout.strip()[:80], len(stub.requests))
    assert "The tool said: seen-by-the-tool" in run.stdout, run.text


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_is_told_as_recorded(situation: str, reader: Reader, refused: Callable[..., Any]) -> None:
    refused(reader, situation)


@trapped("opencode", "The first prompt of a session sends two requests,")
@trapped("opencode", "With the variable unset it sends requests without a key.")
def test_one_prompt_sends_a_second_request_for_the_title_and_both_lack_the_key(reader: Reader) -> None:
    stub = reader.stub()
    reader.follow(stub, "call", key=None)
    assert [request.error for request in stub.requests] == [reader.error("unset_key")] * 2
    assert sorted("tools" in request.body for request in stub.requests) == [False, True]


@mistakes(('"baseURL"', '"baseUrl"'))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    assert not answers(reader, mistake, "config", "call")


@pytest.mark.parametrize(("theirs", "ours"), [("opencode.json", "opencode.jsonc"), ("opencode.jsonc", "opencode.json")])
def test_what_a_reader_had_stays_and_both_providers_are_there(theirs: str, ours: str, owner: Reader) -> None:
    folder = owner.machine.home / ".config" / "opencode"
    file = (folder / "opencode.json").rename(folder / theirs)
    before, block, stub = file.read_text(encoding="utf-8"), owner.blocks()["config"], owner.stub()
    assert block.save_as == "~/.config/opencode/opencode.jsonc"
    assert (
        f"save this as {ours} instead" in str(owner.facts.clients["opencode"].snippets[0].note) or ours in block.save_as
    )
    owner.machine.save(f"~/.config/opencode/{ours}", block.text)
    run = owner.follow(stub, "call", more="opencode models other\n")
    assert run.stdout.split() == ["pong", "other/other-coder"], run.text
    assert {request.body["model"] for request in stub.requests} == {owner.facts.recommendations.default}
    assert file.read_text(encoding="utf-8") == before
