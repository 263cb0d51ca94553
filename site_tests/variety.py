"""Shapes that providers differ in, and where each use of one shows: on pages, in the data, and in snippets.

    python -m site_tests.variety

prints how often each provider uses each shape, as a table in Markdown.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from agentdocs.schema import quantity
from agentdocs.schema.span import parts
from agentdocs.text.prices import money

from site_tests.projects import EXEMPLA, REAL, VARIA, make_exempla, make_project, make_real, rendered

if TYPE_CHECKING:
    from agentdocs.render import Rendering
    from agentdocs.schema import Facts
    from agentdocs.schema.limit import Rate
    from agentdocs.schema.price import Case


@dataclass(frozen=True)
class Use:
    """One use of a shape, and what has to show it."""

    page: tuple[str, ...]
    """What pages say, as Markdown."""
    data: str
    """What the catalog for programs says, as JSON on one line."""
    snippet: str = ""
    """What a snippet says; nothing where snippets say nothing of it."""


Uses = Callable[["Facts"], Iterator[Use]]


def _ids(fits: Callable[[str], bool]) -> Uses:
    def uses(facts: Facts) -> Iterator[Use]:
        for model in facts.models.values():
            if fits(model.id):
                told = model.id if model.for_agents is True else ""
                yield Use((f"`{model.id}`",), f'"id": "{model.id}"', told)

    return uses


def _windows(facts: Facts) -> Iterator[Use]:
    for model in facts.models.values():
        if model.context_window == "unknown":
            yield Use(("Not published: context window",), '"context_window": "unknown"')


def _keys(fits: Callable[[str], bool], page: str = "") -> Uses:
    def uses(facts: Facts) -> Iterator[Use]:
        for key in facts.keys.values():
            if fits(key.prefix):
                yield Use((page or f"`{key.prefix}`",), f'"prefix": "{key.prefix}"', key.environment_variable)

    return uses


def _rates(fits: Callable[[Rate], bool]) -> Uses:
    def uses(facts: Facts) -> Iterator[Use]:
        for limit in facts.limits.values():
            for rate in filter(fits, limit.rates):
                count, span = parts(rate.span)
                shown = f"{rate.amount:,}" if isinstance(rate.amount, int) else rate.amount
                said = {"amount": rate.amount, "unit": rate.unit, "spans": count, "span": span}
                yield Use((f" {shown} |", rate.of.capitalize()), json.dumps(said)[1:-1])

    return uses


def _spans(span: str) -> Uses:
    return _rates(lambda rate: rate.span == span)


def _limits(scope: str, *, models: bool = False, plans: bool = False) -> Uses:
    def uses(facts: Facts) -> Iterator[Use]:
        for limit in facts.limits.values():
            if scope in limit.per and bool(limit.models) >= models and bool(limit.plans) >= plans:
                counted = " and ".join(limit.per)
                yield Use((f" {counted} |",), f'"per": {json.dumps(limit.holder)}')

    return uses


def _cases(fits: Callable[[Case], bool], member: str = "input", page: str = "") -> Uses:
    """Find prices of tokens; `member` is the one that has to be shown, and `page` what a page says beside it."""

    def uses(facts: Facts) -> Iterator[Use]:
        for case in (case for model in facts.models.values() for entry in model.price_history for case in entry.cases):
            amount = getattr(case.charges, member)
            if isinstance(amount, Decimal) and fits(case):
                said = {"unit": f"{member}_tokens", "above": case.above or 0, "batch": case.batch}
                yield Use((f" {money(amount)} |", page.format(case)), json.dumps(said)[1:-1])

    return uses


def _fees(kind: str) -> Uses:
    def uses(facts: Facts) -> Iterator[Use]:
        for fee in (fee for model in facts.models.values() for entry in model.price_history for fee in entry.fees):
            count, unit = quantity.parts(fee.per)
            if kind in unit:
                said = {"quantity": count, "unit": unit}
                yield Use((f"Per {quantity.in_words(fee.per)}",), json.dumps(said)[1:-1])

    return uses


def _starts(facts: Facts) -> Iterator[Use]:
    for entry in (entry for model in facts.models.values() for entry in model.price_history):
        if entry.valid_from:
            yield Use((str(entry.valid_from),), f'"valid_from": "{entry.valid_from}"')


def _years(facts: Facts) -> Iterator[Use]:
    for plan in facts.plans.values():
        if not isinstance(plan.price, str) and plan.price.by_the_year is not None:
            yield Use((plan.name, "year"), '"yearly": ')


def _operations(facts: Facts) -> Iterator[Use]:
    for api in facts.apis.values():
        for operation in api.operations.values():
            if operation.parameters:
                yield Use((f"`{operation.method} {operation.path}`",), f'"url": "{operation.url(api.base_url)}"')


def _parameter(facts: Facts) -> Iterator[Use]:
    if "max_completion_tokens" in facts.protocol.chat.parameters:
        bounded = any(model.known.max_output != "unknown" and model.for_agents for model in facts.models.values())
        told = '"max_completion_tokens"' if bounded else ""
        yield Use(("`max_completion_tokens`",), '"max_completion_tokens"', told)


def _own_machine(facts: Facts) -> Iterator[Use]:
    for api in facts.apis.values():
        if api.base_url.startswith("http:"):
            yield Use((f"`{api.base_url}`",), f'"base_url": "{api.base_url}"', api.base_url)


def _unpaid(facts: Facts) -> Iterator[Use]:
    for key in facts.keys.values():
        if key.paid_from == "not_offered":
            yield Use(("| Paid from | nothing |",), '"paid_from": "not_offered"')


def _codes(facts: Facts) -> Iterator[Use]:
    for error in facts.errors.values():
        if isinstance(error.code, int):
            both = (
                f"{error.status} as status and code" if error.code == error.status else f"{error.status} `{error.code}`"
            )
            yield Use((both,), f'"code": {error.code}')


def _types(facts: Facts) -> Iterator[Use]:
    for error in facts.errors.values():
        if error.type == "not_offered":
            yield Use(("; no type; ",), '"type": "not_offered"')


SHAPES: Mapping[str, Uses] = {
    "id without an author": _ids(lambda name: "/" not in name),
    "id with capitals": _ids(lambda name: name != name.lower()),
    "id with a dot": _ids(lambda name: "." in name),
    "id with a colon": _ids(lambda name: ":" in name),
    "id with an @": _ids(lambda name: "@" in name),
    "id with more slashes": _ids(lambda name: name.count("/") > 1),
    "prefix with a dash": _keys(lambda prefix: "-" in prefix),
    "no prefix": _keys(lambda prefix: prefix == "not_offered", "| Prefix | no common prefix |"),
    "limit of requests": _rates(lambda rate: rate.unit == "requests"),
    "limit of tokens": _rates(lambda rate: rate.unit.endswith("tokens")),
    "limit of audio": _rates(lambda rate: rate.unit == "audio_seconds"),
    "limit of images": _rates(lambda rate: rate.unit == "images"),
    **{f"limit per {span}": _spans(span) for span in ("second", "minute", "hour", "day", "week", "month")},
    "no limit": _rates(lambda rate: rate.amount == "unlimited"),
    "limit per account": _limits("account"),
    "limit per key": _limits("key"),
    "limit per model": _limits("model"),
    "limit of some models": _limits("account", models=True),
    "limit of a plan": _limits("account", plans=True),
    "price of tokens": _cases(lambda case: not case.batch),
    "price of cached tokens": _cases(lambda case: not case.batch, "cache_read"),
    "price of writing to the cache": _cases(lambda case: not case.batch, "cache_write", "| Cache writes |"),
    "price by length of the prompt": _cases(lambda case: bool(case.above), page="prompts above {0.above:,}"),
    "price in a batch": _cases(lambda case: case.batch, page="in a batch"),
    "price of requests": _fees("requests"),
    "price of images": _fees("images"),
    "price of audio": _fees("audio"),
    "price from a day on": _starts,
    "price of a plan by the year": _years,
    "unknown context window": _windows,
    "path with parameters": _operations,
    "max_completion_tokens": _parameter,
    "API on the reader's own machine": _own_machine,
    "key that nothing pays": _unpaid,
    "error with a number as its code": _codes,
    "error without a type": _types,
}  # fmt: skip
"""Each shape by its name, and how to find its uses."""


def unseen(rendering: Rendering) -> list[str]:
    """List the uses of shapes that a rendering of a catalog does not show where it should."""
    facts = rendering.facts
    assert facts.discovery.data is not None, "this catalog is not published as data"
    data = json.dumps(json.loads(rendering.artifacts[facts.discovery.data.catalog.path].body))
    pages = "\n".join(page.markdown for page in rendering.pages.values())
    snippets = "\n".join(
        artifact.body.decode() for url, artifact in rendering.artifacts.items() if url.startswith(facts.site.snippets)
    )
    missing = []
    for name, uses in SHAPES.items():
        for use in uses(facts):
            wanted = [("page", pages, text) for text in use.page]
            wanted += [("data", data, use.data), ("snippet", snippets, use.snippet)]
            missing += [f"{name}: no {place} says {text}" for place, said, text in wanted if text not in said]
    return missing


def counts(facts: Mapping[str, Facts]) -> dict[str, dict[str, int]]:
    """Count the uses of each shape by each catalog."""
    return {name: {of: len([*uses(each)]) for of, each in facts.items()} for name, uses in SHAPES.items()}


def table(facts: Mapping[str, Facts]) -> str:
    """Write how often each catalog uses each shape, as a table in Markdown."""
    rows = [["Shape", *facts], ["---", *("---:" for _ in facts)]]
    rows += [[name, *(str(count or "") for count in row.values())] for name, row in counts(facts).items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def catalogs(folder: Path) -> dict[str, Rendering]:
    """Render the real providers, and the invented ones that have the shapes which none of those has."""
    found = {name: rendered(make_real(name, folder / name)) for name in REAL}
    found["varia"] = rendered(make_project(folder / "varia", catalog=VARIA / "catalog", docs=VARIA / "docs"))
    found["exempla"] = rendered(make_exempla(folder / "exempla"))
    assert EXEMPLA.is_dir()
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.stdout.write(table({name: each.facts for name, each in catalogs(Path(temporary)).items()}) + "\n")
