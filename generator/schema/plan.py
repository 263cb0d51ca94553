"""Plans, what they include, and how many requests they are estimated to last for."""

from __future__ import annotations

from collections.abc import Mapping

from generator.schema.base import FactGroup, Range, SourcedGroup
from generator.schema.values import (
    Amount,
    Answer,
    ApiId,
    ClientId,
    Currency,
    Flag,
    IsoDate,
    OrNotOffered,
    OrUnknown,
    Period,
    PlanId,
    Slug,
    Text,
)


class PlanPrice(SourcedGroup):
    """What a plan costs."""

    amount: Amount
    currency: Currency
    period: Period
    as_of: IsoDate


class IncludedUse(FactGroup):
    """A use of the plan, and whether the plan is meant for it."""

    use: Text
    answer: Answer
    reason: Text
    clients: tuple[ClientId, ...] = ()
    """Clients that are examples of this use."""
    instead: ApiId | None = None
    """The API to use where the answer is no."""


class Plan(SourcedGroup):
    """An entry of `catalog/plans.yaml`."""

    name: Text
    price: OrUnknown[PlanPrice]
    uses: tuple[IncludedUse, ...] = ()


class ModelClass(FactGroup):
    """A size of model, and how many short text requests a month each plan's budget lasts for."""

    name: Text
    requests_per_month: Mapping[PlanId, OrNotOffered[Range]]
    """`not_offered` where a plan does not include the class."""


class Estimates(SourcedGroup):
    """`catalog/estimates.yaml`: estimates, which are never quotas."""

    classes: Mapping[Slug, ModelClass]
    models_per_class_published: Flag
    """Whether the provider says which model belongs to which class."""
    uses_more: tuple[Text, ...]
    """What makes a request cost more than the short text request that the estimates count."""
