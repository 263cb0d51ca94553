"""The parameter that bounds an answer is the one that the provider lists, in everything that sends it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import json5
import pytest
import yaml
from agentdocs.stub.body import Malformed, check_chat

from site_tests.changes import change, data, description, problems
from site_tests.projects import VARIA, make_project, rendered

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

MODEL, TOKENS = "tale-preview", 16_000
OLDER, NEWER = "max_tokens", "max_completion_tokens"
LISTS = {"older": (OLDER,), "newer": (NEWER,), "both": (NEWER, OLDER), "neither": ()}


@pytest.fixture(scope="module", params=LISTS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rendering, str | None]:
    """A provider that lists one of the two, both or none, and the one that is to be sent."""
    listed = LISTS[request.param]
    project = tmp_path_factory.mktemp(request.param) / "project"
    shutil.copytree(VARIA, project)
    change(project, "protocol.yaml", "chat", parameters=["stream", *listed, "tools"])
    return rendered(make_project(project)), (OLDER if OLDER in listed else next(iter(listed), None))


def _config(rendering: Rendering, client: str, model: str = MODEL) -> tuple[Any, str]:
    text = rendering.snippets.render(client, "config", model)
    return (yaml.safe_load if client == "hermes" else json5.loads)(text), text


def test_what_can_send_either_sends_the_one_that_is_listed(case: tuple[Rendering, str | None]) -> None:
    rendering, limit = case
    config, text = _config(rendering, "openclaw")
    (step,) = config
    (entry,) = step["value"]["models"]
    assert (entry["compat"].get("maxTokensField"), entry.get("maxTokens")) == (limit, TOKENS if limit else None)
    assert ("// maxTokens: the Varia API has no parameter for it; OpenClaw assumes 8192 tokens\n" in text) == (
        not limit
    )
    config, text = _config(rendering, "qwen-code")
    (entry,) = config["modelProviders"]["openai"]
    assert entry["generationConfig"].get("samplingParams") == ({limit: TOKENS} if limit else None)
    left_out = "// samplingParams.max_tokens: the Varia API has no parameter for it; Qwen Code asks for 48000 tokens\n"
    assert (left_out in text) == (not limit)


def test_what_can_send_the_older_one_only_leaves_it_out_where_that_is_not_listed(
    case: tuple[Rendering, str | None],
) -> None:
    rendering, limit = case
    config, text = _config(rendering, "hermes")
    assert config["model"].get("max_tokens") == (TOKENS if limit == OLDER else None)
    assert ("# max_tokens: no parameter of the Varia API; Hermes asks for up to 65536 tokens\n" in text) == (
        limit != OLDER
    )
    commands = rendering.snippets.render("hermes", "apply", MODEL)
    assert (f"hermes config set model.max_tokens {TOKENS}\n" in commands) == (limit == OLDER)
    assert ("# model.max_tokens: no parameter of the Varia API; " in commands) == (limit != OLDER)
    config, text = _config(rendering, "opencode")
    assert config["provider"]["varia"]["models"][MODEL]["limit"]["output"] == (TOKENS if limit == OLDER else 0)
    assert ("// limit.output: sent as max_tokens, which is no parameter of the Varia API; " in text) == (limit != OLDER)


def test_an_unknown_bound_is_told_as_unknown_whatever_is_listed(case: tuple[Rendering, str | None]) -> None:
    rendering, limit = case
    for client, member in (
        ("openclaw", "maxTokens"),
        ("qwen-code", f"samplingParams.{limit or OLDER}"),
        ("hermes", "max_tokens"),
        ("opencode", "limit.output"),
    ):
        assert f" {member}: unknown; " in _config(rendering, client, "recall-r")[1], client


def test_no_file_sends_what_is_not_listed(case: tuple[Rendering, str | None]) -> None:
    rendering, limit = case
    other = {OLDER, NEWER} - {limit}
    for url, artifact in rendering.artifacts.items():
        lines = artifact.body.decode().splitlines() if url.startswith("/help/files/") else []
        sent = [line for line in lines if not line.lstrip().startswith(("//", "#"))]
        # Clients' own names for the bound, whatever they send it as.
        told = [line for line in sent if any(f'"{name}"' in line for name in other)]
        assert told == [], url


def test_descriptions_skills_and_data_name_what_is_listed(case: tuple[Rendering, str | None]) -> None:
    rendering, _ = case
    listed = {OLDER, NEWER} & {*rendering.facts.protocol.chat.parameters}
    members = description(rendering, "chat")["components"]["schemas"]["ChatRequest"]["properties"]
    assert {OLDER, NEWER} & members.keys() == listed
    assert all(members[name] == {"type": "integer"} for name in listed)
    assert {OLDER, NEWER} & {entry["name"] for entry in data(rendering)["protocol"]["chat"]["parameters"]} == listed
    skill = rendering.artifacts["/.well-known/agent-skills/varia-api/SKILL.md"].body.decode()
    assert {name for name in (OLDER, NEWER) if f"`{name}`" in skill} == listed


def test_its_published_bounds_are_those_of_the_one_that_is_listed(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(VARIA, project)
    make_project(project)
    change(project, "protocol.yaml", "chat", details={NEWER: {"minimum": 1, "maximum": 32_768}})
    members = description(rendered(project), "chat")["components"]["schemas"]["ChatRequest"]["properties"]
    assert members[NEWER] == {"type": "integer", "minimum": 1, "maximum": 32_768}
    change(project, "protocol.yaml", "chat", details={OLDER: {"minimum": 1}})
    assert problems(project) == [
        "chat.details.max_tokens: 'max_tokens' is not in parameters; list it there, or remove its details"
    ]


@pytest.mark.parametrize("name", [OLDER, NEWER])
def test_the_stub_takes_a_whole_number_of_either_name(name: str) -> None:
    body: dict[str, Any] = {"model": "recall-r", "messages": [{"role": "user", "content": "Hello"}]}
    for value in (None, 1, 16_000):
        check_chat({**body, name: value})
    wrong: Any
    for wrong in ("16000", 1.5, True, [1], {}):
        with pytest.raises(Malformed, match=f"^{name} is not a whole number.$"):
            check_chat(json.loads(json.dumps({**body, name: wrong})))
