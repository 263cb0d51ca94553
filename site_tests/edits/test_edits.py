"""Edits are not events: after each of them only golden files differ, and `make golden` writes those."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from agentdocs.cli import main
from agentdocs.project import Project
from agentdocs.render import render
from agentdocs.site import departures
from click.testing import CliRunner

from site_tests.conftest import DAY
from site_tests.edits.copies import Copy
from site_tests.edits.edits import EDITS
from site_tests.edits.following import follow, publish, take_leave
from site_tests.golden import Golden
from site_tests.shipped.test_golden import kept

if TYPE_CHECKING:
    from site_tests.edits.edits import Edit

FACTS = "site_tests/shipped/test_facts.py"
GOLDEN = "site_tests/shipped/test_golden.py::test_snippets_and_documents_equal_their_golden_files"


GROUPS = [[*EDITS][number::3] for number in range(3)]
"""Edits that are tried in one copy: to run the other tests takes a minute, and hardly any edit is red."""


def published_copy(root: Path) -> Copy:
    """Make a copy of which a release was published."""
    copy = Copy.make(root)
    publish(copy)
    return copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of which a release was published."""
    return published_copy(tmp_path / "project")


def run(copy: Copy, *command: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MAKE"))}
    return subprocess.run(command, cwd=copy.root, env=own, capture_output=True, text=True, check=False)


def red(copy: Copy, *what: str) -> list[str]:
    """Run tests of a copy and name those that fail; what they say is printed for whoever reads this test's failure."""
    result = run(copy, sys.executable, "-m", "pytest", "-q", "-n", "0", "-rfE", "-p", "no:cacheprovider", *what)
    assert result.returncode in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED), result.stdout + result.stderr
    print(result.stdout)
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", result.stdout, re.MULTILINE)
    assert (GOLDEN in failed) == ("`make golden` writes them anew" in result.stdout), "nobody is told what to do"
    return failed


def apply(copy: Copy, edit: Edit) -> None:
    """Make an edit, and do what the guide says is to be done after it."""
    named = edit.names(copy)
    edit.change(copy)
    if named:
        kind, old, new = named
        follow(copy, kind, old, new)
        demanded = "site_tests/shipped/facts.yaml"
        if copy.search(re.escape(f"{kind}[{old}]"), demanded):
            copy.replace(demanded, f"{kind}[{old}]", f"{kind}[{new}]")
    take_leave(copy)


def write_golden(copy: Copy) -> None:
    """Run the recipe, with the programs of this environment: it tells every difference and loses nothing."""
    folder = copy.root / "site_tests" / "shipped" / "golden"
    before = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    programs = Path(sys.executable).parent
    result = run(copy, "make", "--no-print-directory", "--old-file=.venv/.ready-test", f"BIN={programs}", "golden")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Golden files are written." in result.stdout
    after = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    told = {kind: set(re.findall(rf"^{kind} +(\S+)$", result.stdout, re.MULTILINE)) for kind in ("added", "removed")}
    assert (after - before, before - after) == (told["added"], told["removed"])


def is_sound(copy: Copy) -> None:
    """See that a copy is checked, rendered in both forms, and equal to its golden files."""
    checked = CliRunner().invoke(main, ["check", "--root", str(copy.root), "--as-of", DAY.isoformat()])
    assert checked.exit_code == 0, checked.output
    preview, release = (render(Project.at(copy.root), release=form, day=DAY) for form in (False, True))
    departures.check_published(release.catalog, copy.root, release.departures, release.urls)
    golden = Golden(copy.root / "site_tests" / "shipped" / "golden", kept(preview, release))
    assert golden.differences() == []


READ_WHAT_IS_SHIPPED = (
    "site_tests/shipped",
    "site_tests/consistency",
    "--ignore=site_tests/consistency/test_forwards.py",
)
"""The tests of these folders, but for the one that renders a catalog for each leaf."""
BUT_THE_MACHINE = ("site_tests", "--ignore=site_tests/machine", "--ignore=site_tests/edits")
"""All that `make test` runs of the other folders."""


def only_golden_files_differ(copy: Copy, *what: str) -> None:
    assert set(red(copy, *what)) <= {GOLDEN}
    write_golden(copy)
    is_sound(copy)


@pytest.mark.thorough
@pytest.mark.parametrize("names", GROUPS, ids=", ".join)
def test_after_an_edit_only_golden_files_differ(names: list[str], copy: Copy, tmp_path: Path) -> None:
    """Where several together are red, each is tried alone, so that the message names it."""
    possible = [name for name in names if is_possible(copy, EDITS[name])]
    assert possible, "nothing was tried"
    try:
        only_golden_files_differ(copy, *READ_WHAT_IS_SHIPPED)
    except AssertionError:
        for name in possible:
            alone = published_copy(tmp_path / name)
            apply(alone, EDITS[name])
            assert set(red(alone, *READ_WHAT_IS_SHIPPED)) <= {GOLDEN}, f"after an edit: {name}"
        raise


def is_possible(copy: Copy, edit: Edit) -> bool:
    """Make an edit, and tell whether the catalog has what it changes."""
    try:
        apply(copy, edit)
    except pytest.skip.Exception:
        return False
    return True


@pytest.mark.thorough
def test_after_all_edits_together_nothing_differs_in_the_other_folders_either(copy: Copy) -> None:
    assert [name for name, edit in EDITS.items() if is_possible(copy, edit)]
    only_golden_files_differ(copy, *BUT_THE_MACHINE)


@pytest.mark.thorough
def test_an_edit_of_what_is_demanded_is_told_with_what_demands_it(copy: Copy) -> None:
    """The opposite: a sentence that the provider's pages must say does not go unnoticed."""
    page, sentence, place = demanded(copy)
    copy.replace(page, sentence, "Something else.")
    failed = run(copy, sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", FACTS)
    assert failed.returncode == pytest.ExitCode.TESTS_FAILED
    assert f"{page} does not say: " in failed.stdout
    assert place in failed.stdout


def demanded(copy: Copy) -> tuple[str, str, str]:
    """Choose a page, a sentence of it that is demanded word for word, and the place that demands it."""
    for number, line in enumerate(copy.lines("site_tests/shipped/facts.yaml"), start=1):
        for sentence in re.findall(r'"([A-Z][^"{}]{30,}\.)"', line):
            page = next((page for page in copy.pages() if sentence in (copy.root / page).read_text("utf-8")), None)
            if page:
                return page, sentence, f"site_tests/shipped/facts.yaml:{number}"
    pytest.skip("no sentence is demanded without a value in it")
