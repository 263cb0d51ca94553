"""How requests and answers look, in the published catalog: its shape, and the facts in that shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from agentdocs.feed.values import Count, NotOffered, Number, Record, Sourced, Text, Unknown

if TYPE_CHECKING:
    from agentdocs.schema import Facts
    from agentdocs.schema.protocol import Fallback as FallbackFacts
    from agentdocs.schema.protocol import Reasoning as ReasoningFacts

Origin = Callable[..., dict[str, Any]]
"""Gives the provenance of the group at a place of the catalog."""


class Parameter(Record):
    """A parameter of a chat."""

    name: Text
    """As it is sent."""
    minimum: Number | Unknown
    """The least value."""
    maximum: Number | Unknown
    """The greatest value."""
    most: Count | Unknown
    """How many items a list may have."""
    default: bool | Number | Text | Unknown
    """What a request without it gets: a value, or what decides it, in words."""
    notes: tuple[Text, ...]
    """What one should know besides."""


class Chat(Sourced):
    """The request to answer a chat. It takes `model` and `messages` besides."""

    protocol: Text
    """The protocol's name."""
    parameters: tuple[Parameter, ...]
    """Those that the provider lists; send no others."""
    roles: tuple[Text, ...] | Unknown
    """Who can say a message."""
    content_parts: tuple[Text, ...] | Unknown
    """Kinds of part that a user's message may consist of."""
    response_formats: tuple[Text, ...] | Unknown
    """What `response_format` takes as its type."""
    tool_choice: tuple[Text, ...] | Unknown
    """What `tool_choice` takes: words as they are sent, and the rest described."""


class Thinking(Record):
    """Flags for the template with which a model reads a chat."""

    parameter: Text
    """The parameter of a request that holds them."""
    names: tuple[Text, ...]
    """Those that are passed on."""


class Reasoning(Sourced):
    """How a request asks for reasoning."""

    parameter: Text
    """The parameter of a request that asks for it."""
    values: tuple[Text, ...]
    """What it takes, from little to much reasoning."""
    model_dependent: bool
    """Whether these are only the common values, and the model decides which of them and of others it takes."""
    response_fields: tuple[Text, ...]
    """Members of the answer's message that may carry the reasoning."""
    thinking: Thinking | Unknown
    """Other switches of reasoning."""


class PromptCache(Sourced):
    """How the beginnings of prompts are cached."""

    parameter: Text
    """The parameter of a request that marks requests which begin alike."""
    added_for_agents: bool
    """Whether the API for agents adds one where the client sends none."""
    usage_field: Text
    """Where an answer counts the cached tokens: names of members with dots between them."""
    price_field: Text
    """What the list of models calls the price of cached tokens."""
    rules: tuple[Text, ...]
    """When tokens are cached and what they cost."""


class ResponseHeader(Record):
    """A header of an answer."""

    name: Text
    """As it is sent."""
    meaning: Text
    """What it tells."""


class Fallback(Sourced):
    """What happens when the requested model cannot answer."""

    apis: tuple[Text, ...]
    """The ids of the APIs of which this is said. Of the others it is unknown."""
    on_by_default: bool
    """Whether another model steps in when a request says nothing about it."""
    rules: Text
    """Which model steps in and what is billed."""
    request_header: Text
    """The header with which a request refuses the fallback."""
    off_value: Text
    """The header's value that does so."""
    response_headers: tuple[ResponseHeader, ...]
    """What the answer says of it."""


class Protocol(Record):
    """How requests and answers look, whichever API takes them."""

    chat: Chat
    """The request to answer a chat."""
    reasoning: Reasoning | NotOffered
    """How a request asks for reasoning."""
    prompt_cache: PromptCache | NotOffered
    """How the beginnings of prompts are cached."""
    fallback: Fallback | NotOffered
    """What happens when the requested model cannot answer."""


def record(facts: Facts, origin: Origin) -> dict[str, Any]:
    """Give the members of the record, where `origin` gives the provenance of a group."""
    protocol = facts.protocol
    cache = protocol.prompt_cache
    return {
        "chat": _chat(facts, origin),
        "reasoning": _reasoning(protocol.reasoning, origin) if protocol.reasoning else "not_offered",
        "prompt_cache": {**dict(cache), **origin("protocol", "prompt_cache")} if cache else "not_offered",
        "fallback": _fallback(protocol.fallback, origin) if protocol.fallback else "not_offered",
    }


def _chat(facts: Facts, origin: Origin) -> dict[str, Any]:
    chat = facts.protocol.chat
    lists = ("roles", "content_parts", "response_formats", "tool_choice")
    return {
        "protocol": chat.name,
        "parameters": [_parameter(facts, name) for name in chat.parameters],
        **{name: getattr(chat, name) or "unknown" for name in lists},
        **origin("protocol", "chat"),
    }


def _parameter(facts: Facts, name: str) -> dict[str, Any]:
    details = facts.protocol.chat.details.get(name)
    values = {member: getattr(details, member, None) for member in ("minimum", "maximum", "most", "default")}
    return {
        "name": name,
        **{member: "unknown" if value is None else value for member, value in values.items()},
        "notes": [details.note] if details and details.note else [],
    }


def _reasoning(reasoning: ReasoningFacts, origin: Origin) -> dict[str, Any]:
    thinking = dict(reasoning.thinking) if reasoning.thinking else "unknown"
    return {**dict(reasoning), "thinking": thinking, **origin("protocol", "reasoning")}


def _fallback(fallback: FallbackFacts, origin: Origin) -> dict[str, Any]:
    headers = [{"name": name, "meaning": meaning} for name, meaning in fallback.response_headers.items()]
    return {**dict(fallback), "response_headers": headers, **origin("protocol", "fallback")}
