"""Which limit is met first, where limits count tokens and hold for some plans and models: for an invented provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_tests.invented import exempla, preview, preview_server, preview_site
from site_tests.site.kinds import path_of
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

__all__ = ["exempla", "preview", "preview_server", "preview_site"]

pytestmark = pytest.mark.program("chromium")

LOOPS = {
    "api": "agents",
    "plan": "pro",
    "model": "deepseek/deepseek-v4-pro",
    "loops": "10",
    "seconds": "60",
    "keys": "own",
}
"""Ten requests a minute: below every limit on requests of a minute."""


PER = "for each account and model is reached first, after about"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, f"The limit of 450 requests per 5 hours {PER} 45 minutes."),
        ({"loops": "3"}, f"The limit of 450 requests per 5 hours {PER} 3 hours."),
        ({"loops": "1"}, "stays below every published limit; so would up to 1 loops."),
        ({"plan": "free"}, "stays below every published limit; so would up to 60 loops."),
        ({"model": "deepseek/deepseek-v3.2"}, "stays below every published limit; so would up to 60 loops."),
        ({"input": "1000"}, f"The limit of 9,500 input tokens per minute {PER} 57 seconds."),
        ({"input": "900", "output": "400"}, f"The limit of 12,000 tokens per minute {PER} 56 seconds."),
        ({"output": "1300"}, f"The limit of 12,000 tokens per minute {PER} 56 seconds."),
        ({"input": "900000"}, f"The limit of 9,500 input tokens per minute {PER} 1 second."),
        ({"api": "inference", "seconds": "1"}, "No known limit would be reached."),
    ],
)
def test_the_limit_of_the_plan_and_the_model_is_met_first(
    values: dict[str, str], told: str, visit: Visit, preview: Rendering
) -> None:
    page = visit(path_of("limits", preview))
    for name, value in {**LOOPS, **values}.items():
        field = page.locator(f"#loops-{name}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    expect(page.locator("#loops .result")).to_contain_text(told)
