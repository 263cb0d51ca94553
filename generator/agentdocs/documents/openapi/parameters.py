"""Parameters of a chat: types as in https://platform.openai.com/docs/api-reference/chat, with the catalog's bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.documents.openapi.component import FLAG, NUMBER, OBJECT, TEXT, WHOLE, array, record, sentence
from agentdocs.schema.assumed import marked_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentdocs.schema.protocol import Chat, Parameter, Protocol, Reasoning

Schema = dict[str, Any]

_FUNCTION = record("name", name=TEXT, description=TEXT, parameters=OBJECT)
_TOOL = record("type", "function", type={"const": "function"}, function=_FUNCTION)
_NAMED_TOOL = record("type", "function", type={"const": "function"}, function=record("name", name=TEXT))
_TYPES: Mapping[str, Schema] = {
    **dict.fromkeys(("frequency_penalty", "presence_penalty", "temperature", "top_p"), NUMBER),
    **dict.fromkeys(("max_completion_tokens", "max_tokens", "n", "seed", "top_logprobs"), WHOLE),
    **dict.fromkeys(("logprobs", "parallel_tool_calls", "stream"), FLAG),
    **dict.fromkeys(("prompt_cache_key", "reasoning_effort", "user"), TEXT),
    "stop": {"type": ["string", "array"], "items": TEXT},
    "stream_options": OBJECT,
    "tools": array(_TOOL),
}
"""Types of well-known parameters."""


def schemas(protocol: Protocol) -> dict[str, Schema]:
    """Give the schema of each parameter of a chat beside `model` and `messages`."""
    chat = protocol.chat
    known = dict(_own(protocol))
    return {
        name: {**known.get(name, _TYPES.get(name, {})), **_bounds(chat.details.get(name))}
        for name in dict.fromkeys((*chat.parameters, *known))
    }


def _own(protocol: Protocol) -> dict[str, Schema]:
    """Describe the parameters of which the catalog says more than their names."""
    chat, known = protocol.chat, {}
    if chat.tool_choice:
        known["tool_choice"] = _tool_choice(chat.tool_choice)
    if "response_format" in chat.parameters:
        known["response_format"] = _response_format(chat)
    if reasoning := protocol.reasoning:
        known[reasoning.parameter] = _effort(reasoning)
        if thinking := reasoning.thinking:
            flags = record(**{name: {} for name in thinking.names})
            known[thinking.parameter] = {
                **flags,
                "description": marked_text(f"Passed on are only: {', '.join(thinking.names)}.", *thinking.names),
            }
    if cache := protocol.prompt_cache:
        added = ["For agents a stable key is added to a request without one."] if cache.added_for_agents else []
        about = " ".join([*added, *map(marked_text, cache.rules)])
        known[cache.parameter] = {**TEXT, **({"description": about} if about else {})}
    return known


def _bounds(details: Parameter | None) -> Schema:
    if details is None:
        return {}
    members = {"minimum": details.minimum, "maximum": details.maximum, "maxItems": details.most}
    sentences = [sentence(marked_text(details.note))] if details.note else []
    if isinstance(details.default, str):
        sentences.insert(0, sentence(f"Without it {marked_text(details.default)}"))
    else:
        members["default"] = details.default
    known = {name: value for name, value in members.items() if value is not None}
    return {**known, **({"description": " ".join(sentences)} if sentences else {})}


def _effort(reasoning: Reasoning) -> Schema:
    if not reasoning.model_dependent:
        return {"type": "string", "enum": [*reasoning.values]}
    about = "The examples are common values. Which of them and of others a model takes depends on the model."
    return {"type": "string", "examples": [*reasoning.values], "description": about}


def _response_format(chat: Chat) -> Schema:
    return record("type", type={**TEXT, **({"examples": [*chat.response_formats]} if chat.response_formats else {})})


def _tool_choice(choices: tuple[str, ...]) -> Schema:
    words = [choice for choice in choices if choice in ("none", "auto", "required")]
    forms: list[Schema] = [{"type": "string", "enum": words}] if words else []
    if len(words) < len(choices):
        forms.append(_NAMED_TOOL)
    return {"description": f"One of: {', '.join(choices)}.", "anyOf": forms}
