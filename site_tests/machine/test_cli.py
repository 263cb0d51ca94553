"""The command: what it prints, its exit codes, and that a user never sees a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from agentdocs.cli import main
from click.testing import CliRunner

from site_tests.conftest import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering
    from click.testing import Result


@pytest.fixture
def run(exempla: Path) -> Callable[..., Result]:
    """Run a command for the invented provider."""

    def invoke(command: str, *arguments: str) -> Result:
        every = [command, "--root", str(exempla), "--as-of", DAY.isoformat(), *arguments]
        return CliRunner().invoke(main, every)

    return invoke


@pytest.mark.parametrize("command", ["check", "build", "serve", "stage", "snippet"])
def test_every_command_explains_itself_and_its_options(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "--release" in result.output
    assert "--as-of" in result.output
    assert ("--probe" in result.output) == (command in ("check", "build", "serve"))


def test_check_lists_what_is_unconfirmed_with_its_place(run: Callable[..., Result], exempla: Path) -> None:
    result = run("check")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[-1].startswith("The catalog is valid: 18 models; ")
    assert f"{exempla}/catalog/plans.yaml:11:3: pro.price: vendor_pr" in lines
    assert not [line for line in lines[:-1] if not line.startswith(f"{exempla}/catalog/")]


def test_check_release_tells_the_difference_of_both_catalogs_and_of_all_that_is_published(
    run: Callable[..., Result], preview: Rendering, release: Rendering
) -> None:
    result = run("check", "--release")
    assert result.exit_code == 0
    *lines, last = result.stdout.splitlines()
    for entry in release.catalog.withheld:
        assert any(release.catalog.place(entry.loc) in line and line.endswith(entry.reason) for line in lines)
    both = [{page.url for page in form.pages.values()} | form.artifacts.keys() for form in (preview, release)]
    told = {
        line.removesuffix(": in the preview only") for line in lines if line.startswith("/") and line[-4:] == "only"
    }
    assert told == both[0] - both[1]
    assert last == f"A release has {len(release.pages)} pages and {len(release.artifacts)} other files."


def test_snippet_prints_what_is_published(run: Callable[..., Result], preview: Rendering) -> None:
    for name, client in preview.facts.clients.items():
        shape = client.snippets[-1]
        result = run("snippet", name, "--part", shape.id, "--model", "z-ai/glm-5.1")
        assert result.exit_code == 0, result.output
        url = preview.snippets.url(name, shape, "z-ai/glm-5.1")
        assert result.output.encode() == preview.artifacts[url].body


def test_snippet_without_a_client_lists_them(run: Callable[..., Result]) -> None:
    assert run("snippet").output.splitlines()[0] == "openclaw: key, config, backup, apply, allow, call, env, undo"


def test_an_unknown_name_is_wrong_usage(run: Callable[..., Result]) -> None:
    result = run("snippet", "opneclaw")
    assert result.exit_code == 2
    assert result.stderr == "there is no client 'opneclaw'; did you mean openclaw?\n"


def test_a_wrong_day_is_wrong_usage() -> None:
    result = CliRunner().invoke(main, ["check", "--as-of", "tomorrow"])
    assert result.exit_code == 2
    assert "'tomorrow' is not a day; write it as YYYY-MM-DD" in result.stderr


@pytest.mark.parametrize("command", ["check", "build", "snippet"])
def test_a_broken_catalog_exits_with_1_and_its_problems(command: str, project: Path) -> None:
    limits = project / "catalog" / "limits.yaml"
    limits.write_text(limits.read_text().replace("amount: 20", "amount: 0"))
    result = CliRunner().invoke(main, [command, "--root", str(project)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{limits}:4:20: browser_chat.rates[0].amount: 0 is not a positive integer; ")
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["check", "build", "snippet"])
def test_a_folder_without_a_project_is_told_in_one_line(command: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [command, "--root", str(tmp_path)])
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "there is no such" in result.stderr


def test_the_installed_command_runs(exempla: Path) -> None:
    command = [str(Path(sys.executable).with_name("agentdocs")), "check", "--root", str(exempla)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


_WITHOUT_LOCKS = """
import sys
sys.modules["fcntl"] = None
from agentdocs.cli import main
main()
"""


@pytest.mark.parametrize(("command", "code"), [("check", 0), ("snippet", 0), ("build", 1)])
def test_without_posix_only_writing_is_refused(command: str, code: int, project: Path) -> None:
    asked = [sys.executable, "-c", _WITHOUT_LOCKS, command, "--root", str(project)]
    result = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert result.returncode == code, result.stderr
    if code:
        assert result.stderr == "writing an output needs Linux, macOS or another POSIX system; on Windows use WSL\n"
