"""What every group of facts has in common: it is closed, frozen, and may say where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, model_validator

from agentdocs.schema.values import AsOf, Confidence, Count, HttpsUrl, PastDay, Slug, Text, first_day, refuse

if TYPE_CHECKING:
    from agentdocs.errors import Loc


class Record(BaseModel):
    """A mapping with exactly these members."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


CONFIRMED = ("vendor_page", "measured")
"""Confidences that need nobody's confirmation."""
DOUBTS: Mapping[str, str] = {
    "vendor_pr": "not confirmed on the provider's own pages",
    "third_party": "not confirmed by the provider",
    "inferred": "inferred",
}
"""What keeps facts from being certain, by confidence; what is assumed has marks of its own."""


class Source(Record):
    """One page, and what is known of it besides its address."""

    url: HttpsUrl
    """The page."""
    as_of: AsOf | None = None
    """How old the words of the page are, where they are an older edition or have a day of their own: that day or month,
    or one that they are `before`, `about` or `after`. Left out for the page as it stands."""
    says: Text | None = None
    """What this page says instead of the facts; left out where it states them. Facts of which every source says
    something else are `unknown`."""


class Provenance(Record):
    """Where a group of facts comes from."""

    source: HttpsUrl | None = None
    """The page that states the facts; left out for what no page states, and where `sources` names several."""
    as_of: AsOf | None = None
    """How old the words of `source` are; see there."""
    sources: tuple[Source, ...] = ()
    """Several pages that state the facts, or of which some say something else."""
    checked: PastDay
    """The day on which somebody last compared the facts with the source."""
    confidence: Confidence
    """`vendor_page`, `vendor_pr` (the vendor's own pull request elsewhere), `third_party`, `measured` by running the
    program in question, `inferred` from other facts, or `assumed`: a stand-in for what nobody published, which a
    release withholds."""
    provider: Slug | None = None
    """The provider with whose APIs the facts were `measured`: the `id` of `catalog/provider.yaml`, so that nobody takes
    over what another provider measured. Left out for what was not measured."""

    @property
    def cited(self) -> tuple[Source, ...]:
        """Every page that is named, however it is written down."""
        return self.sources or ((Source(url=self.source, as_of=self.as_of),) if self.source else ())

    @property
    def confirmed(self) -> bool:
        """Whether nobody needs to confirm the facts."""
        return self.confidence in CONFIRMED

    @property
    def doubt(self) -> str:
        """What keeps the facts from being certain, as a phrase after *is*; empty for confirmed and assumed ones."""
        age = ", ".join(source.as_of for source in self.cited if source.as_of)
        phrase = DOUBTS.get(self.confidence, "")
        return f"{phrase}; source from {age}" if phrase and age else phrase

    @property
    def disputed(self) -> bool:
        """Whether every source says something else than the others."""
        return bool(self.cited) and all(source.says for source in self.cited)

    @model_validator(mode="after")
    def _quotes_a_source(self) -> Self:
        if self.sources and (self.source or self.as_of):
            raise refuse("has both source and sources", "write all of them as sources, each with its url")
        if self.as_of and not self.source:
            raise refuse("has an age but no source", "name the page that is so old")
        if not self.cited and self.confidence not in ("measured", "inferred", "assumed"):
            raise refuse(f"{self.confidence} without a source", "name the page that states it")
        for source in self.cited:
            if source.as_of and first_day(source.as_of) > self.checked:
                wrong = f"as_of {source.as_of} is later than checked {self.checked}"
                raise refuse(wrong, "write the day of the page's words, and the day on which they were compared")
        return self

    @model_validator(mode="after")
    def _says_where_it_was_measured(self) -> Self:
        if self.confidence == "measured" and self.provider is None:
            raise refuse("measured without a provider", "name as provider the id of the one that it was measured with")
        return self


class FactGroup(Record):
    """Facts that share an origin. Without `provenance` the one of the enclosing group applies."""

    provenance: Provenance | None = None
    """Where these facts come from, if not from where those around them do."""

    @model_validator(mode="after")
    def _states_nothing_that_no_source_does(self) -> Self:
        stated = [value for name, value in self if name != "provenance"]
        if self.provenance and self.provenance.disputed and "unknown" not in stated:
            right = "write unknown for what they disagree about, or leave says out where a source states it"
            raise refuse("every source says something else", right)
        return self


class SourcedGroup(FactGroup):
    """Facts that say themselves where they come from."""

    provenance: Provenance
    """Where these facts come from, and those inside that do not say it themselves."""


class Range(Record):
    """An estimate between two whole numbers, both included."""

    low: Count
    """The fewest to expect."""
    high: Count
    """The most to expect."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise refuse(f"low {self.low} is above high {self.high}", "exchange the two")
        return self


def groups(
    value: object, loc: Loc = (), inherited: Provenance | None = None
) -> Iterator[tuple[Loc, FactGroup, Provenance | None]]:
    """Yield every group of facts inside `value`, with its location and the provenance that applies to it."""
    if isinstance(value, Provenance):
        return
    if isinstance(value, FactGroup):
        inherited = value.provenance or inherited
        yield loc, value, inherited
    for name, member in _members(value):
        yield from groups(member, (*loc, name), inherited)


def leaves(
    value: object, loc: Loc = (), inherited: Provenance | None = None
) -> Iterator[tuple[Loc, object, Provenance | None]]:
    """Yield every single value inside `value`, sources and days included, as `groups` yields the groups."""
    if isinstance(value, FactGroup):
        inherited = value.provenance or inherited
    if not isinstance(value, BaseModel | Mapping | tuple):
        yield loc, value, inherited
    for name, member in _members(value):
        yield from leaves(member, (*loc, name), inherited)


def mappings(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, Mapping[str, object]]]:
    """Yield every mapping inside `value` whose names the catalog chooses, as `groups` yields the groups."""
    if isinstance(value, Mapping):
        yield loc, value
    for name, member in _members(value):
        yield from mappings(member, (*loc, name))


def _members(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, BaseModel):
        yield from value
    elif isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)
