"""Plans, what they include, and how many requests they are estimated to last for."""

from __future__ import annotations

from collections.abc import Mapping

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
    Period,
    PlanId,
    Slug,
    Text,
)


class PlanPrice(SourcedGroup):
    """What a plan costs."""

    amount: Amount
    """For one `period`, in whole units of the currency, such as 9.50."""
    currency: Currency
    """Of this price alone; prices of models have their own."""
    period: Period
    """How often it is paid."""
    as_of: PastDay
    """The day of the statement that names the price, which can be long before `provenance.checked`."""


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
