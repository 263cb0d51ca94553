"""The model explorer: its table sorts, filters, compares and prices; its chart has the catalog's numbers."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from site_tests.site.kinds import path_of
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agentdocs.render import Rendering
    from agentdocs.schema import Model
    from playwright.sync_api import Page, Route

    Visit = Callable[..., Page]

pytestmark = pytest.mark.program("chromium")

STATUS = "#explorer [role=status]"
FLAGS = ("reasoning", "json_mode", "structured_outputs", "logprobs")


@pytest.fixture
def models(preview: Rendering) -> str:
    """The path of the page with all models."""
    return path_of("models", preview)


def listed(page: Page) -> list[str]:
    """Read the ids of the visible rows, from top to bottom."""
    found: list[str] = page.locator("[data-table=models] tbody tr:visible td:first-child code").all_inner_texts()
    return found


def column(page: Page, title: str) -> dict[str, str]:
    """Read one column of the table by model."""
    titles = page.locator("[data-table=models] thead th").all_inner_texts()
    place = next(index for index, text in enumerate(titles) if text.strip(" ▲▼") == title)
    rows = page.locator("[data-table=models] tbody tr")
    return {
        row.locator("td:first-child code").inner_text(): row.locator("td").nth(place).inner_text() for row in rows.all()
    }


def changed(**members: Any) -> Callable[[Page], object]:  # noqa: ANN401
    """Let the page read other facts of the first model, such as an unknown price."""

    def answer(route: Route) -> None:
        facts = json.loads(route.fetch().body())
        facts["models"][0] |= members
        route.fulfill(json=facts)

    return lambda page: page.route("**/explorer.json", answer)


# --- Order


def _values(preview: Rendering, key: str) -> dict[str, Any]:
    """Give what a column sorts by, None for what is no quantity."""

    def known(value: object) -> object:
        return None if value in ("unknown", "not_offered", "unlimited") else value

    def value(model: Model) -> object:
        price = model.price(preview.day)
        assert price is not None
        values = {
            "id": model.id,
            "agents.available": model.for_agents,
            "context_window": model.context_window,
            "capabilities.max_output": model.known.max_output,
            "price.input": price.input,
            "price.output": price.output,
            "price.cache_read": price.cache_read,
            "status": model.status(preview.day),
        }
        return known(values[key])

    return {name: value(model) for name, model in preview.facts.models.items()}


def test_every_column_but_capabilities_sorts_both_ways_with_what_is_unknown_last(
    visit: Visit, models: str, preview: Rendering
) -> None:
    page = visit(models)
    headings = page.locator("[data-table=models] th[data-key]")
    columns = (page.locator("#explorer").get_attribute("data-columns") or "").split()
    columns = [column for column in columns if column != "-"]
    statuses = {model.status(preview.day) for model in preview.facts.models.values()}
    assert {"id", "context_window", "price.input"} <= {*columns}
    assert ("status" in columns) == (len(statuses) > 1)
    expect(headings).to_have_count(len(columns))
    for index in range(len(columns)):
        heading = headings.nth(index)
        key = heading.get_attribute("data-key") or ""
        values = _values(preview, key)
        for direction in ("ascending", "descending"):
            heading.locator("button").click()
            expect(heading).to_have_attribute("aria-sort", direction)
            expect(page.locator("th[aria-sort]")).to_have_count(1)
            order = listed(page)
            known = [values[model] for model in order if values[model] is not None]
            assert known == sorted(known, reverse=direction == "descending"), key
            assert all(values[model] is None for model in order[len(known) :]), f"{key}: what is unknown is not last"
            assert sorted(order) == sorted(preview.facts.models)
    assert any(None in _values(preview, key).values() for key in columns)


def test_on_narrow_screens_a_list_sorts_instead_of_headings(visit: Visit, models: str, preview: Rendering) -> None:
    page = visit(models, width=360)
    page.select_option("#explorer-sort", "price.output")
    values = _values(preview, "price.output")
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    assert [values[model] for model in listed(page)] == sorted(values.values())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("[data-table=models] th button").first).to_be_hidden()
    page.check("[name=down]")
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    assert [values[model] for model in listed(page)] == sorted(values.values(), reverse=True)


# --- Filters


def _fitting(preview: Rendering, fits: Callable[[Model], bool | str]) -> tuple[set[str], set[str]]:
    """Give the models that fit, and those of which it is unknown."""
    answers = {name: fits(model) for name, model in preview.facts.models.items()}
    return {n for n, answer in answers.items() if answer is True}, {n for n, a in answers.items() if a == "unknown"}


def test_it_filters_by_capability_and_tells_of_how_many_models_nobody_knows(
    visit: Visit, models: str, preview: Rendering
) -> None:
    page = visit(models)
    offered = page.locator("[name=capability]").evaluate_all("boxes => boxes.map(({ value }) => value)")
    known = [flag for flag in FLAGS if any(getattr(m.known, flag) is True for m in preview.facts.models.values())]
    assert [name for name in offered if name in ("agents", "tools", *FLAGS)] == ["agents", "tools", *known]
    assert known
    for flag in known:
        fit, maybe = _fitting(preview, lambda model, flag=flag: getattr(model.known, flag))  # type: ignore[misc]
        page.check(f"[name=capability][value={flag}]")
        expect(page.locator(STATUS)).to_contain_text(f"{len(fit)} of {len(preview.facts.models)} models.")
        expect(page.locator(STATUS)).to_contain_text(f"For {len(maybe)} more it is unknown.")
        assert set(listed(page)) == fit
        page.check("[name=unknown]")
        expect(page.locator(STATUS)).to_have_text(f"{len(fit | maybe)} of {len(preview.facts.models)} models.")
        assert set(listed(page)) == fit | maybe
        page.click("#explorer [type=reset]")
        expect(page.locator(STATUS)).to_contain_text(f"{len(preview.facts.models)} of")
    page.check("[name=capability][value=agents]")
    for_agents = {name for name, model in preview.facts.models.items() if model.for_agents}
    expect(page.locator(STATUS)).to_contain_text(f"{len(for_agents)} of")
    assert set(listed(page)) == for_agents


def test_it_filters_by_author_by_what_a_model_takes_and_by_its_prompt_cache(
    visit: Visit, models: str, preview: Rendering
) -> None:
    caches = {"supported": True}
    page = visit(models, prepare=changed(author="Somebody", prompt_cache=caches, capabilities={"input": ["text"]}))
    facts = preview.facts
    author, entry = next(iter(facts.authors.items()))
    first = next(iter(facts.models))
    page.select_option("#explorer-author", label=entry.name)
    wanted = {name for name, model in facts.models.items() if facts.author_of(model) == author} - {first}
    expect(page.locator(STATUS)).to_contain_text(f"{len(wanted)} of {len(facts.models)} models.")
    assert set(listed(page)) == wanted
    page.select_option("#explorer-author", "")
    offered = page.locator("[name=capability]").evaluate_all("boxes => boxes.map(({ value }) => value)")
    supported = {n for n, m in facts.models.items() if m.prompt_cache != "unknown" and m.prompt_cache.supported}
    assert ("prompt_cache" in offered) == bool(supported)
    if supported:
        page.check("[name=capability][value=prompt_cache]")
        expect(page.locator(STATUS)).to_contain_text(f"{len(supported | {first})} of")
        assert set(listed(page)) == supported | {first}
    taken = {kind for m in facts.models.values() if m.known.input != "unknown" for kind in m.known.input} - {"text"}
    assert taken <= {*offered}


def test_it_filters_by_context_and_price_at_their_very_values(visit: Visit, models: str, preview: Rendering) -> None:
    page = visit(models)
    every = preview.facts.models
    prices = {name: price for name, model in every.items() if (price := model.price(preview.day))}

    def shows(field: str, value: object, wanted: Iterable[str]) -> None:
        page.fill(f"#explorer-{field}", str(value))
        count = len(list(wanted))
        told = f"{count} of {len(every)} models." if count else "No model is known to match."
        expect(page.locator(STATUS)).to_contain_text(told)
        assert set(listed(page)) == set(wanted), f"{field}: {value}"
        page.fill(f"#explorer-{field}", "")

    windows = {name: model.context_window for name, model in every.items() if model.context_window != "unknown"}
    for window in sorted({*windows.values()})[::3]:
        shows("context", window, {name for name, tokens in windows.items() if tokens >= window})
        shows("context", window + 1, {name for name, tokens in windows.items() if tokens > window})
    for field in ("input", "output"):
        amounts = {name: getattr(price, field) for name, price in prices.items()}
        for amount in sorted(set(amounts.values()))[::4]:
            shows(field, amount, {name for name, price in amounts.items() if price <= amount})
    shows("context", 10**9, set())


def test_a_context_window_that_is_unknown_may_fit_and_sorts_last(visit: Visit, models: str, preview: Rendering) -> None:
    page = visit(models, prepare=changed(context_window="unknown"))
    first, *others = preview.facts.models.values()
    page.fill("#explorer-context", "1")
    expect(page.locator(STATUS)).to_have_text(f"{len(others)} of {len(others) + 1} models. For 1 more it is unknown.")
    assert first.id not in listed(page)
    page.check("[name=unknown]")
    expect(page.locator(STATUS)).to_have_text(f"{len(others) + 1} of {len(others) + 1} models.")
    for _ in ("up", "down"):
        page.click("th[data-key=context_window] button")
        assert listed(page)[-1] == first.id


def test_it_finds_models_by_id_name_and_alias(visit: Visit, models: str, preview: Rendering) -> None:
    page = visit(models)
    every = preview.facts.models.values()
    alias = next(model for model in every if model.aliases)
    for text in (alias.aliases[0], alias.id.upper(), alias.name, "qwen 35b"):
        wanted = {
            m.id
            for m in every
            if all(w in f"{m.id} {m.name} {' '.join(m.aliases)}".lower() for w in text.lower().split())
        }
        page.fill("#explorer-text", text)
        expect(page.locator(STATUS)).to_have_text(f"{len(wanted)} of {len(preview.facts.models)} models.")
        assert set(listed(page)) == wanted
        assert alias.id in wanted or text == "qwen 35b"


# --- The address


def test_filters_are_in_the_address_and_come_back_from_it(visit: Visit, models: str, preview: Rendering) -> None:
    page = visit(models + "?client=other&shell=fish")
    facts = preview.facts
    author = next(
        author for author in facts.authors if any(facts.author_of(m) == author for m in facts.models.values())
    )
    page.select_option("#explorer-author", author)
    page.check("[name=capability][value=tools]")
    page.check("[name=capability][value=agents]")
    page.fill("#explorer-context", "1000")
    page.fill("#explorer-sent", "500")
    page.click("th[data-key=context_window] button")
    page.click("th[data-key=context_window] button")
    expect(page.locator("th[data-key=context_window]")).to_have_attribute("aria-sort", "descending")
    asked = (
        f"?client=other&shell=fish&author={author}&context=1000&capability=agents&capability=tools&sent=500"
        "&sort=context_window&down=yes"
    )
    assert page.url.endswith(models + asked)
    seen, told = listed(page), page.locator(STATUS).inner_text()
    assert seen
    other = visit(models + asked)
    expect(other.locator(STATUS)).to_have_text(told)
    assert listed(other) == seen
    assert other.input_value("#explorer-author") == author
    expect(other.locator("td.cost").first).to_be_visible()
    other.click("#explorer [type=reset]")
    expect(other.locator(STATUS)).to_contain_text(f"{len(facts.models)} of {len(facts.models)} models.")
    assert other.url.endswith(models + "?client=other&shell=fish")


@pytest.mark.parametrize(
    "asked", ["author=nobody", "capability=telepathy", "context=-5", "input=cheap", "unknown=perhaps", "sort=smell"]
)
def test_what_the_address_cannot_ask_for_is_dropped_and_told(
    asked: str, visit: Visit, models: str, preview: Rendering
) -> None:
    page = visit(f"{models}?{asked}&text=e&utm_source=letter")
    expect(page.locator(STATUS)).to_contain_text(f"The address asks for {asked}, which is no filter here.")
    wanted = [
        name
        for name, model in preview.facts.models.items()
        if "e" in " ".join((model.id, model.name, *model.aliases)).lower()
    ]
    assert listed(page) == wanted
    assert page.url.endswith(f"{models}?utm_source=letter&text=e")


# --- Costs


def test_it_prices_a_request_and_sorts_by_the_cost(visit: Visit, models: str, preview: Rendering) -> None:
    page = visit(models)
    prepaid = preview.facts.billing.credits
    assert prepaid is not None
    page.fill("#explorer-sent", "12345")
    page.fill("#explorer-answered", "678")
    expect(page.locator("td.cost")).to_have_count(len(preview.facts.models))
    costs = {}
    for name, model in preview.facts.models.items():
        price = model.price(preview.day)
        sides = price.of_tokens if price else None
        assert sides is not None
        costs[name] = (12345 * sides.input + 678 * sides.output) / prepaid.price_tokens
    for name, told in column(page, "Cost of the request").items():
        currency, amount = told.replace("\xa0", " ").split(" ")
        assert currency == prepaid.currency
        assert abs(Decimal(amount) - costs[name]) <= costs[name] / 200, name
    page.click("th[data-key=cost] button")
    expect(page.locator("th[data-key=cost]")).to_have_attribute("aria-sort", "ascending")
    assert page.evaluate("document.activeElement.closest('th')?.dataset.key") == "cost"
    amounts = [costs[name] for name in listed(page)]
    assert amounts == sorted(amounts)
    page.fill("#explorer-sent", "")
    page.fill("#explorer-answered", "")
    expect(page.locator(".cost")).to_have_count(0)


PRICE = {"currency": "USD", "per_tokens": 1_000_000, "input": 2, "output": 4, "cache_read": "unknown"}


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ("not_offered", "not offered"),
        ("unknown", "unknown"),
        ({**PRICE, "input": "unknown"}, "unknown"),
        ({**PRICE, "output": "unknown"}, "unknown"),
        ({**PRICE, "input": 0.000001, "output": 0.000001}, "USD 0.00000000101"),
        ({**PRICE, "input": 0, "output": 0}, "USD 0.00"),
        (PRICE, "USD 0.00204"),
    ],
    ids=["not offered", "unknown", "unknown input", "unknown output", "tiny", "free", "known"],
)
def test_a_cost_is_unknown_where_a_price_is_and_zero_only_for_what_is_free(
    price: object, told: str, visit: Visit, models: str, preview: Rendering
) -> None:
    page = visit(models, prepare=changed(price=price))
    first = next(iter(preview.facts.models))
    page.fill("#explorer-sent", "1000")
    page.fill("#explorer-answered", "10")
    expect(page.locator("td.cost")).to_have_count(len(preview.facts.models))
    assert column(page, "Cost of the request")[first].replace("\xa0", " ") == told
    page.click("th[data-key=cost] button")
    page.click("th[data-key=cost] button")
    assert "NaN" not in page.inner_text("article")
    if not isinstance(price, dict) or "unknown" in (price["input"], price["output"]):
        assert listed(page)[-1] == first, "what is unknown comes last"
    page.fill("#explorer-input", "1000000")
    page.fill("#explorer-output", "1000000")
    assert (first in listed(page)) == (told.startswith("USD"))


def _charge(amount: float | str, unit: str, quantity: int, *, above: int = 0, batch: bool = False) -> dict[str, Any]:
    return {"amount": amount, "unit": unit, "quantity": quantity, "above": above, "batch": batch}


CHARGES = [
    _charge(2, "input_tokens", 1_000_000),
    _charge(1, "input_tokens", 1_000_000, batch=True),
    _charge(5, "input_tokens", 1_000_000, above=5_000),
    _charge(3, "requests", 1_000),
    _charge(9, "images", 1),
]
"""A price with a tier, a batch, and fees of which only that of a request counts."""


@pytest.mark.parametrize(
    ("sent", "charges", "told"),
    [
        ("5000", CHARGES, "USD 0.013"),
        ("5001", CHARGES, "USD 0.028"),
        ("5001", [*CHARGES, _charge("unknown", "input_tokens", 1_000_000, above=5_000)], "unknown"),
        ("5000", [*CHARGES, _charge("unknown", "requests", 1)], "unknown"),
    ],
)
def test_a_cost_is_that_of_the_tier_of_the_prompt_with_what_a_request_costs(
    sent: str, charges: list[dict[str, Any]], told: str, visit: Visit, models: str, preview: Rendering
) -> None:
    page = visit(models, prepare=changed(price=PRICE, pricing={"currency": "USD", "charges": charges}))
    page.fill("#explorer-sent", sent)
    expect(page.locator("td.cost")).to_have_count(len(preview.facts.models))
    assert column(page, "Cost of the request")[next(iter(preview.facts.models))].replace("\xa0", " ") == told


def test_only_tokens_that_are_asked_for_need_a_price(visit: Visit, models: str, preview: Rendering) -> None:
    page = visit(models, prepare=changed(price={**PRICE, "output": "unknown"}))
    page.fill("#explorer-sent", "1000000")
    expect(page.locator("td.cost")).to_have_count(len(preview.facts.models))
    assert column(page, "Cost of the request")[next(iter(preview.facts.models))].replace("\xa0", " ") == "USD 2.00"


@pytest.mark.parametrize("nonsense", ["-5", "0", "1e400", "e", "1.5.2"])
def test_nonsense_has_no_cost(nonsense: str, visit: Visit, models: str) -> None:
    page = visit(models)
    page.click("#explorer-sent")
    page.keyboard.type(nonsense)
    page.fill("#explorer-text", "qwen")
    expect(page.locator(STATUS)).to_contain_text(" of ")
    expect(page.locator(".cost")).to_have_count(0)
    assert not re.search(r"NaN|Infinity", page.inner_text("article"))


# --- Comparison


def test_two_to_four_models_stand_side_by_side(visit: Visit, models: str, preview: Rendering) -> None:
    page = visit(models)
    chosen = list(preview.facts.models)[:4]
    boxes = {m: page.get_by_role("checkbox", name=f"Compare {m}", exact=True) for m in preview.facts.models}
    comparison = page.locator("#comparison")
    boxes[chosen[0]].check()
    expect(page.locator(STATUS)).to_contain_text("Choose at least one more model")
    expect(comparison).to_be_hidden()
    for count, model in enumerate(chosen[1:], 2):
        boxes[model].check()
        expect(comparison.locator("thead th")).to_have_count(count)
    assert comparison.locator("thead th").all_inner_texts() == chosen
    assert boxes[list(preview.facts.models)[4]].is_disabled()
    titles = page.locator("[data-table=models] thead th").all_inner_texts()[1:]
    assert comparison.locator("tbody th").all_inner_texts() == titles
    for row, title in zip(comparison.locator("tbody tr").all(), titles, strict=True):
        cells = column(page, title)
        assert row.locator("td").all_inner_texts() == [cells[model] for model in chosen], title
    boxes[chosen[3]].uncheck()
    expect(comparison.locator("thead th")).to_have_count(3)
    assert boxes[list(preview.facts.models)[4]].is_enabled()
    comparison.locator("button").focus()
    page.keyboard.press("Escape")
    expect(comparison).to_be_hidden()
    assert page.locator("td input:checked").count() == 0
    expect(page.locator("#explorer-text")).to_be_focused()


# --- Ways of reading


def test_without_scripts_the_table_and_the_chart_are_there_and_nothing_pretends_to_work(
    visit: Visit, models: str, preview: Rendering
) -> None:
    page = visit(models, javascript=False)
    assert listed(page) == list(preview.facts.models)
    for hidden in ("#explorer", "#comparison", "[data-table=models] :is(button, input)"):
        assert page.locator(hidden).filter(visible=True).count() == 0
    expect(page.locator(".chart > svg")).to_be_visible()


def test_facts_that_cannot_be_loaded_leave_the_table_as_it_is_and_are_told(
    visit: Visit, models: str, preview: Rendering
) -> None:
    page = visit(models, noise=True, prepare=lambda page: page.route("**/explorer.json", lambda route: route.abort()))
    first, *_, last = preview.facts.models
    page.fill("#explorer-text", first)
    expect(page.locator(STATUS)).to_contain_text("could not be loaded")
    assert listed(page) == list(preview.facts.models)
    page.unroute("**/explorer.json")
    page.fill("#explorer-text", last)
    expect(page.locator(STATUS)).to_contain_text(" of ")


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_and_its_controls_are_large_enough(width: int, visit: Visit, models: str) -> None:
    page = visit(models, width=width)
    for entry in page.locator("td input").all()[:4]:
        entry.check()
    page.fill("#explorer-sent", "1000")
    expect(page.locator("#comparison")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator(".tool :is(input:not([type=checkbox]), select, button), .choices label").all():
        if box := control.bounding_box():
            assert box["height"] >= 24
            assert box["x"] + box["width"] <= width
    # A box that is smaller has room around it (WCAG 2.2, 2.5.8).
    tops = [box["y"] for entry in page.locator("td input").all() if (box := entry.bounding_box())]
    assert min(later - earlier for earlier, later in pairwise(tops)) >= 24


# --- The chart


def _chart(preview: Rendering) -> LexborHTMLParser:
    page = preview.pages[preview.facts.site.pages["models"].source]
    return LexborHTMLParser(page.tools["chart"])


def test_the_chart_has_both_prices_of_every_model_at_their_place(preview: Rendering) -> None:
    tree = _chart(preview)
    drawing = tree.css_first(".chart > svg")
    assert drawing is not None
    texts = [node.text() for node in drawing.css("text")]
    inputs = [float(node.attributes["cx"] or "") for node in drawing.css("circle.input")]
    outputs = [float((node.attributes["d"] or "")[1:].split()[0]) for node in drawing.css("path.output")]
    prices = ((model, model.price(preview.day)) for model in preview.facts.models.values())
    priced = [(model, sides) for model, price in prices if price and (sides := price.of_tokens)]
    assert len(inputs) == len(outputs) == len(priced)
    by_price: list[tuple[Decimal, float]] = []
    for model, price in priced:
        place = texts.index(model.name)
        assert texts[place + 1 : place + 3] == [f"{price.input:.2f}", f"{price.output:.2f}"], model.id
        above = [text for text in texts[:place] if text.endswith((" tokens", " unknown"))]
        window = model.context_window
        assert above[-1] == ("Context window unknown" if window == "unknown" else f"{window:,} tokens"), model.id
        row = [text for text in texts if text in {m.name for m, _ in priced}].index(model.name)
        by_price += [(price.input, inputs[row]), (price.output, outputs[row])]
    ordered = sorted(by_price)
    assert [x for _, x in ordered] == sorted(x for _, x in ordered), "a dearer model lies left of a cheaper one"
    (low, left), (high, right) = ordered[0], ordered[-1]
    middle = (low * high).sqrt()
    nearest, x = min(ordered, key=lambda pair: abs(pair[0] - middle))
    share = (nearest.ln() - low.ln()) / (high.ln() - low.ln())
    assert abs((x - left) / (right - left) - float(share)) < 0.01, "the scale is not logarithmic"


def test_the_chart_is_told_in_words_and_does_not_need_colour(preview: Rendering) -> None:
    tree = _chart(preview)
    drawing = tree.css_first(".chart > svg")
    assert drawing is not None
    assert drawing.attributes["role"] == "img"
    named = [tree.css_first(f"#{name}") for name in (drawing.attributes["aria-labelledby"] or "").split()]
    said = " ".join(node.text() for node in named if node)
    every = preview.facts.models.values()
    windows = [model.context_window for model in every if model.context_window != "unknown"]
    for value in (f"{max(windows):,}", f"{min(windows):,}", "table of all models"):
        assert value in said
    assert {node.tag for node in drawing.css(".input")} == {"circle"}
    assert {node.tag for node in drawing.css(".output")} == {"path"}
    caption = tree.css_first("figcaption")
    assert caption is not None
    assert "logarithmic" in caption.text()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_letters_of_the_chart_are_large_enough_and_none_overlap(width: int, visit: Visit, models: str) -> None:
    page = visit(models, width=width)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.chart > svg text')].map((text) => {"
        " const { x, y, width, height } = text.getBoundingClientRect();"
        " return [text.textContent, x, y, width, height, document.documentElement.clientWidth] })"
    )
    assert len(boxes) > 20
    for text, x, _, wide, high, screen in boxes:
        assert high >= 11, f"{text} is {high} pixels high"
        assert x >= 0, text
        assert x + wide <= screen, text
    overlapping = [
        (one[0], other[0])
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if one[1] < other[1] + other[3] - 1
        and other[1] < one[1] + one[3] - 1
        and one[2] < other[2] + other[4] - 4
        and other[2] < one[2] + one[4] - 4
    ]
    assert overlapping == []
