"""The list of models: types as in https://openrouter.ai/docs/models for the members that the catalog names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.documents.openapi.component import OBJECT, TEXT, WHOLE, array, record
from agentdocs.documents.openapi.exchange import Exchange, json_content
from agentdocs.feed.listing import model_entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from agentdocs.documents.openapi.component import Components
    from agentdocs.schema import Facts
    from agentdocs.schema.protocol import ModelList

_FIELDS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("id", "object", "owned_by"), TEXT),
    **dict.fromkeys(("created", "context_length", "max_output_length"), WHOLE),
    **dict.fromkeys(("input_modalities", "output_modalities"), array(TEXT)),
    **dict.fromkeys(("supported_features", "supported_parameters"), array(TEXT)),
    "pricing": OBJECT,
}
"""Types of well-known members of a model in a list."""


def exchange(facts: Facts, day: date, components: Components) -> Exchange:
    """Describe a request for a list of models, with the default model as an example if it is available on `day`."""
    models = facts.protocol.models
    schema = components.ref(
        "schemas",
        "ModelList",
        record("object", "data", object={"const": "list"}, data=array(_model(models, components))),
    )
    never = ", ".join(models.agents_never_contain)
    without = f", never models of these kinds: {never}" if never else ""
    about = f"Lists for agents contain {models.agents_contain}{without}" if models.agents_contain else ""
    example = {"example": {"object": "list", "data": [entry]}} if (entry := _example(facts, day)) else {}
    return Exchange(about, {"description": "The models.", "content": json_content(schema, **example)})


def of_one(facts: Facts, day: date, components: Components) -> Exchange:
    """Describe a request for the entry of one model."""
    example = {"example": entry} if (entry := _example(facts, day)) else {}
    content = json_content(_model(facts.protocol.models, components), **example)
    return Exchange("", {"description": "The model.", "content": content})


def _example(facts: Facts, day: date) -> dict[str, Any]:
    """Write the entry of the default model; nothing if that is not available on `day`."""
    default, named = facts.models[facts.recommendations.default], _names(facts.protocol.models)
    entry = {name: value for name, value in model_entry(facts, default).items() if name in named}
    return entry if default.status(day) == "available" else {}


def _model(models: ModelList, components: Components) -> dict[str, Any]:
    members = {name: _FIELDS.get(name, {}) for name in _names(models)}
    if models.features and "supported_features" in members:
        about = f"Among them: {', '.join(models.features)}."
        members["supported_features"] = {**members["supported_features"], "description": about}
    beyond = "Members beyond id and object may be there only if the request asks for metadata."
    said = {"description": beyond} if members.keys() - {"id", "object"} else {}
    return components.ref("schemas", "Model", {**record("id", "object", **members), **said})


def _names(models: ModelList) -> tuple[str, ...]:
    """Name the members of a model that the provider's own list is known to have."""
    return ("id", "object", *models.fields)
