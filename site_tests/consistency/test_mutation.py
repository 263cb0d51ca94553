"""How many expressions of the templates can be replaced by a typed value without anybody noticing?

Each expression of `docs/` and `templates/` is replaced, one at a time, by what it says for the shipped catalog: the
mistake of a maintainer who types a fact by hand. It is caught if outputs keep it when every fact is another one, or
if a text of the invented provider differs from its golden file.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.errors import AgentdocsError
from site_tests.conftest import ROOT
from site_tests.consistency.test_backwards import other_world, wrong_in
from site_tests.consistency.test_forwards import world
from site_tests.leaves import outputs
from site_tests.shipped.test_golden import invented

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_tests.leaves import World

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True)
class Mutant:
    """One expression, and what became of it when it was typed by hand."""

    file: str
    line: int
    expression: str
    typed: str = ""
    fate: str = ""


def expressions() -> list[tuple[str, int]]:
    """List every expression: its file and its number in that file."""
    files = [path for folder in ("docs", "templates") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    return [
        (path.relative_to(ROOT).as_posix(), number)
        for path in files
        if "theme" not in path.parts
        for number, _ in enumerate(_EXPRESSION.finditer(path.read_text(encoding="utf-8")))
    ]


@cache
def _texts() -> dict[str, str]:
    return invented(ROOT / "docs", ROOT / "templates")


@cache
def _workshop() -> tuple[Path, World, dict[str, str]]:
    """Give a folder whose files may be changed, a world that renders them, and what it renders before."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    for name in ("templates", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    here = world(docs=folder / "docs", templates=folder / "templates")
    return folder, here, outputs(here.render(other_world()[0]))


def judge(place: tuple[str, int]) -> Mutant:
    """Type one expression by hand and see whether it is caught."""
    file, number = place
    text = (ROOT / file).read_text(encoding="utf-8")
    match = list(_EXPRESSION.finditer(text))[number]
    mutant = Mutant(file, text.count("\n", 0, match.start()) + 1, match[0])
    before, after = text[: match.start()], text[match.end() :]
    folder, here, sound = _workshop()
    path = folder / file
    try:
        path.write_text(f"{before}\ue010{match[0]}\ue011{after}", encoding="utf-8")
        shown = "\n".join(outputs(here.render(here.data)).values())
        found = re.search("\ue010(.*?)\ue011", shown, re.DOTALL)
        if found is None:
            return Mutant(mutant.file, mutant.line, mutant.expression, "", "never shown")
        typed = found[1]
        if not re.search(r"\w", typed) or re.match(r"\{\{ *[\"']", match[0]):
            return Mutant(mutant.file, mutant.line, mutant.expression, typed, "constant")
        path.write_text(f"{before}{{% raw %}}{typed}{{% endraw %}}{after}", encoding="utf-8")
        caught = wrong_in(here, sound) or invented(here.source.project.docs, here.source.project.templates) != _texts()
    except AgentdocsError as error:
        return Mutant(mutant.file, mutant.line, mutant.expression, "", f"refused: {error}"[:90])
    finally:
        path.write_text(text, encoding="utf-8")
    return Mutant(mutant.file, mutant.line, mutant.expression, typed, "caught" if caught else "survived")


EXPLAINED = {
    r"plan\.price\.period|key\.spend_cap\.period|keys\.inference\.spend_cap\.period": "has one possible value",
    r"docs/maintaining/.*": "names a part of this project, or a path that each provider chooses alike",
    r"operations\.models\.path": "the OpenAI protocol knows one way to list models",
    r"client\.name|\{\{ name \}\} as 'openclaw'": "a program has the same name with every provider",
    r"billing\.prepaid\.price_tokens": "both providers state prices per million tokens",
    r"\{\{ name \}\} as 'inference_per_account'": "a name by which pages refer to this limit; no reader sees it",
    r"apis \| length": "both providers have as many",
    r"protocol\.authentication\.": "every API that is compatible with OpenAI's takes a key in the same way",
    r"discovery\.data\.version": "there is one version of the catalog for programs",
    r"\{\{ guard\.per \}\}": "both providers count the agents of each key",
    r"\{\{ day \| day \}\}": "both providers are rendered as of the same day",
    r"as '(unknown|not offered|yes)'": "a word for a kind of value; the forwards proof sees that each leaf changes it",
    r"\{\{ reason \| text \}\}|refusal\(client, model\)": (
        "both providers have one model that no client can use, for the same reason"
    ),
}
"""Survivors: expressions whose value every provider shares, by a pattern, each with its reason."""

PARTS = 24
"""Into how many tests the expressions are dealt out, so that several processes can share them."""


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(PARTS))
def test_facts_typed_by_hand_are_caught(part: int, tell: Callable[..., None]) -> None:
    mutants = [judge(place) for place in expressions()[part::PARTS]]
    survivors = [mutant for mutant in mutants if mutant.fate == "survived"]
    caught = sum(mutant.fate == "caught" for mutant in mutants)
    tell(
        "Mutation: {every} expressions, {facts} show a value: {caught} caught, {survived} survived.",
        every=len(mutants),
        facts=caught + len(survivors),
        caught=caught,
        survived=len(survivors),
    )
    texts = [f"{mutant.file}:{mutant.line}: {mutant.expression} as {mutant.typed!r}" for mutant in survivors]
    unexplained = [text for text in texts if not any(re.search(pattern, text) for pattern in EXPLAINED)]
    assert not unexplained, "\n".join(unexplained)
