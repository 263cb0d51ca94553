"""The error finder: a status, a code or a message leads to the error, and nothing that is typed leaves the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from site_tests.site.kinds import path_of
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.render import Rendering
    from playwright.sync_api import Page, Route

    Visit = Callable[..., Page]

pytestmark = pytest.mark.program("chromium")


@pytest.fixture
def errors(preview: Rendering) -> str:
    """The path of the page of errors."""
    return path_of("errors", preview)


def find(page: Page, text: str) -> list[str]:
    """Type a text, and read which errors fit, best first."""
    page.fill("#finder-text", "")
    expect(page.locator("#finder .result")).to_be_empty()
    page.fill("#finder-text", text)
    expect(page.locator("#finder .result")).not_to_be_empty()
    found: list[str] = page.locator("#finder li:visible").evaluate_all(
        "items => items.map((item) => item.dataset.error)"
    )
    return found


def test_every_code_finds_its_error_also_inside_a_message(visit: Visit, errors: str, preview: Rendering) -> None:
    page = visit(errors)
    codes = {name: str(e.code) for name, e in preview.facts.errors.items() if e.code not in ("unknown", "not_offered")}
    assert codes
    for name, code in codes.items():
        wanted = [other for other, known in codes.items() if known == code]
        assert name in wanted
        for text in (code, f"Error: 400 {{'error': {{'code': '{code}', 'message': 'no'}}}}", code.upper()):
            assert find(page, text) == wanted, text
        entry = page.locator(f"#finder [data-error={name}]")
        assert preview.facts.errors[name].remedy in entry.inner_text()
        assert preview.facts.errors[name].meaning in entry.inner_text()
        page.locator(f"#finder [data-error={name}] a").click()
        expect(page.locator(":target")).to_contain_text(preview.facts.errors[name].title)


def test_every_status_finds_all_of_its_errors(visit: Visit, errors: str, preview: Rendering) -> None:
    page = visit(errors)
    for status in {error.status for error in preview.facts.errors.values()}:
        wanted = {name for name, error in preview.facts.errors.items() if error.status == status}
        for text in (str(status), f"HTTP {status}: refused", f"error, status code: {status}, message:"):
            assert set(find(page, text)) == wanted, text
        told = "One error matches." if len(wanted) == 1 else f"{len(wanted)} errors match"
        expect(page.locator("#finder .result")).to_contain_text(told)


def test_among_errors_of_one_status_the_words_decide(visit: Visit, errors: str, preview: Rendering) -> None:
    page = visit(errors)
    for name, error in preview.facts.errors.items():
        assert find(page, f"{error.status} {error.title}")[0] == name
        assert find(page, error.title)[0] == name


@pytest.mark.parametrize("text", ["zzz", "4290 tokens", "x402y"])
def test_what_fits_nothing_is_told_with_what_to_do(text: str, visit: Visit, errors: str) -> None:
    page = visit(errors)
    assert find(page, text) == []
    expect(page.locator("#finder .result")).to_contain_text("No documented error matches.")
    expect(page.locator("#finder .result")).to_contain_text("check the base URL")


def test_a_range_of_statuses_finds_all_errors_in_it(visit: Visit, errors: str, preview: Rendering) -> None:
    page = visit(errors)
    statuses = {name: str(error.status) for name, error in preview.facts.errors.items()}
    for status in set(statuses.values()):
        for text, length in ((f"{status[0]}xx", 1), (f"{status[:2]}x", 2), (f"{status[0]}XX errors", 1)):
            wanted = {name for name, other in statuses.items() if other[:length] == status[:length]}
            assert set(find(page, text)) == wanted, text


@pytest.mark.parametrize("text", ["rate limit", "I am rate limited", "Throttled", "HTTP error: Too Many Requests"])
def test_the_usual_words_for_a_limit_find_its_errors(text: str, visit: Visit, errors: str, preview: Rendering) -> None:
    limited = {limit.error for limit in preview.facts.limits.values()} - {"unknown"}
    assert set(find(visit(errors), text)) == limited


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        ("5xx", "may have run", "base URL"),
        ("50x", "may have run", "base URL"),
        ("500 Internal Server Error", "may have run", "base URL"),
        ("timeout", "may have arrived", "base URL"),
        ("Request timed out.", "may have arrived", "base URL"),
        ("read ECONNRESET", "may have arrived", "base URL"),
        ("getaddrinfo ENOTFOUND api.example", "base URL", "may have"),
        ("connect ECONNREFUSED 127.0.0.1:443", "base URL", "may have"),
    ],
)
def test_what_no_answer_can_mean_is_told_and_no_more(
    text: str, said: str, unsaid: str, visit: Visit, errors: str, preview: Rendering
) -> None:
    assert not [error for error in preview.facts.errors.values() if error.status >= 500], "choose another range"
    page = visit(errors)
    assert find(page, text) == []
    result = page.locator("#finder .result")
    expect(result).to_contain_text(said)
    expect(result).not_to_contain_text(unsaid)
    expect(result).not_to_contain_text("not arrive")


def test_a_status_leads_to_the_page_that_upgrades(visit: Visit, errors: str, preview: Rendering) -> None:
    """A reader's way: type the status of the error about the plan, open that error, and follow its first link."""
    name, error = next((n, e) for n, e in preview.facts.errors.items() if "plan" in e.causes)
    page = visit(errors)
    assert name in find(page, str(error.status))
    page.locator(f"#finder [data-error={name}] a").click()
    expect(page.locator(":target")).to_contain_text(error.title)
    account = preview.facts.provider.page("account", "dashboard")
    assert account
    upgrade = page.locator("article a", has_text="Upgrade to ").first
    assert upgrade.get_attribute("href") == account.url
    expect(upgrade).to_be_visible()


def test_a_line_that_a_client_printed_finds_its_error(visit: Visit, errors: str, preview: Rendering) -> None:
    name = next(iter(preview.facts.errors))
    prints = ["The service said: ... and closed the line (reason ...).", "Try `client login` again"]

    def record(route: Route) -> None:
        facts = json.loads(route.fetch().body())
        facts["clients"] = [{"id": "any", "recording": {"outcomes": [{"prints": prints, "causes": [{"error": name}]}]}}]
        route.fulfill(json=facts)

    page = visit(errors, prepare=lambda page: page.route("**/finder.json", record))
    assert find(page, "The service said: no. (why?) and closed the line (reason 7).") == [name]
    assert find(page, "[12:00] warning\n  Try `client login` again\n  bye") == [name]
    assert find(page, "closed the line (reason") == [name]
    assert find(page, "The service says") != [name]


def test_recorded_lines_find_their_errors(
    visit: Visit, errors: str, preview: Rendering, tell: Callable[..., None]
) -> None:
    """Every line in the catalog's recordings, with something in the place of what the API words."""
    page = visit(errors)
    checked = 0
    facts = json.loads(preview.artifacts[f"{preview.facts.site.snippets}finder.json"].body)
    recorded = [client["recording"] for client in facts["clients"] if isinstance(client.get("recording"), dict)]
    for outcome in (outcome for recording in recorded for outcome in recording["outcomes"]):
        printed = "\n".join(outcome["prints"]).replace("...", "something")
        wanted = {cause["error"] for cause in outcome["causes"]} - {"unknown"}
        if wanted and len("".join(outcome["prints"]).replace("...", "")) > 10:  # what the API words can be anything
            assert wanted <= set(find(page, printed)), printed
            checked += 1
    tell("Finder: {lines} sayings of clients find their errors.", lines=checked)
    assert checked


def test_what_is_typed_stays_in_the_page(visit: Visit, errors: str, preview: Rendering) -> None:
    page = visit(errors)
    find(page, "429")
    secret = next(iter(preview.facts.keys.values())).prefix + "kept-to-oneself"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    find(page, f"401 with {secret}")
    assert asked == []
    assert secret not in page.url
    assert secret not in page.evaluate(
        "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"
    )


def test_errors_that_cannot_be_loaded_are_told(visit: Visit, errors: str) -> None:
    page = visit(errors, noise=True, prepare=lambda page: page.route("**/finder.json", lambda route: route.abort()))
    page.fill("#finder-text", "429")
    expect(page.locator("#finder .result")).to_contain_text("could not be loaded")


def test_without_scripts_there_is_only_the_page(visit: Visit, errors: str, preview: Rendering) -> None:
    page = visit(errors, javascript=False)
    expect(page.locator("#finder")).to_be_hidden()
    for error in preview.facts.errors.values():
        expect(page.get_by_role("heading", name=error.title, level=2)).to_be_visible()
