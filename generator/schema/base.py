"""What every group of facts has in common: it is closed, frozen, and may say where it comes from."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from generator.schema.values import Confidence, Count, HttpsUrl, IsoDate, OrUnknown, refuse


class Record(BaseModel):
    """A mapping with exactly these members."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Provenance(Record):
    """Where a group of facts comes from."""

    source: OrUnknown[HttpsUrl] | None = None
    """The page that states the facts, or `unknown`; left out for what is inferred or assumed."""
    checked: IsoDate
    """The day on which somebody last compared the facts with the source."""
    confidence: Confidence
    """`vendor_page`, `vendor_pr` (the vendor's own pull request elsewhere), `third_party`, `inferred` from other
    facts, or `assumed`: a stand-in for what nobody published, which a release withholds."""

    @model_validator(mode="after")
    def _quotes_a_source(self) -> Self:
        if self.source is None and self.confidence not in ("inferred", "assumed"):
            raise refuse(f"{self.confidence} without a source", "name the page that states it, or write unknown")
        return self


class FactGroup(Record):
    """Facts that share an origin. Without `provenance` the one of the enclosing group applies."""

    provenance: Provenance | None = None


class SourcedGroup(FactGroup):
    """Facts that say themselves where they come from."""

    provenance: Provenance


class Range(Record):
    """An estimate between two whole numbers, both included."""

    low: Count
    high: Count

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise refuse(f"low {self.low} is above high {self.high}", "exchange the two")
        return self
