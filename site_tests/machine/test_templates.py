"""Every filter, test and function that a template may use is documented with an example, and the example is true."""

from __future__ import annotations

import inspect
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.project import shipped
from agentdocs.schema.base import Provenance, Source
from agentdocs.schema.limit import Rate
from agentdocs.schema.price import Price
from agentdocs.site.vocabulary import Vocabulary
from agentdocs.text.filters import Filters, Tests, public
from agentdocs.text.templates import Templates

from site_tests.projects import rendered

if TYPE_CHECKING:
    from pathlib import Path

OFFERED = [(owner, name) for owner in (Filters, Tests, Vocabulary) for name in public(owner)]
_EXAMPLE = re.compile(
    r"(?<!`)(?P<fence>`+)(?!`) ?(?P<template>(?:(?!(?P=fence)).)+?) ?(?P=fence) gives "
    r"(?P<other>`+)(?!`) ?(?P<result>.*?) ?(?P=other)(?!`)"
)
"""A template and what it gives, each as a span of code."""


def examples(owner: type, name: str) -> list[tuple[str, str]]:
    """Read the examples of a docstring: templates, and what each gives, with ⏎ for the end of a line."""
    text = re.sub(r"\s*\n\s*", " ", inspect.getdoc(getattr(owner, name)) or "")
    return [(found["template"], found["result"].replace("⏎", "\n")) for found in _EXAMPLE.finditer(text)]


@pytest.mark.parametrize(("owner", "name"), OFFERED)
def test_everything_that_a_template_may_use_has_an_example_that_uses_it(owner: type, name: str) -> None:
    assert examples(owner, name), f"{owner.__module__}.{owner.__name__}.{name} has no example in its docstring"
    use = {Filters: rf"\| {name}\b", Tests: rf"is (not )?{name}\b", Vocabulary: rf"\b{name}\("}[owner]
    for template, _ in examples(owner, name):
        assert re.search(use, template), f"{template} does not use {name}"


SAMPLES: dict[str, Any] = {
    "amount": Decimal("1234.5"),
    "today": date(2031, 1, 31),
    "plans": {"pro": {"name": "Pro"}},
    "models": {},
    "price": Price.model_validate(
        {
            "input": Decimal(2),
            "output": Decimal(8),
            "cache_read": "unknown",
            "tiers": ({"above": 200_000, "input": Decimal(4), "output": Decimal(16), "cache_read": "unknown"},),
        }
    ),
    "rate": Rate.model_validate({"amount": 30, "unit": "requests", "span": "minute"}),
    "source": Source.model_validate({"url": "https://acme.example/prices", "as_of": "2031-01"}),
    "provenance": Provenance.model_validate({"checked": date(2031, 1, 31), "confidence": "inferred"}),
}
"""What filters are tried on."""


@pytest.mark.parametrize(("owner", "name"), [(owner, name) for owner, name in OFFERED if owner is not Vocabulary])
def test_a_filter_or_test_gives_what_its_examples_say(owner: type, name: str, tmp_path: Path) -> None:
    templates = Templates([tmp_path, shipped()])
    for number, (template, result) in enumerate(examples(owner, name)):
        (tmp_path / f"{number}.md").write_text(template, encoding="utf-8")
        assert templates.render(f"{number}.md", "markdown", SAMPLES).strip() == result


def test_a_function_of_pages_gives_what_its_examples_say(project: Path) -> None:
    every = {name: examples(Vocabulary, name) for name in public(Vocabulary)}
    site = project / "catalog" / "site.yaml"
    entries = "".join(f"  {name}_example: {{source: agents/{name}.md, title: {name}}}\n" for name in every)
    site.write_text(site.read_text(encoding="utf-8").replace("snippets:", f"{entries}snippets:", 1), encoding="utf-8")
    for name, told in every.items():
        body = "".join(f"\n\n{template}\n\n§" for template, _ in told)
        (project / "docs" / "agents" / f"{name}.md").write_text(f"# {name}\n\n§{body}", encoding="utf-8")
    pages = rendered(project).pages
    given = {name: pages[f"agents/{name}.md"].markdown.split("§")[1:-1] for name in every}
    assert {name: [*map(str.strip, results)] for name, results in given.items()} == {
        name: [result for _, result in told] for name, told in every.items()
    }


def test_an_example_that_is_not_true_or_not_there_is_found() -> None:
    class Planted:
        def told(self) -> None:
            """Write: `{{ 1 | told }}` gives `1⏎2`, and `{{ 2 | told }}` gives `` `2` ``."""

        def untold(self) -> None:
            """Write something."""

    assert examples(Planted, "told") == [("{{ 1 | told }}", "1\n2"), ("{{ 2 | told }}", "`2`")]
    assert examples(Planted, "untold") == []
