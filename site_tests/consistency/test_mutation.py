"""How many expressions of the templates can be replaced by a typed value without anybody noticing?

Each expression of `docs/` and `templates/` is replaced, one at a time, by what it says for the shipped catalog: the
mistake of a maintainer who types a fact by hand. It is caught if outputs keep it when every fact is another one, if it
hides that a fact with few possible values, such as a flag, has another one, or if the invented provider shows it.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.errors import AgentdocsError
from pydantic import ValidationError

from site_tests.backwards import WORDS, Backwards
from site_tests.conftest import ROOT
from site_tests.forwards import Forwards, kind
from site_tests.leaves import Leaf, World, alternatives, changed, leaves, outputs, valid
from site_tests.projects import EXEMPLA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
def _backwards() -> Backwards:
    return Backwards(ROOT)


@cache
def _flipped() -> dict[str, Any]:
    """Give the catalog with another value of every leaf that has few, as far as it can be rendered so."""
    proof = Forwards(ROOT, every_model=False)
    kinds: dict[tuple[Any, ...], list[Leaf]] = {}
    for leaf in leaves(proof.data):
        if not leaf.name and "lifecycle" not in leaf.loc:
            kinds.setdefault(kind(leaf), []).append(leaf)
    data = proof.data
    for alike in kinds.values():
        data = next(filter(partial(_renders, proof.world), _flips(data, alike)), data)
    return data


def _flips(data: dict[str, Any], alike: list[Leaf]) -> Iterator[dict[str, Any]]:
    """Yield the data with other values of leaves of one kind, of all or else of the last of them."""
    for several in (alike, alike[-1:]):
        for rank in range(3):
            flipped = data
            for leaf in several:
                others = (changed(flipped, leaf, value) for value in alternatives(leaf, flipped))
                sound = [other for other in others if valid(other, leaf)]
                flipped = sound[min(rank, len(sound) - 1)] if sound else flipped
            if flipped is not data:
                yield flipped


def _renders(world: World, data: dict[str, Any]) -> bool:
    try:
        world.render(data)
    except (AgentdocsError, ValidationError, StopIteration, KeyError):
        return False
    return True


@dataclass(frozen=True)
class Workshop:
    """A folder whose files may be changed, a world that renders them, and what it renders before."""

    folder: Path
    world: World
    other: dict[str, str]
    """With every fact replaced."""
    flipped: dict[str, str]
    """With another value of every fact that has few."""
    invented: list[tuple[World, dict[str, str]]]
    """The invented provider with the same templates, with pages of its own and with those that all share, and what each
    renders before."""


@cache
def _workshop() -> Workshop:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    for name in ("templates", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    here = World.at(ROOT, docs=folder / "docs", templates=folder / "templates")
    templates = folder / "templates"
    invented = [World.at(EXEMPLA, docs=docs, templates=templates) for docs in (None, folder / "none")]
    return Workshop(
        folder,
        here,
        outputs(here.render(_backwards().other[0])),
        outputs(here.render(_flipped())),
        [(world, outputs(world.render(world.data))) for world in invented],
    )


def _caught(shop: Workshop) -> bool:
    here = shop.world
    return (
        any(outputs(world.render(world.data)) != texts for world, texts in shop.invented)
        or outputs(here.render(_flipped())) != shop.flipped
        or bool(_backwards().wrong(here, shop.other))
    )


def judge(place: tuple[str, int]) -> Mutant:
    """Type one expression by hand and see whether it is caught."""
    file, number = place
    text = (ROOT / file).read_text(encoding="utf-8")
    match = list(_EXPRESSION.finditer(text))[number]
    mutant = Mutant(file, text.count("\n", 0, match.start()) + 1, match[0])
    before, after = text[: match.start()], text[match.end() :]
    shop = _workshop()
    here, path = shop.world, shop.folder / file
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
        caught = _caught(shop)
    except AgentdocsError as error:
        return Mutant(mutant.file, mutant.line, mutant.expression, "", f"refused: {error}"[:90])
    finally:
        path.write_text(text, encoding="utf-8")
    return Mutant(mutant.file, mutant.line, mutant.expression, typed, "caught" if caught else "survived")


EXPLAINED = {
    r"\| (?:lower|inside) |as 'billing period'": "a common noun, which sentences say as a word",
    rf"as '(?:{'|'.join(WORDS)})'": "a word of prose; shipped/words.yaml lists them",
    r"(?:templates/)?docs/maintaining/.*": "names a part of this project, or a path that each provider chooses alike",
    r"operations\.models\.path": "the OpenAI protocol knows one way to list models",
    r"client\.name|\{\{ name \}\} as 'openclaw'": "a program has the same name with every provider",
    r"billing\.credits\.price_tokens": "both providers state prices per million tokens",
    r"\{\{ name \}\} as 'inference_per_account'": "a name by which pages refer to this limit; no reader sees it",
    r"chat\.roles": "the OpenAI protocol knows these roles",
    r"reasoning\.values": "both providers take the common values",
    r"\{\{ see\(": "a link between pages, which have the same places and titles with both providers",
    r"apis \| length": "both providers have as many",
    r"protocol\.authentication\.": "every API that is compatible with OpenAI's takes a key in the same way",
    r"errors\.md:\d+: \{\{ error\.status \}\}": "of an error whose code is unknown, and with other facts no code is",
    r"discovery\.data\.version": "there is one version of the catalog for programs",
    r"\{\{ guard\.limit\.holder \}\}": "both providers count the agents of each key",
    r"\{\{ day \| day \}\}": "both providers are rendered as of the same day",
    r"as '(unknown|not offered|yes)'": "a word for a kind of value; the forwards proof sees that each leaf changes it",
    r"\{\{ reason \}\}|refusal\(client, model\)": (
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
