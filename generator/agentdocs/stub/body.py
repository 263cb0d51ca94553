"""Reads the body of a request: within bounds, as strict JSON, and with the members that the stub looks at."""

from __future__ import annotations

import asyncio
import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request

MOST_BYTES = 16 * 1024 * 1024
"""Of a body: a long conversation has one or two million, and the rest is for pictures in it."""
MOST_MESSAGES, MOST_TOOLS = 5_000, 1_000
"""Of a chat: an agent that works for hours sends some hundreds."""
DEEPEST = 100
"""Objects and lists inside each other; schemas of tools have about ten."""
PATIENCE = 10.0
"""Seconds for a body to arrive: a client may announce more than it sends."""


class Malformed(Exception):  # noqa: N818 - the answer is the error
    """A body that no API would take: the status of the answer, and its message."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


async def read(request: Request) -> dict[str, Any]:
    """Read a body that is one JSON object, or nothing. Raises `Malformed`, and `ClientDisconnect`."""
    content = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in request.stream():
                content += piece
                if len(content) > MOST_BYTES:
                    raise Malformed(f"The body is larger than {MOST_BYTES:,} bytes.", 413)
    except TimeoutError:
        raise Malformed(f"The body did not arrive within {PATIENCE:.0f} seconds.", 408) from None
    try:
        body = loads(content.decode("utf-8") or "{}")
    except ValueError:
        raise Malformed("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Malformed("The body is not a JSON object.")
    return body


def loads(text: str) -> Any:  # noqa: ANN401
    """Read JSON as RFC 8259 has it. Raises `ValueError`, also for what no answer could repeat."""
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
    if level:
        raise ValueError("is nested too deeply")
    if "\\u" in text:
        json.dumps(
            value, ensure_ascii=False
        ).encode()  # half a pair of surrogates is a UnicodeEncodeError, a ValueError
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("is too large a number")
    return number


def _inside(value: object) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def check_chat(body: Mapping[str, Any]) -> None:
    """Raise `Malformed` for the first member that is not as chat completions have it, of those that the stub reads."""
    if fault := next(_faults(body), None):
        raise Malformed(fault)


def _faults(body: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(body.get("model"), str):
        yield "The body needs a model and a list of messages: model is not a string."
    messages, tools = body.get("messages"), body.get("tools")
    if not isinstance(messages, list) or not 1 <= len(messages) <= MOST_MESSAGES:
        yield f"The body needs a model and a list of messages: messages is not a list of 1 to {MOST_MESSAGES:,}."
    for index, message in enumerate(messages if isinstance(messages, list) else ()):
        if not isinstance(message, dict) or not isinstance(message.get("role"), str):
            yield f"messages[{index}] is not an object with a role."
        elif not _is_content(message.get("content")):
            yield f"messages[{index}].content is neither a string nor a list of parts, each with a type."
    if tools is not None and (not isinstance(tools, list) or len(tools) > MOST_TOOLS):
        yield f"tools is not a list of at most {MOST_TOOLS:,}."
    for index, tool in enumerate(tools if isinstance(tools, list) else ()):
        if not isinstance(tool, dict) or ("function" in tool and not _is_function(tool["function"])):
            yield f"tools[{index}] is not an object whose function has a name and perhaps parameters."
    choice, form = body.get("tool_choice"), body.get("response_format")
    if not isinstance(choice, str | None) and not (
        isinstance(choice, dict) and _is_function(choice.get("function", _ANY))
    ):
        yield "tool_choice is neither a string nor an object whose function has a name."
    if form is not None and not (isinstance(form, dict) and isinstance(form.get("type"), str)):
        yield "response_format is not an object with a type."
    for limit in ("max_tokens", "max_completion_tokens"):
        if isinstance(body.get(limit), bool) or not isinstance(body.get(limit), int | None):
            yield f"{limit} is not a whole number."
    for flag in ("stream", "logprobs"):
        if not isinstance(body.get(flag), bool | None):
            yield f"{flag} is neither true nor false."


_ANY = {"name": ""}


def _is_content(content: object) -> bool:
    if not isinstance(content, list):
        return isinstance(content, str | None)
    return all(
        isinstance(part, dict) and isinstance(part.get("type"), str) and isinstance(part.get("text", ""), str)
        for part in content
    )


def _is_function(function: object) -> bool:
    if not isinstance(function, dict):
        return False
    return isinstance(function.get("name"), str) and isinstance(function.get("parameters"), dict | None)
