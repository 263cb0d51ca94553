"""Every single leaf of the catalog reaches its outputs, in the form in which each of them writes it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from generator.errors import AgentdocsError
from generator.render import Project
from site_tests import leaves as single
from site_tests.conftest import ROOT
from site_tests.leaves import (
    ALPHA,
    BRAVO,
    EXEMPT,
    Leaf,
    World,
    alternatives,
    changed,
    derived,
    forms,
    leaves,
    marked,
    sentinels,
    valid,
)
from site_tests.projects import source_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.render import Rendering


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


def world(docs: Path = ROOT / "docs", templates: Path = ROOT / "templates", *, release: bool = False) -> World:
    return World(source_of(Project(ROOT, ROOT / "catalog", docs, templates)), release)


def judge(world: World, data: dict[str, Any], before: dict[str, str], leaf: Leaf) -> Verdict:
    """Compare what is rendered with two sentinels, or else with any other value."""
    wrong = "no other value is valid"
    for alpha, bravo in zip(sentinels(leaf.value, *ALPHA), sentinels(leaf.value, *BRAVO), strict=True):
        changes = changed(data, leaf, alpha), changed(data, leaf, bravo)
        if not all(valid(world, change) for change in changes):
            continue
        try:
            first, second = (outputs(world.render(change)) for change in changes)
        except (AgentdocsError, StopIteration, KeyError) as error:
            wrong = str(error)
            continue
        (one, places), (two, _) = (
            marked(after, forms(value), derived(leaf, value, data))
            for after, value in ((first, alpha), (second, bravo))
        )
        if one == two and places and first != before:
            return Verdict("sentinel", places)
        if first != before:
            wrong = _difference(one, two) or "outputs change, but none holds the value"
    for other in alternatives(leaf, data):
        change = changed(data, leaf, other)
        if not valid(world, change):
            continue
        try:
            after = outputs(world.render(change))
        except (AgentdocsError, StopIteration, KeyError) as error:
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


@cache
def _prepared(kind: str) -> tuple[World, dict[str, Any], dict[str, str]]:
    """Give what a leaf is compared with: the preview, a release, or a catalog with another default model."""
    here = world(release=kind == "release")
    data = here.data
    if kind == "other default":
        recommendations = {**data["recommendations"], "default": data["recommendations"]["tasks"][0]["models"][1]}
        data = {**data, "recommendations": recommendations}
    return here, data, outputs(here.render(data))


def _verdict(leaf: Leaf) -> Verdict:
    kind = "preview"
    if leaf.loc[-1] == "released" and leaf.loc[0] == "site":
        kind = "release"
    elif leaf.loc[:2] == ("models", _prepared(kind)[1]["recommendations"]["default"]):
        kind = "other default"  # the default model has to stay available
    return judge(*_prepared(kind), leaf)


def _reason(leaf: Leaf) -> str:
    return next((reason for pattern, reason in EXEMPT.items() if re.fullmatch(pattern, str(leaf))), "")


def _kind(leaf: Leaf) -> tuple[Any, ...]:
    """Give what a leaf has in common with those of other entries and items: its members, and the type of its value."""
    entries = isinstance(getattr(_prepared("preview")[0].source.catalog.facts, str(leaf.loc[0])), Mapping)
    members = ["*" if isinstance(step, int) or (entries and n == 1) else step for n, step in enumerate(leaf.loc)]
    return (*members, leaf.name, type(leaf.value))


PARTS = 24
"""Into how many tests the leaves are dealt out, so that several processes can share them."""


@pytest.mark.parametrize("part", range(PARTS))
def test_every_leaf_reaches_its_outputs(part: int, tell: Callable[..., None], request: pytest.FixtureRequest) -> None:
    """One leaf of each kind is enough for `make test`; `make prove` leaves none out."""
    every = list(leaves(_prepared("preview")[1]))
    if not request.config.getoption("--prove"):
        every = list({_kind(leaf): leaf for leaf in every}.values())
    every = every[part::PARTS]
    verdicts = {leaf: _verdict(leaf) for leaf in every if not _reason(leaf)}
    kinds = Counter(verdict.how for verdict in verdicts.values())
    tell(
        "Forwards: {leaves} leaves: {sentinel} seen as sentinels, {difference} by difference, in {places} places; "
        f"{{exempt}} exempt for {len(EXEMPT)} reasons.",
        leaves=len(every),
        sentinel=kinds["sentinel"],
        difference=kinds["difference"],
        places=sum(verdict.places for verdict in verdicts.values()),
        exempt=len(every) - len(verdicts),
    )
    assert [f"{leaf} = {leaf.value!r}: {v.wrong}" for leaf, v in verdicts.items() if v.how == "missing"] == []


def test_every_reason_for_an_exemption_is_needed() -> None:
    every = [str(leaf) for leaf in leaves(world().data)]
    assert [pattern for pattern in EXEMPT if not any(re.fullmatch(pattern, leaf) for leaf in every)] == []


CONTROLS = {
    "a leaf that no output shows": (
        "billing.subscription.shown_as",
        ("docs/agents/rate-limits.md", "{{ billing.subscription.shown_as | text }}", "used and left, as percentages"),
        "no other value is valid",
    ),
    "a number that is off by one": (
        "models.qwen/qwen3-coder.context_window",
        (
            "templates/tables/models.md",
            "{{ model.context_window | number }}",
            "{{ (model.context_window + 1) | number }}",
        ),
        "page /docs/agents/models/: .*qwen/qwen3-coder.* against .*qwen/qwen3-coder",
    ),
    "a value cut short": (
        "errors.burst_guard.remedy",
        ("docs/agents/errors.md", "{{ error.remedy | text }}", "{{ error.remedy[:3] | text }}"),
        "/docs/agents/errors",
    ),
}
"""Planted defects: the leaf that has to notice, the file and what is exchanged in it, and what the message says."""


@pytest.mark.parametrize("name", CONTROLS)
def test_a_planted_defect_is_caught(name: str, tmp_path: Path) -> None:
    loc, (file, old, new), message = CONTROLS[name]
    for folder in ("templates", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    broken = world(docs=tmp_path / "docs", templates=tmp_path / "templates")
    leaf = next(leaf for leaf in leaves(broken.data) if str(leaf) == loc)
    assert judge(*_prepared("preview"), leaf).how == "sentinel"
    verdict = judge(broken, broken.data, outputs(broken.render(broken.data)), leaf)
    assert verdict.how == "missing"
    assert re.search(message, verdict.wrong)
