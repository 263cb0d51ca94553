"""Examples of requests and answers: they show forms, and state nothing that the catalog does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.text.quoting import as_json

if TYPE_CHECKING:
    from agentdocs.schema.protocol import Protocol

Examples = dict[str, Any]

_HELLO = [{"role": "user", "content": "Say hello."}]
_TOOL = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Tell the weather of a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def chat(protocol: Protocol, model: str) -> tuple[Examples, Examples, Examples]:
    """Give examples of a chat with `model`: requests, an answer in one piece, and an answer in pieces."""
    named = {"model": model, "messages": _HELLO}
    offered = protocol.chat.parameters
    requests = {"answer": {"summary": "An answer in one piece", "value": named}}
    if protocol.streaming and "stream" in offered:
        requests["stream"] = {"summary": "An answer in pieces", "value": {**named, "stream": True}}
    if "tools" in offered:
        requests["tool"] = {"summary": "An answer that may call a tool", "value": {**named, "tools": [_TOOL]}}
    if reasoning := protocol.reasoning:
        value = {**named, reasoning.parameter: reasoning.values[0]}
        requests["reasoning"] = {"summary": "An answer after reasoning", "value": value}
    message = {"role": "assistant", "content": "Hello."}
    common = {"id": "example", "object": "chat.completion", "created": 0, "model": model}
    answer = {**common, "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    return {"examples": requests}, {"example": answer}, _stream(protocol, common)


def _stream(protocol: Protocol, common: Examples) -> Examples:
    """Write the events of an answer of one word: its beginning, its end, and the terminator."""
    streaming = protocol.streaming
    if streaming is None:
        return {}
    pieces: list[tuple[dict[str, str], str | None]] = [({"role": "assistant", "content": "Hello."}, None), ({}, "stop")]
    events = [
        as_json({**common, "object": streaming.object, "choices": [{"index": 0, "delta": delta, "finish_reason": end}]})
        for delta, end in pieces
    ]
    return {"example": "".join(f"data: {event}\n\n" for event in [*events, streaming.terminator])}
