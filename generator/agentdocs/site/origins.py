"""What a page was made from: the files of the catalog, their newest commit, and the sources that they name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from agentdocs.text.citation import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.errors import Loc
    from agentdocs.history import History
    from agentdocs.schema.base import Provenance


@dataclass(frozen=True)
class Origins:
    """Tells where the facts on pages come from.

    An *owner* is the place in the catalog of what one file holds: `("keys",)`, or `("models", "author/name")`.
    """

    catalog: Catalog
    history: History
    root: Path
    """The folder that paths of sources and the history count from."""

    def owners(self, member: str) -> Iterator[Loc]:
        """Yield the owners of a member of the catalog of which something is left."""
        yield from (owner for owner in self.catalog.files if owner[0] == member and self._is_left(owner))

    def _is_left(self, owner: Loc) -> bool:
        return len(owner) == 1 or owner[1] in getattr(self.catalog.facts, str(owner[0]))

    def file(self, owner: Loc) -> str:
        """Give the path of an owner's file; empty for one that has none."""
        return self.relative(self.catalog.files[owner].name) if owner in self.catalog.files else ""

    def relative(self, file: Path | str) -> str:
        """Give a path as it counts from the root."""
        path = self.root / file
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def updated(self, owners: Iterable[Loc], *files: str) -> date | None:
        """Give the day of the newest commit among the files of some owners and others; None if none has one."""
        return self.history.newest({*files, *map(self.file, owners)})

    def citations(self, owners: Iterable[Loc]) -> list[Citation]:
        """List where the facts of some owners come from, each page once for each day and degree of certainty."""
        said: dict[Citation, set[str]] = {}
        for origin in {origin for owner in owners for origin in self._provenances.get(owner, ())}:
            for source in origin.cited or (None,):
                url, as_of = (source.url, source.as_of or "") if source else ("", "")
                says = said.setdefault(Citation(url, as_of, origin.checked, origin.confidence), set())
                if source and source.says:
                    says.add(source.says)
        return sorted(replace(citation, says=tuple(sorted(says))) for citation, says in said.items())

    @cached_property
    def _provenances(self) -> dict[Loc, set[Provenance]]:
        """Collect, for each owner, where its facts come from."""
        found: dict[Loc, set[Provenance]] = {}
        for loc, _, provenance in self.catalog.groups():
            if provenance:
                for owner in (loc[:1], loc[:2]):
                    found.setdefault(owner, set()).add(provenance)
        return found
