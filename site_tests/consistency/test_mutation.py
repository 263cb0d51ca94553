"""How many expressions of the templates can be replaced by a typed value without anybody noticing?

Each expression of `docs/` and `templates/` is replaced, one at a time, by what it says for the shipped catalog: the
mistake of a maintainer who types a fact by hand. It is caught if outputs keep it when every fact is another one, if it
hides that a fact with few possible values, such as a flag, has another one, or if the invented provider shows it.
"""

from __future__ import annotations

import atexit
import itertools
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial, reduce
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
from site_tests.tracing import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from agentdocs.render import Rendering

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True)
class Mutant:
    """One expression, and what became of it when it was typed by hand."""

    file: str
    line: int
    expression: str
    typed: str = ""
    fate: str = ""


def files() -> list[str]:
    """List every file that has expressions."""
    paths = [path for folder in ("docs", "templates") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    names = [path.relative_to(ROOT).as_posix() for path in paths if "theme" not in path.parts]
    return [name for name in names if _EXPRESSION.search((ROOT / name).read_text(encoding="utf-8"))]


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
    return _all_flipped(proof.world, proof.data, list(kinds.values()))


def _all_flipped(world: World, data: dict[str, Any], kinds: list[list[Leaf]]) -> dict[str, Any]:
    """Give the data with other values of all kinds of leaves at once, or else of each half, down to a single kind."""
    if len(kinds) == 1:
        return next(filter(partial(_renders, world), _flips(data, kinds[0])), data)
    flipped = reduce(lambda one, alike: next(_flips(one, alike), one), kinds, data)
    if _renders(world, flipped):
        return flipped
    half = len(kinds) // 2
    return _all_flipped(world, _all_flipped(world, data, kinds[:half]), kinds[half:])


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
    other: Rendering
    """With every fact replaced."""
    flipped: dict[str, str]
    """With another value of every fact that has few."""
    invented: list[tuple[World, dict[str, str]]]
    """The invented provider with the same templates, with pages of its own and with those that all share, and what each
    renders before."""

    @contextmanager
    def written(self, file: str, text: str) -> Iterator[None]:
        """Have another text in a file for a while."""
        path = self.folder / file
        before = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(before, encoding="utf-8")

    def catches(self) -> bool:
        """Tell whether what is written in the folder now is caught."""
        here = self.world
        try:
            return (
                any(outputs(world.render(world.data)) != texts for world, texts in self.invented)
                or outputs(here.render(_flipped())) != self.flipped
                or bool(_backwards().wrong(here, outputs(self.other)))
            )
        except AgentdocsError:
            return True

    def says(self, file: str) -> dict[int, Said]:
        """Give what expressions of a file say, by their numbers; those are missing around which no signs are taken."""
        numbers = [*range(len(_EXPRESSION.findall((ROOT / file).read_text(encoding="utf-8"))))]
        here = (self.world, self.world.data)
        others = [*((world, world.data) for world, _ in self.invented), (self.world, _flipped())]
        worlds = [here, *others, (self.world, _backwards().other[0])]
        texts: list[dict[str, str]] = []
        while len(texts) < len(worlds):
            if taken := self._with_signs(worlds[len(texts)], file, numbers):
                texts.append(taken)
            else:
                numbers, texts = self._taken(worlds[len(texts)], file, numbers), []
        own, *elsewhere = map(_values, texts[:-1])
        return {
            number: Said(
                own.get(number, []), {said for values in elsewhere for said in values.get(number, ())}, texts[-1]
            )
            for number in numbers
        }

    def _with_signs(self, world: tuple[World, dict[str, Any]], file: str, numbers: list[int]) -> dict[str, str]:
        """Render a world with signs around expressions of a file; gives nothing if they are refused."""
        with self.written(file, _signed(file, numbers)):
            try:
                return outputs(world[0].render(world[1]))
            except AgentdocsError:
                return {}

    def _taken(self, world: tuple[World, dict[str, Any]], file: str, numbers: list[int]) -> list[int]:
        """Choose the expressions around which a world takes signs: all of them, or those of each half."""
        if self._with_signs(world, file, numbers):
            return numbers
        half = len(numbers) // 2
        return [n for part in (numbers[:half], numbers[half:]) if half for n in self._taken(world, file, part)]


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
        here.render(_backwards().other[0]),
        outputs(here.render(_flipped())),
        [(world, outputs(world.render(world.data))) for world in invented],
    )


@cache
def _known() -> Known:
    return Known(_workshop().other, _backwards().other[0])


@dataclass(frozen=True)
class Said:
    """What an expression says with the shipped catalog, what it says anywhere else, and outputs with every fact
    replaced, in which signs stand around it."""

    own: list[str]
    elsewhere: set[str]
    replaced: dict[str, str]


_FIRST, _END = 0xF0000, "\ue011"
"""Signs around what an expression says: a character for its number before it, and one that all share behind it."""
_SIGN = re.compile(rf"([{chr(_FIRST)}-\U000ffffd{_END}])")


def _signed(file: str, numbers: list[int]) -> str:
    count, text = itertools.count(), (ROOT / file).read_text(encoding="utf-8")

    def sign(match: re.Match[str]) -> str:
        number = next(count)
        return f"{chr(_FIRST + number)}{match[0]}{_END}" if number in numbers else match[0]

    return _EXPRESSION.sub(sign, text)


def _values(texts: Mapping[str, str]) -> dict[int, list[str]]:
    """Read what each expression says; one may stand inside what another one says."""
    values: dict[int, list[str]] = {}
    for text in texts.values():
        said = [""]
        numbers = []
        for piece in _SIGN.split(text):
            if len(piece) == 1 and ord(piece) >= _FIRST:
                numbers.append(ord(piece) - _FIRST)
                said.append("")
            elif piece == _END and numbers:
                value = said.pop()
                values.setdefault(numbers.pop(), []).append(value)
                said[-1] += value
            else:
                said[-1] += piece
    return values


def _typed(text: str, number: int, typed: str) -> str:
    """Write what is typed where an expression stands, and leave out all signs."""
    one = f"{chr(_FIRST + number)}[^{_END}{chr(_FIRST)}-\U000ffffd]*{_END}"
    return _SIGN.sub("", re.sub(one, lambda _: typed, text))


def mutants(file: str) -> Iterator[Mutant]:
    """Type each expression of a file by hand and see whether it is caught.

    What the expressions say is read from one rendering for all of them: outputs would differ where one says elsewhere
    what it never says with the shipped catalog, and would keep what is typed where every fact is replaced. Only what is
    not caught so is typed, and everything is rendered again.
    """
    shop, text = _workshop(), (ROOT / file).read_text(encoding="utf-8")
    found = list(_EXPRESSION.finditer(text))
    says = shop.says(file)
    for number, match in enumerate(found):
        mutant = Mutant(file, text.count("\n", 0, match.start()) + 1, match[0])
        said = says.get(number)
        if said is None or not said.own:
            yield replace(mutant, fate="takes no signs" if said is None else "never shown")
            continue
        mutant = replace(mutant, typed=said.own[0])
        changed = {n: t for n, t in said.replaced.items() if chr(_FIRST + number) in t}
        if not re.search(r"\w", mutant.typed) or re.match(r"\{\{ *[\"']", match[0]):
            yield replace(mutant, fate="constant")
        elif said.elsewhere - {*said.own} or _backwards().typed(
            _known(), {_SIGN.sub("", name): _typed(changed[name], number, mutant.typed) for name in changed}
        ):
            yield replace(mutant, fate="caught")
        else:
            by_hand = f"{text[: match.start()]}{{% raw %}}{mutant.typed}{{% endraw %}}{text[match.end() :]}"
            with shop.written(file, by_hand):
                yield replace(mutant, fate="caught" if shop.catches() else "survived")


EXPLAINED = {
    r"\| (?:lower|inside) |as 'billing period'": "a common noun, which sentences say as a word",
    rf"as '(?:{'|'.join(WORDS)})'": "a word of prose; shipped/words.yaml lists them",
    r"(?:templates/)?docs/maintaining/.*": "names a part of this project, or a path that each provider chooses alike",
    r"operations\.models\.path": "the OpenAI protocol knows one way to list models",
    r"client\.name|\{\{ name \}\} as 'openclaw'": "a program has the same name with every provider",
    r"\{\{ output_limit\b": "both providers call this parameter alike; machine/test_output_limit.py tries another",
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


@pytest.mark.thorough
@pytest.mark.parametrize("file", files())
def test_facts_typed_by_hand_are_caught(file: str, tell: Callable[..., None]) -> None:
    every = list(mutants(file))
    survivors = [mutant for mutant in every if mutant.fate == "survived"]
    caught = sum(mutant.fate == "caught" for mutant in every)
    tell(
        "Mutation: {every} expressions, {facts} show a value: {caught} caught, {survived} survived.",
        every=len(every),
        facts=caught + len(survivors),
        caught=caught,
        survived=len(survivors),
    )
    texts = [f"{mutant.file}:{mutant.line}: {mutant.expression} as {mutant.typed!r}" for mutant in survivors]
    unexplained = [text for text in texts if not any(re.search(pattern, text) for pattern in EXPLAINED)]
    assert not unexplained, "\n".join(unexplained)
