"""The machine states no fact of any provider: another one builds with its own two folders, and shows only itself."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from agentdocs.catalog import reading as catalogs
from agentdocs.mkdocs.build import build
from agentdocs.stage import stage

from site_tests.conftest import DAY, ROOT
from site_tests.projects import MINIMAL, make_minimal, make_project, published, rendered, with_history, written
from site_tests.wording import anywhere, own_words, traces

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering
    from agentdocs.schema import Facts
    from agentdocs.schema.provider import Operator

    from site_tests.wording import Words


@pytest.fixture(scope="module")
def shipped(preview: Rendering) -> Facts:
    return preview.facts


@pytest.fixture(scope="module")
def foreign(shipped: Facts) -> Words:
    """What the shipped catalog states and the minimal one does not."""
    return own_words(shipped, catalogs.load(MINIMAL / "catalog", DAY).facts)


# --- A provider with less to say -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the minimal provider, with a history."""
    return make_minimal(tmp_path_factory.mktemp("minimal") / "project")


@pytest.mark.parametrize("form", ["preview", "release"])
def test_another_provider_shows_nothing_of_the_first(form: str, minimal: Path, foreign: Words, tmp_path: Path) -> None:
    assert foreign
    rendering = build(minimal, tmp_path / "site", release=form == "release", day=DAY)
    assert traces(written(tmp_path / "site"), foreign) == []
    assert traces(published(rendering), foreign) == []


def test_what_is_staged_for_another_provider_shows_nothing_of_the_first(
    minimal: Path, foreign: Words, tmp_path: Path
) -> None:
    stage(minimal, tmp_path / "staged", day=DAY)
    assert traces(written(tmp_path / "staged"), foreign) == []


# --- The first provider under another name -------------------------------------------------------------------


def operator(facts: Facts) -> Operator:
    assert not isinstance(facts.provider.operator, str)
    return facts.provider.operator


def address(facts: Facts) -> tuple[str, ...]:
    """Give the lines of the operator's address, if it is known."""
    lines = operator(facts).address
    return () if isinstance(lines, str) else lines


def renamed(facts: Facts, text: str) -> str:
    """Replace the provider's names in a file of its catalog, and nothing else."""
    provider, host = facts.provider, facts.site.origin.removeprefix("https://")
    names = {host: "tadorna.example", provider.reverse_domain: "example.tadorna"}
    names |= {provider.id: "tadorna", provider.name: "Tadorna", provider.id.upper(): "TADORNA"}
    names |= {operator(facts).name: "Werk und Wort eG"}
    names |= {line: f"Line {number}" for number, line in enumerate(address(facts))}
    for old, new in names.items():
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def other_name(shipped: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalog after a change of names, as a folder."""
    folder = tmp_path_factory.mktemp("renamed") / "catalog"
    shutil.copytree(ROOT / "catalog", folder)
    for file in folder.rglob("*.yaml"):
        file.write_text(renamed(shipped, file.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def old_names(shipped: Facts) -> Words:
    company = operator(shipped)
    return anywhere({shipped.provider.id, company.name, company.name.split()[0], *address(shipped)})


@pytest.mark.parametrize("form", ["preview", "release"])
def test_a_name_changed_in_the_catalog_leaves_no_trace(
    form: str, other_name: Path, old_names: Words, shipped: Facts, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    rendering = rendered(make_project(tmp_path / "project", catalog=other_name), release=form == "release")
    assert traces(published(rendering), old_names) == []
    before: Rendering = request.getfixturevalue(form)
    assert sorted(published(rendering)) == sorted(renamed(shipped, url) for url in published(before))


def test_a_name_changed_in_the_catalog_leaves_no_trace_in_the_built_site(
    other_name: Path, old_names: Words, tmp_path: Path
) -> None:
    project = with_history(make_project(tmp_path / "project", catalog=other_name))
    build(project, tmp_path / "site", release=True, day=DAY)
    texts = written(tmp_path / "site")
    assert traces(texts, old_names) == []
    assert "Tadorna" in texts["index.html"]


@pytest.mark.parametrize("folder", ["docs", "templates"])
def test_an_old_name_typed_by_hand_is_found_in_its_output(
    folder: str, other_name: Path, old_names: Words, preview: Rendering, tmp_path: Path
) -> None:
    root, facts = tmp_path / "project", preview.facts
    page = next(page for page in preview.pages.values() if page.edit.startswith("docs/"))
    file, output = {"docs": (page.edit, page.url), "templates": ("templates/llms.txt", "/llms.txt")}[folder]
    shutil.copytree(ROOT / folder, root / folder)
    before, end, after = (root / file).read_text(encoding="utf-8").rpartition("{% endblock %}")
    typed = f"\nAsk {facts.provider.name}.\n"
    (root / file).write_text(f"{before}{typed}{end}{after}" if end else f"{after}{typed}", encoding="utf-8")
    make_project(root, catalog=other_name)
    assert f"{output} says {facts.provider.id}" in traces(published(rendered(root)), old_names)
