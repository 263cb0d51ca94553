"""Reads results of measuring the services, and refuses those that say nothing of the present."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from agentdocs.catalog import source
from agentdocs.catalog.wording import wording
from agentdocs.errors import ProbeError, Problem
from agentdocs.schema.probe import PROBES, Probe, Probes
from agentdocs.schema.values import References

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from agentdocs.catalog.source import SourceFile
    from agentdocs.schema import Facts

MAX_AGE = timedelta(hours=24)
"""A result that is older is not published: what was so a day ago need not be so any more."""


def read(file: Path, facts: Facts, as_of: date | None = None, now: datetime | None = None) -> Mapping[str, Probe]:
    """Read the results in a file of YAML or JSON, by service.

    They must not be from the future, nor older than `MAX_AGE`: now, or at the end of the day `as_of` where one is
    given that is over. Raises `ProbeError` with the problems and their places.
    """
    now = now or datetime.now(UTC)
    parsed = source.read(file)
    if isinstance(parsed, list):
        raise ProbeError(parsed)
    known = References({"status": frozenset(facts.discovery.statuses)})
    try:
        probes = PROBES.validate_python(parsed.data, context=known)
    except ValidationError as error:
        problems = []
        for detail in error.errors(include_url=False, include_input=False):
            name = detail["loc"][-1:] == ("[key]",)
            loc = detail["loc"][:-1] if name else detail["loc"]
            wrong, right = wording(detail, loc, Probes)
            problems.append(parsed.problem(loc, wrong, right, key=name or detail["type"] == "extra_forbidden"))
        raise ProbeError(problems) from error
    end = datetime.combine(as_of + timedelta(days=1), time(), UTC) if as_of else now
    if problems := [*_untimely(parsed, probes, now, min(now, end))]:
        raise ProbeError(problems)
    return probes


def _untimely(file: SourceFile, probes: Probes, now: datetime, present: datetime) -> Iterator[Problem]:
    for name, probe in probes.items():
        told = probe.time.isoformat().replace("+00:00", "Z")
        if probe.time > present:
            wrong = f"{told} is in the future" if probe.time > now else f"{told} is after the day of this build"
            yield file.problem((name, "time"), wrong, "write when it was measured, and build as of that day")
        elif present - probe.time > MAX_AGE:
            hours = f"{MAX_AGE.total_seconds() / 3600:.0f} hours"
            yield file.problem((name, "time"), f"{told} is more than {hours} ago", "measure again")
