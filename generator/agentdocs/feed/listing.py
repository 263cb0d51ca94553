"""The models as a list in the shape of https://platform.openai.com/docs/api-reference/models/list.

That shape has no way to say that something is unknown. So a member is there only where the catalog knows the value,
and only if the provider names it among the members of its own list.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agentdocs.schema import Facts, Model


def model_list(facts: Facts, day: date) -> dict[str, Any]:
    """List the models that can be used on `day`."""
    models = [model for model in facts.models.values() if model.usable(day)]
    return {"object": "list", "data": [model_entry(facts, model) for model in models]}


def owner(facts: Facts, model: Model) -> str:
    """Name who owns a model, as a list of models must: its author, else who offers it."""
    return facts.author_of(model) or facts.provider.id


def model_entry(facts: Facts, model: Model) -> dict[str, Any]:
    """Write the entry of one model: what is known of it, in the members that the provider's list has."""
    released = model.life.released
    always = {"id": model.id, "object": "model", "owned_by": owner(facts, model)}
    known: dict[str, Any] = {}
    if model.context_window != "unknown":
        known["context_length"] = model.context_window
    if isinstance(released, date):
        known["created"] = int(datetime.combine(released, time(), UTC).timestamp())
    if model.known.max_output != "unknown":
        known["max_output_length"] = model.known.max_output
    if model.known.input != "unknown":
        known["input_modalities"] = model.known.input
    if (features := _features(facts, model)) is not None:
        known["supported_features"] = features
    return {
        **always,
        **{name: value for name, value in known.items() if name in ("created", *facts.protocol.models.fields)},
    }


def _features(facts: Facts, model: Model) -> list[str] | None:
    """List the features of a model, or nothing: a list that leaves out one of them says that the model lacks it."""
    known: dict[str, object] = {**model.features}
    features = {name: known.get(name, "unknown") for name in facts.protocol.models.features}
    if not features or "unknown" in features.values():
        return None
    return [name for name, value in features.items() if value]
