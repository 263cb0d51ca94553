"""The package as others install it: a wheel in an empty environment, far from this checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from site_tests.conftest import ROOT
from site_tests.projects import MINIMAL, with_history

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
    assert "The catalog is sound" in run(command, "check", folder=project)
    run(command, "build", folder=project)
    run(command, "build", "--release", folder=project)
    run(command, "stage", "staged", folder=project)
    assert "llms.txt" in {path.name for path in (project / "site-release").iterdir()}
    assert "curl" in run(command, "snippet", "curl", folder=project)
    assert "Usage" in run(programs / "python", "-m", "agentdocs", "--help", folder=project)
    installed = json.loads(run(programs / "python", "-m", "pip", "list", "--format=json", folder=project))
    assert not {"pytest", "ruff", "mypy"} & {package["name"] for package in installed}


def test_the_wheel_builds_the_bytes_that_the_checkout_builds(programs: Path, project: Path, tmp_path: Path) -> None:
    run(programs / "agentdocs", "build", folder=project)
    run(Path(sys.executable).parent / "agentdocs", "build", "-o", tmp_path / "site", folder=project)
    ours, theirs = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "site", project / "site")
    )
    assert ours == theirs
