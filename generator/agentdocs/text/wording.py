"""How names of the catalog read inside a sentence, in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPELLED = frozenset("AEFHILMNORSX")
"""Letters whose own names begin with a vowel: an `LLM key`."""
_WITH_A = re.compile(r"(?:uni|us[aeiu]|eu|one)", re.IGNORECASE)
_WITH_AN = re.compile(r"[aeiou]|(?:hour|honest|honou?r|heir)", re.IGNORECASE)


def inside(name: str, proper: Iterable[str] = ()) -> str:
    """Write a name as it reads inside a sentence: `Chat key` as `chat key`, but `API key` as it is.

    A first word with capitals inside, or one of the `proper` names, keeps its capital.
    """
    first = name.partition(" ")[0]
    if first in proper or first[1:] != first[1:].lower():
        return name
    return name[:1].lower() + name[1:]


def with_article(name: str) -> str:
    """Put the indefinite article before a name, by its sound."""
    first = re.split(r"[ -]", name)[0]
    if len(first) > 1 and first.isupper():
        return f"{'an' if first[0] in _SPELLED else 'a'} {name}"
    return f"{'an' if _WITH_AN.match(name) and not _WITH_A.match(name) else 'a'} {name}"


def enumerated(parts: Iterable[str], word: str = "and") -> str:
    """Write parts of a sentence one after the other, with a word such as *and* before the last."""
    *others, last = [*parts] or [""]
    return f"{', '.join(others)} {word} {last}" if others else last
