"""Where what a failed proof names comes from: the line of the catalog, the page, the template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentdocs.artifact import LANGUAGES
from agentdocs.catalog.rules.documents import document_paths
from agentdocs.site.urls import twin_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.render import Rendering

ADVICE = {
    "machine": "generator/ or templates/ is wrong; no edit of catalog/ or docs/ can cause this.",
    "consistency": "An output contradicts the catalog or another output: mend the page or template that makes it.",
    "shipped": "If you meant it, change what is demanded (facts.yaml, addresses.yaml) or run `make golden`; if not, "
    "put it back.",
    "edits": "After an ordinary edit a test was red: let it choose by what an entry is, and not by its name.",
}
"""What to do when a test of a folder fails; site_tests/README.md has more."""
MOST = 12
"""How many places are told."""


def named(rendering: Rendering, text: str) -> list[str]:
    """List the sources of the pages, documents, snippets and models that a text names, those named most first."""
    counted = [(len(re.findall(rf"(?<![\w./-]){re.escape(name)}(?![\w-]|\.\w)", text)), name, place)
               for name, place in dict(_sources(rendering)).items() if name in text]  # fmt: skip
    found = sorted(((count, name, place) for count, name, place in counted if count), key=lambda entry: -entry[0])
    return [f"{name}: {place}" for _, name, place in found[:MOST]]


def _sources(rendering: Rendering) -> Iterator[tuple[str, str]]:
    catalog, facts = rendering.catalog, rendering.facts
    for loc, path in document_paths(facts.discovery):
        yield path, catalog.place(loc)
    for page in rendering.pages.values():
        if page.url != "/":
            yield page.url, page.edit
        yield twin_url(page), page.edit
        yield page.source, page.edit
    for name, skill in facts.discovery.skills.items():
        yield skill.path, f"templates/skills/{skill.template}.md, {catalog.place(('discovery', 'skills', name))}"
    for model in facts.models:
        yield model, catalog.place(("models", model))
        for name, client in facts.clients.items():
            for number, shape in enumerate(client.snippets):
                template = f"templates/snippets/{name}/{shape.id}.{LANGUAGES[shape.language][0]}"
                entry = catalog.place(("clients", name, "snippets", number))
                url = rendering.snippets.url(name, shape, model)
                yield url, f"{template}, {entry}, {catalog.place(('models', model))}"
    kinds = {"plans": facts.plans, "keys": facts.keys, "errors": facts.errors, "apis": facts.apis}
    for kind, entries in kinds.items():
        yield from ((f"{kind}.{name}", catalog.place((kind, name))) for name in entries)
