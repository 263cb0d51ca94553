"""The package as others install it: a wheel in an empty environment, far from this checkout."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tarfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_tests.conftest import ROOT
from site_tests.projects import MINIMAL, with_history

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.thorough


def run(*command: str | Path, folder: Path) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "VIRTUAL"))}
    result = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    return result.stdout + result.stderr


def built(source: Path, target: str, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, folder=source)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel and what it needs to run, as locked."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", environment, folder=environment)
    pip = environment / "bin" / "pip"
    locked = ("--quiet", "--retries", "8", "--require-hashes", "--requirement", ROOT / "requirements.lock")
    run(pip, "install", *locked, folder=environment)
    run(pip, "install", "--quiet", "--no-deps", wheel, folder=environment)
    run(pip, "check", folder=environment)
    return environment / "bin"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A provider with a catalog and pages, and no templates of its own."""
    root = tmp_path / "project"
    run("cp", "-r", MINIMAL, root, folder=tmp_path)
    run("cp", ROOT / "mkdocs.yml", root, folder=tmp_path)
    return with_history(root)


def names(wheel: Path) -> list[str]:
    return sorted(zipfile.ZipFile(wheel).namelist())


def test_a_wheel_has_every_module_and_template_and_nothing_else(wheel: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    modules = [name.removeprefix("generator/") for name in listed if name.startswith("generator/")]
    templates = [f"agentdocs/{name}" for name in listed if name.startswith("templates/")]
    assert [name for name in names(wheel) if ".dist-info/" not in name] == sorted([*modules, *templates])


def test_the_source_distribution_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = built(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    (source,) = tmp_path.glob("agentdocs-*")
    again = built(source, "wheel", tmp_path / "again")
    assert {name: zipfile.ZipFile(again).read(name) for name in names(again)} == {
        name: zipfile.ZipFile(wheel).read(name) for name in names(wheel)
    }


def test_every_command_works_with_the_wheel_alone(programs: Path, project: Path) -> None:
    command = programs / "agentdocs"
    assert "The catalog is valid" in run(command, "check", folder=project)
    run(command, "build", folder=project)
    run(command, "build", "--release", folder=project)
    run(command, "stage", "staged", folder=project)
    assert "llms.txt" in {path.name for path in (project / "site-release").iterdir()}
    assert "curl" in run(command, "snippet", "curl", folder=project)
    assert "Usage" in run(programs / "python", "-m", "agentdocs", "--help", folder=project)
    installed = json.loads(run(programs / "python", "-m", "pip", "list", "--format=json", folder=project))
    assert not {"pytest", "ruff", "mypy"} & {package["name"] for package in installed}


def test_a_new_provider_begins_with_the_wheel_alone(programs: Path, wheel: Path, tmp_path: Path) -> None:
    command, root = programs / "agentdocs", tmp_path / "acme"
    said = ("--name", "Acme", "--origin", "https://docs.acme.example", "--base-url", "https://api.acme.example/v1")
    told = run(command, "init", root, *said, "--model", "acme/large-1", folder=tmp_path)
    assert (root / "requirements.txt").read_text().splitlines()[-1] == f"agentdocs @ {wheel.as_uri()}"
    assert "In requirements.txt, name a place that CI can reach." in told
    with_history(root)
    (programs.parent / ".ready").touch()
    assert "await confirmation" in run("make", "check", f"VENV={programs.parent}", folder=root)
    run("make", "build", "release", f"VENV={programs.parent}", folder=root)
    assert {"llms.txt", "agents", "published.txt"} <= {path.name for path in (*root.iterdir(), *root.glob("site-*/*"))}
    assert "acme/large-1" in run(command, "snippet", "openai-python", "--part", "chat", folder=root)
    for name in ("serve", "stub"):
        with started(command, name, folder=root) as (origin, process):
            assert process.poll() is None
            assert origin.startswith("http://127.0.0.1:")


@contextmanager
def started(command: Path, name: str, *, folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a server until it has said where it listens, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [str(command), name, "--port", str(port)]
    with subprocess.Popen(asked, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stdout)
        origin = next((match[0] for match in lines if match), "")
        try:
            yield origin, process
        finally:
            process.terminate()


def test_the_wheel_builds_the_bytes_that_the_checkout_builds(programs: Path, project: Path, tmp_path: Path) -> None:
    run(programs / "agentdocs", "build", folder=project)
    run(Path(sys.executable).parent / "agentdocs", "build", "-o", tmp_path / "site", folder=project)
    ours, theirs = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "site", project / "site")
    )
    assert ours == theirs
