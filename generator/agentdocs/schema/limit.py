"""Rate limits and guards."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from agentdocs.schema.base import FactGroup, SourcedGroup
from agentdocs.schema.values import ApiId, Count, CountOrUnlimited, ErrorIdOrUnknown, Scope, Text, refuse


class ActiveRequests(FactGroup):
    """A limit on requests that run at the same time."""

    count: Count
    """How many may run at once, counted like the limit itself per account or per key."""
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
    """An entry of `catalog/limits.yaml`: one limit on one API, or on a surface that is no API."""

    api: ApiId | None = None
    """The API whose requests it counts; left out where `surface` stands."""
    surface: Text | None = None
    """What it counts instead, such as `Chat in the browser`; the table then shows this text."""
    per: Scope
    """What has the limit to itself: one key, or an account with all of its keys."""
    requests_per_minute: CountOrUnlimited
    """`unlimited` where the provider says that there is no such limit, `unknown` where nobody published it."""
    active_requests: ActiveRequests | None = None
    """Left out where none is stated."""
    error: ErrorIdOrUnknown
    """What a request beyond the limit gets; `unknown` where nobody published it."""

    @model_validator(mode="after")
    def _limits_one_thing(self) -> Self:
        if (self.api is None) == (self.surface is None):
            raise refuse("needs either api or surface", "name the API, or the surface that is no API")
        return self
