"""Limits of every unit, span and holder, for some plans and models: on pages, in data, documents and sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.schema.limit import Rate
from agentdocs.site.outcomes import burst_guard
from agentdocs.text.rates import in_words

from site_tests.changes import change, data, description
from site_tests.projects import rendered

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

NEW = "agents_per_account_and_model"
SKILL = "/.well-known/agent-skills/exempla-api/SKILL.md"


def _rate(amount: int | str, unit: str, span: str) -> dict[str, Any]:
    return {"amount": amount, "unit": unit, "span": span}


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (_rate(30, "requests", "minute"), "30 requests per minute"),
        (_rate(12_000, "tokens", "minute"), "12,000 tokens per minute"),
        (_rate(1_000, "requests", "day"), "1,000 requests per day"),
        (_rate(1, "requests", "second"), "1 request per second"),
        (_rate(1, "input_tokens", "week"), "1 input token per week"),
        (_rate(7_200, "audio_seconds", "hour"), "7,200 audio seconds per hour"),
        (_rate(120, "requests", "5 hours"), "120 requests per 5 hours"),
        (_rate("unlimited", "images", "month"), "unlimited images per month"),
        (_rate("unknown", "output_tokens", "minute"), "an unknown number of output tokens per minute"),
    ],
)
def test_a_rate_is_a_phrase(rate: dict[str, Any], words: str) -> None:
    assert in_words(Rate.model_validate(rate)) == words


def _rows(rendering: Rendering) -> list[dict[str, str]]:
    """Read the table of limits."""
    lines = rendering.pages["agents/rate-limits.md"].markdown.partition("## Limits")[2].splitlines()
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("|"))
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_table_has_a_column_for_each_rate_that_is_stated(preview: Rendering) -> None:
    rows = dict(zip(preview.facts.limits, _rows(preview), strict=True))
    assert {name: rows[NEW][name] for name in ("Where", "Plans", "Models", "Applies per")} == {
        "Where": "Agent API", "Plans": "Starter, Pro", "Models": "`deepseek/deepseek-v4-flash`, `*/deepseek-v4*`",
        "Applies per": "account and model",
    }  # fmt: skip
    stated = {of: cell for of, cell in rows[NEW].items() if " per " in of and cell != "not stated"}
    assert stated == {
        "Tokens per minute": "12,000", "Input tokens per minute": "9,500", "Output tokens per minute": "unknown",
        "Requests per day": "1,500", "Requests per 5 hours": "450",
    }  # fmt: skip
    assert rows["agents_per_key"]["Requests per minute"] == "30"
    assert rows["agents_per_key"]["Plans"] == "every plan"
    assert rows["inference_per_project"]["Plans"] == rows["inference_per_project"]["Models"] == "unknown"
    assert rows["inference_per_project"]["Error"] == "unknown"


def test_the_table_has_no_empty_columns(project: Path) -> None:
    for name in (NEW, "inference_per_project", "inference_per_account"):
        change(project, "limits.yaml", **{name: None})
    assert [*_rows(rendered(project))[0]] == ["Where", "Applies per", "Requests per minute", "Error"]


def test_the_page_of_a_model_has_the_limits_that_count_its_requests(preview: Rendering) -> None:
    counted = "- Agent API with Starter or Pro: 12,000 tokens per minute, 9,500 input tokens per minute, an unknown "
    counted += (
        "number of output tokens per minute, 1,500 requests per day, 450 requests per 5 hours, per account and model"
    )
    pages = {
        name: preview.pages[f"agents/models/{model.path}.md"].markdown for name, model in preview.facts.models.items()
    }
    assert {model for model, text in pages.items() if counted in text} == {
        "deepseek/deepseek-v4-flash", "deepseek/deepseek-v4-pro",
    }  # fmt: skip
    assert all("- Inference API with some plans: 1 request per second, " in text for text in pages.values())
    assert not any("The same for every model." in text for text in pages.values())


def test_a_model_that_no_limit_counts_has_no_section_on_limits(project: Path) -> None:
    for name in (
        "browser_chat",
        "agents_per_account",
        "agents_per_key",
        "inference_per_account",
        "inference_per_project",
    ):
        change(project, "limits.yaml", **{name: None})
    pages = rendered(project).pages
    assert "## Limits" not in pages["agents/models/z-ai/glm-5.md"].markdown
    assert "## Limits" in pages["agents/models/deepseek/deepseek-v4-pro.md"].markdown


def test_the_skill_and_the_description_say_for_whom_a_limit_holds(preview: Rendering) -> None:
    skill = preview.artifacts[SKILL].body.decode()
    bounds = "12,000 tokens per minute, 9,500 input tokens per minute, {} number of output tokens per minute, "
    bounds += "1,500 requests per day and 450 requests per 5 hours per account and model"
    models = "`deepseek/deepseek-v4-flash` and `*/deepseek-v4*`"
    assert f"with Starter or Pro for {models}: {bounds.format('an unknown')}. Beyond it: 420." in skill
    assert "- Inference API with some plans for some models: 1 request per second" in skill
    limits = json.dumps(description(preview, "agents"))
    assert (
        f"{bounds.format('an unpublished')}, with Starter or Pro, for deepseek/deepseek-v4-flash and */deepseek-v4*"
        in limits
    )


def test_data_have_the_rates_and_never_tell_old_readers_of_a_limit_for_all_that_is_none(preview: Rendering) -> None:
    limits = {limit["id"]: limit for limit in data(preview)["limits"]}
    new = limits[NEW]
    assert (new["per"], new["counted_per"], new["plans"]) == ("account", ["account", "model"], ["starter", "pro"])
    assert new["models"] == ["deepseek/deepseek-v4-flash", "deepseek/deepseek-v4-pro"]
    assert new["rates"][-1] == {"amount": 450, "unit": "requests", "spans": 5, "span": "hour"}
    assert limits["agents_per_key"]["rates"] == [{"amount": 30, "unit": "requests", "spans": 1, "span": "minute"}]
    assert limits["agents_per_key"]["requests_per_minute"] == 30
    assert (limits["agents_per_key"]["plans"], limits["agents_per_key"]["models"]) == ([], [])
    assert limits["inference_per_project"]["plans"] == limits["inference_per_project"]["models"] == "unknown"


@pytest.mark.parametrize(
    "members",
    [{"plans": ["pro"]}, {"models": ["z-ai/*"]}, {"per": ["key", "model"]}, {"per": "project"}, {"per": "model"}],
)
def test_requests_per_minute_of_some_only_are_in_rates_alone(members: dict[str, Any], project: Path) -> None:
    change(project, "limits.yaml", "agents_per_key", **members)
    limit = next(limit for limit in data(rendered(project))["limits"] if limit["id"] == "agents_per_key")
    assert (limit["requests_per_minute"], limit["rates"][0]["amount"]) == ("unknown", 30)


def test_the_guard_is_the_rate_with_the_fewest_requests_of_the_plan_and_the_recommended_model(project: Path) -> None:
    day, other = _rate(25, "requests", "day"), _rate(5, "requests", "hour")
    change(project, "limits.yaml", NEW, models=["z-ai/glm-5"], rates=[other])
    change(project, "limits.yaml", "agents_per_account", plans=["starter"], rates=[other])
    change(project, "limits.yaml", "agents_per_key", per=["key", "model"], rates=[_rate(30, "requests", "minute"), day])
    rendering = rendered(project)
    guard = burst_guard(rendering.facts, "agents")
    assert guard is not None
    assert (guard.rate.amount, guard.limit.holder, guard.limit.for_each_model) == (25, "key", True)
    assert "There are 25 requests per day per key and model;" in rendering.pages["agents/troubleshooting.md"].markdown


def test_a_release_without_a_plan_has_no_limit_that_would_then_be_said_of_all(project: Path) -> None:
    assumed = {"checked": "2026-11-22", "confidence": "assumed"}
    for plan in ("starter", "pro"):
        change(project, "plans.yaml", plan, provenance=assumed)
    released = rendered(project, release=True).facts
    assert "starter" not in released.plans
    assert released.limits[NEW].plans == "unknown"
