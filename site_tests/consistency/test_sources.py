"""What is written by hand agrees with what is written once: no fact is typed, and every command is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from agentdocs import plausibility
from agentdocs.cli import main
from agentdocs.schema.values import SPECIALS

from site_tests.backwards import WORDS
from site_tests.conftest import ROOT

if TYPE_CHECKING:
    from agentdocs.render import Rendering

GUIDE = ROOT / "templates" / "docs" / "maintaining" / "index.md"


def test_the_guide_for_maintainers_or_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text() + GUIDE.read_text() + (ROOT / "Makefile").read_text()
    for command in main.commands:
        assert f"agentdocs {command}" in text, f"nobody is told of agentdocs {command}"


def test_the_guide_for_maintainers_explains_every_kind_of_warning() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for kind in (*plausibility.KINDS, plausibility.STALE):
        assert f"`{kind}`" in guide, f"{GUIDE} does not explain the warning {kind}"


@pytest.mark.parametrize("folder", ["docs", "templates", "generator", "mkdocs.yml"])
def test_no_fact_of_the_vendor_is_typed_outside_the_catalog(folder: str, preview: Rendering) -> None:
    facts, path = preview.facts, ROOT / folder
    operator = facts.provider.operator
    words = {facts.provider.id, facts.provider.name} | (set() if isinstance(operator, str) else {operator.name})
    words |= (
        {key.beginning for key in facts.keys.values() if key.beginning}
        | set(facts.models)
        | {facts.site.origin.split("//")[1]}
    )
    words |= {key.environment_variable for key in facts.keys.values()}
    words |= {str(error.code) for error in facts.errors.values() if error.code not in SPECIALS}
    lower = {word.lower() for word in words - WORDS}
    typed = []
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if not file.is_file() or file.suffix == ".pyc":
            continue
        text = re.sub(r"\{[{%].*?[}%]\}", "", file.read_text(encoding="utf-8"))  # may name a member of the catalog
        for number, line in enumerate(text.lower().splitlines(), start=1):
            typed += [f"{file.relative_to(ROOT)}:{number}: {word}" for word in lower if word in line]
    advice = "these facts are typed by hand; let an expression write each, or list it in site_tests/shipped/words.yaml"
    assert not typed, "\n".join([advice, *typed])
