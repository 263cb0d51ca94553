"""What every group of facts has in common: it is closed, frozen, and may say where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, model_validator

from generator.schema.values import Confidence, Count, HttpsUrl, PastDay, Slug, refuse

if TYPE_CHECKING:
    from generator.source import Loc


class Record(BaseModel):
    """A mapping with exactly these members."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Provenance(Record):
    """Where a group of facts comes from."""

    source: HttpsUrl | None = None
    """The page that states the facts; left out for what no page states."""
    checked: PastDay
    """The day on which somebody last compared the facts with the source."""
    confidence: Confidence
    """`vendor_page`, `vendor_pr` (the vendor's own pull request elsewhere), `third_party`, `measured` by running the
    program in question, `inferred` from other facts, or `assumed`: a stand-in for what nobody published, which a
    release withholds."""
    provider: Slug | None = None
    """The provider with whose APIs the facts were `measured`: the `id` of `catalog/provider.yaml`, so that nobody takes
    over what another provider measured. Left out for what was not measured."""

    @model_validator(mode="after")
    def _quotes_a_source(self) -> Self:
        if self.source is None and self.confidence not in ("measured", "inferred", "assumed"):
            raise refuse(f"{self.confidence} without a source", "name the page that states it")
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


def _members(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, BaseModel):
        yield from value
    elif isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)
