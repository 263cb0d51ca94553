"""What will be wrong on a later day."""

from __future__ import annotations

from datetime import date, timedelta
from inspect import signature
from typing import TYPE_CHECKING

from agentdocs.catalog.rules import RULES, findings
from agentdocs.schema.base import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.errors import Loc, Problem
    from agentdocs.plausibility.subject import Subject

NOTICE = timedelta(days=30)
"""How long before its end to warn of what has to be renewed every year. What the catalog itself will contradict, such
as a recommended model that retires, can be fixed at once, so that the warning comes at once."""


def breaks_later(subject: Subject) -> Iterator[Problem]:
    """On a day that the catalog names a rule will refuse it, so that every release from then on will fail."""
    members = dict(iter(subject.facts))
    days = {value for _, value, _ in leaves(subject.facts) if isinstance(value, date) and value > subject.day}
    dated = [rule for rule in RULES if "day" in signature(rule).parameters]
    told: set[Loc] = set()
    for day in sorted(days):
        for finding in findings(members, subject.catalog.files, day, dated):
            renewed = finding.loc[:2] == ("discovery", "security")
            if finding.loc not in told and not (renewed and day - subject.day > NOTICE):
                wrong = f"will break on {day}: {finding.wrong}"
                yield subject.catalog.problem(finding.loc, wrong, f"before then {finding.right}")
            told.add(finding.loc)
