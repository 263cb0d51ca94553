"""Every single leaf of the catalog reaches its outputs, in the form in which each of them writes it.

Most of them are seen at once. Of the others `make test` judges one of each kind alone, and `make prove` every one.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from site_tests.conftest import ROOT
from site_tests.forwards import Forwards
from site_tests.leaves import EXEMPT, Leaf

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_tests.forwards import Verdict

PARTS = 8
"""Into how many tests the leaves are dealt out, so that several processes can share them."""


@cache
def forwards(*, every_model: bool) -> Forwards:
    return Forwards(ROOT, every_model=every_model)


def wrong(proof: Forwards, verdicts: dict[Leaf, Verdict]) -> str:
    """Say which leaves are lost, each with its place."""
    lost = [
        f"{proof.place(leaf)} = {leaf.value!r}: {verdict.wrong}"
        for leaf, verdict in verdicts.items()
        if verdict.how == "missing"
    ]
    advice = "no output shows these facts as they are: let a page or template show them, or remove them"
    return "\n".join([advice, *lost]) if lost else ""


@pytest.mark.parametrize("part", range(PARTS))
def test_every_kind_of_leaf_reaches_its_outputs(part: int, tell: Callable[..., None]) -> None:
    proof = forwards(every_model=False)
    verdicts = {leaf: proof.verdict(leaf) for leaf in proof.kinds[part::PARTS]}
    kinds = Counter(verdict.how for verdict in verdicts.values())
    tell("Forwards: all leaves but {rest} kinds are seen at once.", rest=len(verdicts))
    tell("Forwards: of these {kinds} are seen alone, {other} by a difference.", kinds=kinds["sentinel"],
         other=kinds["difference"] + kinds["refused"])  # fmt: skip
    assert not (told := wrong(proof, verdicts)), told


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(PARTS))
def test_every_leaf_reaches_its_outputs(part: int, tell: Callable[..., None]) -> None:
    proof = forwards(every_model=True)
    at_once = [*proof.seen][part::PARTS]
    verdicts = {leaf: proof.verdict(leaf) for leaf in proof.rest[part::PARTS]}
    kinds = Counter(verdict.how for verdict in verdicts.values())
    tell(
        "Forwards: {leaves} leaves: {sentinel} seen as sentinels, {difference} by difference, in {places} places, "
        f"others exempt for {len(EXEMPT)} reasons.",
        leaves=len(at_once) + len(verdicts),
        sentinel=len(at_once) + kinds["sentinel"],
        difference=kinds["difference"] + kinds["refused"],
        places=sum(proof.seen[leaf] for leaf in at_once) + sum(verdict.places for verdict in verdicts.values()),
    )
    assert not (told := wrong(proof, verdicts)), told
