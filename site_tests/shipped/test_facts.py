"""What the shipped pages must say, and where they must stand: the facts and addresses that the provider publishes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from site_tests.conftest import ROOT
from site_tests.html import HtmlPage

if TYPE_CHECKING:
    from agentdocs.render import Rendering
    from agentdocs.schema import Facts

FILE = Path(__file__).with_name("facts.yaml")
FACTS = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ADDRESSES = yaml.safe_load(FILE.with_name("addresses.yaml").read_text(encoding="utf-8"))


def place(number: str) -> str:
    """Say where a fact is demanded."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if text.startswith(f"{number}:"))
    return f"{FILE.relative_to(ROOT)}:{line}: {number}"


def filled(facts: Facts, number: str, text: str) -> str:
    """Put the catalog's values into a text that a page must say."""
    try:
        text = text.format(**dict(iter(facts)))
    except (KeyError, IndexError, AttributeError) as error:
        what = f"{place(number)} names {error}, which the catalog does not have"
        pytest.fail(f"{what}; write what stands for it now, in {{...}} as in the catalog", pytrace=False)
    return re.sub(r"\s+", " ", text)


@cache
def read(file: Path) -> str:
    return HtmlPage(file).text()


@pytest.mark.parametrize("number", FACTS)
@pytest.mark.parametrize("build", ["preview", "release"])
def test_every_fact_stands_on_its_page(number: str, build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    page = rendering.pages[rendering.facts.site.pages[FACTS[number]["page"]].source]
    text = read(request.getfixturevalue(f"{build}_site") / page.url.lstrip("/") / "index.html")
    for says in FACTS[number]["says"]:
        expected = filled(rendering.facts, number, says)
        if expected not in text:
            advice = f"say it in {page.edit}, or, if the fact has changed, change {place(number)}"
            pytest.fail(f"{page.edit} does not say: {expected}\n{advice}", pytrace=False)


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_published_address_is_kept(url: str, release: Rendering) -> None:
    there = {page.url for page in release.pages.values()} | {*release.artifacts}
    assert url in there, f"{url} is published and linked from elsewhere; put it back, or redirect it"
