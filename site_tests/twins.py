"""Every leaf of a catalog replaced at once, twice: what differs between the two is what the leaves bring about.

One leaf at a time takes two renderings for each. Here two do for all of them: each leaf gets a sentinel of its own, and
both renderings have to be the same after every sentinel is replaced by a sign that names its leaf.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agentdocs.errors import AgentdocsError

from site_tests.leaves import DIGEST, Leaf, changed, derived, exempt, forms, leaves, sentinels, valid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agentdocs.render import Rendering

    from site_tests.leaves import World

_TAGS, _NUMBERS = ("alpha", "bravo"), (90_003, 450_004)
"""Words and numbers that no other value has; days and prices made of them are in the same order on both sides."""
_WORD = re.compile(rf"q(?:{'|'.join(_TAGS)})([a-z]{{3}})", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)|(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)*(?!\w)")


@dataclass(frozen=True)
class Twins:
    """Two catalogs that differ in every leaf that has a sentinel, and those leaves by the code of their sentinels."""

    one: dict[str, Any]
    other: dict[str, Any]
    values: Mapping[Leaf, tuple[Any, Any]]
    codes: Mapping[str, Leaf]


def twins(data: dict[str, Any]) -> Twins:
    """Replace every leaf for which two sentinels are valid and cannot be taken for those of another leaf."""
    one = other = data
    values: dict[Leaf, tuple[Any, Any]] = {}
    codes: dict[str, Leaf] = {}
    numbered = [(number, leaf) for number, leaf in enumerate(leaves(data)) if _alone(leaf)]
    # High ends first, so that the low ends stay below them.
    for number, leaf in sorted(numbered, key=lambda entry: entry[1].loc[-1] == "low"):
        code, start = "".join(chr(ord("a") + number // 26**i % 26) for i in (2, 1, 0)), 7 * number
        pair = (sentinels(leaf.value, f"{tag}{code}", base + start) for tag, base in zip(_TAGS, _NUMBERS, strict=True))
        for alpha, bravo in zip(*pair, strict=True):
            if not _unmistakable(alpha, code, _NUMBERS[0] + start) or derived(leaf, alpha, data):
                continue
            first, second = changed(one, leaf, alpha), changed(other, leaf, bravo)
            if valid(first, leaf) and valid(second, leaf):
                one, other, values[leaf], codes[code] = first, second, (alpha, bravo), leaf
                break
    return Twins(one, other, values, codes)


def _alone(leaf: Leaf) -> bool:
    """Tell whether a leaf can change without a change of what else is shown, as a day on which a model retires does."""
    return not (leaf.name or "lifecycle" in leaf.loc or exempt(leaf))


def _unmistakable(value: object, code: str, number: int) -> bool:
    if isinstance(value, tuple):
        return all(_unmistakable(item, code, number) for item in value)
    if isinstance(value, str) and not _numeric(value):
        return code in value.lower()
    return not isinstance(value, bool | dict) and (not isinstance(value, int) or value == number)


def seen(world: World, outputs: Callable[[Rendering], Mapping[str, str]]) -> Counter[Leaf]:
    """Count the places of each leaf in both renderings; none at all if these differ in anything else."""
    pair = twins(world.data)
    try:
        texts = [outputs(world.render(data)) for data in (pair.one, pair.other)]
    except AgentdocsError:
        return Counter()
    (first, places), (second, _) = (_signed(text, pair, number) for number, text in enumerate(texts))
    return places if first == second else Counter()


def _signed(texts: Mapping[str, str], pair: Twins, side: int) -> tuple[dict[str, str], Counter[Leaf]]:
    """Replace every sentinel by a sign that names its leaf."""
    places: Counter[Leaf] = Counter()
    codes = {leaf: code for code, leaf in pair.codes.items()}
    numbers = {
        form: leaf
        for leaf, values in pair.values.items()
        if not isinstance(values[side], str) or _numeric(values[side])
        for form in forms(values[side])
    }

    def word(match: re.Match[str]) -> str:
        if leaf := pair.codes.get(match[1].lower()):
            places[leaf] += 1
        return f"\ue000{match[1]}\ue001"

    def number(match: re.Match[str]) -> str:
        if not (leaf := numbers.get(match[0])):
            return match[0]
        places[leaf] += 1
        return f"\ue002{codes[leaf]}\ue003"

    def signed(text: str) -> str:
        return _NUMBER.sub(number, _WORD.sub(word, text))

    return {signed(name): signed(DIGEST.sub("sha256:digest", text)) for name, text in texts.items()}, places


def _numeric(text: str) -> bool:
    """Tell whether a text is a day or a version."""
    return bool(re.fullmatch(r"[\d.-]+", text))
