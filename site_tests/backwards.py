"""Whether every fact that an output states comes from the catalog, by value or by a declared derivation."""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from site_tests.html import HtmlPage
from site_tests.leaves import World, outputs
from site_tests.tracing import Known, Stated, replaced, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agentdocs.render import Rendering

WORDS: frozenset[str] = frozenset(
    yaml.safe_load((Path(__file__).parent / "shipped" / "words.yaml").read_text(encoding="utf-8"))
)
"""Texts of the catalog that prose needs as words, too."""

ADVICE = (
    "no value of the catalog; let an expression write it, or, if no catalog can state it, add it to "
    "site_tests/constants.yaml with a reason. Is it a word that the catalog has by chance? Then add it to "
    "site_tests/shipped/words.yaml"
)


def untraced(known: Known, texts: Iterable[tuple[str, str]]) -> tuple[list[Stated], int]:
    """Give the facts in some texts, by output, that come from nowhere, and how many there are in all."""
    facts = [fact for name, text in texts for fact in stated(name, text)]
    return [fact for fact in facts if not known.trace(fact)], len(facts)


def built(rendering: Rendering, site: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of a built site: pages without markup, the search index, the site map, and all artifacts.

    Pages that show the docstrings of the generator state facts of Python.
    """
    made_of_code = {page.url for page in rendering.pages.values() if re.search(r"^::: ", page.markdown, re.MULTILINE)}
    for page in rendering.pages.values():
        if page.url not in made_of_code:
            yield page.url, HtmlPage(site / page.url.lstrip("/") / "index.html").text()
    index = json.loads((site / "docs/agents/assets/search/search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        if not entry["location"].startswith(tuple(made_of_code)):
            yield f"search index {entry['location']}", re.sub(r"<[^>]+>", " ", f"{entry['title']} {entry['text']}")
    for url, artifact in rendering.artifacts.items():
        yield url, artifact.body.decode()
    yield "sitemap.xml", re.sub(r"<[^>]+>", " ", (site / "sitemap.xml").read_text(encoding="utf-8"))
    yield "404.html", HtmlPage(site / "404.html").text()


def _without_lines(text: str) -> str:
    """Leave out how the pictures of a page are drawn; tools, which draw facts, are outputs of their own."""
    drawn = re.compile(r"^<svg\b.*?^</svg>", re.DOTALL | re.MULTILINE)
    return drawn.sub(lambda picture: re.sub("<[^>]*>", "", picture[0]), text)


def told(wrong: Iterable[Stated], *sources: Path) -> str:
    """Say where each fact was typed, as far as it stands so in the sources, and what to do."""
    texts = {file: file.read_text(encoding="utf-8") for folder in sources for file in sorted(folder.rglob("*"))
             if file.suffix in (".md", ".txt", ".html", ".sh", ".py", ".mjs", ".yaml", ".json5", ".fish")}  # fmt: skip
    lines: dict[str, None] = {}
    for fact in wrong:
        places = [f"{file}:{text.count(chr(10), 0, text.index(fact.text)) + 1}" for file, text in texts.items()
                  if fact.text in text]  # fmt: skip
        lines[f"{', '.join(places[:3]) or 'typed nowhere as it is'}: {fact}"] = None
    return "\n".join([*lines, ADVICE] if lines else [])


class Backwards:
    """A world in which every leaf has another value, and what its outputs still say."""

    def __init__(self, root: Path) -> None:
        self.world = World.at(root)

    @cached_property
    def other(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The data with every leaf replaced, and the old values by leaf."""
        return replaced(self.world)

    def wrong(self, here: World, sound: dict[str, str] | None = None) -> list[Stated]:
        """List what the outputs of a world state although every leaf of its catalog has another value.

        Outputs that equal those in `sound` are passed over.
        """
        data, _ = self.other
        rendering = here.render(data)
        texts = {name: text for name, text in outputs(rendering).items() if not sound or sound.get(name) != text}
        return self.typed(Known(rendering, data), texts)

    def typed(self, known: Known, texts: Mapping[str, str]) -> list[Stated]:
        """List what texts state, by output, although no leaf has such a value now."""
        wrong, _ = untraced(known, ((name, _without_lines(text)) for name, text in texts.items()))
        for name, text in texts.items():
            if name.endswith(".openapi.json"):
                continue  # there the catalog's names of errors are the names of examples
            found = [match for match in self._old_names.finditer(text) if match[0] not in known.shown_in(name)]
            wrong += [Stated(name, text.count("\n", 0, match.start()) + 1, "name", match[0]) for match in found]
        return wrong

    @cached_property
    def _old_names(self) -> re.Pattern[str]:
        """Match what the catalog calls things, and its longer texts, but not the titles that pages have anyway."""
        facts = self.world.source.catalog.facts
        names = {facts.provider.name, *(plan.name for plan in facts.plans.values())}
        names |= {client.name for client in facts.clients.values()} | {model.name for model in facts.models.values()}
        old = {value for leaf, value in self.other[1].items() if isinstance(value, str) and "site.pages" not in leaf}
        names |= {value for value in old if " " in value or len(value) > 14 or not value.islower()}
        names = {name for name in names - WORDS if not name.startswith("/") and re.search(r"[A-Za-z]{3}", name)}
        alternatives = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")
