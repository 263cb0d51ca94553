"""Rules of clients and of their snippets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.catalog.rules.finding import Finding
from agentdocs.schema.client import KEY
from agentdocs.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.schema.client import Client
    from agentdocs.schema.model import Model, Recommendations


def examples_work_with_every_client(
    recommendations: Recommendations, models: Mapping[str, Model], clients: Mapping[str, Client]
) -> Iterator[Finding]:
    """Each client can use the model for which pages set it up."""
    model = models.get(recommendations.default)
    for name, client in clients.items():
        if model and model.for_agents is True and not client.takes(model.context_window):
            wrong = f"{client.minimum_context_window:,} tokens are more than {model.id} has ({model.context_window:,})"
            right = "recommend as default a model that every client can use, or compare this with what the client says"
            yield Finding(("clients", name, "minimum_context_window"), wrong, right)


def retries_are_set_by_a_snippet(clients: Mapping[str, Client]) -> Iterator[Finding]:
    """What sets how often a client tries again stands in one of its snippets."""
    for name, client in clients.items():
        known = frozenset(shape.id for shape in client.snippets)
        named = client.retries.snippet if client.retries else None
        if named and named not in known:
            loc = ("clients", name, "retries", "snippet")
            yield Finding(loc, f"'{named}' is no snippet of {client.name}", did_you_mean(named, known))


def clients_keep_the_name_of_the_key(clients: Mapping[str, Client]) -> Iterator[Finding]:
    """No snippet takes the name of the step that every client has."""
    for name, client in clients.items():
        for index, shape in enumerate(client.snippets):
            if shape.id == KEY:
                loc = ("clients", name, "snippets", index, "id")
                yield Finding(loc, f"'{KEY}' stands for the step that sets the key", "choose another name")
