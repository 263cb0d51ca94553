"""What the stub answers to a chat, in the shape of OpenAI chat completions.

There is no model behind it, but a rule that a test can foresee. After a tool's result the answer repeats that result.
A request that offers one tool, demands a tool, or says "Call `name` with {...}" of an offered one gets a call of it,
with that JSON object as arguments. Everything else gets the word after `exactly:`, or `pong`.
"""

from __future__ import annotations

import json
import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from agentdocs.stub.body import loads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from agentdocs.schema import Model, Protocol

_ANSWER = "pong"


def completion(body: Mapping[str, Any], protocol: Protocol) -> dict[str, Any]:
    """Answer a chat in one piece."""
    message = _message(body)
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if "tool_calls" in message else "stop"}
    return {**_head(body, "chat.completion"), "choices": [choice], "usage": _usage(body, protocol)}


async def stream(
    body: Mapping[str, Any], protocol: Protocol, pause: Callable[[], Awaitable[None]] | None = None
) -> AsyncIterator[str]:
    """Answer a chat in pieces, as server-sent events; the token counts are in the last piece before the end."""
    assert protocol.streaming is not None  # noqa: S101 - the caller asks only then
    head, message = _head(body, protocol.streaming.object), _message(body)
    reason = "tool_calls" if "tool_calls" in message else "stop"
    last = {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": reason}], "usage": _usage(body, protocol)}
    deltas = [{"index": 0, "delta": delta, "finish_reason": None} for delta in _deltas(message)]
    for piece in [*({**head, "choices": [delta]} for delta in deltas), last]:
        if pause:
            await pause()
        yield f"data: {json.dumps(piece)}\n\n"
    yield f"data: {protocol.streaming.terminator}\n\n"


def lacks(model: Model, body: Mapping[str, Any], protocol: Protocol) -> bool:
    """Tell whether a request uses a capability that the model is known not to have."""
    known, form = model.known, (body.get("response_format") or {}).get("type")
    pictures = any(part.get("type") == "image_url" for message in body["messages"] for part in _parts(message))
    return (
        (known.json_mode is False and form == "json_object")
        or (known.structured_outputs is False and form == "json_schema")
        or (known.logprobs is False and bool(body.get("logprobs")))
        or (known.reasoning is False and bool(protocol.reasoning and body.get(protocol.reasoning.parameter)))
        or (pictures and known.input != "unknown" and "image" not in known.input)
    )


def tokens(body: Mapping[str, Any]) -> dict[str, int]:
    """Count the tokens of a chat and its answer in the units of limits: one for each word, and one for the answer."""
    words = sum(len(_text(message).split()) for message in body["messages"])
    return {"input_tokens": words, "output_tokens": 1, "tokens": words + 1}


def _head(body: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-stub", "object": kind, "created": 0, "model": body["model"]}


def _message(body: Mapping[str, Any]) -> dict[str, Any]:
    # Some clients add messages of the user around a prompt or after a tool's result.
    asked = takewhile(lambda message: message.get("role") != "assistant", reversed(body["messages"]))
    recent = list(reversed([*asked]))
    if results := [_text(message) for message in recent if message.get("role") == "tool"]:
        return {"role": "assistant", "content": f"The tool said: {results[-1][:200]}"}
    prompt = "\n".join(_text(message) for message in recent if message.get("role") == "user")
    if call := _call(body, prompt):
        return {"role": "assistant", "content": None, "tool_calls": [call]}
    wanted = re.findall(r"exactly: *([^\s\"'`<]+)", prompt)
    return {"role": "assistant", "content": wanted[-1] if wanted else _ANSWER}


def _call(body: Mapping[str, Any], prompt: str) -> dict[str, Any] | None:
    choice = body.get("tool_choice")
    tools = {tool["function"]["name"]: tool["function"] for tool in body.get("tools") or () if "function" in tool}
    if choice == "none" or not tools:
        return None
    named = next((match for match in re.finditer(r"Call `([^`\n]*)`", prompt) if match[1] in tools), None)
    given = re.match(r" with (\{.*\})", prompt[named.end() :]) if named else None
    if isinstance(choice, dict):
        name = choice.get("function", {}).get("name", "")
    elif named:
        name = named[1]
    else:
        name = next(iter(tools)) if len(tools) == 1 or choice == "required" else ""
    if name not in tools:
        return None
    arguments = _given(given[1]) if given else _arguments(tools[name].get("parameters") or {})
    return {"id": "call_stub", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}


def _given(text: str) -> dict[str, Any]:
    """Read the arguments from a prompt; some clients pass it on with its quotes escaped."""
    for candidate in (text, text.replace('\\"', '"')):
        try:
            return dict(loads(candidate))
        except ValueError:
            continue
    return {}


_KNOWN: dict[str, Any] = {"integer": 1, "number": 1, "boolean": True, "array": [], "object": {}, "null": None}


def _arguments(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Make up the required arguments of a tool. What a schema says in another way than most is ignored."""
    properties, required = schema.get("properties"), schema.get("required")
    named = properties if isinstance(properties, dict) else {}
    names = required if isinstance(required, list) else []
    return {name: _made_up(named.get(name)) for name in names if isinstance(name, str)}


def _made_up(schema: object) -> Any:  # noqa: ANN401
    members = schema if isinstance(schema, dict) else {}
    if isinstance(choices := members.get("enum"), list) and choices:
        return choices[0]
    kind = members.get("type")
    first = next(iter(kind), "") if isinstance(kind, list) else kind
    return _KNOWN.get(first, "text") if isinstance(first, str) else "text"


def _parts(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    content = message.get("content")
    return [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []


def _text(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    return content if isinstance(content, str) else " ".join(str(part.get("text", "")) for part in _parts(message))


def _deltas(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "tool_calls" in message:
        calls = [{"index": index, **call} for index, call in enumerate(message["tool_calls"])]
        return [{"role": "assistant", "content": None}, {"tool_calls": calls}]
    text = message["content"]
    return [{"role": "assistant", "content": text[:2]}, {"content": text[2:]}]


def _usage(body: Mapping[str, Any], protocol: Protocol) -> dict[str, Any]:
    """Tell the tokens, none of them as cached."""
    names = {"prompt_tokens": "input_tokens", "completion_tokens": "output_tokens", "total_tokens": "tokens"}
    counts = tokens(body)
    usage: dict[str, Any] = {name: counts[unit] for name, unit in names.items()}
    if protocol.prompt_cache:
        _, *path, name = protocol.prompt_cache.usage_field.split(".")
        inner = usage
        for part in path:
            inner = inner.setdefault(part, {})
        inner[name] = 0
    return usage
