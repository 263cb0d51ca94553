"""What several clients prove in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_tests.clients.reader import Reader

PARTS = ("list", "chat", "stream", "tools", "errors")
"""The programs that a page shows for each SDK."""


def mistakes(member: tuple[str, str], variable: tuple[str, str] | None = None) -> pytest.MarkDecorator:
    """Give a test each mistake that a client has to notice in its template: what is replaced, and by what."""
    planted = {
        "a wrong member": member,
        "a wrong base URL": ("/api/v1/agents", "/api/v1/agent"),
        "a wrong variable": variable or ("LLMBASE_CHAT_AGENT_KEY", "LLMBASE_API_KEY"),
    }
    return pytest.mark.parametrize("mistake", planted.values(), ids=planted)


def answers(reader: Reader, mistake: tuple[str, str], *steps: str, answer: str = "pong") -> bool:
    """Follow steps of a page with a mistake in it, and tell whether the model's answer still comes."""
    reader.planted = mistake
    assert any(mistake[1] in block.text for block in reader.blocks().values()), "the mistake is not in the page"
    run = reader.follow(reader.stub(), *steps)
    return run.exit_code == 0 and answer in run.stdout


def program_works(reader: Reader, part: str, report: Callable[..., None]) -> None:
    """Run one of an SDK's programs as it is published, and compare what it sent and printed."""
    stub = reader.stub()
    run = reader.follow(stub, part)
    assert run.exit_code == 0, run.stderr
    report(reader, part, run.stdout.strip().splitlines()[-1], len(stub.requests))
    assert {request.authorization for request in stub.requests} == {"Bearer " + stub.key("chat_agent")}
    if part == "list":
        usable = [model.id for model in reader.facts.models.values() if model.for_agents]
        assert run.stdout.split() == usable
        return
    assert {request.body["model"] for request in stub.requests} == {reader.facts.recommendations.default}
    assert stub.requests[0].body.get("stream", False) == (part == "stream")
    if part == "tools":
        assert [request.body["messages"][-1]["role"] for request in stub.requests] == ["user", "tool"]
        assert run.stdout.strip() == "The tool said: 2"
    else:
        assert run.stdout.strip() == "pong"
