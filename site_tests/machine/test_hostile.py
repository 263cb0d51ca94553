"""Whatever lies in a catalog, every command ends soon, in little memory, and says what to mend and where."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from agentdocs.catalog.reading import load
from agentdocs.errors import TOLD, CatalogError
from agentdocs.server import listen

from site_tests.conftest import DAY
from site_tests.hostile import CHANGES, bomb
from site_tests.limited import Ended, run
from site_tests.projects import EXEMPLA, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS, MEGABYTES = 5, 300
"""What any catalog may take before it is refused."""


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of a catalog, in a project, under the name that messages show."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXEMPLA / "catalog", "catalog")
    make_project(tmp_path, docs=EXEMPLA / "docs")
    return Path("catalog")


@pytest.fixture
def alarm() -> Iterator[None]:
    """End a test that waits for something."""

    def ring(*_: object) -> None:
        raise TimeoutError("nothing happened for a minute")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("name", CHANGES)
def test_a_hostile_catalog_is_refused_with_what_to_mend(name: str, catalog: Path) -> None:
    change, expected = CHANGES[name]
    change(catalog)
    with pytest.raises(CatalogError) as caught:
        load(catalog, DAY)
    lines = str(caught.value).splitlines()
    assert any(line.startswith("catalog") and expected in line for line in lines), lines[:5]
    assert len(lines) <= TOLD + 1
    assert max(map(len, lines)) < 3500
    assert all(line.isprintable() for line in lines)


def within_bounds(ended: Ended) -> None:
    assert ended.code == 1, ended.told[-2000:]
    assert "Traceback" not in ended.told
    assert ended.seconds < SECONDS
    assert ended.megabytes < MEGABYTES


HARD = (
    "flow lists 100,000 deep",
    "an alias bomb",
    "9,000 items without members",
    "1,000 files of 8,000 names and values",
)


@pytest.mark.parametrize(
    "name", [name if name in HARD else pytest.param(name, marks=pytest.mark.thorough) for name in CHANGES]
)
def test_a_hostile_catalog_takes_little_time_and_memory(name: str, catalog: Path) -> None:
    change, expected = CHANGES[name]
    change(catalog)
    ended = run("check", "--root", str(catalog.parent.absolute()))
    within_bounds(ended)
    assert expected in ended.told


COMMANDS = (["check"], ["check", "--release"], ["build"], ["serve"], ["stage", "staged"], ["snippet"], ["stub"])


def complete(command: list[str]) -> list[str]:
    """Let a server take a port that is free."""
    with listen(0) as listener:
        return [*command, *(["--port", str(listener.getsockname()[1])] if command[0] in ("serve", "stub") else [])]


@pytest.mark.parametrize("name", ["closed lists 10,000 deep", "a named pipe"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_refuses_a_hostile_catalog_alike(command: list[str], name: str, catalog: Path) -> None:
    change, expected = CHANGES[name]
    change(catalog)
    ended = run(*complete(command), "--root", str(catalog.parent.absolute()))
    within_bounds(ended)
    assert expected in ended.told
    assert {path.name for path in Path().iterdir()} == {"catalog", "docs", "mkdocs.yml", "templates"}


def test_a_name_in_the_history_that_is_not_utf_8_is_refused_like_any_other(catalog: Path) -> None:
    change, expected = CHANGES["a file's name that is not UTF-8"]
    change(catalog)
    for command in (["init", "--quiet"], ["add", "catalog"], [*IDENTITY, "commit", "--quiet", "--message", "All"]):
        subprocess.run(["git", *command], check=True)
    ended = run("check", "--root", str(catalog.parent.absolute()))
    within_bounds(ended)
    assert expected in ended.told


IDENTITY = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]

PROBES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a named pipe": (os.mkfifo, "is a named pipe, not a file; put a file in its place"),
    "a device without an end": (lambda probe: probe.symlink_to("/dev/zero"), "is a device, not a file"),
    "a folder": (Path.mkdir, "is a folder, not a file"),
    "a link to itself": (lambda probe: probe.symlink_to(probe), "cannot be read: Too many levels of symbolic links"),
    "lists 100,000 deep": (lambda probe: probe.write_text("a: " + "[" * 100_000), ":1:53: is nested too deeply"),
    "an alias bomb": (lambda probe: probe.write_text(bomb()), ":5:20: here the file has more than 10,000"),
    "3 MB": (lambda probe: probe.write_text("# a comment\n" * 250_000), "is larger than 262,144 bytes"),
    "4,999 services": (
        lambda probe: probe.write_text("".join(f"s{n}: x\n" for n in range(4_999))),
        ":1:1: s0: 's0' names no status of this catalog",
    ),
    "reserved words": (
        lambda probe: probe.write_text("inference: {status: warn, time: '2026-11-23T11:00:00Z', output: unknown}\n"),
        ":1:65: inference.output: 'unknown' is reserved for what nobody published",
    ),
}
"""What `--probe` may be given, and what is said of it."""


@pytest.mark.parametrize(("command", "name"), [*(("check", name) for name in PROBES), ("build", "a named pipe")])
def test_hostile_results_are_refused_with_what_to_mend(command: str, name: str, catalog: Path) -> None:
    make, expected = PROBES[name]
    probe = catalog.parent.absolute() / "probe.yaml"
    make(probe)
    ended = run(command, "--root", str(probe.parent), "--probe", str(probe), "--as-of", DAY.isoformat())
    within_bounds(ended)
    assert ended.told.startswith(f"{probe}{'' if expected.startswith(':') else ': '}{expected}")
