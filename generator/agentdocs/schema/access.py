"""How a program gets in: APIs, keys and what pays for a request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal
from urllib.parse import urlencode

from agentdocs.schema.base import FactGroup, SourcedGroup
from agentdocs.schema.login import TokenAccess
from agentdocs.schema.price import Charges
from agentdocs.schema.values import (
    SPECIALS,
    ApiId,
    ApiUrl,
    Count,
    Currency,
    EnvironmentVariable,
    ErrorIdOrUnknown,
    Flag,
    FlagOrUnknown,
    HttpsUrl,
    KeyId,
    KeyPrefix,
    Method,
    OperationPath,
    OrNotOffered,
    OrUnknown,
    Period,
    PlanId,
    Requirement,
    Slug,
    Text,
    TextOrUnknown,
    Token,
    Wallet,
)


class Operation(FactGroup):
    """One request that an API answers."""

    method: Method
    """The HTTP method, written before the path."""
    path: OperationPath
    """Below the API's base URL. What a request fills in stands in braces, as in `/models/{id}`; `parameters` of the API
    says what it is."""
    query: Mapping[Token, Text] | None = None
    """Query parameters that make this request another one than the bare path."""
    key: Requirement
    """Whether the request needs the API's key, or is merely better sent with it."""
    summary: Text
    """What the request does, as a phrase without a full stop, in the API's table and its service description."""
    note: Text | None = None
    """What a reader should know besides; a sentence after the summary."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in braces in its path, in their order."""
        return tuple(re.findall(r"\{(.*?)\}", self.path))

    @property
    def exchange(self) -> Literal["chat", "models", "model"] | None:
        """What it asks for, by its method and path as OpenAI's API has them: a chat, a list of models, or one model."""
        if self.method == "POST" and self.path.endswith("/chat/completions"):
            return "chat"
        if self.method == "GET" and self.path.endswith("/models"):
            return "models"
        return "model" if self.method == "GET" and re.search(r"/models/\{[^{}]*\}$", self.path) else None

    def url(self, base_url: str) -> str:
        """Give the whole address of the request, for an API's base URL; parameters stay in braces."""
        return base_url + self.path + (f"?{urlencode(self.query)}" if self.query else "")


class Api(SourcedGroup):
    """An entry of `catalog/apis.yaml`: one base URL, one kind of key."""

    name: Text
    """What all pages call the API, such as `Example API`."""
    summary: Text
    """What it is for and who pays; one sentence for the service description."""
    base_url: ApiUrl
    """What clients are set up with; paths of operations follow it."""
    legacy_base_urls: tuple[ApiUrl, ...] = ()
    """Older base URLs that keep working for existing clients, newest first."""
    key: KeyId
    """The kind of key that the API takes, which must name this API in turn."""
    tokens: TokenAccess | None = None
    """Tokens that it takes beside its key; left out where it takes keys only."""
    documentation: HttpsUrl | None = None
    """The vendor's own page on this API, where it lies outside this build."""
    operations: Mapping[Slug, Operation]
    """By name; snippets and pages look up `chat` and `models`, whose paths have no parameters."""
    parameters: Mapping[Token, Text] = {}
    """What stands for each name in braces in paths of its operations, such as `the id of a model`; a phrase without a
    full stop."""


class SpendCap(FactGroup):
    """A limit on what one key may spend."""

    period: Period
    """The span of time after which the count starts again."""
    optional: Flag
    """Whether a key may also go without a cap."""


class KeyCreation(SourcedGroup):
    """How a person gets a key."""

    menu: tuple[Text, ...]
    """The menu path, from the outermost entry, to the place where the key is created."""
    shown_once: Flag
    """Whether the key can be copied only when it is created; the setup page then warns of it."""


class Key(SourcedGroup):
    """An entry of `catalog/keys.yaml`: one kind of key."""

    name: Text
    """What pages call this kind of key, such as `Example key`."""
    purpose: Text
    """Who or what should use it; the row *Made for* of the table of keys."""
    prefix: KeyPrefix
    """How every key of this kind begins, such as `example_`. One prefix may begin another: the longest that matches
    decides. `not_offered` where keys begin as they like or none is looked at, `unknown` where nobody published it."""
    opens: ApiId
    """The API that takes the key. The API names its key too, so that a mistake on one side shows on the other."""
    environment_variable: EnvironmentVariable
    """Where snippets and the setup page expect the key."""
    paid_from: Wallet
    """The part of `catalog/billing.yaml` that pays for requests with the key; `not_offered` where nothing does, as on
    a server of your own, and `unknown` where nobody says."""
    plans: OrUnknown[tuple[PlanId, ...]]
    """The plans whose accounts may create and use the key; `unknown` where nobody says which."""
    spend_cap: OrNotOffered[SpendCap]
    """`not_offered` where no key can have a cap of its own, `unknown` where nobody says whether it can."""
    revocable: FlagOrUnknown
    """Whether one key can be revoked while the account's others stay; `unknown` where nobody says."""
    create: OrUnknown[KeyCreation]
    """The steps on the setup page; `unknown` leaves them out."""

    @property
    def beginning(self) -> str:
        """How every key of this kind begins, as far as that is known; else nothing."""
        return "" if self.prefix in SPECIALS else self.prefix


class SubscriptionWallet(SourcedGroup):
    """The budget that a plan includes."""

    name: Text
    """What pages call the budget, in the middle of a sentence."""
    shared_by: tuple[Text, ...]
    """Everything that spends it."""
    amount: TextOrUnknown
    """How much it is; `unknown` where nobody publishes it."""
    period: Text | None = None
    """The span of time that the budget is for, after *each*; left out where nobody says."""
    shown_as: Text
    """How the dashboard tells what is left."""
    exhausted: ErrorIdOrUnknown
    """The error that a request gets, before any model runs, once the budget is used up; `unknown` where nobody
    published it."""


class PrepaidWallet(SourcedGroup):
    """Credits bought beforehand and spent by tokens."""

    name: Text
    """What pages call the credits, in the middle of a sentence."""
    currency: Currency
    """Of all prices of models. Snippets state prices only in USD, the currency that clients count in."""
    price_tokens: Count
    """How many tokens a model's price is for."""

    def per_million(self, charges: Charges) -> dict[str, Decimal | Literal["not_offered", "unknown"]]:
        """Give what a million tokens cost: `input`, `output` and `cache_read`, and `cache_write` where it is stated."""
        factor = Decimal(1_000_000) / self.price_tokens
        amounts = {"input": charges.input, "output": charges.output, "cache_read": charges.cache_read}
        if charges.cache_write is not None:
            amounts["cache_write"] = charges.cache_write
        return {name: amount if isinstance(amount, str) else amount * factor for name, amount in amounts.items()}


class Billing(FactGroup):
    """`catalog/billing.yaml`: what pays for a request."""

    subscription: OrUnknown[SubscriptionWallet] | None = None
    """Pays for keys that are `paid_from: subscription`; left out where no plan includes a budget, `unknown` where
    nothing is published of it."""
    prepaid: OrUnknown[PrepaidWallet] | None = None
    """Pays for keys that are `paid_from: prepaid`, and says what prices of models count in; left out where nothing
    is paid by tokens, `unknown` where nothing is published of it."""

    @property
    def budget(self) -> SubscriptionWallet | None:
        """What is known of the budget."""
        return None if isinstance(self.subscription, str) else self.subscription

    @property
    def credits(self) -> PrepaidWallet | None:
        """What is known of the credits."""
        return None if isinstance(self.prepaid, str) else self.prepaid

    def pays(self, wallet: Wallet) -> str:
        """Give the name of what pays, `nothing`, or `unknown`."""
        if wallet == "not_offered":
            return "nothing"
        known = {"subscription": self.budget, "prepaid": self.credits}.get(wallet)
        return known.name if known else "unknown"
