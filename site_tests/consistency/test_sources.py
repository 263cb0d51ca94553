"""What is written by hand agrees with what is written once: no fact is typed, and every command is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.adapters.cli import main
from site_tests.conftest import ROOT

if TYPE_CHECKING:
    from generator.render import Rendering


def test_the_guide_for_maintainers_or_the_readme_names_every_command() -> None:
    text = (
        (ROOT / "README.md").read_text()
        + (ROOT / "docs/maintaining/index.md").read_text()
        + (ROOT / "Makefile").read_text()
    )
    for command in main.commands:
        assert f"agentdocs {command}" in text, f"nobody is told of agentdocs {command}"


@pytest.mark.parametrize("folder", ["docs", "templates", "generator", "mkdocs.yml"])
def test_no_fact_of_the_vendor_is_typed_outside_the_catalog(folder: str, preview: Rendering) -> None:
    facts = preview.facts
    operator = facts.provider.operator
    words = {facts.provider.id, facts.provider.name} | (set() if isinstance(operator, str) else {operator.name})
    words |= {key.prefix for key in facts.keys.values()} | set(facts.models) | {facts.site.origin.split("//")[1]}
    words |= {key.environment_variable for key in facts.keys.values()}
    words |= {error.code for error in facts.errors.values() if error.code not in ("unknown", "not_offered")}
    path = ROOT / folder
    for file in (
        [path] if path.is_file() else [file for file in path.rglob("*") if file.suffix != ".pyc" and file.is_file()]
    ):
        text = file.read_text(encoding="utf-8")
        for word in words:
            bare = re.sub(r"\{[{%].*?[}%]\}", "", text)  # an expression may name a member of the catalog
            assert word.lower() not in bare.lower(), f"{file} has {word} typed by hand"
