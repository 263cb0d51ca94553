"""The machine states no fact of any provider: another one builds with its own two folders, and shows only itself."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from openapi_spec_validator import validate as validate_openapi

from generator import catalog as catalogs
from generator.adapters.build import build
from generator.adapters.stage import stage
from site_tests import links, schemas
from site_tests.conftest import DAY, ROOT
from site_tests.projects import MINIMAL, make_project, published, rendered, written
from site_tests.wording import anywhere, own_words, traces

if TYPE_CHECKING:
    from pathlib import Path

    from generator.render import Rendering
    from generator.schema import Facts
    from site_tests.wording import Words


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return catalogs.load(ROOT / "catalog", DAY).facts


@pytest.fixture(scope="module")
def foreign(shipped: Facts) -> Words:
    """What the shipped catalog states and the minimal one does not."""
    return own_words(shipped, catalogs.load(MINIMAL / "catalog", DAY).facts)


# --- A provider with less to say -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the minimal provider, with a history."""
    root = tmp_path_factory.mktemp("minimal") / "project"
    shutil.copytree(MINIMAL, root)
    make_project(root)
    git = ["git", "-C", str(root), "-c", "user.name=Test", "-c", "user.email=test@example.com"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Begin"]):
        subprocess.run([*git, *command], check=True)
    return root


@pytest.fixture(scope="module", params=["preview", "release"])
def built(request: pytest.FixtureRequest, minimal: Path) -> tuple[Rendering, Path]:
    """The minimal provider's rendering and site, once as preview and once as release."""
    folder = minimal.parent / request.param
    return build(minimal, folder, release=request.param == "release", day=DAY), folder


def test_another_provider_builds_at_its_own_addresses_with_dates(built: tuple[Rendering, Path]) -> None:
    rendering, folder = built
    for page in rendering.pages.values():
        assert page.url.startswith("/help/")
        assert page.updated is not None
        assert (folder / page.url.lstrip("/") / "index.html").is_file()
    assert not (folder / "index.html").exists()
    assert list(rendering.page_headers) == [page.url for page in rendering.pages.values()]


def test_a_project_without_history_builds_and_dates_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", catalog=MINIMAL / "catalog", docs=MINIMAL / "docs")
    build(root, tmp_path / "site", day=DAY)
    assert traces(written(tmp_path / "site"), anywhere({"lastmod", "Last updated", "1970-01-01"})) == []


def test_every_link_of_another_provider_leads_somewhere(built: tuple[Rendering, Path]) -> None:
    assert links.check(*built) > 100


def test_the_documents_of_another_provider_follow_the_same_specifications(built: tuple[Rendering, Path]) -> None:
    rendering, _ = built
    assert schemas.check(rendering.documents) == {"linkset-api-catalog"}
    for service in rendering.facts.discovery.services.values():
        validate_openapi(json.loads(rendering.artifacts[service.path].body))


def test_another_provider_shows_nothing_of_the_first(built: tuple[Rendering, Path], foreign: Words) -> None:
    rendering, folder = built
    assert len(foreign) > 300
    assert traces(written(folder), foreign) == []
    assert traces(published(rendering), foreign) == []


def test_what_is_staged_for_another_provider_shows_nothing_of_the_first(
    minimal: Path, foreign: Words, tmp_path: Path
) -> None:
    stage(minimal, tmp_path / "staged", day=DAY)
    assert traces(written(tmp_path / "staged"), foreign) == []


TYPED = [
    ("templates/llms.txt", "{provider.id}", "/llms.txt"),
    ("templates/robots.txt", "{site.origin}", "/robots.txt"),
    ("templates/tables/keys.md", "{keys[chat_agent].prefix}", "/help/connect/"),
    ("templates/tables/errors.md", "{errors[chat_pro_required].code}", "/help/connect/"),
    (
        "templates/snippets/curl/chat.sh",
        "{keys[chat_agent].environment_variable}",
        "/help/copy/curl/plain/plain-1/ask.sh",
    ),
    ("templates/pages/model.md", "{recommendations.default}", "/help/list/plain/plain-2/"),
    ("templates/pages/author.md", "{provider.operator.name}", "/help/list/plain/"),
    ("docs/index.md", "{plans[starter].name}", "/help/"),
    ("docs/list.md", "{protocol.fallback.request_header}", "/help/list/"),
]


@pytest.mark.parametrize(("file", "fact", "output"), TYPED, ids=[fact for _, fact, _ in TYPED])
def test_a_fact_typed_by_hand_is_found_in_its_output(
    file: str, fact: str, output: str, shipped: Facts, foreign: Words, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    shutil.copytree(ROOT / "templates", root / "templates")
    word = fact.format(**dict(iter(shipped)))
    with (root / file).open("a", encoding="utf-8") as typed:
        typed.write(f"\n{word}\n")
    assert f"{output} says {word}" in traces(published(rendered(root)), foreign)


def test_a_fact_typed_into_the_theme_is_found_on_every_page(shipped: Facts, foreign: Words, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(ROOT / "templates", root / "templates")
    make_project(root, catalog=MINIMAL / "catalog", docs=MINIMAL / "docs")
    footer = root / "templates" / "theme" / "partials" / "copyright.html"
    footer.write_text(footer.read_text().replace("{{ provider.operator.name }}", shipped.provider.operator.name))
    rendering = build(root, tmp_path / "site", day=DAY)
    found = traces(written(tmp_path / "site"), foreign)
    pages = ["404.html", *(page.url.lstrip("/") + "index.html" for page in rendering.pages.values())]
    assert sorted(found) == sorted(f"{page} says {shipped.provider.operator.name}" for page in pages)


# --- The first provider under another name -------------------------------------------------------------------


def renamed(facts: Facts, text: str) -> str:
    """Replace the provider's names in a file of its catalog, and nothing else."""
    provider, host = facts.provider, facts.site.origin.removeprefix("https://")
    names = {host: "tadorna.example", provider.reverse_domain: "example.tadorna"}
    names |= {provider.id: "tadorna", provider.name: "Tadorna", provider.id.upper(): "TADORNA"}
    names |= {provider.operator.name: "Werk und Wort eG"}
    names |= {line: f"Line {number}" for number, line in enumerate(provider.operator.address)}
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
    operator = shipped.provider.operator
    return anywhere({shipped.provider.id, operator.name, operator.name.split()[0], *operator.address})


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
    build(make_project(tmp_path / "project", catalog=other_name), tmp_path / "site", day=DAY)
    texts = written(tmp_path / "site")
    assert traces(texts, old_names) == []
    assert "Tadorna" in texts["index.html"]


@pytest.mark.parametrize(
    ("file", "output"),
    [
        ("docs/agents/setup.md", "/docs/agents/setup/"),
        ("templates/skills/api.md", "/.well-known/agent-skills/tadorna-api/SKILL.md"),
    ],
)
def test_an_old_name_typed_by_hand_is_found_in_its_output(
    file: str, output: str, other_name: Path, old_names: Words, shipped: Facts, tmp_path: Path
) -> None:
    root, folder = tmp_path / "project", file.partition("/")[0]
    shutil.copytree(ROOT / folder, root / folder)
    with (root / file).open("a", encoding="utf-8") as typed:
        typed.write(f"\nAsk {shipped.provider.name}.\n")
    make_project(root, catalog=other_name)
    assert f"{output} says {shipped.provider.id}" in traces(published(rendered(root)), old_names)
