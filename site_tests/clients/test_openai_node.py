"""The OpenAI library for Node: every published program runs as it is, and fails as the page tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from site_tests import programs
from site_tests.clients.common import PARTS, answers, mistakes, program_works
from site_tests.clients.conftest import trapped
from site_tests.clients.reader import RETRY_AFTER, SITUATIONS, Client, Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from site_tests.clients.common import Mistake
    from site_tests.clients.machine import Machine, Run

pytestmark = [pytest.mark.program("clients"), pytest.mark.thorough]


def node_path() -> tuple[Path, ...]:
    """Give the folders of Node and of the programs that it runs."""
    node = programs.find("node")
    assert node is not None
    return programs.node_modules("clients") / ".bin", node.parent


def _installed(machine: Machine) -> None:
    link = machine.work / "node_modules"
    if not link.exists():
        link.symlink_to(programs.node_modules("clients"))


def _error(run: Run) -> list[str]:
    return re.findall(r"^\w*Error: .*$", run.stderr, re.MULTILINE)


CLIENT = Client("openai-node", "chat", path=node_path, tells=_error, installed=_installed)


@pytest.mark.parametrize("part", PARTS)
def test_the_published_program_works(part: str, reader: Reader, report: Callable[..., None]) -> None:
    program_works(reader, part, report)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_is_told_as_recorded(situation: str, reader: Reader, refused: Callable[..., Any]) -> None:
    refused(reader, situation)


@pytest.mark.parametrize(("situation", "wait"), [("plan", ""), ("burst", f", try again in {RETRY_AFTER} s")])
def test_the_program_for_errors_tells_status_code_and_wait(situation: str, wait: str, reader: Reader) -> None:
    run = reader.follow(reader.stub(reader.error(situation)), "errors")
    assert (run.exit_code, run.stderr.strip()) == (1, reader.told(situation) + wait)


def test_the_program_for_errors_tells_a_lost_connection(reader: Reader) -> None:
    text = (
        reader.blocks()["errors"].text.replace("https://", "https://nowhere.").replace("maxRetries: 2", "maxRetries: 0")
    )
    reader.machine.save("handle-errors.mjs", text)
    CLIENT.installed(reader.machine)
    run = reader.machine.run(reader.stub(), f"{reader.variable}=x node handle-errors.mjs")
    assert (run.exit_code, run.stderr.strip()) == (1, "no answer: Connection error.")


@trapped("openai-node", "With the variable unset the library reads another variable,")
def test_with_the_variable_unset_the_library_sends_another_key(reader: Reader) -> None:
    stub = reader.stub()
    run = reader.follow(stub, "chat", key=None, more="export OPENAI_API_KEY=another; node chat.mjs\n")
    assert "OPENAI_API_KEY" in run.stderr
    assert [request.authorization for request in stub.requests] == ["Bearer another"]


@trapped("openai-node", "Use it on a server only.")
def test_the_library_refuses_to_start_in_a_browser(reader: Reader) -> None:
    text = reader.blocks()["chat"].text
    reader.machine.save("page.mjs", "globalThis.window = { document: {} };\n" + text)
    CLIENT.installed(reader.machine)
    stub = reader.stub()
    run = reader.machine.run(stub, f"{reader.variable}={stub.key(reader.key)} node page.mjs")
    assert "browser-like environment" in run.stderr
    assert stub.requests == []


@trapped("openai-node", "A request that meets a rate limit is sent twice more")
@pytest.mark.parametrize("retries", [0, 1])
def test_max_retries_changes_how_often_a_request_is_sent(retries: int, reader: Reader) -> None:
    stub = reader.stub(reader.error("burst"))
    text = reader.blocks()["errors"].text
    reader.machine.save("handle-errors.mjs", text.replace("maxRetries: 2", f"maxRetries: {retries}"))
    CLIENT.installed(reader.machine)
    reader.machine.run(stub, f"{reader.variable}={stub.key(reader.key)} node handle-errors.mjs")
    assert len(stub.requests) == 1 + retries


@mistakes(("baseURL:", "baseUrl:"))
def test_a_mistake_in_the_template_would_be_noticed(mistake: Mistake, reader: Reader) -> None:
    assert not answers(reader, mistake, "chat")
