"""Readers for the tests of clients, and what they report."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from site_tests.clients import recordings
from site_tests.clients.machine import Machine, unshare
from site_tests.clients.reader import RETRY_AFTER, Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering

    from site_tests.clients.reader import Client

HOMES = Path(__file__).with_name("homes")
"""The homes of readers who had a client before, as they might be: by client, what lies there."""
REPORT = "AGENTDOCS_CLIENTS_REPORT"
"""The variable that names a file for what was seen, one JSON object a line."""


@pytest.fixture(scope="module")
def prepared(
    request: pytest.FixtureRequest, preview: Rendering, preview_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Reader:
    """A reader who has taken the steps before the call of the module's client."""
    client: Client = request.module.CLIENT
    folder = tmp_path_factory.mktemp(client.name)
    machine = Machine(preview.facts, folder, client.environment, client.path())
    reader = Reader(client, preview, preview_site, machine)
    run = reader.prepare()
    assert run.exit_code == 0, run.text
    return reader


@pytest.fixture
def reader(prepared: Reader, tmp_path: Path, tell: Callable[..., None]) -> Reader:
    """The same reader on a machine of the test's own."""
    if unshare() is None:
        tell("{count} tests of clients ran where namespaces are not permitted: they replaced the origin.", count=1)
    else:
        tell("{count} tests of clients ran byte for byte, with the public host names, in namespaces.", count=1)
    return prepared.copy(tmp_path / "machine")


@pytest.fixture
def owner(request: pytest.FixtureRequest, preview: Rendering, preview_site: Path, tmp_path: Path) -> Reader:
    """A reader who has a configuration of their own, that of `homes/`, and has not begun."""
    client: Client = request.module.CLIENT
    machine = Machine(preview.facts, tmp_path / "machine", client.environment, client.path())
    shutil.copytree(HOMES / client.name, machine.home, dirs_exist_ok=True)
    return Reader(client, preview, preview_site, machine)


@pytest.fixture
def report() -> Callable[..., None]:
    """Write down what a proof saw, for the table of clients."""

    def write(reader: Reader, proof: str, seen: str, requests: int) -> None:
        if REPORT in os.environ:
            row = {"client": reader.client.name, "proof": proof, "seen": seen, "requests": requests}
            with Path(os.environ[REPORT]).open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")

    return write


@pytest.fixture
def refused(request: pytest.FixtureRequest, report: Callable[..., None]) -> Callable[[Reader, str], dict[str, Any]]:
    """Compare what a client does in a situation with its recording, or record it."""

    def check(reader: Reader, situation: str) -> dict[str, Any]:
        run, stub = reader.refused(situation)
        seen, waited = recordings.seen(reader, situation, run, stub), recordings.waits(stub)
        report(reader, situation, f"exit {seen['exit_code']}: {' / '.join(seen['prints'])}", seen["requests"])
        if request.config.getoption("--recordings"):
            recordings.write(reader, situation, seen, waited, run.looked_up)
            return seen
        recorded = reader.facts.recordings.get(reader.client.name)
        assert recorded is not None, "nobody recorded this client; make recordings does"
        expected = recorded.outcomes[situation].model_dump(mode="json", exclude={"provenance"})  # type: ignore[index]
        assert seen == expected, f"not as recorded; make recordings records it anew\n{run.text}"
        unknown = recordings.domains(run.looked_up) - {*recorded.other_domains}
        assert not unknown, "it looks up hosts of domains that it did not ask before"
        if situation == "burst":
            assert (waited is None) == (recorded.waits is None)
            # A client that does not wait may seem to on a slow machine, but not the other way round.
            assert waited or not recorded.waits, f"it does not wait {RETRY_AFTER} s"
        return seen

    return check


def trapped(client: str, warning: str) -> Callable[[Any], Any]:
    """Mark a test that shows what a warning of the catalog warns of; `warning` is how it begins."""

    def mark(test: Any) -> Any:  # noqa: ANN401
        TRAPS.setdefault(client, []).append(warning)
        return test

    return mark


TRAPS: dict[str, list[str]] = {}
"""The warnings that tests show, by client."""


def plain(text: str) -> str:
    """Remove the sequences that colour a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
