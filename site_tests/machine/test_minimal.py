"""Another provider builds with its own two folders, and shows nothing of any other."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from agentdocs.catalog import reading as catalogs
from agentdocs.mkdocs.build import build
from openapi_spec_validator import validate as validate_openapi

from site_tests import links, schemas
from site_tests.conftest import DAY, ROOT
from site_tests.projects import MINIMAL, make_minimal, make_project, published, rendered, written
from site_tests.wording import anywhere, own_words, traces

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering
    from agentdocs.schema import Facts

    from site_tests.wording import Words


@pytest.fixture(scope="module", params=["preview", "release"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rendering, Path]:
    """The minimal provider's rendering and site, once as preview and once as release."""
    folder = tmp_path_factory.mktemp("minimal")
    root = make_minimal(folder / "project")
    return build(root, folder / "site", release=request.param == "release", day=DAY), folder / "site"


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


@pytest.fixture(scope="module")
def facts(preview: Rendering) -> Facts:
    return preview.facts


@pytest.fixture(scope="module")
def foreign(facts: Facts) -> Words:
    """What the one invented catalog states and the other does not."""
    return own_words(facts, catalogs.load(MINIMAL / "catalog", DAY).facts)


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
    file: str, fact: str, output: str, facts: Facts, foreign: Words, tmp_path: Path
) -> None:
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    shutil.copytree(ROOT / "templates", root / "templates")
    word = fact.format(**dict(iter(facts)))
    with (root / file).open("a", encoding="utf-8") as typed:
        typed.write(f"\n{word}\n")
    assert f"{output} says {word}" in traces(published(rendered(root)), foreign)


def test_a_fact_typed_into_the_theme_is_found_on_every_page(facts: Facts, foreign: Words, tmp_path: Path) -> None:
    operator = facts.provider.operator
    assert not isinstance(operator, str)
    root = tmp_path / "project"
    shutil.copytree(ROOT / "templates", root / "templates")
    make_project(root, catalog=MINIMAL / "catalog", docs=MINIMAL / "docs")
    footer = root / "templates" / "theme" / "partials" / "copyright.html"
    footer.write_text(footer.read_text().replace("{{ provider.operator.name }}", operator.name))
    rendering = build(root, tmp_path / "site", day=DAY)
    found = traces(written(tmp_path / "site"), foreign)
    pages = [page.url.lstrip("/") + "index.html" for page in rendering.pages.values()]
    assert {f"{page} says {operator.name}" for page in pages} <= {*found}
