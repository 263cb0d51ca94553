"""The pages that every provider shares say what a catalog has, and nothing of what it lacks."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from agentdocs.catalog import reading as catalogs
from agentdocs.errors import CatalogError, OutputError, RenderError
from agentdocs.mkdocs.build import build
from agentdocs.project import Project
from agentdocs.render import render
from agentdocs.text import marks
from agentdocs.text.quoting import as_json

from site_tests import links
from site_tests.conftest import DAY, ROOT
from site_tests.machine.test_optional import left_out, uneven
from site_tests.projects import EXEMPLA, MINIMAL, make_project, rendered, with_history
from site_tests.prose import seams
from site_tests.wording import anywhere, own_words, traces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agentdocs.render import Rendering

PAGES = {
    "home": ("index.md", "Start"),
    "overview": ("agents/index.md", "Overview"),
    "setup": ("agents/setup.md", "Setup"),
    "models": ("agents/models.md", "Models"),
    "limits": ("agents/rate-limits.md", "Limits"),
    "troubleshooting": ("agents/troubleshooting.md", "Troubleshooting"),
    "errors": ("agents/errors.md", "Errors"),
    "discovery": ("agents/discovery.md", "Discovery"),
    "maintaining": ("maintaining/index.md", "Guide"),
    "publishing": ("maintaining/publishing.md", "Publishing"),
    "style": ("maintaining/style.md", "Style"),
    "catalog_reference": ("maintaining/catalog.md", "Catalog members"),
    "template_reference": ("maintaining/templates.md", "Templates"),
    "generator_reference": ("maintaining/generator.md", "Generator API"),
}


def shared() -> set[str]:
    """List the pages that come with the package."""
    folder = ROOT / "templates" / "docs"
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*.md")}


def test_every_shared_page_is_tried_here() -> None:
    assert {source for source, _ in PAGES.values()} == shared()


def _little(root: Path) -> Path:
    """Make a project of the provider with one key and one API, with the shared pages alone."""
    shutil.copytree(MINIMAL / "catalog", root / "catalog")
    (root / "docs").mkdir()
    site = yaml.safe_load((root / "catalog" / "site.yaml").read_text(encoding="utf-8"))
    site["sections"] = {
        "start": {"path": "/", "released": True},
        "agents": {"folder": "agents", "path": "/docs/", "released": True},
        "maintaining": {"folder": "maintaining", "title": "Maintaining", "path": "/maintaining/", "released": False},
    }
    site["pages"] = {name: {"source": source, "title": title} for name, (source, title) in PAGES.items()}
    site["owns"] = [*site["owns"], "/docs/"]
    site["stand_alone"] = ["/", "/index.md", "/404.html", "/robots.txt", "/sitemap.xml", "/maintaining/"]
    (root / "catalog" / "site.yaml").write_text(as_json(_plain(site)), encoding="utf-8")
    return make_project(root)


def _much(root: Path) -> Path:
    """Make a project of the provider with something to say of everything, likewise."""
    shutil.copytree(EXEMPLA / "catalog", root / "catalog")
    (root / "docs").mkdir()
    return make_project(root)


def _plain(value: object) -> object:
    """Write days as a catalog has them."""
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool) else str(value)


@pytest.fixture(scope="module", params=["much", "little"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A provider with something to say of everything, and one with one key, one API and little else."""
    make = {"much": _much, "little": _little}[request.param]
    return with_history(make(tmp_path_factory.mktemp(request.param) / "project"))


FORMS = pytest.mark.parametrize("release", [False, True], ids=["preview", "release"])


@FORMS
def test_shared_pages_read_like_one_text(project: Path, release: bool) -> None:
    rendering = render(Project.at(project), release=release, day=DAY)
    found = [f"{page.source}: {seam}" for page in rendering.pages.values() for seam in seams(_own(page.markdown))]
    assert found == []


def _own(markdown: str) -> str:
    return markdown.partition("\n## Where these facts come from\n")[0]


@FORMS
def test_every_link_of_shared_pages_leads_somewhere(project: Path, release: bool, tmp_path: Path) -> None:
    if "little" not in project.parent.name:
        pytest.skip("the shipped project has the same pages")
    rendering = build(project, tmp_path / "site", release=release, day=DAY)
    assert links.check(rendering, tmp_path / "site") > 100


def test_shared_pages_equal_their_golden_files(
    project: Path, golden: Callable[[Path, Mapping[str, str]], None]
) -> None:
    rendering = render(Project.at(project), day=DAY)
    pages = [page for page in rendering.pages.values() if page.navigation and "maintaining" not in page.source]
    texts = {page.source: marks.without(page.markdown) for page in pages}
    golden(Path(__file__).parent / "golden-shared" / project.parent.name.rstrip("0123456789"), texts)


def test_a_provider_with_one_key_and_api_reads_of_no_others(project: Path) -> None:
    if "little" not in project.parent.name:
        pytest.skip("has two of each")
    texts = {page.source: _own(page.markdown) for page in rendered(project).pages.values() if page.released}
    words = {"other product", "Which product", "The two keys", "APIs speak", "OAuth", "MCP", "fallback", "estimate"}
    assert traces(texts, anywhere(words)) == []
    assert "## The key\n" in texts["agents/index.md"]


def test_shared_pages_state_nothing_of_another_provider(project: Path) -> None:
    if "little" not in project.parent.name:
        pytest.skip("has what the other one has, and more")
    here = rendered(project)
    foreign = own_words(catalogs.load(EXEMPLA / "catalog", DAY).facts, here.facts)
    texts = {page.source: page.markdown for page in here.pages.values() if "maintaining" not in page.source}
    assert traces(texts, foreign) == []


@pytest.mark.thorough
def test_shared_pages_do_without_whatever_a_provider_leaves_out(tmp_path: Path) -> None:
    known: set[str] = set()
    failed: dict[str, str] = {}
    for member, outcome in left_out(Project.at(_much(tmp_path / "project")), of_one_model=True):
        if isinstance(outcome, CatalogError):
            continue  # the catalog asks for it
        if isinstance(outcome, Exception):
            failed[member] = repr(outcome)
            continue
        for page in outcome.pages.values():
            if page.markdown not in known:
                failed |= {f"{member}: {page.source}": seam for seam in seams(_own(page.markdown))}
                failed |= {f"{member}: {page.source}": row for row in uneven(page.markdown)}
                known.add(page.markdown)
    assert failed == {}


# --- Pages of one's own --------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A project with the shared pages that a test may change, and where readers can edit what it has."""
    root = _little(tmp_path / "project")
    file = root / "catalog" / "site.yaml"
    site = yaml.safe_load(file.read_text(encoding="utf-8"))
    site["repository"] = {
        "url": "https://git.plainmodel.example/help",
        "edit_path": "edit/main",
        "provenance": {"checked": "2026-11-20", "confidence": "inferred"},
    }
    file.write_text(as_json(site), encoding="utf-8")
    (root / "templates").unlink()
    return with_history(root)


def _write(root: Path, source: str, text: str) -> Rendering:
    file = root / "docs" / source
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return render(Project.at(root), day=DAY)


def test_a_page_of_ones_own_stands_for_the_shared_one_and_can_be_edited(own: Path) -> None:
    before = render(Project.at(own), day=DAY).pages["agents/errors.md"]
    after = _write(own, "agents/errors.md", "# Our errors\n\nThere are none.\n").pages["agents/errors.md"]
    assert (before.title, before.edit_url) == ("Errors", "")
    assert after.edit_url == "https://git.plainmodel.example/help/edit/main/docs/agents/errors.md"
    assert (after.title, after.markdown) == ("Our errors", "# Our errors\n\nThere are none.\n\n")


def test_a_shared_page_is_dated_by_the_facts_that_it_states(own: Path) -> None:
    dates = {page.source: page.updated for page in render(Project.at(own), day=DAY).pages.values()}
    assert {str(date) for source, date in dates.items() if not source.startswith("maintaining")} == {"2026-11-22"}


def test_a_page_can_replace_one_section_of_the_shared_one(own: Path) -> None:
    block = "{% block questions %}\n## Questions\n\nAsk us.\n{% endblock %}\n"
    text = f'# Overview\n\n{{% extends "docs/agents/index.md" %}}\n\n{block}'
    page = _write(own, "agents/index.md", text).pages["agents/index.md"]
    assert "## Questions\n\nAsk us.\n" in page.markdown
    assert "## The key\n" in page.markdown


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ask us.", "5: this is outside of every block, and a page that extends another one shows only its blocks"),
        (
            "{{ provider.name }}",
            "5: this is outside of every block, and a page that extends another one shows only its blocks",
        ),
        ("{% block kees %}x{% endblock %}", "5: the page that it extends has no block 'kees'; did you mean keys?"),
    ],
)
def test_what_an_extending_page_says_in_vain_is_refused_with_its_line(own: Path, line: str, told: str) -> None:
    with pytest.raises(RenderError) as caught:
        _write(own, "agents/index.md", f'# Overview\n\n{{% extends "docs/agents/index.md" %}}\n\n{line}\n')
    assert str(caught.value) == f"{own}/docs/agents/index.md:{told}"


def test_a_page_that_is_neither_ones_own_nor_shared_is_told(own: Path) -> None:
    file = own / "catalog" / "site.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("agents/setup.md", "agents/set-up.md"), encoding="utf-8")
    with pytest.raises(OutputError, match=r"docs/agents/set-up\.md: there is no such page; "):
        render(Project.at(own), day=DAY)


def test_a_project_needs_no_folder_of_pages(own: Path) -> None:
    (own / "docs").rmdir()
    assert render(Project.at(own), day=DAY).pages["agents/setup.md"].title == "Setup"
