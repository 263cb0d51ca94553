"""How requests and answers look and behave, for all APIs alike."""

from __future__ import annotations

from collections.abc import Mapping

from generator.schema.base import FactGroup, SourcedGroup
from generator.schema.values import Flag, HeaderName, Text, Token


class Authentication(FactGroup):
    """How a request carries its key."""

    header: HeaderName
    scheme: Token
    hygiene: tuple[Text, ...]
    """Rules for keeping keys."""


class Chat(FactGroup):
    """The chat completions request."""

    name: Text
    """The protocol's name."""
    parameters: tuple[Token, ...]
    tool_choice: tuple[Text, ...]
    not_offered: tuple[Text, ...]
    """Parts of the protocol family that are not listed."""


class Streaming(FactGroup):
    """An answer in pieces, as server-sent events."""

    object: Token
    """The `object` member of each piece."""
    terminator: Text
    """The data of the last event."""
    usage: Text
    """Where the token counts stand."""


class Reasoning(FactGroup):
    """How a request asks for reasoning and where the answer carries it."""

    parameter: Token
    values: tuple[Token, ...]
    response_fields: tuple[Token, ...]


class PromptCache(FactGroup):
    """How repeated prompt beginnings are billed at the cache price."""

    parameter: Token
    added_for_agents: Flag
    """Whether the agent API adds a stable key when the client sends none."""
    usage_field: Token
    price_field: Token


class Fallback(FactGroup):
    """What happens when the requested model cannot answer."""

    on_by_default: Flag
    rules: Text
    request_header: HeaderName
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


class ModelList(FactGroup):
    """What the list of models contains."""

    fields: tuple[Token, ...]
    """Members of an entry when metadata is asked for."""
    features: tuple[Token, ...]
    """Values of `supported_features`."""
    agents_contain: Text
    agents_never_contain: tuple[Text, ...]


class Protocol(SourcedGroup):
    """`catalog/protocol.yaml`: the common behaviour of the APIs."""

    authentication: Authentication
    chat: Chat
    streaming: Streaming
    reasoning: Reasoning | None = None
    prompt_cache: PromptCache | None = None
    fallback: Fallback | None = None
    routing: Routing | None = None
    models: ModelList
