"""Reads the facts that a text states, and traces each to a value of the catalog or to a named constant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import yaml
from agentdocs.feed.shape import Catalog
from agentdocs.feed.slices import SLICES
from agentdocs.feed.values import schema
from agentdocs.schema import quantity
from agentdocs.text.citation import Citation
from agentdocs.text.quoting import as_json

from site_tests.leaves import Leaf, changed, exempt, forms, leaves, sentinels, valid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.render import Rendering

    from site_tests.leaves import World


def _constants(file: str) -> dict[str, str]:
    return dict(yaml.safe_load((Path(__file__).parent / file).read_text(encoding="utf-8")))


CONSTANTS = _constants("constants.yaml")
"""Facts that no catalog states, as regular expressions, each with its reason."""
OWN = _constants("shipped/constants.yaml")
"""The same for what only the shipped pages say."""

_KINDS = {
    "URL": r"https?://[^\s\"'<>()\[\]`|{}\\*]*[^\s\"'<>()\[\]`|{}\\*.,;:]",
    "date": r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)",
    "address": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "path": r"(?<![\w.~/-])/(?:[\w.~-]+/)+[\w.~-]*|(?<![\w.~/-])/\.well-known/[\w.~/-]+",
    "id": r"(?<![\w./-])[a-z0-9][a-z0-9-]*(?:/[a-z0-9][\w.-]*)+(?![\w/])",
    "variable": r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b",
    "header": r"\b[Xx]-[A-Za-z][A-Za-z-]*[A-Za-z]\b",
    "name": r"\b[a-z][a-z0-9]*(?:_+[a-z0-9]+)+_?|\b[a-z][a-z0-9]*_(?![a-z0-9_])",
    "number": r"(?<![\w.])\d[\d,]*(?:\.\d+)*(?![\w])",
}
_FACT = re.compile("|".join(f"(?P<{kind.replace(' ', '_')}>{pattern})" for kind, pattern in _KINDS.items()))


@dataclass(frozen=True)
class Stated:
    """A fact that an output states."""

    output: str
    position: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.output}:{self.position}: the {self.kind} {self.text!r} is no value of the catalog"


def stated(output: str, text: str) -> Iterator[Stated]:
    """Yield the facts in a text: URLs, dates, ids, paths, names with underscores, variables, headers, numbers."""
    # A character that Markdown could take for more is written by its number.
    for match in _FACT.finditer(re.sub(r"&#\d+;", lambda entity: " " * len(entity[0]), text)):
        found = match[0].rstrip(".,")
        if found and not re.fullmatch(r"\d", found):
            line = text.count("\n", 0, match.start()) + 1
            yield Stated(output, line, str(match.lastgroup), found)


class Known:
    """The values that outputs may state: those of a catalog, declared derivations of them, and constants."""

    def __init__(self, rendering: Rendering, data: Mapping[str, Any]) -> None:
        every = list(leaves(data))
        self._names = {leaf.value for leaf in every if leaf.name and leaf.loc[0] == "errors"}
        values = [leaf.value for leaf in every if not (leaf.name and leaf.value in self._names)]
        self.texts: set[str] = set()
        for value in values:
            self.texts.update(_written(value))
            if isinstance(value, str):
                self.texts.update(found.text for found in stated("", value))
        self.texts |= set(rendering.pages) | set(rendering.artifacts) | set(rendering.page_headers)
        self.texts |= {page.url for page in rendering.pages.values()} | {rendering.day.isoformat()}
        self.texts |= {page.edit for page in rendering.pages.values()}
        for page in rendering.pages.values():
            self.texts |= {page.edit_url, page.updated.isoformat() if page.updated else ""}
        self.texts |= set(_joined(rendering)) | set(_computed(rendering))
        self._data = rendering.facts.discovery.data
        self._slices = {f"{rendering.facts.site.snippets}{name}.json" for name in SLICES}
        self._shape = {fact.text for fact in stated("", as_json(schema(Catalog, "")))}
        self._constants = re.compile("|".join(f"(?:{pattern})" for pattern in (*CONSTANTS, *OWN)))

    def trace(self, fact: Stated) -> bool:
        """Tell whether a fact comes from the catalog or is a constant."""
        if fact.output.endswith(".openapi.json") and fact.text in self._names:
            return True  # the catalog's names of errors are the names of examples there
        if fact.text in self.shown_in(fact.output):
            return True
        return self._known(fact.text) or bool(self._constants.fullmatch(fact.text))

    def shown_in(self, output: str) -> set[str]:
        """Give what the catalog for programs shows, and scripts that read parts of it, but nothing else.

        These are names by which entries refer to others, and the words of its shape: names of members, and words and
        bounds of values, whoever publishes it.
        """
        own = self._data and output in (self._data.catalog.path, self._data.json_schema.path)
        return self._shape | self._names if own or output in self._slices or output.startswith("tool ") else set()

    def _known(self, text: str) -> bool:
        if text in self.texts:
            return True
        bare = text.split("#")[0].rstrip("/")
        if bare in self.texts or bare + "/" in self.texts:
            return True
        # Relative links between Markdown files.
        end = "/" + text.replace("../", "").lstrip("/")
        return text.endswith((".md", ".md/")) and any(known.endswith(end) for known in self.texts)


def _joined(rendering: Rendering) -> Iterator[str]:
    """Yield what is made of several values: addresses, and names that contain another name."""
    facts = rendering.facts
    origin, provider = facts.site.origin, facts.provider.id
    paths = {*rendering.artifacts, *(page.url for page in rendering.pages.values()), "/sitemap.xml"}
    yield from (origin + path for path in paths)
    if (repository := facts.site.repository) and repository.report_path:
        yield f"{repository.url}/{repository.report_path}"
    for name, api in facts.apis.items():
        for base in (api.base_url, *api.legacy_base_urls):
            path = "/" + base.split("/", 3)[3] if base.count("/") > 2 else ""
            yield path
            for operation in api.operations.values():
                query = "?" + urlencode(operation.query) if operation.query else ""
                yield from (f"{base}{operation.path}{query}", f"{operation.path}{query}", path + operation.path)
        yield from (f"{name}_{error.status}" for error in facts.errors.values())
        yield from (f"{name}__{operation}" for operation in api.operations)
        yield f"{name}__"
    for kind in ("examples", "headers", "parameters", "responses", "schemas"):
        names = {*facts.errors, *(f"{api}_{error.status}" for api in facts.apis for error in facts.errors.values())}
        fallback = facts.protocol.fallback
        names |= {fallback.request_header, *fallback.response_headers} if fallback else set()
        yield from (f"/components/{kind}/{name}" for name in names)
    yield from (f"{facts.site.snippets}{client}/" for client in facts.clients)
    for model in facts.models:
        yield from (f"{provider}/{model}", f"custom:{provider}")


def _computed(rendering: Rendering) -> Iterator[str]:
    """Yield what is worked out: the throughput of a limit, prices per million tokens, counts, and names of pages."""
    facts = rendering.facts
    for limit in facts.limits.values():
        if active := limit.active_requests:
            for seconds in active.example_seconds:
                yield from _written(active.requests_per_minute(seconds))
    prepaid = facts.billing.credits
    prices = [price for model in facts.models.values() if (price := model.price(rendering.day))]
    for case in (case for price in prices for case in price.cases):
        for amount in prepaid.per_million(case.charges).values() if prepaid else ():
            yield from _written(amount)
        for count, _ in (quantity.parts(fee.per) for fee in case.fees):
            yield from _written(count)
    for plan in facts.plans.values():
        if plan.price != "unknown" and (month := plan.price.monthly):
            yield from _written(month)
    for model in facts.models.values():
        if isinstance(released := model.life.released, date):
            yield str(int(datetime.combine(released, time(), UTC).timestamp()))  # as lists of models write it
    yield from (str(len(facts.apis)), str(len(facts.models)))
    for origin in {origin for _, _, origin in rendering.catalog.groups() if origin}:
        for source in origin.cited:
            citation = Citation(source.url, "", origin.checked, origin.confidence)
            yield from (fact.text for fact in stated("", citation.name))


def _written(value: Any) -> set[str]:  # noqa: ANN401
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return {value}
    if isinstance(value, date):
        return {value.isoformat()}
    if named := re.fullmatch(r"https://github\.com/[^/]+/[^/]+/(?:pull|issues|discussions)/(\d+)", str(value)):
        return {str(value), named[1]}  # links to them are named by repository and number
    return set(forms(value)) | {str(value)}


def replaced(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """Replace every leaf that can change alone by a value of its own; also give the old values by leaf."""
    data, old = world.data, {}
    # High ends first, so that the low ends stay below them; names of parameters last, for their details have them too.
    last = {"low": 1, "parameters": 2}
    order = sorted(leaves(data), key=lambda leaf: max(last.get(str(part), 0) for part in leaf.loc[-2:]))
    for number, leaf in enumerate(order):
        if leaf.name or leaf.loc[-1] == "released" or exempt(leaf):
            continue
        for value in sentinels(leaf.value, _tag(number), 100_003 + 7 * number):
            change = changed(data, leaf, value)
            if valid(change, leaf):
                data, old[str(leaf)] = change, leaf.value
                break
    for number, author in enumerate(list(data["authors"])):
        data, old[f"authors.{author}"] = (
            changed(data, Leaf(("authors", author), author, name=True), _tag(number)),
            author,
        )
    for number, model in enumerate(list(data["models"])):
        name = f"{model.partition('/')[0]}/{_tag(number)}-1.5"
        data, old[f"models.{model}"] = (
            changed(data, Leaf(("models", model), model, name=True), name),
            model.partition("/")[2],
        )
    return data, old


def _tag(number: int) -> str:
    return "q" + "".join(chr(ord("a") + number // 26**i % 26) for i in (2, 1, 0))
