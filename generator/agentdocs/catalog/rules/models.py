"""Rules of models and of which are recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.catalog.folder import model_file
from agentdocs.catalog.rules.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from agentdocs.errors import Loc
    from agentdocs.schema.model import Model, Recommendations


def model_paths_are_ids(models: Mapping[str, Model]) -> Iterator[Finding]:
    """A model's file, or its entry in the file of everything, is named after its id."""
    for path, model in models.items():
        if model.id != path:
            wrong = f"'{model.id}' is not the id under which this model is listed"
            right = f"write {path}, or move the model to {model_file(model.id)}"
            yield Finding(("models", path, "id"), wrong, right)


def names_of_models_are_unique(models: Mapping[str, Model]) -> Iterator[Finding]:
    """No alias is another model's id or alias."""
    taken = {path: path for path in models}
    for path, model in models.items():
        for index, alias in enumerate(model.aliases):
            if alias in taken:
                yield Finding(
                    ("models", path, "aliases", index),
                    f"the alias '{alias}' already names {taken[alias]}",
                    "remove one of the two",
                )
            taken.setdefault(alias, path)


def answers_fit_the_context(models: Mapping[str, Model]) -> Iterator[Finding]:
    """The longest answer is not longer than the context window."""
    for path, model in models.items():
        longest, window = model.known.max_output, model.context_window
        if isinstance(longest, int) and isinstance(window, int) and longest > window:
            right = f"write at most {window}"
            yield Finding(
                ("models", path, "capabilities", "max_output"),
                f"{longest} is more than the context window",
                right,
            )


def tiers_begin_inside_the_context_window(models: Mapping[str, Model]) -> Iterator[Finding]:
    """A prompt can be so long that the price of each tier is paid."""
    for name, model in models.items():
        window = model.context_window
        for index, price in enumerate(model.price_history):
            for number, tier in enumerate(price.tiers):
                if isinstance(window, int) and tier.above >= window:
                    wrong = f"no prompt is longer than {tier.above}, since the context window has {window} tokens"
                    loc = ("models", name, "prices", index, "tiers", number, "above")
                    yield Finding(loc, wrong, "write a smaller bound, or remove the tier")


def replacements_live(models: Mapping[str, Model], day: date) -> Iterator[Finding]:
    """A model is replaced by another one that is not retired."""
    for path, model in models.items():
        successor = model.life.replaced_by
        loc = ("models", path, "lifecycle", "replaced_by")
        if successor == path:
            yield Finding(loc, "the model replaces itself", "name another model")
        elif successor and successor in models and models[successor].status(day) == "retired":
            yield Finding(loc, f"'{successor}' is retired on {day}", "name a model that is still available")


def recommended_models_work(
    recommendations: Recommendations, models: Mapping[str, Model], day: date
) -> Iterator[Finding]:
    """Recommended models and the one that snippets name can be used by agents."""
    named: list[tuple[Loc, str]] = [(("recommendations", "default"), recommendations.default)]
    for task, entry in enumerate(recommendations.tasks):
        named += [(("recommendations", "tasks", task, "models", i), name) for i, name in enumerate(entry.models)]
    for loc, name in named:
        model = models.get(name)
        if model and model.for_agents is not True:
            yield Finding(
                loc,
                f"'{name}' is not available to agents",
                "recommend a model whose agents.available is true",
            )
        elif model and model.status(day) != "available":
            yield Finding(loc, f"'{name}' is {model.status(day)} on {day}", "recommend a model that is available")
