"""Errors: the words that the API says, and how sure it is that it says them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from agentdocs.stub import Stub
from starlette.testclient import TestClient

from site_tests.changes import change, data, description, document, problems
from site_tests.projects import rendered

if TYPE_CHECKING:
    from pathlib import Path


INFERRED = {"provenance": {"checked": "2026-11-22", "confidence": "inferred"}}
PROPOSED = {
    "provenance": {
        "source": "https://github.com/openclaw/openclaw/pull/92012",
        "as_of": "2026-06-10",
        "checked": "2026-11-22",
        "confidence": "vendor_pr",
    }
}


def test_a_published_message_reaches_pages_descriptions_data_and_the_stub(project: Path) -> None:
    change(project, "errors.yaml", "invalid_api_key", message="No such key | 1")
    rendering = rendered(project)
    page = rendering.pages["agents/errors.md"].markdown
    assert "It reads `No such key | 1` at " in page
    example = description(rendering, "inference")["components"]["examples"]["invalid_api_key"]["value"]
    assert example["error"]["message"] == "No such key | 1"
    errors = {error["id"]: error for error in data(rendering)["errors"]}
    assert errors["invalid_api_key"]["message"] == "No such key | 1"
    assert errors["missing_api_key"]["message"] == "unknown"
    finder = document(rendering, "/docs/agents/snippets/finder.json")["errors"]
    assert {error["id"]: error["message"] for error in finder}["invalid_api_key"] == "No such key | 1"
    with TestClient(Stub(rendering.facts, "invalid_api_key").application()) as client:
        answer = client.get("/v1/models", headers={"Authorization": "Bearer wrong"})
    assert answer.json()["error"]["message"] == "No such key | 1"


def test_where_the_message_is_unknown_the_description_gives_the_meaning(project: Path) -> None:
    rendering = rendered(project)
    example = description(rendering, "inference")["components"]["examples"]["invalid_api_key"]["value"]
    assert example["error"]["message"] == rendering.facts.errors["invalid_api_key"].meaning


def test_an_error_says_of_each_api_how_sure_it_is_that_it_sends_it(project: Path) -> None:
    change(project, "errors.yaml", "missing_api_key", apis={"inference": {}, "agents": INFERRED})
    rendering = rendered(project)
    page = rendering.pages["agents/errors.md"].markdown
    names = {name: api.name for name, api in rendering.facts.apis.items()}
    code = str(rendering.facts.errors["missing_api_key"].code)
    assert f"from {names['inference']}, {names['agents']} (inferred)." in page
    row = next(line for line in page.splitlines() if line.startswith("|") and code in line)
    assert row.endswith(f"| {names['inference']}, {names['agents']} (unconfirmed) |")
    told = "That this API sends it is inferred."
    assert told in description(rendering, "agents")["components"]["responses"]["agents_401"]["description"]
    assert told not in json.dumps(description(rendering, "inference"))
    errors = {error["id"]: error for error in data(rendering)["errors"]}
    assert errors["missing_api_key"]["apis"] == ["inference", "agents"]
    (evidence,) = errors["missing_api_key"]["evidence"]
    assert (evidence["api"], evidence["provenance"]["confidence"]) == ("agents", "inferred")
    assert errors["invalid_api_key"]["evidence"] == []


def test_an_error_that_the_provider_stated_only_elsewhere_is_marked_with_its_day(project: Path) -> None:
    change(project, "errors.yaml", "quota_exceeded", **PROPOSED)
    rendering = rendered(project)
    aside = "not confirmed on the provider's own pages; source from 2026-06-10"
    name = rendering.facts.apis["agents"].name
    assert f"from {name} ({aside})." in rendering.pages["agents/errors.md"].markdown
    answer = description(rendering, "agents")["components"]["responses"]["agents_402"]
    assert f"That this API sends it is {aside}." in answer["description"]
    code = rendering.facts.errors["quota_exceeded"].code
    skill = rendering.artifacts["/.well-known/agent-skills/exempla-api/SKILL.md"].body.decode()
    assert f"| `{code}` (unconfirmed) |" in skill
    assert f"`{code}` ({aside}) says so." in rendering.pages["agents/rate-limits.md"].markdown


def test_an_api_that_sends_an_error_is_found_at_its_name(project: Path) -> None:
    change(
        project,
        "errors.yaml",
        "missing_api_key",
        apis={"inference": {}, "agent": {"provenance": {"url": "https://exempla.ai/old/"}}},
    )
    assert [problem.partition(";")[0] for problem in problems(project)] == [
        "missing_api_key.apis.agent: 'agent' names no API of this catalog",
        "missing_api_key.apis.agent.provenance.checked: is missing",
        "missing_api_key.apis.agent.provenance.confidence: is missing",
        "missing_api_key.apis.agent.provenance.url: is not a member here",
    ]


def test_an_api_that_is_only_assumed_to_send_an_error_does_not_in_a_release(project: Path) -> None:
    assumed = {"provenance": {"checked": "2026-11-22", "confidence": "assumed"}}
    change(project, "errors.yaml", "missing_api_key", apis={"inference": {}, "agents": assumed})
    assert [*rendered(project).facts.errors["missing_api_key"].apis] == ["inference", "agents"]
    assert [*rendered(project, release=True).facts.errors["missing_api_key"].apis] == ["inference"]
