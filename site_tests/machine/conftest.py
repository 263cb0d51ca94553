"""No test here sees a shipped fact."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_tests.conftest import ROOT
from site_tests.invented import exempla, preview, preview_server, preview_site, project, release, release_site
from site_tests.projects import VARIA, make, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.render import Rendering

__all__ = ["exempla", "preview", "preview_server", "preview_site", "project", "release", "release_site"]

SHIPPED = tuple(f"{ROOT / folder}/" for folder in ("catalog", "docs"))
_opened: list[str] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened is not None and str(arguments[0]).startswith(SHIPPED):
        _opened.append(str(arguments[0]))


sys.addaudithook(_watch)  # for as long as the process lives: what it sees counts only while a test of this folder runs


@pytest.fixture(autouse=True)
def nothing_shipped_is_read() -> Iterator[None]:
    """Fail a test whose process opens a file of the shipped catalog or pages."""
    global _opened
    _opened = []
    yield
    read, _opened = _opened, None
    assert read == [], "a test of the machine reads what is shipped; try it on an invented provider"


@pytest.fixture(scope="session")
def varia_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the provider whose names have every form; no test may change it."""
    return make(VARIA, tmp_path_factory.mktemp("varia") / "project")


@pytest.fixture(scope="session")
def varia(varia_folder: Path) -> Rendering:
    return rendered(varia_folder)


@pytest.fixture
def varia_project(varia_folder: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(varia_folder, tmp_path / "project", symlinks=True))
