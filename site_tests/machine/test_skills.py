"""The published skills: each is useful to an agent that has nothing else, and what it says to run does run."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from site_tests import schemas
from site_tests.readings import markdown_tables

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

BUILDS = ["preview", "release"]


def _skill(rendering: Rendering, template: str) -> str:
    """Give the text of the skill with a template."""
    (skill,) = (skill for skill in rendering.facts.discovery.skills.values() if skill.template == template)
    return rendering.artifacts[skill.path].body.decode()


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def _bash(script: str, **environment: str) -> str:
    command = ["bash", "-euc", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("build", BUILDS)
def test_each_skill_follows_the_format(build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    found = {url: a.body.decode() for url, a in rendering.artifacts.items() if url.endswith("/SKILL.md")}
    assert found
    for url, text in found.items():
        _, head, body = text.split("---\n", 2)
        frontmatter = yaml.safe_load(head)
        assert schemas.errors("skill-frontmatter", frontmatter) == []
        assert frontmatter["name"] == url.split("/")[-2]
        assert "Use when" in frontmatter["description"]
        assert body.lstrip().startswith("# ")
        assert len(text.splitlines()) < 500, "the format asks for less than 500 lines"
        assert [level for level in re.findall(r"^(#+) ", re.sub(r"```.*?```", "", body, flags=re.DOTALL), re.MULTILINE)
                if len(level) > 2] == []  # fmt: skip


@pytest.mark.parametrize("build", BUILDS)
def test_commands_of_skills_are_sound(build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    scripts = [
        script
        for url, artifact in rendering.artifacts.items()
        if url.endswith("/SKILL.md")
        for script in _blocks(artifact.body.decode(), "bash")
    ]
    assert scripts
    for script in scripts:
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_a_skill_tells_which_key_is_there_without_printing_it(release: Rendering) -> None:
    facts = release.facts
    script = _blocks(_skill(release, "api"), "bash")[0]
    for key in facts.keys.values():
        variable, secret = key.environment_variable, "tail-of-the-key"
        right = _bash(script, **{variable: key.prefix + secret})
        assert f"{variable} holds: {key.name}, for the {facts.apis[key.opens].name}\n" in right
        assert secret not in right
        for other in facts.keys.values():
            if other != key:
                told = _bash(script, **{variable: other.prefix + secret})
                assert f"{variable} holds the wrong kind of key: {other.name}\n" in told
        assert f"{variable} holds no key of {facts.provider.name}\n" in _bash(script, **{variable: "sk-another"})
        assert f"{variable} is not set\n" in _bash(script)


def test_the_skill_for_requests_names_every_error_key_and_request(release: Rendering) -> None:
    facts, text = release.facts, _skill(release, "api")
    rows = [row for table in markdown_tables(text) for row in table]
    errors = [row for row in rows if "Retry" in row]
    told = [(row["Status"], row["Retry"] == "later") for row in errors]
    assert told == [(str(error.status), error.retry) for error in facts.errors.values()]
    for api in facts.apis.values():
        key = facts.keys[api.key]
        assert [row for row in rows if row.get("Base URL") == api.base_url and row["Key prefix"] == key.prefix]
        for operation in api.operations.values():
            assert f"{operation.method} {operation.url('')}" in {row.get("Request") for row in rows}
    for parameter in facts.protocol.chat.parameters:
        assert f"`{parameter}`" in text


@pytest.mark.program("jq")
def test_a_skill_finds_the_cheapest_model_in_the_catalog_for_programs(release: Rendering, tmp_path: Path) -> None:
    facts, data = release.facts, release.facts.discovery.data
    assert data is not None
    file = tmp_path / "catalog.json"
    file.write_bytes(release.artifacts[data.catalog.path].body)
    (script,) = (script for script in _blocks(_skill(release, "model-discovery"), "bash") if "jq" in script)
    script = script.replace(facts.site.origin + data.catalog.path, file.as_uri())
    windows = {name: model.context_window for name, model in facts.models.items() if model.context_window != "unknown"}
    window = windows[facts.recommendations.default]
    found = [line.split("\t") for line in _bash(script, TOKENS=str(window)).splitlines()]
    fitting = {
        name: price
        for name, model in facts.models.items()
        if model.for_agents and windows.get(name, 0) >= window and (price := model.price(release.day))
    }
    assert {name for _, _, name in found} == fitting.keys()
    assert [float(amount) for amount, _, _ in found] == sorted(float(price.input) for price in fitting.values())


def test_a_skill_shows_how_an_mcp_client_is_set_up(preview: Rendering) -> None:
    server = preview.facts.discovery.mcp
    assert server is not None
    text = _skill(preview, "mcp")
    (block,) = _blocks(text, "json")
    entries = json.loads(block)["mcpServers"]
    assert entries == {preview.facts.provider.id: {"type": server.transport, "url": server.url}}
    card = json.loads(preview.artifacts[server.card.path].body)
    assert entries[preview.facts.provider.id] in card["remotes"]
    assert "(assumed)" in text


@pytest.mark.parametrize("build", BUILDS)
def test_every_link_of_a_skill_is_published_and_states_no_assumed_value(
    build: str, request: pytest.FixtureRequest
) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    origin = rendering.facts.site.origin
    for url, artifact in rendering.artifacts.items():
        text = artifact.body.decode() if url.endswith("/SKILL.md") else ""
        for target in re.findall(r"\]\((https?:[^)]*)\)", text):
            assert target.removeprefix(origin) in rendering.artifacts, f"{url} links {target}"
        assert build == "preview" or ".invalid" not in text
