"""The public face of the package is what its page says, and costs a command nothing that it does not use."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import agentdocs
import pytest

from site_tests.conftest import ROOT
from site_tests.projects import make_minimal

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "templates" / "docs" / "maintaining" / "generator.md").read_text(encoding="utf-8")


def test_the_page_of_the_generator_lists_the_public_names_and_no_others() -> None:
    assert sorted(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == sorted(agentdocs.__all__)


@pytest.mark.parametrize("name", agentdocs.__all__)
def test_a_public_name_is_there_and_explained(name: str) -> None:
    value = getattr(agentdocs, name)
    assert isinstance(value, str) or value.__doc__


def test_another_name_is_told_as_missing() -> None:
    with pytest.raises(AttributeError, match="module 'agentdocs' has no attribute 'nothing'"):
        _ = agentdocs.nothing


def run(folder: Path, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_the_example_of_the_page_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    project = make_minimal(tmp_path / "project")
    assert "/.well-known/api-catalog application/linkset+json" in run(project, "-c", example)
    billing = project / "catalog" / "billing.yaml"
    billing.write_text("nothing: true\n", encoding="utf-8")
    assert "billing.yaml; 1; is not a member here; known: " in run(project, "-c", example)


def test_what_a_command_does_not_use_is_not_imported_for_the_public_names(tmp_path: Path) -> None:
    modules = "import agentdocs.cli, sys; print(*sorted(m for m in sys.modules if m.startswith('agentdocs')))"
    assert run(tmp_path, "-c", modules).split() == ["agentdocs", "agentdocs.cli", "agentdocs.errors"]
