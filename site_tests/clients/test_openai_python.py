"""The OpenAI library for Python: every published program runs as it is, and fails as the page tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from site_tests import programs
from site_tests.clients.common import PARTS, answers, mistakes, program_works
from site_tests.clients.conftest import trapped
from site_tests.clients.reader import RETRY_AFTER, SITUATIONS, Client, Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_tests.clients.common import Mistake
    from site_tests.clients.machine import Run


def _last_line(run: Run) -> list[str]:
    return run.stderr.strip().splitlines()[-1:]


CLIENT = Client("openai-python", "chat", path=lambda: (programs.python_bin("openai"),), tells=_last_line)


@pytest.mark.parametrize("part", PARTS)
def test_the_published_program_works(part: str, reader: Reader, report: Callable[..., None]) -> None:
    program_works(reader, part, report)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_is_told_as_recorded(situation: str, reader: Reader, refused: Callable[..., Any]) -> None:
    refused(reader, situation)


@pytest.mark.parametrize(
    ("situation", "wait"), [("plan", ""), ("model", ""), ("burst", f", try again in {RETRY_AFTER} s")]
)
def test_the_program_for_errors_tells_status_code_and_wait(situation: str, wait: str, reader: Reader) -> None:
    run = reader.follow(reader.stub(reader.error(situation)), "errors")
    assert (run.exit_code, run.stderr.strip()) == (1, reader.told(situation) + wait)


def test_the_program_for_errors_tells_a_lost_connection(reader: Reader) -> None:
    text = (
        reader.blocks()["errors"].text.replace("https://", "https://nowhere.").replace("max_retries=2", "max_retries=0")
    )
    reader.machine.save("handle_errors.py", text)
    run = reader.machine.run(reader.stub(), f"{reader.variable}=x python handle_errors.py")
    assert (run.exit_code, run.stderr.strip()) == (1, "no answer: Connection error.")


@trapped("openai-python", "Without api_key the library reads another variable.")
def test_without_the_key_the_library_sends_that_of_another_variable(reader: Reader) -> None:
    stub = reader.stub()
    text = reader.blocks()["chat"].text
    line = next(line for line in text.splitlines() if "api_key" in line)
    reader.machine.save("chat.py", text.replace(line + "\n", ""))
    run = reader.machine.run(stub, "OPENAI_API_KEY=another python chat.py")
    assert run.exit_code != 0
    assert [request.authorization for request in stub.requests] == ["Bearer another"]


@trapped("openai-python", "A request that meets a rate limit is sent twice more")
@pytest.mark.parametrize("retries", [0, 1])
def test_max_retries_changes_how_often_a_request_is_sent(retries: int, reader: Reader) -> None:
    stub = reader.stub(reader.error("burst"))
    text = reader.blocks()["errors"].text
    reader.machine.save("handle_errors.py", text.replace("max_retries=2", f"max_retries={retries}"))
    reader.machine.run(stub, f"{reader.variable}={stub.key(reader.key)} python handle_errors.py")
    assert len(stub.requests) == 1 + retries


@mistakes(("base_url=", "base_uri="))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    assert not answers(reader, mistake, "chat")
