"""cURL: every published command runs as it is, and fails as the page tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from site_tests.clients.common import answers, mistakes
from site_tests.clients.conftest import trapped
from site_tests.clients.reader import SITUATIONS, Client, Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_tests.clients.common import Mistake

pytestmark = pytest.mark.program("curl")
CLIENT = Client("curl", "chat")


@pytest.mark.parametrize("shell", ["bash", pytest.param("zsh", marks=pytest.mark.program("zsh")),
                                   pytest.param("fish", marks=pytest.mark.program("fish"))])  # fmt: skip
@pytest.mark.parametrize("part", ["list", "chat", "stream"])
def test_the_published_command_works(part: str, shell: str, reader: Reader, report: Callable[..., None]) -> None:
    stub = reader.stub()
    run = reader.follow(stub, part, shell=shell)
    assert (run.exit_code, run.stderr) == (0, "")
    (request,) = stub.requests
    if shell == "bash":
        report(reader, part, run.stdout.strip()[:60], 1)
    assert request.authorization == "Bearer " + stub.key(reader.key)
    if part == "list":
        usable = [model.id for model in reader.facts.models.values() if model.for_agents]
        assert [entry["id"] for entry in json.loads(run.stdout)["data"]] == usable
        return
    assert request.body["model"] == reader.facts.recommendations.default
    if part == "chat":
        assert json.loads(run.stdout)["choices"][0]["message"]["content"] == "pong"
    else:
        *events, end = [line[6:] for line in run.stdout.splitlines() if line.startswith("data: ")]
        pieces = [json.loads(event) for event in events]
        assert "".join(piece["choices"][0]["delta"].get("content", "") for piece in pieces) == "pong"
        assert "usage" in pieces[-1]
        assert end == "[DONE]"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_is_told_as_recorded(situation: str, reader: Reader, refused: Callable[..., Any]) -> None:
    refused(reader, situation)


@trapped("curl", "With --fail-with-body a refused request exits with 22")
def test_without_the_option_a_refused_request_exits_with_0(reader: Reader) -> None:
    text = reader.blocks()["chat"].text
    stub = reader.stub(reader.error("plan"))
    with_it = reader.follow(stub, "chat")
    without = reader.machine.run(stub, f"export {reader.variable}=" + stub.key(reader.key) + "\n"
                                 + text.replace(" --fail-with-body", ""))  # fmt: skip
    assert (with_it.exit_code, without.exit_code) == (22, 0)
    assert with_it.stdout == without.stdout
    assert json.loads(without.stdout)["error"]["code"] == reader.facts.errors[reader.error("plan")].code


@mistakes(('"messages"', '"message"'))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    assert not answers(reader, mistake, "chat", answer='"content":"pong"')
