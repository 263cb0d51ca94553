"""What a page was made from: the files of the catalog, their newest commit, and the sources that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from agentdocs.catalog.rules.provenance import vendors
from agentdocs.schema.values import SPECIALS
from agentdocs.text.citation import Citation
from agentdocs.text.prices import money
from agentdocs.text.quoting import as_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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

    def citations(self, owners: Iterable[Loc], text: str, url: str) -> list[Citation]:
        """List the provider's own pages that state what the page at `url` says in `text`, each once.

        `owners` are those whose facts were read. What a page does not show needs no source on it, and no page is a
        source of its own. Pages of others, and what no page states, have a mark beside the fact instead.
        """
        found: dict[tuple[str, str], Citation] = {}
        for origin in self._shown(owners, text):
            for source in origin.cited:
                if source.url.rstrip("/") == url.rstrip("/"):
                    continue
                if origin.confidence != "vendor_pr" and not self._its_own(source.url):
                    continue
                says = (source.says,) if source.says else ()
                new = Citation(source.url, source.as_of or "", origin.checked, origin.confidence, says)
                old = found.setdefault((new.url, new.as_of), new)
                found[new.url, new.as_of] = old.with_what(new)
        return sorted(found.values())

    def _shown(self, owners: Iterable[Loc], text: str) -> set[Provenance]:
        """Collect where those groups of facts come from of which a text says something."""
        groups = {(origin, forms) for owner in owners for origin, forms in self._provenances.get(owner, ())}
        return {origin for origin, forms in groups if not forms or any(form in text for form in _telling(forms))}

    @cached_property
    def _its_own(self) -> Callable[[str], bool]:
        facts = self.catalog.facts
        return vendors(facts.provider, facts.site, facts.apis)

    @cached_property
    def _provenances(self) -> dict[Loc, set[tuple[Provenance, frozenset[str]]]]:
        """Collect, for each owner, where each group of its facts comes from, and how pages write what is in it."""
        found: dict[Loc, set[tuple[Provenance, frozenset[str]]]] = {}
        for loc, group, provenance in self.catalog.groups():
            if provenance:
                forms = frozenset(form for name, value in group if name != "provenance" for form in _forms(value))
                for owner in (loc[:1], loc[:2]):
                    found.setdefault(owner, set()).add((provenance, forms))
        return found


def _telling(forms: frozenset[str]) -> frozenset[str]:
    """Leave out plain words such as `tools`, which any page can have, unless there are no others."""
    return frozenset(form for form in forms if not re.fullmatch("[a-z]+|[0-9]", form)) or forms


def _forms(value: object) -> Iterator[str]:
    """Yield how pages write a text, a number or a day, and those in a list; nothing for what is yes or no."""
    if isinstance(value, tuple):
        for item in value:
            yield from _forms(item)
    elif isinstance(value, Decimal):
        yield money(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield f"{value:,}"
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, str) and value not in SPECIALS:
        yield from {value, as_markdown(value)}
