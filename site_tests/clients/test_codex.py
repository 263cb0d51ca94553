"""Codex: it is listed as not usable, and this is what it says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agentdocs.stub import Stub

from site_tests.clients.machine import Machine
from site_tests.clients.test_openai_node import node_path

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

pytestmark = [pytest.mark.program("clients"), pytest.mark.thorough]
CONFIG = """\
model_provider = "{provider}"
model = "{model}"
[model_providers.{provider}]
name = "{name}"
base_url = "{base_url}"
env_key = "{variable}"
wire_api = "{wire}"
"""


@pytest.mark.parametrize("wire", ["chat", "responses"])
def test_it_takes_no_provider_for_chat_completions_and_the_api_has_no_other(
    wire: str, preview: Rendering, tmp_path: Path
) -> None:
    facts = preview.facts
    api = next(iter(facts.apis.values()))
    stub = Stub(facts)
    machine = Machine(facts, tmp_path, path=node_path())
    values = {"provider": facts.provider.id, "name": facts.provider.name, "model": facts.recommendations.default}
    variable = facts.keys[api.key].environment_variable
    config = CONFIG.format(**values, base_url=api.base_url, variable=variable, wire=wire)
    machine.save("~/.codex/config.toml", config + "request_max_retries = 0\nstream_max_retries = 0\n")
    run = machine.run(stub, f"export {variable}={stub.key(api.key)}\ncodex exec --skip-git-repo-check hi </dev/null\n")
    assert run.exit_code != 0
    assert [request for request in stub.requests if request.status == 200] == []
    if wire == "chat":
        assert '`wire_api = "chat"` is no longer supported' in run.text
        assert facts.incompatible["codex"].provenance.source is not None
        assert facts.incompatible["codex"].provenance.source in run.text
    else:
        assert "404" in run.text
