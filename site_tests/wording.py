"""Words that only one provider's catalog states, and the outputs that say them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from agentdocs.schema import Facts

Words = Mapping[str, re.Pattern[str]]

VOCABULARY = {"/", "/index.md", "structured outputs"}
"""Texts of the shipped catalog that the machine has to say too: paths of any site, and a capability's name."""


def stated(value: object) -> Iterator[str]:
    """Yield every text of a catalog, the names that it chooses included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from (text for _, member in value for text in stated(member))
    elif isinstance(value, Mapping):
        yield from (text for item in value.items() for part in item for text in stated(part))
    elif isinstance(value, tuple):
        yield from (text for member in value for text in stated(member))


def own_words(facts: Facts, other: Facts) -> Words:
    """Collect what `facts` state and `other` does not: names, and every text that is more than one plain word."""
    provider, known = facts.provider, [*stated(other), *VOCABULARY]
    texts = {text for text in stated(facts) if not text.isalpha()} - {*known}
    texts |= {provider.id, provider.name, facts.site.origin.removeprefix("https://")}
    named = {entry.name for entries in (facts.plans, facts.authors, facts.clients) for entry in entries.values()}
    named = {name for name in named - texts if not any(name in text for text in known)}
    return anywhere(texts) | {word: re.compile(rf"\b{re.escape(word)}\b") for word in sorted(named)}


def anywhere(words: set[str]) -> dict[str, re.Pattern[str]]:
    """Look for words in any case, inside longer words too."""
    distinct = {word.lower(): word for word in sorted(words)}
    return {word: re.compile(re.escape(word), re.IGNORECASE) for word in distinct.values()}


def traces(texts: Mapping[str, str], words: Words) -> list[str]:
    """Say which output has which word."""
    found = []
    for name, text in texts.items():
        lower = text.lower()  # rules most words out, and much faster than a pattern
        here = (word for word, pattern in words.items() if word.lower() in lower and pattern.search(text))
        found += [f"{name} says {word}" for word in here]
    return found
