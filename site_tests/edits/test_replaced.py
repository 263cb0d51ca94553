"""The tests of the machine do not know what is shipped: they pass where `catalog/` and `docs/` are empty."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from site_tests.conftest import ROOT
from site_tests.edits.copies import Copy
from site_tests.edits.test_edits import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def emptied(tmp_path: Path) -> Copy:
    """The project without anything that its provider says."""
    copy = Copy.make(tmp_path / "project")
    for folder in ("catalog", "docs"):
        shutil.rmtree(copy.root / folder)
        (copy.root / folder).mkdir()
    return copy


pytestmark = pytest.mark.thorough


def test_every_test_is_collected_without_the_shipped_catalog_and_pages(emptied: Copy) -> None:
    result = run(
        emptied, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--collect-only", "site_tests"
    )
    assert result.returncode == pytest.ExitCode.OK, result.stdout[-3000:] + result.stderr


STARTS = re.compile(r"\bsys\.executable\b|^from site_tests\.?(?: import)? ?(?:limited|interrupted)", re.MULTILINE)
"""What modules have that start this program, of whose reading `machine/conftest.py` sees nothing."""


def test_what_the_machine_starts_is_proved_without_the_shipped_catalog_and_pages(emptied: Copy) -> None:
    modules = [
        file
        for file in sorted((ROOT / "site_tests" / "machine").glob("test_*.py"))
        if STARTS.search(file.read_text("utf-8"))
    ]
    assert modules
    names = [str(file.relative_to(ROOT)) for file in modules]
    result = run(emptied, sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *names)
    assert result.returncode == pytest.ExitCode.OK, result.stdout[-5000:] + result.stderr
