"""Rate limits and guards."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from agentdocs.schema import span
from agentdocs.schema.base import FactGroup, Record, SourcedGroup
from agentdocs.schema.span import Span
from agentdocs.schema.values import (
    ApiId,
    Count,
    CountOrUnlimited,
    ErrorIdOrUnknown,
    ModelPattern,
    OrUnknown,
    PlanId,
    Scopes,
    Text,
    Unit,
    matches,
    refuse,
)


class Rate(Record):
    """How much may begin within a span of time, such as 30 requests per minute."""

    amount: CountOrUnlimited
    """`unlimited` where the provider says that there is no such limit, `unknown` where nobody published it."""
    unit: Unit
    """What is counted; each unit and span is a column of the table of limits."""
    span: Span
    """From any moment on; the amount is free again after it."""

    @property
    def of(self) -> str:
        """What it is an amount of, such as `input tokens per minute`."""
        return f"{self.unit.replace('_', ' ')} per {self.span}"

    @property
    def seconds(self) -> int:
        """The span in seconds; a month counts as thirty days."""
        return span.seconds(self.span)


class ActiveRequests(FactGroup):
    """A limit on requests that run at the same time."""

    count: Count
    """How many may run at once, counted like the limit itself."""
    counts: Text = "requests"
    """What is counted, in the plural: `requests`, or only some of them."""
    reservation_minutes: Count
    """After how many minutes the place of a request that never ended is free again."""
    example_seconds: tuple[Count, ...]
    """Average durations of a request for which pages work out the throughput."""

    def requests_per_minute(self, seconds: int) -> int:
        """Give the throughput that `count` places allow when a request takes `seconds` on average."""
        return self.count * 60 // seconds


class Limit(SourcedGroup):
    """An entry of `catalog/limits.yaml`: what is counted together on one API, or on a surface that is no API."""

    api: ApiId | None = None
    """The API whose requests it counts; left out where `surface` stands."""
    surface: Text | None = None
    """What it counts instead, such as `Chat in the browser`; the table then shows this text."""
    per: Scopes
    """What has the limit to itself: an `account` with all of its keys, a `project` of one, a `key`, or a `model`. With
    `[account, model]` each account has it for each model."""
    plans: OrUnknown[Annotated[tuple[PlanId, ...], Field(min_length=1)]] = ()
    """The plans of the accounts that have it; left out where every account does, `unknown` where nobody says which."""
    models: OrUnknown[Annotated[tuple[ModelPattern, ...], Field(min_length=1)]] = ()
    """The models whose requests it counts; left out where it counts those of every model, `unknown` where nobody says
    which. `*` stands for any part of an id."""
    rates: tuple[Rate, ...] = ()
    """How much may begin within which time; left out where only `active_requests` bounds it."""
    active_requests: ActiveRequests | None = None
    """Left out where none is stated."""
    error: ErrorIdOrUnknown
    """What a request beyond the limit gets; `unknown` where nobody published it."""

    @property
    def holder(self) -> str:
        """What has the limit to itself, or has it for each model."""
        return self.per[0]

    @property
    def for_each_model(self) -> bool:
        """Whether the holder has it again for each model."""
        return len(self.per) > 1

    @property
    def requests_per_minute(self) -> int | Literal["unlimited", "unknown"]:
        """How many requests may begin within a minute; `unknown` where that is not stated."""
        found = (rate.amount for rate in self.rates if (rate.unit, rate.span) == ("requests", "minute"))
        return next(found, "unknown")

    def counts(self, model: str) -> bool:
        """Tell whether it is known to count requests for a model."""
        return self.models != "unknown" and (not self.models or any(matches(name, model) for name in self.models))

    def holds(self, plans: tuple[str, ...]) -> bool:
        """Tell whether it is known to hold for an account with one of some plans."""
        return self.plans != "unknown" and (not self.plans or not {*self.plans}.isdisjoint(plans))

    @model_validator(mode="after")
    def _limits_one_thing(self) -> Self:
        if (self.api is None) == (self.surface is None):
            raise refuse("needs either api or surface", "name the API, or the surface that is no API")
        return self

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if not self.rates and not self.active_requests:
            raise refuse("limits nothing", "add rates or active_requests, or remove the entry")
        stated = [rate.of for rate in self.rates]
        if twice := next((of for of in stated if stated.count(of) > 1), None):
            raise refuse(f"states {twice} twice", "keep one of the two rates, or give each holder an entry of its own")
        return self
