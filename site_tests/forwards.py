"""Whether a leaf of a catalog reaches its outputs, in the form in which each of them writes it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agentdocs.errors import AgentdocsError

from site_tests import leaves as single
from site_tests import twins
from site_tests.leaves import (
    ALPHA,
    BRAVO,
    Leaf,
    World,
    alternatives,
    changed,
    derived,
    exempt,
    forms,
    leaves,
    marked,
    names_a_fact,
    sentinels,
    valid,
)

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering


@dataclass(frozen=True)
class Verdict:
    """What became of one leaf: how it was compared, in how many places it was seen, or what is wrong."""

    how: str
    places: int = 0
    wrong: str = ""


def outputs(rendering: Rendering) -> dict[str, str]:
    """Give every output but the catalog for programs, which holds every fact and would hide that all others lost it."""
    data = rendering.facts.discovery.data
    texts = single.outputs(rendering)
    return {name: text for name, text in texts.items() if not data or name not in (data.catalog.path, data.models.path)}


@dataclass(frozen=True)
class Stage:
    """A world and the data with which leaves are compared in it."""

    world: World
    data: dict[str, Any]

    @cached_property
    def rendering(self) -> Rendering:
        """What is rendered before a leaf changes."""
        return self.world.render(self.data)

    def judge(self, leaf: Leaf) -> Verdict:
        """Compare what is rendered with two sentinels, or else with any other value."""
        wrong = "no other value is valid"
        # Pages name the provider's own sources, and those of what they show. The data name every one.
        say = single.outputs if "provenance" in leaf.loc else outputs
        before = say(self.rendering)
        for alpha, bravo in zip(sentinels(leaf.value, *ALPHA), sentinels(leaf.value, *BRAVO), strict=True):
            changes = changed(self.data, leaf, alpha), changed(self.data, leaf, bravo)
            if not all(valid(change, leaf) for change in changes):
                continue
            try:
                first, second = (say(self.world.render(change)) for change in changes)
            except (AgentdocsError, StopIteration, KeyError) as error:
                wrong = str(error)
                continue
            (one, places), (two, _) = (
                marked(after, forms(value), derived(leaf, value, self.data))
                for after, value in ((first, alpha), (second, bravo))
            )
            if one == two and places and first != before:
                return Verdict("sentinel", places)
            if first != before:
                wrong = _difference(one, two) or "outputs change, but none holds the value"
        for other in alternatives(leaf, self.data):
            change = changed(self.data, leaf, other)
            if not valid(change, leaf):
                continue
            try:
                after = say(self.world.render(change))
            except (AgentdocsError, StopIteration, KeyError) as error:
                if isinstance(leaf.value, bool):  # there is no third value: what forbids this one has read it
                    return Verdict("refused")
                wrong = str(error)
                continue
            if places := sum(before.get(name) != after.get(name) for name in before.keys() | after.keys()):
                return Verdict("difference", places)
        return Verdict("missing", wrong=wrong)


def _difference(one: dict[str, str], two: dict[str, str]) -> str:
    for name in sorted(one.keys() ^ two.keys()):
        return f"{name!r} is there for one sentinel only"
    for name, text in one.items():
        for first, second in zip(text.splitlines(), two[name].splitlines(), strict=False):
            if first != second:
                return f"{name}: {first[:80]!r} against {second[:80]!r}"
    return ""


class Forwards:
    """The proof for the project at `root`, with as many of its models as needed to have a leaf of each kind, or all."""

    def __init__(self, root: Path, *, every_model: bool) -> None:
        self.root = root
        self.world = World.at(root)
        data = self.world.data
        self.data = data if every_model else _with_fewer_models(data)

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """The preview, a release, and a preview with another default model, which has to stay available."""
        recommended = [name for task in self.data["recommendations"].get("tasks", ()) for name in task["models"]]
        default = self.data["recommendations"]["default"]
        other = next(name for name in [*recommended, *self.data["models"]] if name != default)
        recommendations = {**self.data["recommendations"], "default": other}
        return {
            "preview": Stage(self.world, self.data),
            "release": Stage(World.at(self.root, release=True), self.data),
            "other default": Stage(self.world, {**self.data, "recommendations": recommendations}),
        }

    def verdict(self, leaf: Leaf) -> Verdict:
        """Judge a leaf where it can change."""
        if leaf.loc[-1] == "released" and leaf.loc[0] == "site":
            return self.stages["release"].judge(leaf)
        default = leaf.loc[:2] == ("models", self.data["recommendations"]["default"])
        return self.stages["other default" if default else "preview"].judge(leaf)

    def place(self, leaf: Leaf) -> str:
        """Say where a leaf stands."""
        return self.world.source.catalog.place(leaf.loc)

    @cached_property
    def seen(self) -> Counter[Leaf]:
        """The leaves that the twins have shown, all at once, each with its number of places."""
        shown = twins.seen(self.world, outputs)
        return Counter({leaf: places for leaf, places in shown.items() if not exempt(leaf)})

    @cached_property
    def rest(self) -> list[Leaf]:
        """All other leaves that have to be seen, which are judged one at a time."""
        return [leaf for leaf in leaves(self.data) if not exempt(leaf) and not self.seen[leaf]]


def kind(leaf: Leaf) -> tuple[Any, ...]:
    """Give what a leaf has in common with those of other entries and items: its members, and the type of its value.

    Where a group has its facts from is one record wherever it stands, and its other members are seen in each place.
    """
    if leaf.loc[-2:] == ("provenance", "confidence"):
        return leaf.loc[-2:]
    members = [
        "*" if isinstance(step, int) or names_a_fact(leaf.loc[: n + 1]) else step for n, step in enumerate(leaf.loc)
    ]
    return (*members, leaf.name, type(leaf.value))


def _with_fewer_models(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out models as long as leaves of each kind are there without them, which saves most of the time."""
    recommendations, models = data["recommendations"], data["models"]
    named = [
        recommendations["default"],
        *(name for task in recommendations.get("tasks", ()) for name in task["models"]),
    ]
    kept = {name for each in named[:2] for name in _with_successors(models, each)}
    kinds: set[tuple[Any, ...]] = set()
    for name in dict.fromkeys([*named[:2], *models]):
        own = {kind(leaf) for leaf in leaves(models[name], ("models", name))}
        if own - kinds:
            kept |= _with_successors(models, name)
            kinds |= own
    tasks = [
        {**task, "models": tuple(n for n in task["models"] if n in kept)} for task in recommendations.get("tasks", ())
    ]
    authors = {name.partition("/")[0] for name in kept}
    return {
        **data,
        "authors": {name: author for name, author in data["authors"].items() if name in authors},
        "models": {name: model for name, model in models.items() if name in kept},
        "recommendations": {**recommendations, "tasks": tuple(task for task in tasks if task["models"])},
    }


def _with_successors(models: dict[str, Any], name: str) -> set[str]:
    """Give a model with those that replace it, one after the other."""
    names = {name}
    while (name := models[name]["lifecycle"].get("replaced_by", name)) not in names:
        names.add(name)
    return names
