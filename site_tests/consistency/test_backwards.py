"""Every fact that an output states comes from the catalog, by value or by a declared derivation."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from site_tests.backwards import Backwards, built, told, untraced
from site_tests.conftest import ROOT
from site_tests.tracing import CONSTANTS, Known

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering

SOURCES = ROOT / "docs", ROOT / "templates"


@cache
def backwards() -> Backwards:
    return Backwards(ROOT)


@pytest.mark.parametrize("build", ["preview", "release"])
def test_every_fact_in_a_built_site_comes_from_the_catalog(
    build: str, request: pytest.FixtureRequest, tell: Callable[..., None]
) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    known = Known(rendering, backwards().world.data)
    wrong, count = untraced(known, built(rendering, request.getfixturevalue(f"{build}_site")))
    tell(f"Backwards: {{facts}} facts traced in the {build}, with {len(CONSTANTS)} kinds of constant.", facts=count)
    assert count
    assert not wrong, told(wrong, *SOURCES)


def test_with_every_leaf_replaced_no_output_keeps_an_old_fact() -> None:
    proof = backwards()
    wrong = proof.wrong(proof.world)
    assert not wrong, told(wrong, *SOURCES)
