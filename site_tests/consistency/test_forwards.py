"""Every single leaf of the catalog reaches its outputs, in the form in which each of them writes it.

`make test` sees most of them at once, and `make prove` judges each of the others alone.
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
"""Into how many tests the leaves that are judged alone are dealt out, so that several processes can share them."""


@cache
def forwards() -> Forwards:
    return Forwards(ROOT, every_model=True)


def wrong(proof: Forwards, verdicts: dict[Leaf, Verdict]) -> str:
    """Say which leaves are lost, each with its place."""
    lost = [
        f"{proof.place(leaf)} = {leaf.value!r}: {verdict.wrong}"
        for leaf, verdict in verdicts.items()
        if verdict.how == "missing"
    ]
    advice = "no output shows these facts as they are: let a page or template show them, or remove them"
    return "\n".join([advice, *lost]) if lost else ""


def test_most_leaves_reach_their_outputs_all_at_once(tell: Callable[..., None]) -> None:
    proof = forwards()
    tell(
        "Forwards: {seen} leaves are seen at once; `make prove` judges {rest} others.",
        seen=len(proof.seen),
        rest=len(proof.rest),
    )
    assert len(proof.seen) > len(proof.rest), "something else differs when every leaf has another value"


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(PARTS))
def test_every_leaf_reaches_its_outputs(part: int, tell: Callable[..., None]) -> None:
    proof = forwards()
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
