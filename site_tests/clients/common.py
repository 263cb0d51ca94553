"""What several clients prove in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from site_tests.clients.reader import Reader

PARTS = ("list", "chat", "stream", "tools", "errors")
"""The programs that a page shows for each SDK."""


Mistake = Callable[["Reader"], tuple[str, str]]
"""Chooses what is replaced on a reader's page, and by what."""


def mistakes(member: tuple[str, str], variable: Mistake | None = None) -> pytest.MarkDecorator:
    """Give a test each mistake that a client has to notice in its template."""
    planted: dict[str, Mistake] = {
        "a wrong member": lambda _: member,
        "a wrong base URL": _wrong_base_url,
        "a wrong variable": variable or _wrong_variable,
    }
    return pytest.mark.parametrize("mistake", planted.values(), ids=planted)


def _wrong_base_url(reader: Reader) -> tuple[str, str]:
    path = urlsplit(reader.facts.apis[reader.api].base_url).path
    return path, path[:-1]


def _wrong_variable(reader: Reader) -> tuple[str, str]:
    return reader.variable, f"{reader.variable}_OF_ANOTHER"


def plant(reader: Reader, mistake: Mistake) -> None:
    """Put a mistake into the page that a reader follows."""
    reader.planted = mistake(reader)
    assert any(reader.planted[1] in block.text for block in reader.blocks().values()), "the mistake is not in the page"


def answers(reader: Reader, mistake: Mistake, *steps: str, answer: str = "pong") -> bool:
    """Follow steps of a page with a mistake in it, and tell whether the model's answer still comes."""
    plant(reader, mistake)
    run = reader.follow(reader.stub(), *steps)
    return run.exit_code == 0 and answer in run.stdout


def lost(had: Any, has: Any, path: str = "") -> set[str]:  # noqa: ANN401
    """Name the settings that are not what they were, by their paths; a list is one setting."""
    if not isinstance(had, dict) or not isinstance(has, dict):
        return set() if had == has else {path}
    inner = (lost(value, has.get(name), f"{path}.{name}".lstrip(".")) for name, value in had.items())
    return {each for paths in inner for each in paths}


def program_works(reader: Reader, part: str, report: Callable[..., None]) -> None:
    """Run one of an SDK's programs as it is published, and compare what it sent and printed."""
    stub = reader.stub()
    run = reader.follow(stub, part)
    assert run.exit_code == 0, run.stderr
    report(reader, part, run.stdout.strip().splitlines()[-1], len(stub.requests))
    assert {request.authorization for request in stub.requests} == {"Bearer " + stub.key(reader.key)}
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
