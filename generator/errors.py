"""What can go wrong, and how it is told.

AgentdocsError          anything a user of the command can mend; shown without a traceback
  LocatedError          problems in files, each with file, line and column
    CatalogError        in the catalog
    ProbeError          in a file of measured results
  RenderError           a page or template that cannot be rendered, with file and line
    UndefinedError      a page or template that names something which the catalog does not have
  OutputError           a folder that cannot be read or written
  UsageError            an unknown client, model or snippet was named
"""

from __future__ import annotations

from dataclasses import dataclass


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
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        member = f" {self.member}:" if self.member else ""
        return f"{place}:{member} {self.wrong}; {self.right}"


class AgentdocsError(Exception):
    """An error whose text tells the user what to mend."""


class LocatedError(AgentdocsError):
    """Everything that is wrong with some files, in the order of files and lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CatalogError(LocatedError):
    """Everything that is wrong with the catalog."""


class ProbeError(LocatedError):
    """Everything that is wrong with a file of measured results."""


class RenderError(AgentdocsError):
    """A page, snippet or document that cannot be rendered."""

    located = False
    """Whether the text begins with file and line."""


class UndefinedError(RenderError):
    """A page or template that names something which the catalog does not have."""

    member = ""
    """The name that was asked for."""
    owner: object = None
    """What was asked for it; None where it is a name of its own."""
    of = ""
    """What the template calls the owner; empty where that is only a part of something."""
    place = ""
    """File and line of the template."""


class OutputError(AgentdocsError):
    """A folder that cannot be read or written as asked."""


class UsageError(AgentdocsError):
    """The caller named something that the catalog does not have."""
