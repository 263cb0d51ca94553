"""How a program gets in: APIs, keys and what pays for a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.schema.base import FactGroup, SourcedGroup
from generator.schema.values import (
    ApiId,
    BaseUrl,
    Count,
    Currency,
    EnvironmentVariable,
    ErrorId,
    Flag,
    FlagOrUnknown,
    HttpsUrl,
    KeyId,
    KeyPrefix,
    Method,
    OrNotOffered,
    OrUnknown,
    Period,
    PlanId,
    Requirement,
    Slug,
    Text,
    Token,
    UrlPath,
    Wallet,
)


class Operation(FactGroup):
    """One request that an API answers."""

    method: Method
    path: UrlPath
    """Below the API's base URL."""
    query: Mapping[Token, Text] | None = None
    """Query parameters that make this request another one than the bare path."""
    key: Requirement
    """Whether the request needs the API's key, or is merely better sent with it."""
    summary: Text
    note: Text | None = None


class Api(SourcedGroup):
    """An entry of `catalog/apis.yaml`: one base URL, one kind of key."""

    name: Text
    summary: Text
    base_url: BaseUrl
    legacy_base_urls: tuple[BaseUrl, ...] = ()
    """Older base URLs that keep working for existing clients, newest first."""
    key: KeyId
    documentation: HttpsUrl | None = None
    """The vendor's own page on this API, where it lies outside this build."""
    operations: Mapping[Slug, Operation]


class SpendCap(FactGroup):
    """A limit on what one key may spend."""

    period: Period
    optional: Flag


class KeyCreation(SourcedGroup):
    """How a person gets a key."""

    menu: tuple[Text, ...]
    """The menu path, from the outermost entry, to the place where the key is created."""
    shown_once: Flag


class Key(SourcedGroup):
    """An entry of `catalog/keys.yaml`: one kind of key."""

    name: Text
    purpose: Text
    prefix: KeyPrefix
    """How every key of this kind begins. One prefix may begin another: the longest that matches decides."""
    opens: ApiId
    """The API that takes the key. The API names its key too: a slip on one side is caught by the other."""
    environment_variable: EnvironmentVariable
    paid_from: Wallet
    plans: OrUnknown[tuple[PlanId, ...]]
    """The plans whose accounts may create and use the key."""
    spend_cap: OrNotOffered[SpendCap]
    revocable: FlagOrUnknown
    create: OrUnknown[KeyCreation]


class SubscriptionWallet(SourcedGroup):
    """The budget that a plan includes."""

    name: Text
    shared_by: tuple[Text, ...]
    """Everything that spends it."""
    amount: Literal["unknown"]
    shown_as: Text
    """How the dashboard tells what is left."""
    exhausted: ErrorId
    """The error that a request gets, before any model runs, once the budget is used up."""


class PrepaidWallet(SourcedGroup):
    """Credits bought beforehand and spent by tokens."""

    name: Text
    currency: Currency
    price_tokens: Count
    """How many tokens a model's price is for."""


class Billing(FactGroup):
    """`catalog/billing.yaml`: what pays for a request."""

    subscription: SubscriptionWallet
    prepaid: PrepaidWallet | None = None
