"""Whatever happens to a catalog's files, reading them ends: with a catalog that renders, or with places to mend."""

from __future__ import annotations

import contextlib
import signal
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from agentdocs.errors import AgentdocsError
from agentdocs.project import Project

from site_tests.conftest import ROOT
from site_tests.fuzz import copied, judge
from site_tests.projects import EXEMPLA, source_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUICK, ALL, SECONDS = 200, 3_000, 10


def render(catalog: Path) -> None:
    """Render a sound catalog in both forms; an error that tells what to mend is no fault."""
    source = source_of(Project(EXEMPLA, catalog, EXEMPLA / "docs", ROOT / "templates"))
    for form in (source.preview, source.release):
        with contextlib.suppress(AgentdocsError):
            form()


def ring(*_: object) -> None:
    raise TimeoutError(f"not done after {SECONDS} seconds")


@pytest.mark.parametrize("first", [0, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(QUICK, ALL, QUICK))])
def test_a_changed_catalog_is_sound_or_refused_with_places(
    first: int, tmp_path: Path, tell: Callable[..., None]
) -> None:
    wrong, counts = [], Counter[str]()
    before = signal.signal(signal.SIGALRM, ring)
    for number in range(first, first + QUICK):
        catalog, change = copied(tmp_path, number)
        signal.alarm(SECONDS)
        try:
            how, detail = judge(catalog)
            if how == "sound" and number % 3 == 0:  # to render takes ten times as long
                render(catalog)
        except Exception as error:
            how, detail = "failed", f"{type(error).__name__}: {error}"
        signal.alarm(0)
        counts[how] += 1
        if detail:
            wrong.append(f"{number}: {change.said}{detail}")
    signal.signal(signal.SIGALRM, before)
    tell("Fuzz: of {tried} changed catalogs {sound} were sound and {refused} refused.", tried=QUICK, **counts)
    assert wrong == []
    assert min(counts["sound"], counts["refused"]) > 5, "the changes are all of one kind"
