"""What is implausible about a project whose catalog is sound: what is probably a mistake, and may still be right.

Each kind of warning is one function, under the name by which `catalog/accepted.yaml` accepts it. It takes a `Subject`
and yields a `Problem` for each place; its docstring says what is implausible.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agentdocs.plausibility import access, dates, files, names, prices, texts
from agentdocs.plausibility.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.errors import Problem

KINDS: Mapping[str, Callable[[Subject], Iterator[Problem]]] = {
    check.__name__: check
    for check in (
        access.base_url_endpoint, access.foreign_variable, access.host_capitals,
        dates.breaks_later,
        files.stray_file, files.unlisted_page, files.unused_template,
        names.copied_model, names.same_name, names.same_title, names.unnamed_author,
        prices.batch_dearer, prices.cache_dearer, prices.price_jump, prices.price_outlier, prices.year_price,
        texts.cut_text,
    )
}  # fmt: skip
"""The function of each kind, by the name that `WarningKind` of the schema has for it."""

STALE = "stale_acceptance"
"""The kind that cannot be accepted: an acceptance of nothing."""


@dataclass(frozen=True, order=True)
class Doubt:
    """One thing that is implausible."""

    problem: Problem
    kind: str

    def __str__(self) -> str:
        return f"{self.problem} [{self.kind}]"


@dataclass(frozen=True)
class Verdict:
    """What is implausible about a project."""

    doubts: tuple[Doubt, ...]
    """What nobody has accepted, in the order of files and lines."""
    accepted: int
    """How many others somebody has."""

    def __str__(self) -> str:
        warnings = f"{len(self.doubts) or 'no'} warning{'s' if len(self.doubts) != 1 else ''}"
        return f"{warnings}, {self.accepted} accepted" if self.accepted else warnings


def judge(root: Path, catalog: Catalog, day: date) -> Verdict:
    """Find what is implausible about the project at `root`, whose whole `catalog` was read, on a day."""
    subject = Subject(root, catalog, day)
    found = {Doubt(problem, kind) for kind, check in KINDS.items() for problem in check(subject)}
    accepted = [(item.warning, item.file, item.member or "") for item in catalog.facts.accepted]
    keys = {doubt: (doubt.kind, _relative(doubt.problem.file, root), doubt.problem.member) for doubt in found}
    doubts = {doubt for doubt, key in keys.items() if key not in accepted}
    for index, key in enumerate(accepted):
        if key not in keys.values():
            problem = catalog.problem(("accepted", index), "there is no longer such a warning", "remove this item")
            doubts.add(Doubt(problem, STALE))
    return Verdict(tuple(sorted(doubts)), len(found) - len(doubts & found))


def _relative(file: str, root: Path) -> str:
    path = Path(file)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


__all__ = ["KINDS", "STALE", "Doubt", "Subject", "Verdict", "judge"]
