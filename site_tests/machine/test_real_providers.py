"""Real providers build as their documentation describes them, and every shape in which providers differ is shown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import jsonschema
import pytest
from agentdocs.cli import main
from agentdocs.project import Project
from agentdocs.render import render
from agentdocs.schema.base import groups
from agentdocs.stub import Stub
from click.testing import CliRunner
from openapi_spec_validator import validate as validate_openapi
from starlette.testclient import TestClient

from site_tests import links, schemas, variety
from site_tests.conftest import DAY
from site_tests.projects import REAL, make_real

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

EVERY = pytest.mark.parametrize("name", REAL)
FORMS = pytest.mark.parametrize("form", [[], ["--release"]], ids=["preview", "release"])


@pytest.fixture(scope="module")
def renderings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendering]:
    """The real providers, and the invented ones that have what none of those has."""
    return variety.catalogs(tmp_path_factory.mktemp("providers"))


@EVERY
@FORMS
def test_a_real_provider_builds_without_a_warning(name: str, form: list[str], tmp_path: Path) -> None:
    root, site = make_real(name, tmp_path / "project"), tmp_path / "site"
    day = ["--root", str(root), "--as-of", DAY.isoformat()]
    for command in (["check", "--strict"], ["build", "--output", str(site)]):
        result = CliRunner().invoke(main, [*command, *form, *day])
        assert (result.exit_code, result.stderr) == (0, ""), result.output
    rendering = render(Project.at(root), release=bool(form), day=DAY)
    assert links.check(rendering, site) > 100


@EVERY
def test_its_documents_follow_their_specifications(name: str, renderings: dict[str, Rendering]) -> None:
    rendering = renderings[name]
    assert "linkset-api-catalog" in schemas.check(rendering.documents)
    for service in rendering.facts.discovery.services.values():
        validate_openapi(json.loads(rendering.artifacts[service.path].body))
    data = rendering.facts.discovery.data
    assert data is not None
    document, schema = (json.loads(rendering.artifacts[each.path].body) for each in (data.catalog, data.json_schema))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)] == []


@EVERY
def test_no_client_is_said_to_be_tested_with_a_provider_that_nobody_called(
    name: str, renderings: dict[str, Rendering]
) -> None:
    facts = renderings[name].facts
    assert [client for client, entry in facts.clients.items() if entry.tested] == []
    assert [loc for loc, _, origin in groups(facts) if origin and origin.confidence == "measured"] == []


@EVERY
def test_the_stub_answers_as_the_catalog_says(name: str, renderings: dict[str, Rendering]) -> None:
    facts = renderings[name].facts
    stub = Stub(facts)
    ((api, entry),) = facts.apis.items()
    chat, key = stub.path(api) + entry.operations["chat"].path, stub.key(entry.key)
    send = TestClient(stub.application())
    body = {"model": facts.recommendations.default, "messages": [{"role": "user", "content": "Hello"}]}
    assert send.post(chat, json=body, headers={"Authorization": f"Bearer {key}"}).status_code == 200
    without = send.post(chat, json=body)
    assert without.status_code == (401 if entry.operations["chat"].key == "required" else 200)
    for error in facts.errors:
        refusing = TestClient(Stub(facts, error).application())
        stated = facts.errors[error]
        answer = refusing.post(chat, json=body, headers={"Authorization": f"Bearer {key}"})
        members = answer.json()["error"]
        assert answer.status_code == stated.status
        assert members["code"] == (None if stated.code == "not_offered" else stated.code)
        assert members["type"] == (None if stated.type == "not_offered" else stated.type)


@EVERY
def test_a_code_that_is_the_status_is_said_once(name: str, renderings: dict[str, Rendering]) -> None:
    codes = [error.code for error in renderings[name].facts.errors.values() if error.code == error.status]
    twice = [rf"\b{code}(?:,? with|,? code)? `{code}`" for code in codes]
    texts = [page.markdown for page in renderings[name].pages.values()]
    texts += [artifact.body.decode() for artifact in renderings[name].artifacts.values()]
    assert [text for text in texts if twice and re.search("|".join(twice), text)] == []


def test_every_shape_is_used_by_a_provider(renderings: dict[str, Rendering]) -> None:
    used = variety.counts({name: rendering.facts for name, rendering in renderings.items()})
    assert [shape for shape, row in used.items() if not any(row.values())] == []
    assert [name for name in REAL if not any(row[name] for row in used.values())] == []


@EVERY
def test_every_use_of_a_shape_is_shown(name: str, renderings: dict[str, Rendering]) -> None:
    assert variety.unseen(renderings[name]) == []


def test_a_use_that_is_not_shown_is_noticed(renderings: dict[str, Rendering]) -> None:
    rendering = renderings["groq"]
    pages = {
        name: replace(page, markdown=page.markdown.replace("7,200", "7,300")) for name, page in rendering.pages.items()
    }
    assert variety.unseen(replace(rendering, pages=pages)) == [
        "limit of audio: no page says  7,200 |",
        "limit per hour: no page says  7,200 |",
    ]
