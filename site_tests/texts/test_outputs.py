"""Each text of a catalog is found again in every output that has it, read by a parser of that output's language.

Two sites are built from the same facts: one with a harmless word in each text, and one with something that a language
could take for more. What parsers make of the second must be what they make of the first with the texts in the place of
the words: no element, link, list or member more or less, and no letter of a text lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from generator.adapters.build import build
from site_tests.conftest import DAY
from site_tests.projects import EXEMPLA, MINIMAL
from site_tests.texts.hostile import EVERY, Texts, facts, harmless, hostile, project
from site_tests.texts.members import members
from site_tests.texts.trees import Site, unlike

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TURNS = 8
"""How often every text is replaced; `make test` takes the first turns only."""
QUICK = 2


@dataclass(frozen=True)
class Plain:
    """A provider, and its site with a harmless word in every text."""

    provider: Path
    data: dict[str, Any]
    site: Site


def built(provider: Path, data: dict[str, Any], texts: Texts, root: Path) -> Site:
    build(project(provider, data, texts, root), root / "site", day=DAY)
    return Site(root / "site")


@pytest.fixture(scope="module", params=[EXEMPLA, MINIMAL], ids=lambda provider: provider.name)
def plain(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Plain:
    data = facts(request.param)
    return Plain(request.param, data, built(request.param, data, harmless(data), tmp_path_factory.mktemp("plain")))


def test_there_is_a_place_for_every_text_of_the_schema() -> None:
    """A new member of the schema needs a value in the invented provider's catalog, and is tried from then on."""
    tried = {member for member, _ in harmless(facts(EXEMPLA)).kinds.values()}
    assert {".".join(member) for member, _ in members()} - {".".join(member) for member in tried} == set()


@pytest.mark.parametrize(
    "turn", [n if n < QUICK else pytest.param(n, marks=pytest.mark.thorough) for n in range(TURNS)]
)
def test_every_text_stands_where_it_stood_and_is_nothing_more(
    plain: Plain, turn: int, tmp_path: Path, tell: Callable[..., None]
) -> None:
    texts = hostile(plain.data, turn)
    site = built(plain.provider, plain.data, texts, tmp_path)
    assert site.files.keys() == plain.site.files.keys()
    wrong = []
    for path, before in plain.site.files.items():
        if before != site.files[path]:
            try:
                told = unlike(texts.put_into(plain.site.tree(path)), site.tree(path))
            except (ValueError, SyntaxError, AssertionError) as error:
                told = f"{type(error).__name__}: {error}"
            wrong += [f"{path}: {told}"] if told else []
    assert wrong == [], "\n".join(wrong)
    tell(
        f"Texts: {{pairs}} texts of {len(list(members()))} members replaced by {len(EVERY)} others in turn, and read "
        "in {outputs} outputs.",
        pairs=len(texts.given),
        outputs=sum(before != site.files[path] for path, before in plain.site.files.items()),
    )
