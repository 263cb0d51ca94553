"""A release states nothing that is only assumed: each group of facts, assumed, in each kind of output.

The gate is the only thing between a catalog and a release, and everything else is a function of what it lets through.
So the proof is of two kinds. What the gate lets through does not depend on the values of an assumed group: they are
replaced by others, and nothing changes. And for facts of every kind the values are looked for in every output, where
the preview shows that they would be found.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.catalog import reading as catalogs
from agentdocs.catalog.folder import FOLDERS
from agentdocs.catalog.publishable import plain, publishable
from agentdocs.errors import CatalogError
from agentdocs.feed.slices import SLICES
from agentdocs.project import Project
from agentdocs.schema import Facts
from agentdocs.schema.assumed import MARK, MEMBER
from agentdocs.schema.base import groups
from pydantic import ValidationError

from site_tests.conftest import DAY, ROOT
from site_tests.leaves import World, changed, forms, leaves, outputs, sentinels, siblings
from site_tests.projects import MINIMAL, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.errors import Loc
    from agentdocs.render import Rendering, Source

EXEMPLA = ROOT / "site_tests" / "providers" / "exempla"
ASSUMED = {"checked": "2026-11-22", "confidence": "assumed"}


@cache
def source(provider: Path) -> Source:
    docs = provider / "docs" if (provider / "docs").is_dir() else ROOT / "docs"
    return source_of(Project(provider, provider / "catalog", docs, ROOT / "templates"))


def data_of(provider: Path) -> dict[str, Any]:
    return World(source(provider)).data


def with_facts(catalog: Catalog, data: dict[str, Any]) -> Catalog:
    facts = Facts.model_validate(data, context=catalogs.references(data))
    return replace(catalog, facts=facts)


def put(data: Any, loc: Loc, value: Any) -> Any:  # noqa: ANN401
    """Give a copy of data with another value at a place."""
    if not loc:
        return value
    head, rest = loc[0], loc[1:]
    if isinstance(data, tuple):
        return tuple(put(item, rest, value) if index == head else item for index, item in enumerate(data))
    return {**data, head: put(data.get(head), rest, value)}


def get(data: Any, loc: Loc) -> Any:  # noqa: ANN401
    for part in loc:
        data = data[part]
    return data


FIXED = ("id", "template", "language", "source", "path", "file", "save_as", "folder", "parameter")
"""Members whose values name files, so that another value is another project."""


def other_values(data: dict[str, Any], loc: Loc) -> dict[str, Any]:
    """Replace every single value of a group, but not its provenance, by one that occurs nowhere else, where it can."""
    for index, leaf in enumerate([*leaves(get(data, loc), loc)]):
        if "provenance" in leaf.loc or leaf.name or leaf.loc[-1] in FIXED:
            continue
        tag = "brav" + "abcdefghijklmnopqrstuvwxyz"[index % 26] + "oaeiu"[index // 26 % 5]
        flag = [not leaf.value] if isinstance(leaf.value, bool) else []
        for value in (*sentinels(leaf.value, tag, 826_462 + 3 * index), *flag, *siblings(leaf)):
            change = changed(data, leaf, value)
            try:
                Facts.model_validate(change, context=catalogs.references(change))
            except (ValidationError, KeyError, TypeError):
                continue
            data = change
            break
    return data


def places(provider: Path) -> list[Loc]:
    """List every group of facts that can say where it comes from."""
    data = data_of(provider)
    return [loc for loc, _, _ in groups(source(provider).catalog.facts) if loc and _there(data, loc)]


def _there(data: Any, loc: Loc) -> bool:  # noqa: ANN401
    try:
        get(data, loc)
    except KeyError:
        return False  # a default
    return True


def let_through(catalog: Catalog, data: dict[str, Any]) -> Facts | list[str]:
    """Give what a release has of changed facts, or the members that it cannot do without."""
    try:
        return publishable(with_facts(catalog, data), DAY, {"website-api"}).facts
    except CatalogError as error:
        return [problem.member for problem in error.problems]


@pytest.mark.parametrize(
    "provider", [pytest.param(EXEMPLA, marks=pytest.mark.thorough), MINIMAL], ids=lambda provider: str(provider.name)
)
def test_what_a_release_has_does_not_depend_on_the_values_of_any_group_that_is_assumed(
    provider: Path, tell: Callable[..., None]
) -> None:
    catalog = source(provider).catalog
    data = plain(catalog.facts)
    again = Facts.model_validate(data, context=catalogs.references(data))
    assert again == catalog.facts, "facts as plain data are others"
    data = data_of(provider)
    replaced, refused, wrong = 0, 0, []
    for loc in places(provider):
        one = put(data, (*loc, "provenance"), ASSUMED)
        two = other_values(one, loc)
        replaced += one != two
        first, second = let_through(catalog, one), let_through(catalog, two)
        if first != second:
            wrong.append(f"{'.'.join(map(str, loc))}: a release depends on its values")
        if isinstance(first, list):
            refused += 1
            depth = 2 if loc[0] in FOLDERS else 1
            if not any(_inside(member, loc[depth:]) for member in first):
                wrong.append(f"{'.'.join(map(str, loc))}: refused, but {first} is blamed")
        elif any(group.provenance and group.provenance.confidence == "assumed" for _, group, _ in groups(first)):
            wrong.append(f"{'.'.join(map(str, loc))}: something assumed is left")
    assert wrong == []
    assert replaced > len(places(provider)) * 0.9, "too few groups had other values to try"
    tell(
        "Gate: {groups} groups assumed one by one, {replaced} of them with other values; {refused} no release lacks.",
        groups=len(places(provider)), replaced=replaced, refused=refused,
    )  # fmt: skip


def _inside(member: str, loc: Loc) -> bool:
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    return member == written


KINDS: dict[str, tuple[Loc, tuple[str, ...]]] = {
    "a price of a plan": (("plans", "pro", "price"), ("page",)),
    "a limit": (("limits", "agents_per_key"), ("page", "SKILL.md", ".openapi.json", ".v1.json", "usage.json")),
    "a limit on active requests": (("limits", "inference_per_account", "active_requests"), ("page", ".openapi.json")),
    "an error": (("errors", "model_not_available_for_agents"), ("page", "SKILL.md", ".openapi.json", "finder.json")),
    "a client": (("clients", "llm"), ("page", ".v1.json")),
    "a client that cannot be used": (("incompatible", "elsewhere"), ("page", ".v1.json")),
    "a recording": (("recordings", "llm"), ("page", ".v1.json")),
    "a model": (("models", "minimax/minimax-m2.5"), ("page", "models.json", "SKILL.md", "picker.json", "/snippets/")),
    "prices of a model": (("models", "minimax/minimax-m2.5", "prices", 0), ("page", "SKILL.md", "explorer.json")),
    "capabilities": (("models", "minimax/minimax-m2.5", "capabilities"), ("page", "models.json", "/snippets/")),
    "days of a model": (("models", "minimax/minimax-m2.5", "lifecycle"), ("page", ".v1.json")),
    "one recommendation": (("recommendations", "tasks", 0), ("page", "SKILL.md", ".v1.json")),
    "estimates": (("estimates",), ("page", ".v1.json", "usage.json")),
    "how keys are made": (("keys", "chat_agent", "create"), ("page",)),
    "hosting": (("provider", "hosting"), ("page", ".v1.json")),
    "legal pages": (("provider", "legal"), ("page", "oauth-protected-resource", ".v1.json")),
    "an assistant": (("assistants", "asker"), ("page",)),
    "an operation": (("apis", "inference", "operations", "balance"), ("page", ".openapi.json", ".v1.json")),
    "a skill": (("discovery", "skills", "exempla-mcp"), ("index.json", "SKILL.md", "llms.txt")),
    "the MCP server": (("discovery", "mcp"), ("server-card.json", "api-catalog", "ard.json", "page")),
    "the account login": (("discovery", "account_login"), ("openid-configuration", "page")),
    "a contact for security": (("discovery", "security"), ("security.txt",)),
    "the fallback": (("protocol", "fallback"), ("page", "SKILL.md", ".openapi.json")),
    "the repository": (("site", "repository"), ("page",)),
}
"""Facts of every kind, and some of the outputs in which a preview shows them."""


@pytest.mark.parametrize("kind", KINDS)
def test_assumed_values_are_nowhere_in_a_release_and_are_marked_in_a_preview(kind: str) -> None:
    loc, expected = KINDS[kind]
    here = source(EXEMPLA)
    before = data_of(EXEMPLA)
    data = other_values(put(before, (*loc, "provenance"), ASSUMED), loc)
    catalog = with_facts(here.catalog, data)
    preview = replace(here, catalog=catalog).preview()
    words = _words(data, before, loc)
    shown = outputs(preview)
    found = {name for name, text in shown.items() if words.search(text)}
    for part in expected:
        assert any(part in name for name in found), f"no output of the preview like {part} has {words.pattern}"
    release, error = _release(replace(here, catalog=catalog))
    if release:
        assert [name for name, text in outputs(release).items() if words.search(text)] == []
    else:
        assert ".".join(map(str, loc[2 if loc[0] in FOLDERS else 1 :])) in error
        assert "is assumed, and a release needs it: " in error
    assert _unmarked(preview, _words(data, before, loc, own=True)) == []


def _release(source: Source) -> tuple[Rendering | None, str]:
    try:
        return source.release(), ""
    except CatalogError as error:
        return None, str(error)


@pytest.mark.parametrize("confidence", ["assumed", "vendor_page"])
def test_signals_for_crawlers_are_in_a_release_only_when_somebody_decided_about_them(confidence: str) -> None:
    here, loc = source(EXEMPLA), ("site", "content_signals")
    data = put(data_of(EXEMPLA), (*loc, "provenance", "confidence"), confidence)
    here = replace(here, catalog=with_facts(here.catalog, data))
    robots = [form.artifacts["/robots.txt"].body.decode() for form in (here.preview(), here.release())]
    assert ["Content-Signal: " in text for text in robots] == [True, confidence != "assumed"]
    assert ["# Assumed" in text for text in robots] == [confidence == "assumed", False]


def _words(data: Any, before: Any, loc: Loc, *, own: bool = False) -> re.Pattern[str]:  # noqa: ANN401
    """Match what outputs write of the values that only this group has, where that is long enough to be found by.

    With `own` the values of groups inside that say themselves where they come from do not count.
    """
    old, words = {str(leaf.value) for leaf in leaves(before)}, set[str]()
    group = get(data, loc)
    inner = [(*loc, *at) for at in _with_provenance(group) if at] if own else []
    for leaf in leaves(group, loc):
        inside = any(leaf.loc[: len(at)] == at for at in inner)
        if "provenance" not in leaf.loc and str(leaf.value) not in old and not inside:
            words |= {form for form in forms(leaf.value) if len(form) > 4}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")


def _with_provenance(data: Any, loc: Loc = ()) -> Iterator[Loc]:  # noqa: ANN401
    if isinstance(data, dict):
        if "provenance" in data:
            yield loc
        for name, member in data.items():
            yield from _with_provenance(member, (*loc, name))
    elif isinstance(data, tuple):
        for index, item in enumerate(data):
            yield from _with_provenance(item, (*loc, index))


def _unmarked(preview: Rendering, words: re.Pattern[str]) -> list[str]:
    """Name what shows an assumed value without a mark: lines of pages, files, and documents."""
    wrong = []
    for page in preview.pages.values():
        prose = re.sub(r"```.*?```|\]\([^)]*\)", "", page.markdown, flags=re.DOTALL)
        wrong += [f"{page.url}: {line}" for line in prose.splitlines() if words.search(line) and MARK not in line]
    data = preview.facts.discovery.data
    slices = {f"{preview.facts.site.snippets}{name}.json" for name in SLICES}
    for url, artifact in preview.artifacts.items():
        text = artifact.body.decode()
        if not words.search(text) or url.endswith((".md", "/llms-full.txt", "/llms.txt")):
            continue  # Markdown is that of the pages
        if (data and url == data.catalog.path) or url in slices:
            continue  # each record says where it comes from; what a tool shows of it stands marked on the page
        if not any(mark in text for mark in (MARK, MEMBER, "Assumed, published nowhere")):
            wrong.append(f"{url}: holds {words.search(text)} and no mark")
    return wrong
