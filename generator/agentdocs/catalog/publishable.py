"""What of a catalog may be published: the one gate between what was read and what a release shows.

A release states nothing that is only assumed, claims no health that nobody measured, and has no section that is for
maintainers. All of that goes before anything is rendered, together with whatever refers to it, so that nothing later
can forget it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from agentdocs.catalog.catalog import Withheld
from agentdocs.catalog.reading import references
from agentdocs.catalog.rules import findings
from agentdocs.catalog.source import member_path
from agentdocs.errors import CatalogError
from agentdocs.schema import Facts
from agentdocs.schema.base import groups
from agentdocs.schema.places import takes_unknown
from agentdocs.schema.values import GROUP, SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.errors import Loc
    from agentdocs.schema.discovery import McpServer, ServiceDescription


@dataclass
class _Gate:
    """Takes members out of a catalog until what is left is a catalog again.

    Its members speak of places as the catalog was read: what is left of a list has other positions.
    """

    catalog: Catalog
    day: date
    data: Any
    reasons: dict[Loc, str] = field(default_factory=dict)
    """Why each member goes."""
    unknown: set[Loc] = field(default_factory=set)
    """Members that became unknown, where the place takes that word."""
    roots: dict[Loc, frozenset[Loc]] = field(default_factory=dict)
    """For each member that goes, those of the catalog because of which it has to."""
    positions: dict[Loc, list[int]] = field(default_factory=dict)
    """Of each list that lost something, the positions that its items had."""
    last: list[Loc] = field(default_factory=list)
    """What went in the last round."""

    def run(self, first: Mapping[Loc, str]) -> Facts:
        """Give what is left without the members in `first`, each with its reason."""
        for loc, reason in first.items():
            self._doom(loc, reason, frozenset([loc]))
        doomed: Collection[Loc] = first
        while True:
            self._remove(doomed)
            facts, doomed = self._next()
            if facts and not doomed:
                return facts

    def _remove(self, doomed: Iterable[Loc]) -> None:
        read = {loc: self._as_read(loc) for loc in doomed}
        last_round: list[Loc] = []
        for loc in sorted(read, key=_from_the_end):
            *around, last = read[loc]
            if any(loc[:length] in read for length in range(1, len(loc))):
                continue  # what is around it goes
            if len(loc) == 1 and Facts.model_fields[str(last)].is_required():
                raise CatalogError([self._needed(root, loc) for root in self.roots[loc]])
            keep = takes_unknown(loc) and read[loc] not in self.unknown
            if isinstance(last, int):
                items = self.positions.setdefault(tuple(around), [*range(len(_value(self.data, loc[:-1])))])
                items.remove(last)
            self.data = _without(self.data, loc, "unknown" if keep else None)
            (self.unknown.add if keep else self.unknown.discard)(read[loc])
            last_round.append(read[loc])
        self.last = last_round

    def _as_read(self, loc: Loc) -> Loc:
        """Say where a place of what is left was in the catalog as it was read."""
        read: Loc = ()
        for part in loc:
            read += (self.positions[read][part] if isinstance(part, int) and read in self.positions else part,)
        return read

    def _next(self) -> tuple[Facts | None, set[Loc]]:
        """Find what cannot stay without what is gone: what refers to it, and what lacks a member."""
        try:
            facts = Facts.model_validate(self.data, context=references(self.data))
        except ValidationError as error:
            details = error.errors(include_url=False)
            found = {_place(detail["loc"], detail["type"]): detail for detail in details}
            for loc, detail in found.items():
                self._follow(loc, detail["input"])
            return None, {*found}
        refused = {finding.loc for finding in findings(dict(iter(facts)), self.catalog.files, self.day)}
        for loc in refused:
            self._follow(loc, _value(facts, loc))
        return facts, refused

    def _follow(self, loc: Loc, value: object) -> None:
        """Note why a member goes that cannot stay."""
        loc = self._as_read(loc)
        inside = [gone for gone in self.roots if gone[: len(loc)] == loc]
        causes = inside or [gone for gone in self.roots if value in gone] or self.last
        named = " and ".join(sorted({member_path(cause) for cause in causes}))
        reason = self.reasons[inside[0]] if inside else f"cannot stay without {named}"
        self._doom(loc, reason, frozenset().union(*(self.roots[cause] for cause in causes)))

    def _doom(self, loc: Loc, reason: str, roots: frozenset[Loc]) -> None:
        self.reasons[loc], self.roots[loc] = reason, roots

    def _needed(self, root: Loc, top: Loc) -> Any:  # noqa: ANN401
        wrong = f"{self.reasons[root]}, and no release can do without"
        wrong += " it" if root == top else f": {member_path(top)} depends on it"
        return self.catalog.problem(root, wrong, "confirm it and name its source, or wait with the release")


def publishable(catalog: Catalog, day: date, measured: Collection[str] = ()) -> Catalog:
    """Give what a release may publish of a catalog, as of `day` (UTC).

    What is assumed becomes unknown where its place takes that word; otherwise it goes. What refers to it goes, too, or
    becomes unknown. So do the health of services that are not among those `measured`, and the sections that are not
    released. Raises `CatalogError` with the place of each assumed fact that no release can do without.
    """
    facts = catalog.facts
    first = {loc: "is assumed" for loc, _, origin in groups(facts) if origin and origin.confidence == "assumed"}
    first = {loc: reason for loc, reason in first.items() if not any(loc[:end] in first for end in range(1, len(loc)))}
    for name in facts.discovery.statuses:
        services = [loc for loc, service in _services(facts) if service.status == name]
        if name not in measured:
            first.setdefault(("discovery", "statuses", name), "claims health that nobody measured")
        elif services and all(loc in first for loc in services):
            first.setdefault(("discovery", "statuses", name), "reports the health of an assumed service")
    for name, page in facts.site.pages.items():
        section = facts.site.section_of(page.source)
        assumed = any(
            other is section and ("site", "sections", at) in first for at, other in facts.site.sections.items()
        )
        if assumed or not section.released:
            reason = "is in an assumed section" if assumed else "is not released"
            first.setdefault(("site", "pages", name), reason)
    gate = _Gate(catalog, day, plain(facts))
    left = gate.run(first)
    withheld = tuple(
        Withheld(loc, reason, loc in gate.unknown)
        for loc, reason in gate.reasons.items()
        if not any(loc[:end] in gate.reasons for end in range(1, len(loc)))
    )
    return replace(catalog, facts=left, form="release", withheld=withheld)


def _services(facts: Facts) -> Iterator[tuple[Loc, ServiceDescription | McpServer]]:
    """Yield what can have a status document."""
    yield from ((("discovery", "services", name), service) for name, service in facts.discovery.services.items())
    if facts.discovery.mcp:
        yield ("discovery", "mcp"), facts.discovery.mcp


def plain(value: object) -> Any:  # noqa: ANN401
    """Give facts as the bare data that they were made from: mappings, tuples and values, without what was left out."""
    if isinstance(value, BaseModel):
        return {name: plain(member) for name, member in value if name in value.model_fields_set}
    if isinstance(value, Mapping):
        return {name: plain(member) for name, member in value.items()}
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def _place(loc: tuple[str | int, ...], kind: str) -> Loc:
    """Find what has to go: an entry whose name is refused, or what lacks a member that it needs."""
    place = tuple(part for part in loc if part not in (GROUP, SPECIAL, "[key]"))
    return place[:-1] if kind == "missing" else place


def _from_the_end(loc: Loc) -> tuple[int, ...]:
    """Order items of a list from its end, so that taking one away does not move the next."""
    return tuple(-part for part in loc if isinstance(part, int))


def _value(value: Any, loc: Loc) -> Any:  # noqa: ANN401
    for part in loc:
        if isinstance(value, BaseModel):
            value = getattr(value, str(part), None)
        elif isinstance(value, Mapping):
            value = value.get(part)
        else:
            value = value[part] if isinstance(value, tuple) and isinstance(part, int) else None
    return value


def _without(data: Any, loc: Loc, instead: str | None) -> Any:  # noqa: ANN401
    """Give a copy without the member at `loc`, or with a word `instead`; a list that gets empty goes with it."""
    head, rest = loc[0], loc[1:]
    if isinstance(data, tuple):
        items = (_without(item, rest, instead) if index == head else item for index, item in enumerate(data))
        return tuple(items) if rest else tuple(item for index, item in enumerate(data) if index != head)
    if not rest:
        return {**data, head: instead} if instead else {name: data[name] for name in data if name != head}
    changed = _without(data[head], rest, instead)
    return {**data, head: "unknown" if changed == () else changed}
