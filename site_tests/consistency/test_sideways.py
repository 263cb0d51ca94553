"""Outputs agree with each other: the same fact, read back from each by a parser of its own language, is equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_tests.readings import disagreements, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.render import Rendering


def test_outputs_agree_on_every_model_and_client(
    preview: Rendering, preview_site: Path, tell: Callable[..., None]
) -> None:
    readings, catalog = read(preview, preview_site), preview.catalog
    places = sum(map(len, readings.values()))
    tell("Sideways: {facts} facts read back from {places} places.", facts=len(readings), places=places)
    subjects = {subject for subject, _ in readings}
    assert subjects == set(preview.facts.models) | set(preview.facts.clients)
    found = disagreements(readings)
    assert not found, "\n".join(["these outputs contradict each other; look at the template of the one that differs",
                                *found])  # fmt: skip
    for model in preview.facts.models.values():
        facts = {fact for subject, fact in readings if subject == model.id}
        price = model.price(preview.day)
        told = {"id", "context", "output", "agents"} | ({"input", "price"} if price and price.by_tokens else set())
        assert facts >= told, f"{catalog.place(('models', model.id))}: no output tells {told - facts}"
        least = 4  # the page of the model and that of all models, each twice
        assert len(readings[model.id, "context"]) >= least, f"{catalog.place(('models', model.id))}: hardly told"
    for name, client in preview.facts.clients.items():
        usable = sum(preview.snippets.refusal(client, model) is None for model in preview.facts.models.values())
        told_in = len(readings[name, "base URL"])
        assert told_in >= usable, f"{catalog.place(('clients', name))}: its base URL is told {told_in} times only"
