"""Budget, throughput and limits for the numbers that a reader enters."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.schema.base import Range
from agentdocs.text.wording import enumerated

from site_tests.site.kinds import path_of
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering
    from playwright.sync_api import Page, Route

    Visit = Callable[..., Page]

pytestmark = pytest.mark.program("chromium")


@pytest.fixture
def usage(preview: Rendering) -> str:
    """The path of the page on budget and limits."""
    return path_of("limits", preview)


def enter(page: Page, tool: str, **values: object) -> None:
    """Fill in a form."""
    for name, value in values.items():
        field = page.locator(f"#{tool}-{name}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))


def result(page: Page, tool: str) -> str:
    """Read what a form tells, as soon as it tells anything."""
    output = page.locator(f"#{tool} .result")
    expect(output).not_to_be_empty()
    text: str = output.inner_text()
    return text


def changed(change: Callable[[Any], object]) -> Callable[[Page], object]:
    """Let the page read other facts."""

    def answer(route: Route) -> None:
        facts = json.loads(route.fetch().body())
        change(facts)
        route.fulfill(json=facts)

    return lambda page: page.route("**/usage.json", answer)


# --- Budget


def test_the_share_of_the_estimate_is_right_for_every_plan_and_class(
    visit: Visit, usage: str, preview: Rendering
) -> None:
    page = visit(usage)
    estimates = preview.facts.estimates
    assert estimates is not None
    verdicts, words = set(), set()
    for name, entry in estimates.classes.items():
        for plan, estimate in entry.requests_per_month.items():
            enter(page, "budget", plan=plan, **{"class": name}, requests="")
            if not isinstance(estimate, Range):
                enter(page, "budget", requests=1)
                words.add(result(page, "budget"))
                continue
            for requests in (estimate.low // 30 or 1, (estimate.low + estimate.high) // 60, estimate.high // 30 + 1):
                enter(page, "budget", requests=requests)
                month = requests * 30
                expect(page.locator("#budget .result")).to_contain_text(f"{month:,} requests a month.")
                told = result(page, "budget")
                assert f"{estimate.low:,} to {estimate.high:,}" in told
                least, most = (float(text.replace(",", "")) for text in re.findall(r"([\d,.]+) %", told))
                assert abs(least - month / estimate.high * 100) <= max(0.5, least * 0.05)
                assert abs(most - month / estimate.low * 100) <= max(0.5, most * 0.05)
                expected = (
                    "last all" if month <= estimate.low else "may run" if month <= estimate.high else "should run"
                )
                assert expected in told
                verdicts.add(expected)
    assert verdicts == {"last all", "may run", "should run"}
    assert words == {"This plan does not include models of this class."}
    expect(page.locator("#budget .how")).to_contain_text("An estimate, not a quota")
    source = page.locator("#budget .how a")
    assert source.get_attribute("href") == estimates.provenance.source


def test_an_unknown_estimate_stays_unknown(visit: Visit, usage: str) -> None:
    def unknown(facts: Any) -> None:  # noqa: ANN401
        facts["estimates"]["classes"][0]["plans"][-1]["requests_per_month"] = "unknown"

    page = visit(usage, prepare=changed(unknown))
    enter(page, "budget", requests=10)
    assert result(page, "budget") == "No estimate is published for this."


# --- Throughput


def test_the_throughput_is_that_of_the_table_and_of_the_formula(visit: Visit, usage: str, preview: Rendering) -> None:
    page = visit(usage)
    limits = {name: limit for name, limit in preview.facts.limits.items() if limit.active_requests}
    assert limits
    for name, limit in limits.items():
        active = limit.active_requests
        assert active is not None
        for seconds in (*active.example_seconds, 7):
            enter(page, "throughput", limit=name, seconds=seconds)
            rate = f"At most {active.requests_per_minute(seconds):,} requests a minute for each {enumerated(limit.per)}"
            expect(page.locator("#throughput .result")).to_contain_text(rate)
        enter(page, "throughput", seconds=active.count * 600)
        expect(page.locator("#throughput .result")).to_contain_text("At most 0.1 requests a minute")
    assert " 60 ÷" in page.inner_text("#throughput .how")
    sources = page.locator("#throughput .how a").evaluate_all("links => links.map(({ href }) => href)")
    assert sources == [limit.provenance.source for limit in limits.values()]


# --- Loops


def _limits(preview: Rendering) -> tuple[str, int, int]:
    """Choose an API that counts requests of a key and, more of them, of an account; give both limits."""
    for api in preview.facts.apis:
        limits = {limit.per: limit.requests_per_minute for limit in preview.facts.limits.values() if limit.api == api}
        key, account = limits.get(("key",)), limits.get(("account",))
        if isinstance(key, int) and isinstance(account, int) and 12 <= key < account:
            return api, key, account
    pytest.skip("no API counts requests of a key and more of an account")


def test_with_one_key_the_limit_of_the_key_is_met_first(visit: Visit, usage: str, preview: Rendering) -> None:
    api, key, _ = _limits(preview)
    page = visit(usage)
    enter(page, "loops", api=api, loops=key, seconds=30, keys="shared")
    assert result(page, "loops") == (
        f"{key} loops send about {2 * key} requests a minute. The limit of {key} requests per minute for each key is "
        "reached first, after about 30 seconds."
    )


def test_with_a_key_for_each_loop_the_limit_of_the_account_is_met_first(
    visit: Visit, usage: str, preview: Rendering
) -> None:
    api, _, account = _limits(preview)
    most = account // 12
    page = visit(usage)
    enter(page, "loops", api=api, loops=most + 1, seconds=5, keys="own")
    told = f"The limit of {account} requests per minute for each account is reached first"
    expect(page.locator("#loops .result")).to_contain_text(told)
    enter(page, "loops", loops=most)
    told = f"stays below every published limit; so would up to {most} loops."
    expect(page.locator("#loops .result")).to_contain_text(told)


def test_at_a_limit_nothing_is_met_and_beyond_it_the_first_limit_is(
    visit: Visit, usage: str, preview: Rendering
) -> None:
    api, key, _ = _limits(preview)
    page = visit(usage)
    enter(page, "loops", api=api, loops=key, seconds=60, keys="shared")
    expect(page.locator("#loops .result")).to_contain_text(f"so would up to {key} loops.")
    enter(page, "loops", loops=key + 1)
    expect(page.locator("#loops .result")).to_contain_text(f"The limit of {key} requests per minute for each key")


def test_active_requests_are_met_at_once(visit: Visit, usage: str, preview: Rendering) -> None:
    page = visit(usage)
    limit = next(limit for limit in preview.facts.limits.values() if limit.active_requests)
    assert limit.active_requests is not None
    count = limit.active_requests.count
    enter(page, "loops", api=limit.api, loops=count + 1, seconds=30)
    told = f"The limit of {count} requests at the same time for each {enumerated(limit.per)} is reached first,"
    expect(page.locator("#loops .result")).to_contain_text(told)
    enter(page, "loops", loops=count)
    expect(page.locator("#loops .result")).to_contain_text(f"so would up to {count} loops.")


def test_an_unknown_limit_is_no_limit_of_zero(visit: Visit, usage: str) -> None:
    def unknown(facts: Any) -> None:  # noqa: ANN401
        for limit in facts["limits"]:
            limit["rates"], limit["active_requests"] = [], "unknown"

    page = visit(usage, prepare=changed(unknown))
    enter(page, "loops", loops=1000, seconds=1)
    expect(page.locator("#loops .result")).to_contain_text("No known limit would be reached.")


# --- All of them


@pytest.mark.parametrize("nonsense", ["", "-1", "0", "1e999", "e"])
def test_nonsense_has_no_result(nonsense: str, visit: Visit, usage: str) -> None:
    page = visit(usage)
    for tool, field in (("budget", "requests"), ("loops", "seconds"), ("throughput", "seconds")):
        enter(page, tool, **({"loops": 3} if tool == "loops" else {}))
        page.locator(f"#{tool}-{field}").press_sequentially(nonsense)
    page.evaluate(
        "for (const list of document.querySelectorAll('.tool select'))"
        " list.dispatchEvent(new Event('input', { bubbles: true }))"
    )
    for tool in ("budget", "loops", "throughput"):
        expect(page.locator(f"#{tool} .result")).to_be_empty()


def test_facts_that_cannot_be_loaded_are_told_and_asked_for_again(visit: Visit, usage: str) -> None:
    page = visit(usage, noise=True, prepare=lambda page: page.route("**/usage.json", lambda route: route.abort()))
    enter(page, "throughput", seconds=5)
    assert "could not be loaded" in result(page, "throughput")
    page.unroute("**/usage.json")
    enter(page, "throughput", seconds=6)
    expect(page.locator("#throughput .result")).to_contain_text("At most")


def test_without_scripts_there_are_only_the_tables(visit: Visit, usage: str) -> None:
    page = visit(usage, javascript=False)
    assert page.locator(".tool").filter(visible=True).count() == 0
    assert page.locator("article table").count() >= 4


@pytest.mark.parametrize("width", [360, 1280])
def test_they_fit_and_their_controls_are_large_enough(width: int, visit: Visit, usage: str) -> None:
    page = visit(usage, width=width)
    expect(page.locator("#loops-loops")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator(".tool :is(input, select)").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        assert box["x"] + box["width"] <= width
