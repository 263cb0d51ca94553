"""Prices of models: for tokens and for anything else, from a day on, for long prompts, and in batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from agentdocs.schema import quantity
from agentdocs.schema.base import FactGroup, Record
from agentdocs.schema.quantity import Quantity
from agentdocs.schema.values import AmountOrNone, AmountOrUnknown, Count, IsoDate, OrNotOffered, refuse

if TYPE_CHECKING:
    from agentdocs.errors import Loc


class Fee(Record):
    """What something else than tokens of text costs, such as 0.04 for each image."""

    amount: AmountOrUnknown
    """In the currency of all prices; 0 means free."""
    per: Quantity
    """What the amount is for, in the unit in which the provider states it."""


def _each_once(fees: tuple[Fee, ...]) -> tuple[Fee, ...]:
    units = [quantity.size(fee.per)[1] for fee in fees]
    if twice := next((fee for fee, unit in zip(fees, units, strict=True) if units.count(unit) > 1), None):
        unit = quantity.size(twice.per)[1].replace("_", " ")
        raise refuse(f"two fees are for {unit}", "keep the one that the provider states")
    return fees


class Sides(NamedTuple):
    """What tokens cost, where both sides are known."""

    input: Decimal
    """Those of the prompt."""
    output: Decimal
    """Those of the answer."""


class Charges(Record):
    """What a request costs, in the currency and for the number of tokens that `catalog/billing.yaml` names."""

    input: AmountOrNone = "not_offered"
    """For prompt tokens that are not answered from the cache. Left out together with `output` where something else than
    tokens is paid for."""
    output: AmountOrNone = "not_offered"
    """For tokens of the answer; `not_offered` for models that write none, such as those that make embeddings."""
    cache_read: AmountOrNone = "unknown"
    """For prompt tokens answered from the cache. `unknown` where nobody published it, never free, and `not_offered`
    where nothing is cached."""
    cache_write: AmountOrNone | None = None
    """For prompt tokens that are written to the cache; left out where nobody states a price of their own for them."""
    fees: Annotated[tuple[Fee, ...], Field(min_length=1), AfterValidator(_each_once)] = ()
    """What is paid for besides, or instead of tokens: requests, images, audio. A tier has those that differ in it."""

    @model_validator(mode="before")
    @classmethod
    def _caches_only_tokens(cls, data: Any) -> Any:  # noqa: ANN401
        if isinstance(data, dict) and not data.keys() & {"input", "output", "cache_read"}:
            return {**data, "cache_read": "not_offered"}
        return data

    @model_validator(mode="after")
    def _states_both_sides(self) -> Self:
        stated = self.model_fields_set
        if "input" not in stated and "output" not in stated and not self.fees:
            raise refuse("states no price", "add input and output, or fees, or remove the entry")
        for one, other in (("input", "output"), ("output", "input")):
            if one in stated and other not in stated:
                right = f"add {other}: an amount, 0 where it is free, or not_offered or unknown"
                raise refuse(f"has {one} and no {other}", right)
        return self

    @property
    def of_tokens(self) -> Sides | None:
        """What tokens of prompt and answer cost, where both are known."""
        if isinstance(self.input, Decimal) and isinstance(self.output, Decimal):
            return Sides(self.input, self.output)
        return None

    @property
    def by_tokens(self) -> bool:
        """Whether tokens are paid for at all."""
        return not self.input == self.output == "not_offered"


class Tier(Charges):
    """What a request with a longer prompt costs: all of it, not only what is longer."""

    above: Count
    """For requests whose prompt has more tokens than this."""
    batch: OrNotOffered[Charges] | None = None
    """What such a request costs in a batch."""


def _ascending(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    bounds = [tier.above for tier in tiers]
    if bounds != sorted(set(bounds)):
        raise refuse("tiers are not in the order of above", "write the lowest first, each with its own bound")
    return tiers


@dataclass(frozen=True)
class Case:
    """One row of a price: what a request of some kind costs."""

    loc: Loc
    """Where it stands inside the price."""
    charges: Charges
    """What it costs."""
    fees: tuple[Fee, ...]
    """What is paid for besides, with what a longer prompt does not change."""
    above: int | None
    """The prompt has more tokens than this, if not None."""
    up_to: int | None
    """The prompt has no more tokens than this, if not None."""
    batch: bool
    """Whether it is sent in a batch."""


class Price(Charges, FactGroup):
    """Prices of a model from one day on."""

    tiers: Annotated[tuple[Tier, ...], Field(min_length=1), AfterValidator(_ascending)] = ()
    """What requests with longer prompts cost, the shortest first; left out where all cost the same."""
    batch: OrNotOffered[Charges] | None = None
    """What a request costs in a batch, whose answers come later; left out where nobody states it, `not_offered` where
    there are no batches."""
    valid_from: IsoDate | None = None
    """The first day of this price; left out in the oldest entry."""

    @model_validator(mode="after")
    def _names_tokens_in_each_case(self) -> Self:
        for case in self.cases[1:]:
            if case.charges.by_tokens != self.by_tokens:
                where = ".".join(f"[{part}]" if isinstance(part, int) else str(part) for part in case.loc)
                where = where.replace(".[", "[")
                if self.by_tokens:
                    raise refuse(f"{where} states no price of tokens", "add input and output there")
                raise refuse(f"{where} has a price of tokens, and the price around it has none", "add it there, too")
        return self

    @property
    def cases(self) -> tuple[Case, ...]:
        """What each kind of request costs, a single one with a short prompt first."""
        return tuple(self._cases())

    def _cases(self) -> Iterator[Case]:
        steps: list[tuple[Loc, Price | Tier, int | None]] = [((), self, None)]
        steps += [(("tiers", number), tier, tier.above) for number, tier in enumerate(self.tiers)]
        for number, (loc, step, above) in enumerate(steps):
            up_to = steps[number + 1][2] if number + 1 < len(steps) else None
            other = {quantity.size(fee.per)[1] for fee in step.fees}
            same = tuple(fee for fee in self.fees if quantity.size(fee.per)[1] not in other)
            yield Case(loc, step, (*same, *step.fees), above, up_to, batch=False)
            if isinstance(step.batch, Charges):
                yield Case((*loc, "batch"), step.batch, step.batch.fees, above, up_to, batch=True)


def in_order(prices: tuple[Price, ...]) -> tuple[Price, ...]:
    """Refuse prices that are not in the order of their days."""
    starts = [price.valid_from or date.min for price in prices]
    if starts != sorted(set(starts)):
        raise refuse("prices are not in the order of valid_from", "write the oldest first, each with its own day")
    return prices


def price_on(prices: tuple[Price, ...], day: date) -> Price | None:
    """Give the price that applies on `day`, or None if there is none."""
    valid = [price for price in prices if price.valid_from is None or price.valid_from <= day]
    return valid[-1] if valid else None
