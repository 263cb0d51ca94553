"""What a model can do, in the words of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentdocs.schema import Model

_WORDS = {"json_mode": "JSON mode", "structured_outputs": "structured outputs", "logprobs": "log probabilities"}


def capabilities(model: Model) -> str:
    """Name what a model is known to be capable of, beside taking text: `unknown` if nobody has said a word of it."""
    features = model.features
    # An assumed flag is another object, so identity would miss it.
    able = [_WORDS.get(name, name) for name, value in features.items() if value == True]  # noqa: E712
    if model.known.input != "unknown":
        able += [f"{kind} input" for kind in model.known.input if kind != "text"]
    if model.prompt_cache != "unknown" and model.prompt_cache.supported:
        able.append("prompt cache")
    return ", ".join(able) or ("unknown" if "unknown" in features.values() else "none")
