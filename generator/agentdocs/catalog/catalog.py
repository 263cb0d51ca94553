"""The facts of a provider, each with its place in a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from agentdocs.catalog.folder import FOLDERS, WHOLE
from agentdocs.catalog.source import Part
from agentdocs.errors import NoTemplateError, Problem, RenderError, UndefinedError
from agentdocs.schema import Facts
from agentdocs.schema.base import FactGroup, Provenance, groups
from agentdocs.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.catalog.brand import BrandFile
    from agentdocs.catalog.source import SourceFile
    from agentdocs.errors import Loc

_FILE = re.compile(rf"\b(?:catalog/)?({'|'.join(Facts.model_fields)})\.yaml")
"""The name of a file in a message."""


@dataclass(frozen=True)
class Withheld:
    """One member of a catalog that a release does not have."""

    loc: Loc
    reason: str
    unknown: bool
    """Whether the release says `unknown` there; otherwise the member is gone."""


@dataclass(frozen=True)
class Catalog:
    """The facts of a provider, and the file that each of them stands in."""

    facts: Facts
    files: Mapping[Loc, SourceFile]
    """By member of the catalog: `("plans",)` or `("models", "author/name:free")`."""
    form: Literal["preview", "release"] = "preview"
    """What is made from it: a preview of everything, or what may be published."""
    withheld: tuple[Withheld, ...] = ()
    """What a release does not have of what was read."""
    brand: Mapping[str, BrandFile] = field(default_factory=dict)
    """The provider's own pictures and typeface, by the names of their files."""

    def problem(self, loc: Loc, wrong: str, right: str, *, key: bool = False) -> Problem:
        """Say what is wrong at a location that counts from the root of the catalog."""
        owner, rest = split(loc)
        return self.files[owner].problem(rest, self._named(wrong), self._named(right), key=key)

    def _named(self, text: str) -> str:
        """Let a text that names a file of catalogs name the place of this one where the same stands."""
        return _FILE.sub(lambda name: f"{WHOLE}.yaml ({name[1]})" if self._within((name[1],)) else name[0], text)

    def _within(self, owner: Loc) -> bool:
        return isinstance(self.files.get(owner), Part)

    def place(self, loc: Loc) -> str:
        """Write where a member stands: `file:line:column: member`."""
        owner, rest = split(loc)
        problem = self.files[owner].problem(rest, "", "", key=True)
        return f"{problem.file}:{problem.line}:{problem.column}" + (f": {problem.member}" if problem.member else "")

    def blamed(self, error: RenderError) -> list[Problem]:
        """Say which member of the catalog keeps a template from being rendered; nothing if none is to blame."""
        if error.loc is None:
            return []
        if isinstance(error, NoTemplateError):
            return [self.problem(error.loc, f"there is no template {error.name}", error.right)]
        if not isinstance(error, UndefinedError) or not isinstance(error.owner, Mapping):
            return []
        wrong = f"has no '{error.member}', which {error.place} names"
        right = f"{did_you_mean(error.member, frozenset(error.owner))} Change the page, or give the entry its name back"
        if error.loc[0] in FOLDERS and len(error.loc) == 1:
            folder = f"/{error.loc[0]}"
            entries = [file for owner, file in self.files.items() if owner[0] in error.loc]
            parts = [file for file in entries if isinstance(file, Part)]
            wholes = {part.whole.problem(error.loc, wrong, right, key=True) for part in parts}
            folders = {file.name.partition(f"{folder}/")[0] for file in entries if not isinstance(file, Part)}
            return [*wholes, *(Problem(before + folder, 0, 0, "", wrong, right) for before in folders)]
        problem = self.problem(error.loc, wrong, right, key=True)
        return [replace(problem, member=problem.member or str(error.loc[0]))]

    def missed(self, error: UndefinedError) -> list[Problem]:
        """Say which of the withheld facts would have had what a template asked for."""
        named = [entry for entry in self.withheld if entry.loc[-1] == error.member]
        lost = named or [entry for entry in self.withheld if entry.unknown] or [*self.withheld]
        where, right = str(error), "confirm it and name its source, or change that place to do without it"
        return [self.problem(entry.loc, f"{entry.reason}, and a release needs it: {where}", right) for entry in lost]

    def groups(self) -> Iterator[tuple[Loc, FactGroup, Provenance | None]]:
        """Yield every group of facts with the provenance that applies to it."""
        yield from groups(self.facts)

    def unconfirmed(self) -> Iterator[tuple[Loc, Provenance]]:
        """Yield the groups that say themselves that no page of the provider states them."""
        for loc, group, provenance in self.groups():
            if provenance and group.provenance is provenance and not provenance.confirmed:
                yield loc, provenance


def split(loc: Loc) -> tuple[Loc, Loc]:
    """Split a location into the file that it lies in and the rest."""
    depth = 2 if loc[0] in FOLDERS else 1
    return loc[:depth], loc[depth:]
