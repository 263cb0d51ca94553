"""Real providers: each client, set up as their pages say, reaches the model with the oddest id that it can use."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.mkdocs.build import build

from site_tests.clients.machine import Machine
from site_tests.clients.reader import Client, Reader
from site_tests.conftest import DAY
from site_tests.projects import REAL, make_real

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering
    from agentdocs.schema import Model

pytestmark = pytest.mark.thorough

MODULES = [
    import_module(f"{__package__}.{file.stem}")
    for file in sorted(Path(__file__).parent.glob("test_*.py"))
    if file.stem != Path(__file__).stem
]
CLIENTS = [
    pytest.param(module.CLIENT, id=module.CLIENT.name, marks=getattr(module, "pytestmark", ()))
    for module in MODULES
    if hasattr(module, "CLIENT")
]
"""Every client that has a module of tests here, however the shipped provider calls it."""
BESIDES = {"model", "messages", "stream_options"}
"""What every chat may have, whatever parameters a provider lists."""


@pytest.fixture(scope="module", params=REAL)
def provider(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rendering, Path]:
    """Give a real provider's rendering and its site."""
    root = tmp_path_factory.mktemp(request.param)
    return build(make_real(request.param, root / "project"), root / "site", day=DAY), root / "site"


def oddness(model: Model) -> tuple[bool, bool, bool, int]:
    """Say how far an id is from `author/name`, for comparison."""
    name = model.id
    return ":" in name, "/" not in name, name != name.lower(), sum(not letter.isalnum() for letter in name)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_set_up_as_the_page_says_reaches_the_model(
    client: Client, provider: tuple[Rendering, Path], tmp_path: Path, report: Callable[..., None]
) -> None:
    rendering, site = provider
    facts, entry = rendering.facts, rendering.facts.clients[client.name]
    usable = [model for model in facts.models.values() if not rendering.snippets.refusal(entry, model)]
    machine = Machine(facts, tmp_path, client.environment, client.path())
    reader = Reader(client, rendering, site, machine, max(usable, key=oddness).id)
    run = reader.prepare()
    assert run.exit_code == 0, run.text
    stub = reader.stub()
    run = reader.follow(stub, client.call)
    assert (run.exit_code, "pong" in run.stdout) == (0, True), run.text
    chats = [request for request in stub.requests if request.operation == "chat"]
    assert {request.authorization for request in chats} == {"Bearer " + stub.key(reader.key)}
    assert {request.body["model"] for request in chats} == {reader.model}
    report(reader, facts.provider.id, json.dumps(_parameters(chats)), len(chats))


def _parameters(chats: list[Any]) -> list[str]:
    """Name everything that some chats asked for beside what every chat has."""
    return sorted({name for chat in chats for name in chat.body} - BESIDES)
