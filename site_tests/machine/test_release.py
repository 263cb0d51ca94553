"""A release says what it was made of, and is served as it was made."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from agentdocs import release as releases
from agentdocs import server
from agentdocs.cli import main
from agentdocs.hosting import answers, table
from click.testing import CliRunner

from site_tests.conftest import DAY
from site_tests.hosting.comparison import differences
from site_tests.hosting.hosts import Host
from site_tests.projects import MINIMAL, commit, make_project
from site_tests.serving import running

if TYPE_CHECKING:
    from agentdocs.render import Rendering
    from click.testing import Result


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The minimal provider's project with a history, as the current folder."""
    shutil.copytree(MINIMAL, tmp_path / "project")
    monkeypatch.chdir(make_project(tmp_path / "project"))
    commit(Path())
    return Path()


def build(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--as-of", DAY.isoformat(), *arguments])


def test_a_release_says_what_it_was_made_of(project: Path) -> None:
    head = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    assert build("--release").exit_code == 0
    record = json.loads((project / "site-release" / "_release.json").read_bytes())
    assert record == {"commit": head, "changed": [], "day": DAY.isoformat(), "generator": record["generator"]}
    told = f"Release of commit {head[:12]} for {DAY}, made by agentdocs {record['generator']}.\n"
    check = ["check", "--release", "--as-of", DAY.isoformat()]
    assert CliRunner().invoke(main, check).stdout.startswith(told)
    with (project / "catalog" / "plans.yaml").open("a", encoding="utf-8") as plans:
        plans.write("# not committed\n")
    (project / "docs" / "new.txt").write_text("new\n")
    assert build("--release").exit_code == 0
    changed = ["catalog/plans.yaml", "docs/new.txt"]
    assert json.loads((project / "site-release" / "_release.json").read_bytes()) == {**record, "changed": changed}
    dirty = f"{told}Different from that commit: {', '.join(changed)}. Commit what you publish.\n"
    assert CliRunner().invoke(main, check).stdout.startswith(dirty)


def serve(*arguments: str) -> tuple[int, str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    result = CliRunner().invoke(main, ["serve", "--release", "--port", port, *arguments])
    return result.exit_code, result.output.replace(port, "PORT")


def test_a_release_is_served_as_it_was_made_and_nothing_is_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build("--release").exit_code == 0
    before = {file: file.stat().st_mtime_ns for file in project.rglob("*")}
    monkeypatch.setattr(server, "run", lambda *_: None)
    told = releases.read(project / "site-release").lines()
    code, output = serve()
    assert (code, output.splitlines()[:-1]) == (0, told)
    assert output.splitlines()[-1].startswith("Serving site-release at http://127.0.0.1:PORT/ ")
    assert {file: file.stat().st_mtime_ns for file in project.rglob("*")} == before
    commit(project)
    head = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    warning = f"warning: the newest commit is {head[:12]}; run make release to include it"
    assert serve()[1].splitlines()[:-1] == [*told, warning]
    shutil.rmtree(project / ".git")  # somebody got the folder and not the history
    assert serve()[1].splitlines()[:-1] == told


def test_a_release_that_is_not_there_is_told_with_the_command_that_makes_it(project: Path) -> None:
    remedy = "make one with make release, or with agentdocs build --release -o"
    missing = f"there is no release here (no {releases.FILE})"
    assert serve() == (1, f"site-release: {missing}; {remedy} site-release\n")
    assert build("-o", "site-release").exit_code == 0
    assert serve() == (1, f"site-release: {missing}; {remedy} site-release\n")
    assert serve("-o", "catalog") == (1, f"catalog: {missing}; {remedy} catalog\n")


UNREADABLE = (b"", b"[]", b'{"commit": "x"}', b'{"commit": "x", "changed": [], "day": "soon", "generator": "1"}')


@pytest.mark.parametrize("body", UNREADABLE)
def test_a_record_that_cannot_be_read_is_told(body: bytes, project: Path) -> None:
    folder = project / "site-release"
    assert build("--release").exit_code == 0
    (folder / releases.FILE).write_bytes(body)
    code, output = serve()
    assert (code, output) == (
        1,
        "site-release/_release.json: this is not the record of a release; "
        "make one with make release, or with agentdocs build --release -o site-release\n",
    )


@pytest.mark.parametrize("body", [None, b"", b"{}", b'{"policy": "p", "entries": {"/": {}}, "departures": []}'])
def test_answers_that_cannot_be_read_are_told(body: bytes | None, project: Path) -> None:
    file = project / "site-release" / answers.FILE
    assert build("--release").exit_code == 0
    file.unlink() if body is None else file.write_bytes(body)
    code, output = serve()
    assert code == 1
    assert output.startswith("site-release/_hosting/serve.json: does not say how the folder is answered (")
    assert output.endswith("); run make release again\n")


@pytest.mark.parametrize("option", [("--as-of", "2026-11-23"), ("--probe", "probe.yaml")])
def test_a_day_and_a_probe_are_for_what_is_built(option: tuple[str, str]) -> None:
    assert serve(*option) == (2, "--as-of and --probe only affect builds; a release is served as it was made\n")


def test_what_is_recorded_answers_as_the_table_says(release_site: Path, release: Rendering) -> None:
    entries = table(release_site, release)
    assert answers.read(release_site).departures == release.departures
    with running(server.recorded(release_site)) as address:
        assert differences(Host("serve", address), entries, release_site) == []
