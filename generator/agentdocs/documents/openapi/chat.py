"""Chat completions: types as in https://platform.openai.com/docs/api-reference/chat for what the catalog names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.documents.openapi import examples, parameters
from agentdocs.documents.openapi.component import OBJECT, TEXT, WHOLE, array, record, sentence
from agentdocs.documents.openapi.exchange import Exchange, json_content
from agentdocs.schema.assumed import marked_text

if TYPE_CHECKING:
    from datetime import date

    from agentdocs.documents.openapi.component import Components
    from agentdocs.schema import Facts
    from agentdocs.schema.protocol import Chat, Fallback, Protocol, Streaming

_CALLED = record("name", "arguments", name=TEXT, arguments=TEXT)
_CALL = record("id", "type", "function", id=TEXT, type={"const": "function"}, function=_CALLED)


def exchange(facts: Facts, api: str, day: date, components: Components) -> Exchange:
    """Describe a chat of an API, with the default model as an example if it is available on `day` (UTC)."""
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
    headers = []
    if (fallback := protocol.fallback) and api in fallback.apis:
        headers = [components.ref("parameters", fallback.request_header, _fallback_header(fallback))]
        answer["headers"] = {
            name: components.ref(
                "headers", name, {"description": sentence(f"Fallback: {marked_text(meaning)}"), "schema": TEXT}
            )
            for name, meaning in fallback.response_headers.items()
        }
    return Exchange(_about(protocol), answer, headers, body)


def _about(protocol: Protocol) -> str:
    sentences = [f"Request and answer are those of {protocol.chat.name}."]
    if routing := protocol.routing:
        needs = ", ".join(routing.capabilities)
        sentences.append(
            marked_text(f"The route to the model depends on what the request needs: {needs}.", *routing.capabilities)
        )
        sentences.append(f"Clients {'can' if routing.configurable else 'cannot'} choose the route.")
    return " ".join(sentences)


def _request(protocol: Protocol, example: str | None, components: Components) -> dict[str, Any]:
    model = {
        "type": "string",
        "description": "Id of a model. What counts is what the models endpoint of the API lists.",
        **({"examples": [example]} if example else {}),
    }
    messages = {**array(_message(protocol.chat, components)), "minItems": 1}
    always = {"model": model, "messages": messages}
    # First for their place, last because the catalog may list them among the parameters.
    members = {**always, **parameters.schemas(protocol), **always}
    return {**record(*always, **members), "additionalProperties": True}


def _message(chat: Chat, components: Components) -> dict[str, Any]:
    """Describe a message, which requests and answers share."""
    part = {**TEXT, **({"examples": [*chat.content_parts]} if chat.content_parts else {})}
    message = record(
        "role",
        role={**TEXT, **({"examples": [*chat.roles]} if chat.roles else {})},
        content={"type": ["string", "array", "null"], "items": record("type", type=part)},
        tool_calls={"type": ["array", "null"], "items": _CALL},
        tool_call_id=TEXT,
    )
    return components.ref("schemas", "Message", message)


def _completion(protocol: Protocol, components: Components) -> dict[str, Any]:
    text = {"description": "The model's reasoning, if the answer carries it here."}
    own = dict.fromkeys(protocol.reasoning.response_fields if protocol.reasoning else (), text)
    message = {"allOf": [_message(protocol.chat, components), record(**{**own, "role": {"const": "assistant"}})]}
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
        sentence(f"The rules of fallback: {marked_text(fallback.rules)}"),
    )
    return {
        "name": fallback.request_header,
        "in": "header",
        "description": " ".join(sentences),
        "schema": {"type": "string", "examples": [fallback.off_value]},
    }
