"""Snippets: each is valid in its own language, pairs a key with its own API, and works when it is run."""

from __future__ import annotations

import ast
import json
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import json5
import pytest
import yaml

from generator.errors import UsageError
from site_tests import programs

if TYPE_CHECKING:
    from pathlib import Path

    from generator.artifact import Artifact
    from generator.render import Rendering
    from site_tests.stub import Stub


def _all(rendering: Rendering, *languages: str) -> list[tuple[str, str, Artifact]]:
    """List client, model and artifact of every published snippet in one of the languages."""
    return [
        (name, model, rendering.artifacts[url])
        for name, client in rendering.facts.clients.items()
        for model in rendering.facts.models
        for shape in client.snippets
        if shape.language in languages and (url := rendering.snippets.url(name, shape, model)) in rendering.artifacts
    ]


def test_every_usable_model_has_every_snippet_and_others_have_a_reason(preview: Rendering) -> None:
    count = 0
    for client_name, client in preview.facts.clients.items():
        for model in preview.facts.models.values():
            reason = preview.snippets.refusal(client, model)
            for shape in client.snippets:
                url = preview.snippets.url(client_name, shape, model.id)
                assert (url in preview.artifacts) == (reason is None)
                count += url in preview.artifacts
    assert count == 17 * 15


def test_no_snippet_names_the_other_product(preview: Rendering) -> None:
    facts = preview.facts
    for artifact in preview.artifacts.values():
        if not artifact.url.startswith(facts.site.snippets):
            continue
        client = facts.clients[artifact.url.removeprefix(facts.site.snippets).split("/")[0]]
        text = artifact.body.decode()
        for name, api in facts.apis.items():
            others = (api.base_url, *api.legacy_base_urls, facts.keys[api.key].environment_variable)
            if name != client.api:
                assert not [value for value in others if value in text], artifact.url


def test_json5_snippets_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "json5"):
        model, api = facts.models[model_id], facts.apis[facts.clients[client].api]
        provider = json5.loads(artifact.body.decode())["models"]["providers"][facts.provider.id]
        assert provider["baseUrl"] == api.base_url
        assert provider["apiKey"]["id"] == facts.keys[api.key].environment_variable
        (entry,) = provider["models"]
        price, known = model.price(preview.day), model.known
        assert price is not None
        expected: dict[str, Any] = {
            "id": model.id,
            "name": model.name,
            "contextWindow": model.context_window,
            "cost": {"input": float(price.input), "output": float(price.output)},
            "compat": {"thinkingFormat": "openai", "maxTokensField": "max_tokens"},
        }
        if not isinstance(price.cache_read, str):
            expected["cost"]["cacheRead"] = float(price.cache_read)
        if known.reasoning != "unknown":
            expected["reasoning"] = known.reasoning
        if known.input != "unknown":
            expected["input"] = list(known.input)
        if known.max_output != "unknown":
            expected["maxTokens"] = known.max_output
        assert entry == expected, artifact.url


def test_yaml_snippets_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "yaml"):
        model, api = facts.models[model_id], facts.apis[facts.clients[client].api]
        config = yaml.safe_load(artifact.body)
        provider = config["providers"][facts.provider.id]
        assert config["model"]["provider"] == f"custom:{facts.provider.id}"
        assert config["model"]["default"] == provider["default_model"] == model.id
        assert config["model"].get("max_tokens", "unknown") == model.known.max_output
        assert (provider["base_url"], provider["key_env"]) == (api.base_url, facts.keys[api.key].environment_variable)
        assert provider["models"] == {model.id: {"context_length": model.context_window}}


def test_python_snippets_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "python"):
        api = facts.apis[facts.clients[client].api]
        constants = {node.value for node in ast.walk(ast.parse(artifact.body)) if isinstance(node, ast.Constant)}
        assert {api.base_url, facts.keys[api.key].environment_variable} <= constants
        assert artifact.url.endswith("list_models.py") or model_id in constants


def test_shell_snippets_are_valid_shell_and_name_their_model(preview: Rendering) -> None:
    for _, model_id, artifact in _all(preview, "bash"):
        subprocess.run(["bash", "-n"], input=artifact.body, check=True)
        text = artifact.body.decode()
        words = shlex.split(text, comments=True)
        named = any(word.endswith(model_id) or f'"{model_id}"' in word for word in words)
        assert named or "list" in artifact.url, artifact.url


@pytest.mark.program("node")
def test_node_snippets_are_valid_modules(preview: Rendering, tmp_path: Path) -> None:
    for _, model, artifact in _all(preview, "javascript"):
        if model == preview.facts.recommendations.default:
            file = tmp_path / "snippet.mjs"
            file.write_bytes(artifact.body)
            subprocess.run([_program("node"), "--check", file], check=True)


def test_a_model_below_the_minimum_gets_the_reason(preview: Rendering) -> None:
    model = next(iter(preview.facts.models.values()))
    small = model.model_copy(update={"context_window": 32768})
    reason = preview.snippets.refusal(preview.facts.clients["hermes"], small)
    assert reason == "its context window of 32,768 tokens is below the client's minimum of 64,000"
    assert preview.snippets.refusal(preview.facts.clients["curl"], small) is None


def test_names_that_do_not_exist_are_told_with_the_nearest(preview: Rendering) -> None:
    with pytest.raises(UsageError, match=r"there is no client 'hermess'; did you mean hermes\?"):
        preview.snippets.render("hermess")
    with pytest.raises(UsageError, match=r"there is no snippet of curl 'chatt'; did you mean chat\?"):
        preview.snippets.render("curl", "chatt")
    with pytest.raises(UsageError, match=r"OpenClaw cannot use paddlepaddle/paddleocr-vl-0.9b: the model is not"):
        preview.snippets.render("openclaw", model="paddlepaddle/paddleocr-vl-0.9b")


def test_an_alias_gives_the_snippet_of_its_model(preview: Rendering) -> None:
    assert preview.snippets.render("curl", "chat", "zai-org/glm-5") == preview.snippets.render(
        "curl", "chat", "z-ai/glm-5"
    )


def _program(name: str) -> str:
    found = programs.find(name)
    assert found is not None
    return str(found)


def _run(
    stub: Stub, preview: Rendering, client: str, part: str, folder: Path, key: str
) -> subprocess.CompletedProcess[str]:
    """Run a published snippet in which only the origin is replaced by the stub's."""
    facts = preview.facts
    api = facts.apis[facts.clients[client].api]
    text = preview.snippets.render(client, part).replace(api.base_url, stub.base_url(facts.clients[client].api))
    shape = preview.snippets.snippet(client, part)
    file = folder / shape.file
    file.write_text(text, encoding="utf-8")
    runner = {"python": sys.executable, "bash": "bash", "javascript": str(programs.find("node"))}[shape.language]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), facts.keys[api.key].environment_variable: key}
    if shape.language == "javascript":
        (folder / "node_modules").symlink_to(programs.node_modules("clients"))
    return subprocess.run([runner, str(file)], capture_output=True, text=True, env=environment, check=False)


CALLABLE = [
    pytest.param("openai-python", id="openai-python"),
    pytest.param("curl", id="curl", marks=pytest.mark.program("curl")),
    pytest.param("openai-node", id="openai-node", marks=pytest.mark.program("clients")),
]


@pytest.mark.parametrize("part", ["list", "chat", "stream"])
@pytest.mark.parametrize("client", CALLABLE)
def test_the_published_snippet_works(client: str, part: str, stub: Stub, preview: Rendering, tmp_path: Path) -> None:
    result = _run(stub, preview, client, part, tmp_path, stub.key("chat_agent"))
    assert result.returncode == 0, result.stderr
    (request,) = stub.requests
    assert request.authorization == f"Bearer {stub.key('chat_agent')}"
    if part == "list":
        assert request.path.endswith("/models")
        for model in preview.facts.models.values():
            assert (model.id in result.stdout) == model.agents.available
    else:
        assert request.body["model"] == preview.facts.recommendations.default
        assert request.body.get("stream", False) == (part == "stream")
        pieces = [line[6:] for line in result.stdout.splitlines() if line.startswith("data: {")]
        if client == "curl":
            whole = [json.loads(piece)["choices"][0]["delta"].get("content", "") for piece in pieces]
            assert "".join(whole) == "pong" or '"pong"' in result.stdout
        else:
            assert result.stdout.strip() == "pong"


@pytest.mark.parametrize("client", CALLABLE)
def test_the_other_products_key_is_refused(client: str, stub: Stub, preview: Rendering, tmp_path: Path) -> None:
    result = _run(stub, preview, client, "chat", tmp_path, stub.key("inference"))
    assert result.returncode != 0
    assert preview.facts.errors["invalid_api_key"].meaning in result.stdout + result.stderr
