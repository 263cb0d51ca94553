"""A failed proof says where what it names comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_tests.places import MOST, named

if TYPE_CHECKING:
    from agentdocs.render import Rendering


def test_snippets_pages_documents_and_models_are_traced_to_their_sources(preview: Rendering) -> None:
    url = "/docs/agents/snippets/curl/z-ai/glm-5/chat.sh"
    (told,) = (line for line in named(preview, f"assert: {url} differs") if line.startswith(url))
    assert "templates/snippets/curl/chat.sh, " in told
    assert "catalog/clients/curl.yaml:" in told
    assert "catalog/models/z-ai/glm-5.yaml:1:1" in told
    assert named(preview, "see /docs/agents/setup/ for more") == ["/docs/agents/setup/: docs/agents/setup.md"]
    (told,) = named(preview, "'/.well-known/api-catalog' is empty")
    assert "catalog/discovery.yaml:2:" in told
    (told,) = named(preview, "z-ai/glm-5.1: context: 1 according to two outputs")
    assert told.endswith("catalog/models/z-ai/glm-5.1.yaml:1:1")


def test_what_is_named_most_comes_first_and_not_everything_is_told(preview: Rendering) -> None:
    models = list(preview.facts.models)
    text = " ".join([*models, models[-1]])
    told = named(preview, text)
    assert len(told) == min(MOST, len(models))
    assert told[0].startswith(f"{models[-1]}: ")
    assert named(preview, "nothing that anybody knows") == []
