"""What requests take and what answers tell: bounds, switches and fallback, each for the APIs of which it is known."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from site_tests.changes import change, data, description, problems
from site_tests.projects import rendered

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

PROVENANCE = {"source": "https://exempla.ai/new/", "checked": "2026-11-22", "confidence": "vendor_page"}
OLDER = {**PROVENANCE, "as_of": "before 2026-06"}


def _refusals(rendering: Rendering, **members: Any) -> list[str]:  # noqa: ANN401
    """Say what the description has against a chat with further members."""
    described = description(rendering, "inference")
    schema = {**described["components"]["schemas"]["ChatRequest"], "components": described["components"]}
    request = {"model": "any", "messages": [{"role": "user", "content": "Hello"}], **members}
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(request)]


def _chat(rendering: Rendering, api: str) -> Any:  # noqa: ANN401
    return next(item["post"] for item in description(rendering, api)["paths"].values() if "post" in item)


BOUNDS = {
    "temperature": {"minimum": -1, "maximum": 2.5, "default": 1},
    "stop": {"most": 3},
    "stream": {"default": False},
    "max_tokens": {"default": "as many as fit"},
    "seed": {"note": "Often ignored."},
}


def test_bounds_of_parameters_reach_the_description_the_data_the_page_and_the_skill(project: Path) -> None:
    change(project, "protocol.yaml", "chat", details=BOUNDS)
    rendering = rendered(project)
    for members in ({"temperature": -1}, {"temperature": 2.5}, {"stop": ["a"] * 3}, {"stop": "a"}):
        assert _refusals(rendering, **members) == []
    assert _refusals(rendering, temperature=2.6) == ["2.6 is greater than the maximum of 2.5"]
    assert _refusals(rendering, temperature=-2) == ["-2 is less than the minimum of -1"]
    assert len(_refusals(rendering, stop=["a"] * 4)) == 1
    published = {entry["name"]: entry for entry in data(rendering)["protocol"]["chat"]["parameters"]}
    bounds = {"minimum": -1, "maximum": 2.5, "most": "unknown", "default": 1, "notes": []}
    assert published["temperature"] == {"name": "temperature", **bounds}
    assert published["stream"]["default"] is False
    assert published["max_tokens"]["default"] == "as many as fit"
    assert published["top_p"]["minimum"] == "unknown"
    page = rendering.pages["agents/models.md"].markdown
    assert "| `temperature` | From -1 to 2.5. Without it `1`. |" in page
    assert "| `max_tokens` | Without it as many as fit. |" in page
    skill = rendering.artifacts["/.well-known/agent-skills/exempla-api/SKILL.md"].body.decode()
    assert "- Stay within bounds: `temperature` from -1 to 2.5.\n" in skill


@pytest.mark.parametrize(
    ("details", "problem"),
    [
        ({"warmth": {"minimum": 0}}, "chat.details.warmth: 'warmth' is not in parameters; list it there"),
        ({"seed": {"minimum": 2, "maximum": 1}}, "chat.details.seed: minimum 2 is above maximum 1"),
        ({"seed": {"minimum": "low"}}, "chat.details.seed.minimum: 'low' is not a number"),
    ],
    ids=["not listed", "out of order", "no number"],
)
def test_bounds_that_cannot_be_are_refused(details: dict[str, Any], problem: str, project: Path) -> None:
    change(project, "protocol.yaml", "chat", details=details)
    (found,) = problems(project)
    assert found.startswith(problem)


def test_efforts_are_a_closed_list_unless_the_model_decides(project: Path) -> None:
    rendering = rendered(project)
    assert _refusals(rendering, reasoning_effort="max") == ["'max' is not one of ['low', 'medium', 'high']"]
    thinking = {"parameter": "template_flags", "names": ["think_twice", "think_long"]}
    change(project, "protocol.yaml", "reasoning", model_dependent=True, thinking=thinking)
    rendering = rendered(project)
    assert _refusals(rendering, reasoning_effort="max", template_flags={"think_twice": True}) == []
    assert "or what the model takes, or in `template_flags`" in rendering.pages["agents/models.md"].markdown
    assert data(rendering)["protocol"]["reasoning"]["thinking"] == thinking
    flags = description(rendering, "agents")["components"]["schemas"]["ChatRequest"]["properties"]["template_flags"]
    assert [*flags["properties"]] == thinking["names"]


def test_fallback_is_described_for_the_apis_of_which_it_is_known_and_said_to_be_unknown_of_others(
    project: Path,
) -> None:
    change(project, "protocol.yaml", "fallback", apis=["inference"])
    rendering = rendered(project)
    facts = rendering.facts
    fallback = facts.protocol.fallback
    assert fallback is not None
    assert {*fallback.response_headers} == {*_chat(rendering, "inference")["responses"]["200"]["headers"]}
    assert "headers" not in _chat(rendering, "agents")["responses"]["200"]
    assert fallback.request_header not in json.dumps(description(rendering, "agents"))
    skill = rendering.artifacts["/.well-known/agent-skills/exempla-api/SKILL.md"].body.decode()
    assert f"Whether this also holds for the {facts.apis['agents'].name} is not published." in skill
    assert data(rendering)["protocol"]["fallback"]["apis"] == ["inference"]


def test_what_a_limit_counts_is_said_wherever_its_number_is(project: Path) -> None:
    active = {"count": 17, "counts": "paid requests", "reservation_minutes": 3, "example_seconds": [2]}
    change(project, "limits.yaml", "inference_per_account", active_requests=active)
    rendering = rendered(project)
    page = rendering.pages["agents/rate-limits.md"].markdown
    assert "may have that many paid requests open" in page
    assert "| 17 paid requests |" in page
    assert "17 active paid requests per key" in json.dumps(description(rendering, "inference"))
    limits = {limit["id"]: limit for limit in data(rendering)["limits"]}
    assert limits["inference_per_account"]["active_requests"]["counts"] == "paid requests"


def test_a_proposed_model_is_shown_with_who_said_so_while_the_client_can_use_it(project: Path) -> None:
    models = [
        {"model": "z-ai/glm-5", "fit": "short tasks"},
        {"model": "nobody/nothing", "fit": "nothing"},
        {"model": "paddlepaddle/paddleocr-vl-0.9b", "fit": "pictures"},
    ]
    change(
        project, "clients/curl.yaml", suggested={"models": models, "provenance": {**OLDER, "confidence": "vendor_pr"}}
    )
    rendering = rendered(project)
    page = rendering.pages["agents/setup.md"].markdown
    heading = "Models suggested for cURL (not confirmed on the provider's own pages; source "
    _, _, listed = page.partition(f"{heading}from before 2026-06):\n\n")
    assert listed.startswith("- `z-ai/glm-5`: short tasks\n\n")
    suggested = {client["id"]: client["suggested"] for client in data(rendering)["clients"]}
    assert suggested["curl"]["models"] == models
    assert suggested["hermes"] == "unknown"


def test_former_addresses_and_tools_of_pages_stand_on_the_page_and_in_no_document(project: Path) -> None:
    former = {"url": "https://early.exempla.ai/mcp", "what": "an early server", "provenance": OLDER}
    tools = {"tools": ["count words", "sleep"], "read_only": True, "provenance": OLDER}
    change(project, "discovery.yaml", mcp_history=[former], webmcp=tools)
    rendering = rendered(project)
    page = rendering.pages["agents/discovery.md"].markdown
    assert "Once `https://early.exempla.ai/mcp` was an early server: [exempla.ai/new/](https://exempla.ai/new/)" in page
    assert "Harmless tools of pages: count words, sleep." in page
    documents = [document.body.decode() for document in rendering.documents]
    assert not [body for body in documents if "early.exempla.ai" in body or "WebMCP" in body]


def test_caching_of_prompts_is_told_of_a_model_with_how_sure_it_is(project: Path) -> None:
    inferred = {**PROVENANCE, "confidence": "inferred"}
    change(project, "models/z-ai/glm-5.yaml", prompt_cache={"supported": True, "provenance": inferred})
    change(project, "models/z-ai/glm-5.yaml", capabilities={"json_mode": True, "provenance": inferred})
    rendering = rendered(project)
    page = rendering.pages["agents/models/z-ai/glm-5.md"].markdown
    assert "| Prompt cache | yes (inferred) |" in page
    assert "| JSON mode | yes (inferred) |" in page
    assert re.search(r"\nNot published: [^\n]*\bstructured outputs\b", page)
    assert "JSON mode" not in page.partition("\nNot published: ")[2].partition("\n")[0]
    models = {model["id"]: model for model in data(rendering)["models"]}
    assert models["z-ai/glm-5"]["prompt_cache"]["supported"] is True
    assert models["z-ai/glm-5"]["prompt_cache"]["provenance"]["confidence"] == "inferred"
    assert models["z-ai/glm-5.1"]["prompt_cache"] == "unknown"


def test_pages_of_the_provider_are_linked_with_who_says_that_they_are_there(project: Path) -> None:
    said = {**PROVENANCE, "source": "https://forum.exempla.ai/list", "confidence": "third_party"}
    change(project, "provider.yaml", pricing_page={"url": "https://exempla.ai/costs", "provenance": said})
    page = {"url": "https://exempla.ai/desk", "provenance": said}
    change(project, "provider.yaml", "account", dashboard_page=page)
    change(project, "provider.yaml", "hosting", outside_labs=True)
    rendering = rendered(project)
    doubt = "(not confirmed by the provider)"
    overview = rendering.pages["agents/index.md"].markdown
    assert f"[Every price](https://exempla.ai/costs) {doubt}" in overview
    assert "Do others get requests: yes." in overview
    provider = data(rendering)["provider"]
    assert provider["dashboard_page"]["url"] == "https://exempla.ai/desk"
    assert provider["pricing_page"]["provenance"]["confidence"] == "third_party"
    assert provider["outside_labs"] is True


def test_a_page_that_nobody_published_is_marked_in_a_preview_and_told_in_no_release(project: Path) -> None:
    change(project, "provider.yaml", support_page="unknown", status_page=None)
    preview, release = rendered(project), rendered(project, release=True)
    assert "**(address missing: support)**" in preview.pages["agents/index.md"].markdown
    assert "address missing" not in "".join(page.markdown for page in release.pages.values())
    assert data(preview)["provider"]["support_page"] == data(preview)["provider"]["status_page"] == "unknown"


def test_the_address_of_a_page_that_is_only_assumed_is_in_no_release(project: Path) -> None:
    address = "https://status.exempla.invalid"
    assumed = {"checked": "2026-11-22", "confidence": "assumed"}
    change(project, "provider.yaml", status_page={"url": address, "provenance": assumed})
    assert f"]({address}) **(assumed)**" in rendered(project).pages["agents/index.md"].markdown
    release = rendered(project, release=True)
    assert not [page for page in release.pages.values() if address in page.markdown]
    assert not [url for url, artifact in release.artifacts.items() if address.encode() in artifact.body]


def test_each_error_leads_to_the_step_that_mends_it(project: Path) -> None:
    """On the pages that all providers share, by what causes the error, whatever its status."""
    shutil.rmtree(project / "docs" / "agents")
    change(project, "errors.yaml", "chat_pro_required", status=418)
    page = rendered(project).pages["agents/errors.md"].markdown
    steps = {
        "Plan without agent access": "[Upgrade to Pro](https://exempla.ai/account/plan).",
        "Key not accepted": "[Create a helper key](setup.md#create-a-helper-key)",
        "Budget used up": "[See what is left](https://exempla.ai/account/plan)",
        "Model not for agents": "[Choose a model](models.md#all-models) that agents can use.",
        "Capability not supported": "[Choose a model](models.md#all-models) that lists the capability.",
        "Too many active requests": "[Wait, then retry](rate-limits.md#wait-and-retry)",
    }
    for title, step in steps.items():
        section = page.partition(f"\n## {title}")[2].partition("\n## ")[0]
        assert step in section, title
