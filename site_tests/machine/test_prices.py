"""Prices by tokens and by anything else, for long prompts and in batches, and plans by the year and by the seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.schema import quantity

from site_tests import schemas
from site_tests.changes import change, data
from site_tests.projects import rendered

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

LONG, HEARING = "minimax/minimax-m2.5", "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning"
CAN = "z-ai/glm-5.1"


def _model(rendering: Rendering, name: str) -> Any:  # noqa: ANN401
    return next(model for model in data(rendering)["models"] if model["id"] == name)


def _charges(rendering: Rendering, name: str) -> set[tuple[Any, ...]]:
    charges = _model(rendering, name)["pricing"]["charges"]
    return {(c["amount"], c["quantity"], c["unit"], c["above"], c["batch"]) for c in charges}


@pytest.mark.parametrize(
    ("written", "count", "unit", "size", "words"),
    [
        ("request", 1, "requests", (1, "requests"), "request"),
        ("1000 searches", 1000, "searches", (1000, "searches"), "1,000 searches"),
        ("audio_hour", 1, "audio_hours", (3600, "audio_seconds"), "hour of audio"),
        ("2 audio_minutes", 2, "audio_minutes", (120, "audio_seconds"), "2 minutes of audio"),
        ("1000000 audio_input_tokens", 1_000_000, "audio_input_tokens", (1_000_000, "audio_input_tokens"),
         "1,000,000 audio input tokens"),
    ],
)  # fmt: skip
def test_a_quantity_is_a_count_of_a_unit(
    written: str, count: int, unit: str, size: tuple[int, str], words: str
) -> None:
    assert (quantity.parts(written), quantity.size(written)) == ((count, unit), size)
    assert quantity.in_words(written) == words


def test_the_page_of_a_model_has_a_row_for_each_kind_of_request(preview: Rendering) -> None:
    page = preview.pages[f"agents/models/{LONG}.md"].markdown
    for row in (
        "| Requests | Input | Output | Cached input | Cache writes | From |",
        "| prompts up to 65,536 tokens | 0.30 | 1.20 | 0.26 | 0.375 | the first listing, in force |",
        "| prompts up to 65,536 tokens, in a batch | 0.15 | 0.60 | unknown | not stated | the first listing",
        "| prompts above 131,072 tokens | 0.65 | 2.45 | 0.52 | 0.81 | the first listing, in force |",
    ):
        assert row in page, row


def test_a_fee_is_a_column_and_holds_for_long_prompts_too_unless_they_have_their_own(project: Path) -> None:
    request, image = {"amount": 0.02, "per": "request"}, {"amount": 0.30, "per": "image"}
    tier = {"above": 9000, "input": 2, "output": 4, "fees": [{"amount": 0.40, "per": "image"}]}
    price = {"input": 1, "output": 3, "cache_read": "not_offered", "fees": [request, image], "tiers": [tier]}
    change(project, f"models/{CAN}.yaml", prices=[price])
    page = rendered(project).pages[f"agents/models/{CAN}.md"].markdown
    assert "| Requests | Input | Output | Cached input | Per request | Per image | From |" in page
    assert "| prompts up to 9,000 tokens | 1.00 | 3.00 | not offered | 0.02 | 0.30 |" in page
    assert "| prompts above 9,000 tokens | 2.00 | 4.00 | unknown | 0.02 | 0.40 |" in page


def test_free_not_offered_and_unknown_stay_apart(project: Path) -> None:
    change(project, f"models/{CAN}.yaml", prices=[{"input": 0, "output": "unknown", "cache_read": "not_offered"}])
    rendering = rendered(project)
    assert "| 0.00 | unknown | not offered |" in rendering.pages[f"agents/models/{CAN}.md"].markdown
    assert "| 0.00 | unknown | not offered |" in rendering.pages["agents/models.md"].markdown
    assert _charges(rendering, CAN) == {
        (0, 1_000_000, "input_tokens", 0, False),
        ("unknown", 1_000_000, "output_tokens", 0, False),
        ("not_offered", 1_000_000, "cache_read_tokens", 0, False),
    }


def test_data_have_every_charge_and_tell_old_readers_the_price_of_short_prompts(preview: Rendering) -> None:
    price = _model(preview, LONG)["price"]
    assert (price["input"], price["output"], price["cache_read"]) == (0.3, 1.2, 0.26)
    assert _charges(preview, LONG) >= {
        (0.3, 1_000_000, "input_tokens", 0, False),
        (0.15, 1_000_000, "input_tokens", 0, True),
        (0.375, 1_000_000, "cache_write_tokens", 0, False),
        ("unknown", 1_000_000, "cache_write_tokens", 65_536, False),
        (0.925, 1_000_000, "output_tokens", 65_536, True),
        (2.45, 1_000_000, "output_tokens", 131_072, False),
        ("not_offered", 1_000_000, "output_tokens", 131_072, True),
    }
    assert _charges(preview, HEARING) >= {
        (0.11, 1, "audio_hours", 0, False), (0.02, 1, "requests", 0, False), ("not_offered", 1, "requests", 0, True),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("prices", "price", "pricing"),
    [
        ([{"input": 1, "output": "not_offered"}], "unknown", 3),
        ([{"input": "unknown", "output": "unknown", "batch": {"input": 1, "output": 2}}], "unknown", 6),
        ([{"fees": [{"amount": 1, "per": "1000 pages"}]}], "not_offered", 1),
        ("unknown", "unknown", "unknown"),
        ([], "not_offered", "not_offered"),
    ],
)
def test_old_readers_are_told_no_price_that_version_1_has_no_words_for(
    prices: str | list[dict[str, Any]],
    price: str,
    pricing: int | str,
    project: Path,
) -> None:
    change(project, f"models/{CAN}.yaml", prices=prices or None)
    rendering = rendered(project)
    assert schemas.errors("catalog.v1", data(rendering)) == []
    model = _model(rendering, CAN)
    assert model["price"] == price
    told = model["pricing"]
    assert (told if isinstance(told, str) else len(told["charges"])) == pricing


def test_version_2_has_the_words_and_so_have_the_pages(varia: Rendering) -> None:
    price = _model(varia, "recall-embed")["price"]
    assert (price["input"], price["output"], price["cache_read"]) == (0.02, "not_offered", "not_offered")
    assert _model(varia, "tale-speech")["price"] == "not_offered"
    assert _charges(varia, "tale-speech") == {(0.11, 1, "audio_hours", 0, False), (0.055, 1, "audio_hours", 0, True)}
    table, none = varia.pages["models/index.md"].markdown, "| not offered | not offered | not offered |"
    assert f"{none} 0.11 per hour of audio; in a batch: 0.055 per hour of audio |" in table
    assert "| 0.02 | not offered | not offered | in a batch: 0.01 input |" in table


@pytest.mark.parametrize(
    ("more", "cost", "comment"),
    [
        ({"cache_read": "not_offered", "cache_write": "unknown"}, "{ input: 2, output: 4 }",
         "cost.cacheWrite: unknown; OpenClaw assumes a value of its own"),
        ({"cache_write": 3}, "{ input: 2, output: 4, cacheWrite: 3 }",
         "cost.cacheRead: unknown; OpenClaw assumes a price of 0"),
        ({"fees": [{"amount": 0.02, "per": "request"}]}, "{ input: 2, output: 4 }",
         "cost: besides, 0.02 USD per request"),
        ({"tiers": [{"above": 9000, "input": 3, "output": 6}]}, "{ input: 2, output: 4 }",
         "cost: that of prompts of up to 9,000 tokens; longer ones have another price"),
        ({"output": "unknown"}, "", "cost: no price is known in the unit in which OpenClaw counts"),
    ],
)  # fmt: skip
def test_a_client_is_told_what_it_can_take_and_a_comment_says_the_rest(
    more: dict[str, Any], cost: str, comment: str, project: Path
) -> None:
    change(project, f"models/{CAN}.yaml", prices=[{"input": 2, "output": 4, **more}])
    snippet = rendered(project).snippets.render("openclaw", "config", CAN)
    assert f"// {comment}\n" in snippet
    assert f"cost: {cost}" in snippet
    assert ("cost: {" in snippet) == bool(cost)


@pytest.mark.parametrize(
    ("price", "sentence"),
    [
        ({"amount": 20, "period": "month"}, "Starter costs 20.00 USD a month, as of 2026-06-10."),
        ({"amount": 228, "period": "year"},
         "Starter costs 228.00 USD a year, which comes to 19.00 a month, as of 2026-06-10."),
        ({"amount": 200, "period": "year"}, "Starter costs 200.00 USD a year, as of 2026-06-10."),
        ({"amount": 8.50, "period": "month", "per": "seat", "yearly": 87},
         "Starter costs 8.50 USD a month for each seat, or 87.00 for a year that is paid at once, "
         "which comes to 7.25 a month, as of 2026-06-10."),
        ({"amount": 0, "period": "month"}, "Starter is free, as of 2026-06-10."),
    ],
)  # fmt: skip
def test_a_plan_says_what_it_costs_and_a_month_of_a_year_where_that_is_exact(
    price: dict[str, Any], sentence: str, project: Path
) -> None:
    said = {"source": "https://exempla.ai/plans/", "checked": "2026-11-22", "confidence": "vendor_page"}
    whole = {"currency": "USD", "as_of": "2026-06-10", "provenance": said, **price}
    change(project, "plans.yaml", "starter", price=whole)
    (project / "docs" / "agents" / "index.md").unlink()
    rendering = rendered(project)
    assert sentence in rendering.pages["agents/index.md"].markdown
    told = next(plan for plan in data(rendering)["plans"] if plan["id"] == "starter")["price"]
    assert {**told, **price} == told
    assert told["per"] == price.get("per", "account")
    assert told["yearly"] == price.get("yearly", "unknown")


def test_a_release_withholds_an_assumed_price_with_its_tiers(project: Path) -> None:
    assumed = {"checked": "2026-11-22", "confidence": "assumed"}
    tier = {"above": 9000, "input": 7, "output": 8}
    price = {"input": 5, "output": 6, "tiers": [tier], "batch": {"input": 3, "output": 4}, "provenance": assumed}
    change(project, f"models/{CAN}.yaml", prices=[price])
    preview = rendered(project).pages[f"agents/models/{CAN}.md"].markdown
    assert "| prompts above 9,000 tokens **(assumed)** | 7.00 **(assumed)** | 8.00 **(assumed)** |" in preview
    model = _model(rendered(project, release=True), CAN)
    assert (model["price"], model["pricing"]) == ("unknown", "unknown")
