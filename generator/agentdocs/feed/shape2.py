"""The shape of the published catalog, version 2: that of version 1, with words for what some providers do not say.

Version 1 demands a number of tokens, the name of an author, the beginning of keys, what pays for them, words as codes
of errors, and whole public addresses. Its promise is that no type changes, so that the words are another version, at
an address of its own.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from agentdocs.feed import shape
from agentdocs.feed.shape import NoSetUp
from agentdocs.feed.values import (
    Amount,
    Count,
    NotOffered,
    OwnUri,
    Record,
    Text,
    Unknown,
    UriTemplate,
    WholeNumber,
)


class Key(shape.Key):
    """A kind of key."""

    prefix: Text | NotOffered | Unknown
    """How every key of this kind begins; `not_offered` where keys begin as they like. One prefix may begin another: the
    longest that matches decides."""
    paid_from: Literal["subscription", "prepaid"] | NotOffered | Unknown  # type: ignore[assignment] # likewise
    """The member of `billing` that pays for requests with the key; `not_offered` where they cost nothing."""


class Error(shape.Error):
    """An error, in the envelope `{"error": {"message", "type", "code"}}`."""

    code: Text | WholeNumber | NotOffered | Unknown  # type: ignore[assignment]
    """`error.code`, as a number where the API sends one; `not_offered` where it sends null or nothing."""
    type: Text | NotOffered | Unknown
    """`error.type`; `not_offered` where the API sends null or nothing."""


class PathParameter(Record):
    """What a request fills in."""

    name: Text
    """What stands in braces in the address."""
    meaning: Text
    """What to write there, as a phrase."""


class Operation(shape.Operation):
    """One request that an API answers."""

    url: UriTemplate
    """The whole address, query included; each of `parameters` stands in it in braces (RFC 6570)."""
    parameters: tuple[PathParameter, ...]
    """What a request fills in."""


class Api(shape.Api):
    """One base URL, one kind of key."""

    base_url: OwnUri
    """What clients are set up with, without a slash at its end."""
    legacy_base_urls: tuple[OwnUri, ...]
    """Older base URLs that keep working for existing clients, newest first."""
    operations: tuple[Operation, ...]
    """The requests that it answers."""


class SetUp(shape.SetUp):
    """How one client is set up for a model."""

    usable: Literal[True]
    """Nothing that is known keeps this client from the model. Where the model's context window is unknown, the client
    may still find it too small: compare `minimum_context_window`."""


class Price(shape.Price):
    """What tokens of a single request cost, with a prompt so short that no other tier of `pricing` holds. Requests that
    are paid from a plan's budget are not billed so."""

    input: Amount | NotOffered | Unknown  # type: ignore[assignment] # likewise
    """For prompt tokens that are not answered from the cache."""
    output: Amount | NotOffered | Unknown  # type: ignore[assignment] # likewise
    """For tokens of the answer; `not_offered` where the model writes none."""
    cache_read: Amount | NotOffered | Unknown  # type: ignore[assignment] # likewise
    """For prompt tokens that are answered from the cache. Unknown does not mean free."""


class Model(shape.Model):
    """A model."""

    id: Text
    """What requests send."""
    author: Text | Unknown
    """Who trained it."""
    context_window: Count | Unknown  # type: ignore[assignment] # that is what this version is for
    """Tokens of prompt and answer together."""
    price: Price | NotOffered | Unknown
    """The price on the day `as_of`; `not_offered` where the model is not paid by tokens."""
    set_up: tuple[SetUp | NoSetUp, ...]
    """One entry for each client, in the order of `clients`."""


class Catalog(shape.Catalog):
    """Everything that is published of a provider's plans, limits, errors, keys, APIs, models and clients, as data.

    Four kinds of value are kept apart. A quantity is written as it is: a number, a flag, a list, an object or a text.
    Three words stand for what is none, wherever they are the whole value of a member: `unlimited`, `not_offered` and
    `unknown`. No text is ever one of these words. Nothing is null, and no member is left out.

    Amounts of money are decimal numbers. Those of `price` are for a million tokens, and each says its currency. Context
    windows and answers count in tokens, days are in UTC.

    This is version 2. Releases may add members to objects, entries to lists, and words where a description says so.
    Readers ignore members that they do not know. Names, types, units and meanings of what is there do not change; for
    that a third version would be published at an address of its own, beside this one.
    """

    model_config = ConfigDict(title="Catalog")

    version: Literal[2]  # type: ignore[assignment] # likewise
    """Of the shape of this document."""
    apis: tuple[Api, ...]
    """The APIs, in the order in which pages list them."""
    keys: tuple[Key, ...]
    """The kinds of key."""
    errors: tuple[Error, ...]
    """The errors."""
    models: tuple[Model, ...]
    """Every model, retired ones included, by id."""
