"""Snippets: each states the facts of its model, and pairs a key with its own API."""

from __future__ import annotations

import ast
import shlex
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import json5
import pytest
import yaml
from agentdocs.errors import UsageError

if TYPE_CHECKING:
    from agentdocs.artifact import Artifact
    from agentdocs.render import Rendering


def _all(rendering: Rendering, language: str, only: str = "") -> list[tuple[str, str, Artifact]]:
    """List client, model and artifact of every published snippet in a language, of one client or of all."""
    return [
        (name, model, rendering.artifacts[url])
        for name, client in rendering.facts.clients.items()
        for model in rendering.facts.models
        for shape in client.snippets
        if shape.language == language
        and only in ("", name)
        and (url := rendering.snippets.url(name, shape, model)) in rendering.artifacts
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
    assert count


def test_no_snippet_names_the_other_product(preview: Rendering) -> None:
    facts = preview.facts
    opens = {f"key/{key.environment_variable}.": key.opens for key in facts.keys.values()}
    opens |= {f"{name}/": client.api for name, client in facts.clients.items()}
    for artifact in preview.artifacts.values():
        own = next((api for start, api in opens.items() if artifact.url.startswith(facts.site.snippets + start)), None)
        text = artifact.body.decode()
        for name, api in facts.apis.items():
            others = (api.base_url, *api.legacy_base_urls, facts.keys[api.key].environment_variable)
            if own and name != own:
                assert not [value for value in others if value in text], artifact.url


def test_openclaws_fragments_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "json5", "openclaw"):
        model, api = facts.models[model_id], facts.apis[facts.clients[client].api]
        (step,) = json5.loads(artifact.body.decode())
        assert step["path"] == f"models.providers.{facts.provider.id}"
        provider = step["value"]
        assert provider["baseUrl"] == api.base_url
        assert provider["apiKey"]["id"] == facts.keys[api.key].environment_variable
        (entry,) = provider["models"]
        price, known = model.price(preview.day), model.known
        expected: dict[str, Any] = {
            "id": model.id,
            "name": model.name,
            "contextWindow": model.context_window,
            "compat": {"thinkingFormat": "openai", "maxTokensField": "max_tokens"},
        }
        if price:
            expected["cost"] = {"input": float(price.input), "output": float(price.output)}
        if price and not isinstance(price.cache_read, str):
            expected["cost"]["cacheRead"] = float(price.cache_read)
        if price and isinstance(price.cache_write, Decimal):
            expected["cost"]["cacheWrite"] = float(price.cache_write)
        if known.reasoning != "unknown":
            expected["reasoning"] = known.reasoning
        if known.input != "unknown":
            expected["input"] = list(known.input)
        if known.max_output != "unknown":
            expected["maxTokens"] = known.max_output
        assert entry == expected, artifact.url


def test_hermes_configurations_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "yaml", "hermes"):
        model, api = facts.models[model_id], facts.apis[facts.clients[client].api]
        config = yaml.safe_load(artifact.body)
        provider = config["providers"][facts.provider.id]
        assert config["model"]["provider"] == f"custom:{facts.provider.id}"
        assert config["model"]["default"] == provider["default_model"] == model.id
        assert config["model"].get("max_tokens", "unknown") == model.known.max_output
        assert (provider["base_url"], provider["key_env"]) == (api.base_url, facts.keys[api.key].environment_variable)
        assert provider["models"] == {model.id: {"context_length": model.context_window}}


def test_opencodes_configurations_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "json5", "opencode"):
        model, api = facts.models[model_id], facts.apis[facts.clients[client].api]
        config = json5.loads(artifact.body.decode())
        provider = config["provider"][facts.provider.id]
        variable = facts.keys[api.key].environment_variable
        price, known = model.price(preview.day), model.known
        assert config["model"] == f"{facts.provider.id}/{model.id}"
        assert provider["options"] == {"baseURL": api.base_url, "apiKey": f"{{env:{variable}}}"}
        cost = {"input": float(price.input), "output": float(price.output)} if price else {}
        if price and not isinstance(price.cache_read, str):
            cost["cache_read"] = float(price.cache_read)
        if price and isinstance(price.cache_write, Decimal):
            cost["cache_write"] = float(price.cache_write)
        output = 0 if known.max_output == "unknown" else known.max_output
        expected: dict[str, Any] = {
            "name": model.name,
            **({"cost": cost} if cost else {}),
            "limit": {"context": model.context_window, "output": output},
        }
        if known.reasoning != "unknown":
            expected["reasoning"] = known.reasoning
        if known.input != "unknown":
            expected["modalities"] = {"input": list(known.input), "output": ["text"]}
        assert provider["models"] == {model.id: expected}, artifact.url


def test_qwen_codes_settings_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "json5", "qwen-code"):
        model, api = facts.models[model_id], facts.apis[facts.clients[client].api]
        config = json5.loads(artifact.body.decode())
        (entry,) = config["modelProviders"]["openai"]
        assert (entry["id"], entry["name"], config["model"]["name"]) == (model.id, model.name, model.id)
        assert (entry["baseUrl"], entry["envKey"]) == (api.base_url, facts.keys[api.key].environment_variable)
        generation: dict[str, Any] = {"maxRetries": 0, "contextWindowSize": model.context_window}
        if model.known.max_output != "unknown":
            generation["samplingParams"] = {"max_tokens": model.known.max_output}
        assert entry["generationConfig"] == generation, artifact.url


def test_llms_models_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "yaml", "llm"):
        (entry,) = yaml.safe_load(artifact.body)
        assert entry["model_id"] == f"{facts.provider.id}/{model_id}"
        assert entry["model_name"] == model_id
        assert entry["api_base"] == facts.apis[facts.clients[client].api].base_url


def test_python_snippets_state_the_facts_of_their_model(preview: Rendering) -> None:
    facts = preview.facts
    for client, model_id, artifact in _all(preview, "python"):
        api = facts.apis[facts.clients[client].api]
        constants = {node.value for node in ast.walk(ast.parse(artifact.body)) if isinstance(node, ast.Constant)}
        assert {api.base_url, facts.keys[api.key].environment_variable} <= constants
        assert artifact.url.endswith("list_models.py") or model_id in constants


def test_commands_name_their_model_and_no_other(preview: Rendering) -> None:
    ids = sorted(preview.facts.models, key=len, reverse=True)
    for _, model_id, artifact in _all(preview, "bash"):
        for word in shlex.split(artifact.body.decode(), comments=True):
            named = next((other for other in ids if other in word), model_id)
            assert named == model_id, artifact.url


def test_every_client_names_the_model_somewhere(preview: Rendering) -> None:
    for name, client in preview.facts.clients.items():
        for model in preview.facts.models.values():
            below = f"{preview.facts.site.snippets}{name}/{model.path}/"
            texts = [artifact.body.decode() for url, artifact in preview.artifacts.items() if url.startswith(below)]
            assert bool(texts) == (preview.snippets.refusal(client, model) is None), below
            assert not texts or any(model.id in text for text in texts), below


def test_the_step_for_the_key_asks_without_showing_it_and_names_the_variable(preview: Rendering) -> None:
    facts = preview.facts
    published = [url for url in preview.artifacts if url.startswith(f"{facts.site.snippets}key/")]
    key = facts.keys["chat_agent"]
    assert published == [
        f"{facts.site.snippets}key/{key.environment_variable}.{suffix}" for suffix in ("sh", "fish", "ps1")
    ]
    for url, silent in zip(published, ("read -rs ", "read --silent ", "Read-Host -AsSecureString "), strict=True):
        text = preview.artifacts[url].body.decode()
        assert silent in text
        assert f"{key.name} (not shown)" in text
        assert key.environment_variable in text


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
