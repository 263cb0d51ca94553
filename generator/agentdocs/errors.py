"""What can go wrong, and how it is told.

AgentdocsError          anything a user of the command can mend; shown without a traceback
  LocatedError          problems in files, each with file, line and column
    CatalogError        in the catalog
    ProbeError          in a file of measured results
    ModelListError      in somebody's list of models
    KeyFoundError       what could be a real key, in a source or an output
  RenderError           a page or template that cannot be rendered, with file and line
    NoTemplateError     a member of the catalog that names a template which is not there
    UndefinedError      a page or template that names something which the catalog does not have
  OutputError           a folder that cannot be read or written
  UsageError            an unknown client, model or snippet was named
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Loc = tuple[str | int, ...]
"""Where a value stands: member names and positions from the root of a file, as pydantic reports them."""

TOLD = 100
"""How many problems are told at once. Whoever has more mends one that comes again and again, not each."""

_LONGEST = 1000
"""Characters of one part of a problem: what is told may come from a file with a line of a million."""


def printable(text: str, longest: int = _LONGEST) -> str:
    """Write a text that came from outside on one line, for a terminal or a log.

    Control and direction characters, line breaks and bytes that are not UTF-8 (as `os.fsdecode` keeps them) are
    written as escapes, and what is longer than `longest` characters is cut.
    """
    shown = text if len(text) <= longest else text[: longest - 3] + "..."
    if shown.isprintable():
        return shown
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, at one place.

    `line` and `column` count from 1; 0 means that the problem belongs to the whole file.
    """

    file: str
    line: int
    column: int
    member: str
    """Path of the member inside the file, such as `pro.price.amount`; empty for the whole file."""
    wrong: str
    right: str

    def __str__(self) -> str:
        file, member = printable(self.file), f" {printable(self.member)}:" if self.member else ""
        place = f"{file}:{self.line}:{self.column}" if self.line else file
        return f"{place}:{member} {printable(self.wrong)}; {printable(self.right)}"


class AgentdocsError(Exception):
    """An error whose text tells the user what to mend."""


class LocatedError(AgentdocsError):
    """What is wrong with some files, in the order of files and lines: all of it, or the first `TOLD` problems.

    `more` counts problems that were found besides those given.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        found = set(problems)
        self.problems = tuple(heapq.nsmallest(TOLD, found))
        self.more = more + len(found) - len(self.problems)
        lines = [str(problem) for problem in self.problems]
        if self.more:
            lines.append(f"and {self.more:,} more; fix these first, then run the command again")
        super().__init__("\n".join(lines))


class CatalogError(LocatedError):
    """Everything that is wrong with the catalog."""


class ProbeError(LocatedError):
    """Everything that is wrong with a file of measured results."""


class ModelListError(LocatedError):
    """Everything that is wrong with a list of models that another program wrote."""


class KeyFoundError(LocatedError):
    """What could be a real key stands in sources or outputs."""


class RenderError(AgentdocsError):
    """A page, snippet or document that cannot be rendered."""

    located = False
    """Whether the text says already what is to blame."""
    loc: Loc | None = None
    """Which member of the catalog is to blame; None where a page or a template is."""


class NoTemplateError(RenderError):
    """A member of the catalog that names a template which is not there."""

    def __init__(self, loc: Loc, name: str, right: str) -> None:
        super().__init__(f"there is no template {name}; {right}")
        self.loc, self.name, self.right, self.located = loc, name, right, True


class UndefinedError(RenderError):
    """A page or template that names something which the catalog does not have; `loc` is the mapping that was asked."""

    member = ""
    """The name that was asked for."""
    owner: object = None
    """What was asked for it; None where it is a name of its own."""
    place = ""
    """File and line of the template."""


class OutputError(AgentdocsError):
    """A folder that cannot be read or written as asked."""


class UsageError(AgentdocsError):
    """The caller named something that the catalog does not have."""
