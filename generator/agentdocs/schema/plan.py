"""Plans, what they include, and how many requests they are estimated to last for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Self

from pydantic import model_validator

from agentdocs.schema.base import FactGroup, Range, SourcedGroup
from agentdocs.schema.values import (
    Amount,
    Answer,
    ApiId,
    ClientId,
    Currency,
    Flag,
    OrNotOffered,
    OrUnknown,
    PastDay,
    Payer,
    Period,
    PlanId,
    Slug,
    Text,
    refuse,
)


class PlanPrice(SourcedGroup):
    """What a plan costs."""

    amount: Amount
    """For one `period`, in whole units of the currency, such as 9.50; 0 for a plan that is free."""
    currency: Currency
    """Of this price alone; prices of models have their own."""
    period: Period
    """How often it is paid."""
    per: Payer = "account"
    """For what it is paid; left out where that is the account, `seat` where each person in it costs as much."""
    yearly: Amount | None = None
    """What a year costs that is paid at once; left out where nobody states such a price, or the period is a year."""
    as_of: PastDay
    """The day of the statement that names the price, which can be long before `provenance.checked`."""

    @model_validator(mode="after")
    def _paid_for_a_year_in_one_place(self) -> Self:
        if self.yearly is not None and self.period == "year":
            raise refuse("has a yearly price beside one for the period year", "write one of them as amount")
        return self

    @property
    def by_the_year(self) -> Decimal | None:
        """What a year costs that is paid at once, where it can be paid so."""
        return self.amount if self.period == "year" else self.yearly

    @property
    def monthly(self) -> Decimal | None:
        """What a month of such a year comes to, where that is an amount without fractions of a cent."""
        if not self.by_the_year:
            return None
        month = self.by_the_year / 12
        return month if month * 100 == int(month * 100) else None


class IncludedUse(FactGroup):
    """A use of the plan, and whether the plan is meant for it."""

    use: Text
    """What somebody wants to do; the first column of the plan's table."""
    answer: Answer
    """Whether the plan is meant for it; `limited` means within bounds that the reason names."""
    reason: Text
    """A phrase in lower case, without a full stop."""
    clients: tuple[ClientId, ...] = ()
    """Clients that are examples of this use."""
    instead: ApiId | None = None
    """The API to use where the answer is no."""


class Plan(SourcedGroup):
    """An entry of `catalog/plans.yaml`."""

    name: Text
    """What pages call the plan; a column of the estimates."""
    price: OrUnknown[PlanPrice]
    """`unknown` where nobody published it; pages then name no price."""
    uses: tuple[IncludedUse, ...] = ()
    """The rows of the table of what the plan includes, in this order."""


class ModelClass(FactGroup):
    """A size of model, and how many short text requests a month each plan's budget lasts for."""

    name: Text
    """What the provider calls the class; a row of the estimates."""
    requests_per_month: Mapping[PlanId, OrNotOffered[Range]]
    """`not_offered` where a plan does not include the class, `unknown` where nobody published a number."""


class Estimates(SourcedGroup):
    """`catalog/estimates.yaml`: estimates, which are never quotas."""

    classes: Mapping[Slug, ModelClass]
    """By a name that only problems of the catalog show; the rows of the estimates are in this order."""
    models_per_class_published: Flag
    """Whether the provider says which model belongs to which class."""
    uses_more: tuple[Text, ...]
    """What makes a request cost more than the short text request that the estimates count."""
