"""The same fixtures as for the shipped project, for an invented provider: no test with them sees a shipped fact."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from agentdocs.mkdocs.build import build
from agentdocs.project import Project
from agentdocs.render import render
from agentdocs.server import application

from site_tests.conftest import DAY
from site_tests.projects import make_exempla
from site_tests.serving import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.render import Rendering

__all__ = ["exempla", "preview", "preview_server", "preview_site", "project", "release", "release_site"]


@pytest.fixture(scope="session")
def exempla(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that no test may change."""
    return make_exempla(tmp_path_factory.mktemp("exempla") / "project")


@pytest.fixture
def project(exempla: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(exempla, tmp_path / "project"))


@pytest.fixture(scope="session")
def preview(exempla: Path) -> Rendering:
    return render(Project.at(exempla), day=DAY)


@pytest.fixture(scope="session")
def release(exempla: Path) -> Rendering:
    return render(Project.at(exempla), release=True, day=DAY)


@pytest.fixture(scope="session")
def preview_site(exempla: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preview") / "site"
    build(exempla, folder, day=DAY)
    return folder


@pytest.fixture(scope="session")
def release_site(exempla: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "site"
    build(exempla, folder, release=True, day=DAY)
    return folder


@pytest.fixture(scope="session")
def preview_server(preview_site: Path, preview: Rendering) -> Iterator[str]:
    with running(application(preview_site, preview)) as address:
        yield address
