"""Whatever a provider does not have is left out of its catalog, and of everything that is rendered from it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from agentdocs.catalog import reading as catalogs
from agentdocs.catalog.folder import FOLDERS
from agentdocs.documents import OPENAPI
from agentdocs.errors import CatalogError, RenderError
from agentdocs.project import Project
from agentdocs.text.quoting import as_json
from openapi_spec_validator import validate as validate_openapi
from pydantic import BaseModel

from site_tests import schemas
from site_tests.conftest import DAY
from site_tests.projects import EXEMPLA, MINIMAL, make_project, published, rendered, source_of
from site_tests.wording import anywhere, traces

if TYPE_CHECKING:
    from agentdocs.errors import Loc
    from agentdocs.render import Rendering


def optional(value: object, loc: Loc = ()) -> Iterator[Loc]:
    """Yield every member of a catalog that is there and need not be."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            member = getattr(value, name)
            if not field.is_required() and name != "provenance" and member != field.get_default():
                yield (*loc, name)
            yield from optional(member, (*loc, name)) if name != "provenance" else ()
    elif isinstance(value, Mapping):
        yield from (found for name, member in value.items() for found in optional(member, (*loc, name)))
    elif isinstance(value, tuple):
        yield from (found for index, member in enumerate(value) for found in optional(member, (*loc, index)))


def without(data: Any, loc: Loc) -> Any:  # noqa: ANN401
    """Give a copy of a file's data that lacks one member."""
    head, *rest = loc
    if not rest:
        return {name: member for name, member in data.items() if name != head}
    if isinstance(data, tuple):
        return tuple(without(item, tuple(rest)) if index == head else item for index, item in enumerate(data))
    return {name: without(member, tuple(rest)) if name == head else member for name, member in data.items()}


def left_out(project: Project, *, of_one_model: bool = False) -> Iterator[tuple[str, Rendering | Exception]]:
    """Leave out each member of a project's catalog that need not be there, in turn, and render what is left.

    With `of_one_model` those of models are left out of the recommended one alone.

    Gives the place of the member with the preview, or with whatever kept it from being made. The files are as they were
    in the end.
    """
    source = source_of(project)
    default = source.catalog.facts.recommendations.default
    for loc in optional(source.catalog.facts):
        if of_one_model and loc[0] == "models" and loc[1] != default:
            continue
        depth = 2 if loc[0] in FOLDERS else 1
        owners = [file for owner, file in source.catalog.files.items() if owner[: min(depth, len(loc))] == loc[:depth]]
        for file in owners:
            if rest := loc[depth:]:
                Path(file.name).write_text(as_json(without(file.data, rest)), encoding="utf-8")
            else:
                Path(file.name).unlink()
        try:
            outcome: Rendering | Exception = replace(source, catalog=catalogs.load(project.catalog, DAY)).preview()
        except Exception as error:  # whatever it is, the message of a test names the member
            outcome = error
        for file in owners:
            Path(file.name).write_text(file.text, encoding="utf-8")
        yield ".".join(map(str, loc)), outcome


def uneven(markdown: str) -> Iterator[str]:
    """Yield every row of a table that has another number of cells than the head of the table."""
    for table in re.findall(r"(?:^\|.*\n)+", markdown, re.MULTILINE):
        head, *rows = table.splitlines()
        yield from (row for row in rows if _cells(row) != _cells(head))


def _cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row))


@pytest.mark.parametrize("form", ["preview", "release"])
def test_every_row_of_a_table_has_as_many_cells_as_its_head(form: str, request: pytest.FixtureRequest) -> None:
    for url, text in published(request.getfixturevalue(form)).items():
        assert list(uneven(text)) == [], url


def test_a_row_with_a_cell_too_few_is_found() -> None:
    assert list(uneven("| a | b |\n|---|---|\n| c | d |\n| e \\| f |\n")) == ["| e \\| f |"]


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A project of the minimal provider that a test may change."""
    shutil.copytree(MINIMAL, tmp_path / "project")
    return make_project(tmp_path / "project")


@pytest.fixture
def talkative(preview: Rendering, tmp_path: Path) -> Path:
    """A project with every member that the other provider states, but with two models and the minimal one's pages."""
    facts = preview.facts
    models = (facts.recommendations.default, next(name for name, model in facts.models.items() if model.aliases))
    shutil.copytree(EXEMPLA / "catalog", tmp_path / "catalog")
    for name in facts.models.keys() - {*models}:
        (tmp_path / "catalog" / "models" / f"{name}.yaml").unlink()
    provenance = {"checked": DAY.isoformat(), "confidence": "inferred"}
    site = yaml.safe_load((MINIMAL / "catalog" / "site.yaml").read_text(encoding="utf-8"))
    site = {**site, "owns": [*site["owns"], "/.well-known/", "/docs/"], "provenance": provenance}
    tasks = [{"title": "Everything", "models": models}]
    recommendations = {"default": models[0], "tasks": tasks, "provenance": provenance}
    for file, data in (("site", site), ("recommendations", recommendations)):
        (tmp_path / "catalog" / f"{file}.yaml").write_text(as_json(data))
    return make_project(tmp_path, docs=MINIMAL / "docs")


@pytest.mark.thorough
def test_whatever_a_provider_leaves_out_no_output_needs_it_or_the_catalog_asks_for_it(talkative: Path) -> None:
    failed: dict[str, str] = {}
    asked, checked = set(), set()
    for member, outcome in left_out(Project.at(talkative)):
        if isinstance(outcome, CatalogError):
            asked.add(member.partition(".")[0])
            continue
        try:
            if isinstance(outcome, Exception):
                raise outcome
            changed = [document for document in outcome.documents if document.body not in checked]
            schemas.check(changed)
            descriptions = [document for document in changed if document.specification == OPENAPI]
            for document in descriptions[:1]:  # the others lack the same
                validate_openapi(json.loads(document.body))
            checked |= {document.body for document in changed}
            texts = published(outcome)
            failed |= {f"{member}: {url}": "says None" for url, text in texts.items() if "None" in text}
            failed |= {f"{member}: {url}": row for url, text in texts.items() for row in uneven(text)}
        except Exception as error:  # whatever it is, the message names the member
            failed[member] = repr(error)
    assert failed == {}
    assert asked == {"authors", "billing", "limits", "models", "discovery"}


def test_an_index_of_skills_is_withheld_together_with_the_last_of_them(talkative: Path) -> None:
    file = talkative / "catalog" / "discovery.yaml"
    discovery = yaml.safe_load(file.read_text(encoding="utf-8"))
    skills = {name: skill for name, skill in discovery["skills"].items() if skill["template"] == "mcp"}
    file.write_text(json.dumps({**discovery, "skills": skills}, default=str), encoding="utf-8")
    rendering = rendered(talkative, release=True)
    reasons = {entry.loc: entry.reason for entry in rendering.catalog.withheld}
    assert reasons["discovery", "skills_index"].startswith("cannot stay without discovery.skills")
    assert discovery["skills_index"]["path"] not in rendering.artifacts


def test_who_sells_only_tokens_speaks_of_no_budget(talkative: Path) -> None:
    billing, keys = talkative / "catalog" / "billing.yaml", talkative / "catalog" / "keys.yaml"
    billing.write_text("prepaid:\n" + billing.read_text(encoding="utf-8").partition("prepaid:\n")[2])
    keys.write_text(keys.read_text(encoding="utf-8").replace("paid_from: subscription", "paid_from: prepaid"))
    rendering = rendered(talkative)
    for page in rendering.pages.values():
        assert "spend its budget" not in page.markdown, page.url
    assert "| Input price |" in rendering.pages["list.md"].markdown
    assert [row for text in published(rendering).values() for row in uneven(text)] == []


def test_who_sells_no_tokens_speaks_of_no_price(minimal: Path) -> None:
    texts = published(rendered(minimal))
    assert traces(texts, anywhere({"price", "cost:", "USD", "streams", "fallback"})) == []


def test_the_skills_of_a_provider_with_one_api_and_key_speak_of_no_others(minimal: Path) -> None:
    provenance = {"checked": DAY.isoformat(), "confidence": "inferred"}
    skills = {
        name: {
            "path": f"/help/skills/{name}/SKILL.md",
            "template": template,
            "purpose": "Begin",
            "description": "How to begin.",
            "queries": ["How do I begin?", "Where?"],
            "provenance": provenance,
        }
        for name, template in (("ask", "api"), ("choose", "model-discovery"))
    }
    index = {"path": "/help/skills/index.json", "purpose": "Both skills"}
    file = minimal / "catalog" / "discovery.yaml"
    discovery = yaml.safe_load(file.read_text(encoding="utf-8"))
    discovery = {**discovery, "provenance": provenance, "skills_index": index, "skills": skills}
    discovery["services"]["plain"]["provenance"] = provenance
    file.write_text(as_json(discovery), encoding="utf-8")
    artifacts = rendered(minimal).artifacts
    assert schemas.errors("agent-skills-index", json.loads(artifacts["/help/skills/index.json"].body)) == []
    ask, choose = (artifacts[f"/help/skills/{name}/SKILL.md"].body.decode() for name in skills)
    assert "one OpenAI-compatible API." in ask
    assert "[Plainmodel help](https://plainmodel.example/help/index.md) as Markdown" in ask
    assert "| `plain/plain-1` | yes | 16,000 | unknown | tools |" in choose
    assert traces({"ask": ask, "choose": choose}, anywhere({"other's", "longest prefix", "prices", "streams"})) == []


def test_without_a_page_for_models_none_of_them_has_one_and_a_link_to_one_is_told(minimal: Path) -> None:
    site = minimal / "catalog" / "site.yaml"
    site.write_text(site.read_text(encoding="utf-8").replace("  models: {", "  all: {"), encoding="utf-8")
    (minimal / "docs" / "index.md").write_text("# Start\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"templates/tables/models\.md:\d+: site\.yaml has no page 'models'; known: "):
        rendered(minimal)
    (minimal / "docs" / "list.md").write_text("# Models\n", encoding="utf-8")
    rendering = rendered(minimal)
    assert list(rendering.pages) == ["index.md", "connect.md", "list.md"]
    assert "## Models" not in rendering.artifacts["/llms.txt"].body.decode()
