"""Chat completions: types as in https://platform.openai.com/docs/api-reference/chat for what the catalog names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.assumed import told
from generator.discovery.openapi import examples
from generator.discovery.openapi.component import FLAG, NUMBER, OBJECT, TEXT, WHOLE, array, record, sentence
from generator.discovery.openapi.exchange import Exchange, json_content

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.discovery.openapi.component import Components
    from generator.schema import Facts
    from generator.schema.protocol import Fallback, Protocol, Streaming

_FUNCTION = record("name", name=TEXT, description=TEXT, parameters=OBJECT)
_TOOL = record("type", "function", type={"const": "function"}, function=_FUNCTION)
_NAMED_TOOL = record("type", "function", type={"const": "function"}, function=record("name", name=TEXT))
_CALLED = record("name", "arguments", name=TEXT, arguments=TEXT)
_CALL = record("id", "type", "function", id=TEXT, type={"const": "function"}, function=_CALLED)
_MESSAGE = record(
    "role",
    role={"type": "string", "examples": ["system", "user", "assistant", "tool"]},
    content={"type": ["string", "array", "null"], "items": record("type", type=TEXT)},
    tool_calls={"type": ["array", "null"], "items": _CALL},
    tool_call_id=TEXT,
)
_FORMATS = {"type": "string", "examples": ["text", "json_object", "json_schema"]}

_PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("frequency_penalty", "presence_penalty", "temperature", "top_p"), NUMBER),
    **dict.fromkeys(("max_completion_tokens", "max_tokens", "n", "seed", "top_logprobs"), WHOLE),
    **dict.fromkeys(("logprobs", "parallel_tool_calls", "stream"), FLAG),
    **dict.fromkeys(("prompt_cache_key", "reasoning_effort", "user"), TEXT),
    "response_format": record("type", type=_FORMATS),
    "stop": {"type": ["string", "array"], "items": TEXT},
    "stream_options": OBJECT,
    "tools": array(_TOOL),
}
"""Types of well-known parameters of a chat."""


def exchange(facts: Facts, day: date, components: Components) -> Exchange:
    """Describe a chat, with the default model as an example if it is available on `day` (UTC)."""
    protocol, default = facts.protocol, facts.recommendations.default
    model = default if facts.models[default].status(day) == "available" else None
    request = components.ref("schemas", "ChatRequest", _request(protocol, model, components))
    asked, answered, streamed = examples.chat(protocol, model) if model else ({}, {}, {})
    body = {"required": True, "content": json_content(request, **asked)}
    completion = components.ref("schemas", "ChatCompletion", _completion(protocol, components))
    content = json_content(completion, **answered)
    answer: dict[str, Any] = {"description": "The answer.", "content": content}
    if protocol.streaming and "stream" in protocol.chat.parameters:
        answer["description"] = "The answer, whole or in pieces."
        content["text/event-stream"] = {"schema": _stream(protocol.streaming), **streamed}
    parameters = []
    if fallback := protocol.fallback:
        parameters = [components.ref("parameters", fallback.request_header, _fallback_header(fallback))]
        answer["headers"] = {
            name: components.ref(
                "headers", name, {"description": sentence(f"Fallback: {told(meaning)}"), "schema": TEXT}
            )
            for name, meaning in fallback.response_headers.items()
        }
    return Exchange(_about(protocol), components.ref("responses", "ChatCompletion", answer), parameters, body)


def _about(protocol: Protocol) -> str:
    sentences = [f"Request and answer are those of {protocol.chat.name}."]
    if routing := protocol.routing:
        needs = ", ".join(routing.capabilities)
        sentences.append(
            told(f"The route to the model depends on what the request needs: {needs}.", *routing.capabilities)
        )
        sentences.append(f"Clients {'can' if routing.configurable else 'cannot'} choose the route.")
    return " ".join(sentences)


def _request(protocol: Protocol, example: str | None, components: Components) -> dict[str, Any]:
    model = {
        "type": "string",
        "description": "Id of a model. What counts is what the models endpoint of the API lists.",
        **({"examples": [example]} if example else {}),
    }
    messages = {**array(components.ref("schemas", "Message", _MESSAGE)), "minItems": 1}
    always = {"model": model, "messages": messages}
    # First for their place, last because the catalog may list them among the parameters.
    members = {**always, **_parameters(protocol), **always}
    return {**record(*always, **members), "additionalProperties": True}


def _parameters(protocol: Protocol) -> dict[str, Mapping[str, Any]]:
    """Give the schema of each parameter of a chat beside `model` and `messages`."""
    known: dict[str, Mapping[str, Any]] = {}
    if protocol.chat.tool_choice:
        known["tool_choice"] = _tool_choice(protocol.chat.tool_choice)
    if reasoning := protocol.reasoning:
        known[reasoning.parameter] = {"type": "string", "enum": [*reasoning.values]}
    if cache := protocol.prompt_cache:
        about = {"description": "For agents a stable key is added to a request without one."}
        known[cache.parameter] = {**TEXT, **(about if cache.added_for_agents else {})}
    return {name: known.get(name, _PARAMETERS.get(name, {})) for name in (*protocol.chat.parameters, *known)}


def _tool_choice(choices: tuple[str, ...]) -> dict[str, Any]:
    words = [choice for choice in choices if choice in ("none", "auto", "required")]
    forms: list[dict[str, Any]] = [{"type": "string", "enum": words}] if words else []
    if len(words) < len(choices):
        forms.append(_NAMED_TOOL)
    return {"description": f"One of: {', '.join(choices)}.", "anyOf": forms}


def _completion(protocol: Protocol, components: Components) -> dict[str, Any]:
    text = {"description": "The model's reasoning, if the answer carries it here."}
    own = dict.fromkeys(protocol.reasoning.response_fields if protocol.reasoning else (), text)
    common = components.ref("schemas", "Message", _MESSAGE)
    message = {"allOf": [common, record(**{**own, "role": {"const": "assistant"}})]}
    choice = record("index", "message", index=WHOLE, message=message, finish_reason={"type": ["string", "null"]})
    completion = record(
        *("id", "object", "created", "model", "choices"),
        id=TEXT,
        object={"const": "chat.completion"},
        created={"type": "integer", "description": "Unix time in seconds."},
        model=TEXT,
        choices=array(choice),
        usage=record(prompt_tokens=WHOLE, completion_tokens=WHOLE, total_tokens=WHOLE),
    )
    if cache := protocol.prompt_cache:
        *parents, last = cache.usage_field.split(".")
        place = completion
        for parent in parents:
            members = place.setdefault("properties", {})
            place = members[parent] = {**members.get(parent, OBJECT)}  # a copy, because it may be a constant
        about = f"Prompt tokens from the cache, at the price {cache.price_field}."
        place.setdefault("properties", {})[last] = {"type": "integer", "description": about}
    return completion


def _stream(streaming: Streaming) -> dict[str, Any]:
    sentences = [
        "Server-sent events, if the request has stream true.",
        f"The data of each event is a {streaming.object} object as JSON,",
        f"the data of the last event is {streaming.terminator}.",
    ]
    sentences += [sentence(f"Token counts stand in {streaming.usage}")] if streaming.usage else []
    return {"type": "string", "description": " ".join(sentences)}


def _fallback_header(fallback: Fallback) -> dict[str, Any]:
    sentences = (
        f"The value {fallback.off_value} makes the request fail where another model would step in.",
        f"Without this header fallback is {'on' if fallback.on_by_default else 'off'}.",
        sentence(f"The rules of fallback: {told(fallback.rules)}"),
    )
    return {
        "name": fallback.request_header,
        "in": "header",
        "description": " ".join(sentences),
        "schema": {"type": "string", "examples": [fallback.off_value]},
    }
