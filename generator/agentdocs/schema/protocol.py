"""How requests and answers look and behave, for all APIs alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from agentdocs.schema.base import FactGroup, SourcedGroup
from agentdocs.schema.values import ApiId, Count, Default, Flag, HeaderName, Number, Text, Token, refuse


class Authentication(FactGroup):
    """How a request carries its key."""

    header: HeaderName
    """The request header that carries the key."""
    scheme: Token
    """The word before the key in that header, such as `Bearer`."""
    hygiene: tuple[Text, ...] = ()
    """Rules for keeping keys; left out where the provider gives none."""


class Parameter(FactGroup):
    """What a parameter of a chat takes, as far as it is published."""

    minimum: Number | None = None
    """The least value; left out where none is published."""
    maximum: Number | None = None
    """The greatest value; left out where none is published."""
    most: Count | None = None
    """How many items a list may have; left out where no bound is published."""
    default: Default | None = None
    """What a request without it gets: a value, or what decides it, in words; left out where that is not published."""
    note: Text | None = None
    """What a sender should know besides, in a sentence."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise refuse(f"minimum {self.minimum} is above maximum {self.maximum}", "exchange the two")
        return self


class Chat(FactGroup):
    """The chat completions request."""

    name: Text
    """The protocol's name."""
    parameters: tuple[Token, ...]
    """Parameters that the provider lists; skills tell agents to send no others. Snippets bound an answer by
    `max_tokens`, or by `max_completion_tokens` where only that is among them."""
    details: Mapping[Token, Parameter] = {}
    """What parameters take, for those of which something is published."""
    roles: tuple[Token, ...] = ()
    """Who can say a message; left out where nothing is published of it."""
    content_parts: tuple[Token, ...] = ()
    """Kinds of part that a user's message may consist of; left out where nothing is published of it."""
    response_formats: tuple[Token, ...] = ()
    """What `response_format` takes as its type; left out where nothing is published of it."""
    tool_choice: tuple[Text, ...] = ()
    """What `tool_choice` takes: `none`, `auto` and `required` as they are sent, a named tool in words; left out where
    nothing is published of it."""
    not_listed: tuple[Text, ...] = ()
    """Parts of the protocol family that are not listed; left out where none is named."""

    @property
    def output_limit(self) -> str | None:
        """The parameter that bounds an answer: the older one, which every client can send, where both are listed."""
        return next((name for name in ("max_tokens", "max_completion_tokens") if name in self.parameters), None)


class Streaming(FactGroup):
    """An answer in pieces, as server-sent events."""

    object: Token
    """The `object` member of each piece."""
    terminator: Text
    """The data of the last event."""
    usage: Text | None = None
    """Where the token counts stand; left out where nothing is published of it."""


class ThinkingFlags(FactGroup):
    """Flags for the template with which a model reads a chat."""

    parameter: Token
    """The parameter of a request that holds them."""
    names: tuple[Token, ...]
    """Those that the provider passes on; it drops all others."""


class Reasoning(FactGroup):
    """How a request asks for reasoning and where the answer carries it."""

    parameter: Token
    """The parameter of a request that asks for it."""
    values: tuple[Token, ...]
    """What the parameter takes, from little to much reasoning."""
    model_dependent: Flag = False
    """Whether these are only the common values, and the model decides which of them and of others it takes."""
    thinking: ThinkingFlags | None = None
    """Other switches of reasoning; left out where nothing is published of any."""
    response_fields: tuple[Token, ...]
    """Members of the answer's message that may carry the reasoning."""


class PromptCache(FactGroup):
    """How repeated prompt beginnings are billed at the cache price."""

    parameter: Token
    """The parameter of a request that marks requests which begin alike."""
    added_for_agents: Flag
    """Whether the agent API adds a stable key when the client sends none."""
    usage_field: Token
    """Where an answer counts the cached tokens: names of members with dots between them."""
    price_field: Token
    """What the list of models calls the price of cached tokens."""
    rules: tuple[Text, ...] = ()
    """When tokens are cached and what they cost, in sentences; left out where the provider says nothing of it."""


class Fallback(FactGroup):
    """What happens when the requested model cannot answer."""

    apis: Annotated[tuple[ApiId, ...], Field(min_length=1)]
    """The APIs of which the provider says that their chats do so; of the others it is unknown."""
    on_by_default: Flag
    """Whether another model steps in when a request says nothing about it."""
    rules: Text
    """Which model steps in and what is billed; a phrase without a full stop."""
    request_header: HeaderName
    """The header with which a request refuses the fallback."""
    off_value: Text
    """The header's value that makes the request fail instead."""
    response_headers: Mapping[HeaderName, Text]
    """Each header of the answer with what it tells."""


class Routing(FactGroup):
    """How a model id finds its route."""

    capabilities: tuple[Text, ...]
    """Properties of a request that decide about the route."""
    configurable: Flag
    """Whether clients can choose a route themselves."""


class Inspection(FactGroup):
    """Where an entry of the list of models tells whether a model fits."""

    need: Text
    """What the model is needed for; a phrase without a full stop."""
    look_at: tuple[Token, ...]
    """Members of the entry, or words that one of them may have."""


class ModelList(FactGroup):
    """What the list of models contains."""

    fields: tuple[Token, ...] = ()
    """Members of an entry when metadata is asked for; left out where nothing is published of them."""
    features_field: Token | None = None
    """The member of an entry that names features."""
    features: tuple[Token, ...] = ()
    """Values of `supported_features`; left out where there is no such member."""
    inspect: tuple[Inspection, ...] = ()
    """What to look at for each need; left out where the provider gives no advice."""
    agents_contain: Text | None = None
    """What the list for agents is made of, such as `chat models`; left out where agents have no list of their own."""
    agents_never_contain: tuple[Text, ...] = ()
    """Kinds of model that are never in it, as words before *models*."""


class Protocol(SourcedGroup):
    """`catalog/protocol.yaml`: the common behaviour of the APIs."""

    authentication: Authentication
    """The same for every API; only the kind of key differs."""
    chat: Chat
    """What the operation `chat` of an API takes."""
    streaming: Streaming | None = None
    """What a chat answers where it is asked to stream; left out where nothing is published of it."""
    reasoning: Reasoning | None = None
    """How a request asks for reasoning; left out where nothing is published of it."""
    prompt_cache: PromptCache | None = None
    """How repeated beginnings are billed; left out where nothing is published of it."""
    fallback: Fallback | None = None
    """What happens when a model cannot answer; left out where nothing is published of it."""
    routing: Routing | None = None
    """How a model id finds its route; left out where nothing is published of it."""
    models: ModelList = ModelList()
    """What the operation `models` of an API answers; left out where nothing but the ids is published."""
