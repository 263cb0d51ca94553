"""The snippet picker: choices show published files, are in the address, are remembered, and survive failures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from agentdocs.site.snippets import SHELLS

from site_tests.html import HtmlPage
from site_tests.site.kinds import path_of
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.render import Rendering
    from playwright.sync_api import Page, Route

    Visit = Callable[..., Page]

pytestmark = pytest.mark.program("chromium")

STATUS = "#picker .said [role=status]"


@pytest.fixture
def setup(preview: Rendering) -> str:
    """The path of the page on which clients are set up."""
    return path_of("setup", preview)


@pytest.fixture
def other(preview: Rendering) -> str:
    """A model that every client can use, and that pages do not show without a choice."""
    facts = preview.facts
    usable = [m.id for m in facts.models.values() if not any(map(_refusals(preview, m.id).get, facts.clients))]
    return next(model for model in usable if model != facts.recommendations.default)


@pytest.fixture
def refused(preview: Rendering) -> str:
    """A model that no client can use."""
    return next(model for model in preview.facts.models if all(_refusals(preview, model).values()))


def _refusals(preview: Rendering, model: str) -> dict[str, str | None]:
    facts = preview.facts
    return {name: preview.snippets.refusal(client, facts.models[model]) for name, client in facts.clients.items()}


def choose(page: Page, *, client: str | None = None, model: str | None = None) -> None:
    """Choose as a reader does, and wait until the page tells that it is done."""
    if client is not None:
        page.select_option("#picker-client", client)
        expect(page.locator("#picker-client")).to_have_value(client)
    if model is not None:
        page.click("#picker-model")
        page.keyboard.type(model)
        page.keyboard.press("Enter")
    name = page.locator("#picker-client option:checked").inner_text()
    says(
        page, model or page.input_value("#picker-model"), name if page.input_value("#picker-client") else "all clients"
    )


def says(page: Page, model: str, client: str = "") -> None:
    """Wait until the page tells that it shows the files for a model."""
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"for {re.escape(client)}.*with {re.escape(model)}\.$"))


def shown(page: Page) -> dict[str, str]:
    """Read the visible files: their text by the pattern of their address."""
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-file]')].filter((block) => block.checkVisibility())"
        ".map((block) => [block.dataset.file, block.querySelector('code').textContent]))"
    )
    return found


def published(preview: Rendering, model: str, client: str = "", *, hidden: bool = False) -> dict[str, str]:
    """Give the files that a page has to show for a model, of one client or of all; with those of hidden shells."""
    return {
        preview.snippets.url(name, shape, "{model}", shell): preview.snippets.render(name, shape.id, model, shell)
        for name, entry in preview.facts.clients.items()
        if client in ("", name) and not preview.snippets.refusal(entry, preview.facts.models[model])
        for shape in entry.snippets
        for shell in shape.forms
        if hidden or not shell
    }


def test_every_combination_shows_what_the_generator_gives(
    visit: Visit, setup: str, preview: Rendering, tell: Callable[..., None]
) -> None:
    page = visit(setup)
    compared = refusals = 0
    for model in preview.facts.models:
        for client, reason in _refusals(preview, model).items():
            page.select_option("#picker-client", client)
            if reason:
                continue
            choose(page, model=model)
            assert shown(page) == published(preview, model, client), f"{client} with {model}"
            compared += len(published(preview, model, client))
    choose(page, client="")
    for model in preview.facts.models:
        reasons = {name: reason for name, reason in _refusals(preview, model).items() if reason}
        if len(reasons) < len(preview.facts.clients):
            choose(page, model=model)
        else:
            page.goto(f"{page.url.partition('?')[0]}?model={model}")
            says(page, model, "all clients")
        assert shown(page) == published(preview, model), model
        for client, reason in reasons.items():
            name = preview.facts.clients[client].name
            expect(page.get_by_text(f"{name} cannot use {model}: {reason}.", exact=True)).to_be_visible()
            refusals += 1
    tell(
        "Picker: {files} files in a browser equal what `agentdocs snippet` prints, and {refusals} refusals are told.",
        files=compared,
        refusals=refusals,
    )
    clients = preview.facts.clients.values()
    assert compared + sum(len(c.snippets) for c in clients) * refusals // len(clients) == len(
        preview.facts.models
    ) * sum(len(client.snippets) for client in clients)


@pytest.mark.parametrize("kind", ["setup", "model"])
def test_each_shell_has_its_own_way_to_set_the_key(
    kind: str, visit: Visit, preview: Rendering, tell: Callable[..., None]
) -> None:
    facts = preview.facts
    path = path_of(kind, preview)
    page = visit(path)
    for shell in reversed(SHELLS):
        page.select_option("#picker-shell", shell)
        says(page, facts.recommendations.default)
        visible = page.locator("[data-shell]").filter(visible=True)
        found = visible.evaluate_all("found => found.map(({ dataset }) => dataset.shell.split('/'))")
        assert found
        assert all(shell in each for each in found)
        keys = {facts.apis[client.api].key for client in facts.clients.values()}
        steps = [preview.snippets.key_step(key, shell) for key in facts.keys if key in keys]
        asked = page.locator("[data-shell]:not([data-file])").filter(visible=True)
        shown_steps = asked.locator("pre code").all_inner_texts()
        assert [step.strip() for step in shown_steps] == [step.strip() for step in steps]
        assert page.url.endswith(f"{path}?shell={shell}" if shell != SHELLS[0] else path)
    page.go_back()
    expect(page.locator("#picker-shell")).to_have_value(SHELLS[-1])
    again = visit(path, context=page.context)
    says(again, facts.recommendations.default)
    assert again.url.endswith(f"?shell={SHELLS[-1]}")
    assert again.input_value("#picker-shell") == SHELLS[-1]
    tell("Picker: {steps} steps of shells compared.", steps=len(SHELLS))


def test_what_a_page_shows_before_any_choice_is_what_is_published(preview: Rendering, preview_site: Path) -> None:
    pages = {path_of("setup", preview): preview.facts.recommendations.default}
    pages |= {f"{path_of('models', preview)}{model}/": model for model in preview.facts.models}
    for path, model in pages.items():
        html = HtmlPage(preview_site / path.lstrip("/") / "index.html")
        blocks = {
            block.attributes["data-file"]: block.css_first("code") for block in html.article.css("div[data-file]")
        }
        texts = {pattern: code.text() for pattern, code in blocks.items() if code and pattern}
        assert texts == published(preview, model, hidden=True), path


def test_a_published_file_that_differs_would_be_noticed(
    visit: Visit, setup: str, preview: Rendering, other: str
) -> None:
    def tamper(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("https://", "https://other."))

    page = visit(setup, prepare=lambda page: page.route(f"**/{other}/*", tamper))
    choose(page, model=other)
    assert shown(page) != published(preview, other)


def test_a_models_page_shows_its_own_files_and_those_of_another_model_with_a_way_to_its_page(
    visit: Visit, preview: Rendering, other: str, refused: str
) -> None:
    models = path_of("models", preview)
    default = preview.facts.recommendations.default
    page = visit(f"{models}{other}/")
    assert page.input_value("#picker-model") == other
    choose(page, model=default)
    assert shown(page) == published(preview, default)
    page.click("#picker .page")
    assert page.url.endswith(f"{models}{default}/")
    page = visit(f"{models}{refused}/")
    assert shown(page) == {}
    reasons = _refusals(preview, refused)
    for client, entry in preview.facts.clients.items():
        assert f"{entry.name} cannot use" in page.inner_text("article"), reasons[client]
    choose(page, model=other)
    assert shown(page) == published(preview, other)


def test_a_models_page_does_not_take_the_model_that_was_chosen_elsewhere(
    visit: Visit, setup: str, preview: Rendering, other: str
) -> None:
    default, client = preview.facts.recommendations.default, list(preview.facts.clients)[1]
    page = visit(setup)
    choose(page, client=client, model=other)
    page = visit(f"{path_of('models', preview)}{default}/", context=page.context)
    expect(page.locator("#picker-client")).to_have_value(client)
    assert shown(page) == published(preview, default, client)
    choose(page, client="")
    page = visit(setup, context=page.context)
    says(page, other, "all clients")


def test_the_copy_button_copies_what_is_shown(visit: Visit, setup: str, preview: Rendering, other: str) -> None:
    page = visit(setup)
    client = next(iter(preview.facts.clients))
    choose(page, client=client, model=other)
    for pattern, text in published(preview, other, client).items():
        page.locator(f'[data-file="{pattern}"] .copy').click()
        expect(page.locator(".notice")).to_contain_text("copied")
        # The notice may still be that of the file before.
        page.wait_for_function("async text => await navigator.clipboard.readText() === text", arg=text)


# --- Address, history, memory


def test_the_address_has_the_choice_and_shows_it_to_somebody_else(
    visit: Visit, setup: str, preview: Rendering, other: str
) -> None:
    client = list(preview.facts.clients)[1]
    page = visit(setup)
    choose(page, client=client, model=other)
    assert page.url.endswith(f"{setup}?client={client}&model={other}")
    stranger = visit(page.url[page.url.index(setup) :])
    says(stranger, other)
    assert shown(stranger) == shown(page) == published(preview, other, client)
    assert stranger.input_value("#picker-client") == client


def test_an_address_takes_precedence_over_what_is_remembered(
    visit: Visit, setup: str, preview: Rendering, other: str
) -> None:
    first, second, *_ = preview.facts.clients
    page = visit(setup)
    choose(page, client=first, model=other)
    page = visit(f"{setup}?client={second}", context=page.context)
    expect(page.locator(STATUS)).not_to_be_empty()
    assert shown(page) == published(preview, preview.facts.recommendations.default, second)


def test_back_and_forward_go_through_the_choices(visit: Visit, setup: str, preview: Rendering, other: str) -> None:
    default, client = preview.facts.recommendations.default, next(iter(preview.facts.clients))
    page = visit(setup)
    choose(page, client=client)
    choose(page, model=other)
    assert shown(page) == published(preview, other, client)
    page.go_back()
    expect(page.locator("#picker-model")).to_have_value(default)
    assert shown(page) == published(preview, default, client)
    page.go_back()
    expect(page.locator("#picker-client")).to_have_value("")
    assert shown(page) == published(preview, default)
    assert page.url.endswith(setup)
    page.go_forward()
    page.go_forward()
    expect(page.locator("#picker-model")).to_have_value(other)
    assert shown(page) == published(preview, other, client)


def test_the_choice_is_remembered_and_then_in_the_address(
    visit: Visit, setup: str, preview: Rendering, other: str
) -> None:
    client = list(preview.facts.clients)[1]
    page = visit(setup)
    choose(page, client=client, model=other)
    page = visit(setup, context=page.context)
    says(page, other)
    assert page.url.endswith(f"?client={client}&model={other}")
    assert shown(page) == published(preview, other, client)
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert not [key for key in preview.facts.keys.values() if key.prefix in stored]


def test_without_storage_everything_else_works(visit: Visit, setup: str, preview: Rendering, other: str) -> None:
    denied = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
    page = visit(setup, noise=True, prepare=lambda page: page.add_init_script(denied))
    assert page.evaluate("try { localStorage } catch (error) { error.name }") == "SecurityError"
    choose(page, client=next(iter(preview.facts.clients)), model=other)
    assert shown(page) == published(preview, other, next(iter(preview.facts.clients)))
    assert other in page.url


def test_an_alias_in_the_address_is_taken_for_its_model(visit: Visit, setup: str, preview: Rendering) -> None:
    model = next(model for model in preview.facts.models.values() if model.aliases)
    page = visit(f"{setup}?model={model.aliases[0]}")
    expect(page.locator("#picker-model")).to_have_value(model.id)
    assert page.url.endswith(f"?model={model.id}")


def test_what_an_address_asks_for_and_is_not_there_is_told_or_passed_over(
    visit: Visit, setup: str, preview: Rendering
) -> None:
    default = preview.facts.recommendations.default
    page = visit(f"{setup}?model=no/such-model")
    expect(page.locator(STATUS)).to_contain_text("There is no model no/such-model here.")
    assert shown(page) == published(preview, default)
    page = visit(f"{setup}?client=nobody&shell=csh")
    assert page.input_value("#picker-client") == ""
    assert shown(page) == published(preview, default)


def test_a_link_to_another_clients_section_shows_it(visit: Visit, setup: str, preview: Rendering) -> None:
    first, second, *_ = preview.facts.clients
    page = visit(setup)
    choose(page, client=first)
    page.click(f"article > ul >> text={preview.facts.clients[second].name}")
    expect(page.locator("#picker-client")).to_have_value(second)
    assert f"client={second}" in page.url
    heading = page.locator(f"h2[data-client='{second}']")
    expect(heading).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#picker-client")).to_have_value(first)


# --- Failures


def test_a_file_that_cannot_be_loaded_leaves_the_page_as_it_was_and_says_so(
    visit: Visit, setup: str, preview: Rendering, other: str
) -> None:
    page = visit(setup, noise=True)
    default, client = preview.facts.recommendations.default, next(iter(preview.facts.clients))
    choose(page, client=client)
    before, address = shown(page), page.url
    broken = preview.snippets.url(client, preview.facts.clients[client].snippets[-1], other)
    page.route(f"**{broken}", lambda route: route.abort())
    page.click("#picker-model")
    page.keyboard.type(other)
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_text(
        f"The files for {other} could not be loaded. The page still shows those for {default}."
    )
    assert shown(page) == before
    assert page.url == address
    assert page.input_value("#picker-model") == default
    page.unroute(f"**{broken}")
    page.click("text=Try again")
    says(page, other)
    assert shown(page) == published(preview, other, client)
    expect(page.locator(".again")).to_be_hidden()


def test_a_list_of_models_that_cannot_be_loaded_leaves_the_page_as_it_is(
    visit: Visit, setup: str, preview: Rendering
) -> None:
    page = visit(setup, noise=True, prepare=lambda page: page.route("**/picker.json", lambda route: route.abort()))
    page.click("#picker-model")
    expect(page.locator(STATUS)).to_have_text("The list of models could not be loaded.")
    assert shown(page) == published(preview, preview.facts.recommendations.default)
    page.unroute("**/picker.json")
    page.click("#picker-model")
    expect(page.locator("[role=option]").first).to_be_visible()


def test_an_answer_that_comes_too_late_does_not_replace_a_later_choice(
    visit: Visit, setup: str, preview: Rendering, other: str
) -> None:
    page = visit(setup)
    held: list[Route] = []
    page.route(f"**/{other}/*", lambda route: held.append(route))
    page.click("#picker-model")
    with page.expect_request(lambda request: f"/{other}/" in request.url):
        page.keyboard.type(other)
        page.keyboard.press("Enter")
    later = next(
        m for m in reversed(list(preview.facts.models)) if m != other and not any(_refusals(preview, m).values())
    )
    choose(page, model=later)
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert shown(page) == published(preview, later)
    assert page.input_value("#picker-model") == later


# --- Ways of reading


def test_without_scripts_the_page_shows_every_client_with_the_recommended_model(
    visit: Visit, setup: str, preview: Rendering
) -> None:
    asked: list[str] = []
    page = visit(
        setup,
        javascript=False,
        prepare=lambda page: page.on("request", lambda request: asked.append(request.url)),
    )
    expect(page.locator("#picker")).to_be_hidden()
    for client in preview.facts.clients.values():
        expect(page.get_by_role("heading", name=client.name, level=2)).to_be_visible()
    for text in published(preview, preview.facts.recommendations.default).values():
        assert text.strip() in page.inner_text("article")
    assert [url for url in asked if url.endswith((".json", "picker.js"))] == []


def test_the_keyboard_alone_chooses_and_escape_closes(visit: Visit, setup: str, preview: Rendering, other: str) -> None:
    client = list(preview.facts.clients)[1]
    page = visit(setup)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "picker-client":
            break
    page.keyboard.type(preview.facts.clients[client].name[:6])
    expect(page.locator(STATUS)).to_contain_text(f"for {preview.facts.clients[client].name} with")
    page.keyboard.press("Tab")
    field, listed = page.locator("#picker-model"), page.locator("#picker-models")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(field).to_have_value(preview.facts.recommendations.default)
    page.keyboard.type(other.partition("/")[0])
    expect(listed).to_be_visible()
    page.keyboard.press("Escape")
    expect(field).to_have_value(preview.facts.recommendations.default)
    page.keyboard.type(other)
    expect(page.locator("[role=option]").first).to_contain_text(other)
    page.keyboard.press("Enter")
    says(page, other)
    assert shown(page) == published(preview, other, client)
    expect(field).to_be_focused()


def test_typing_filters_by_id_name_and_alias_and_tells_how_many_fit(
    visit: Visit, setup: str, preview: Rendering
) -> None:
    page = visit(setup)
    with_alias = next(model for model in preview.facts.models.values() if model.aliases)
    for typed in ("qwen", with_alias.aliases[0], with_alias.name, with_alias.id, "no such thing"):
        fitting = [
            model.id
            for model in preview.facts.models.values()
            if all(word in " ".join([model.id, model.name, *model.aliases]).lower() for word in typed.lower().split())
        ]
        page.fill("#picker-model", typed)
        told = f"{len(fitting)} models" if len(fitting) > 1 else "1 model" if fitting else "No model has this"
        expect(page.locator("#picker-found")).to_contain_text(told)
        assert page.locator("[role=option] code").all_inner_texts() == fitting


def test_a_model_that_a_client_cannot_use_is_listed_with_the_reason_and_cannot_be_chosen(
    visit: Visit, setup: str, preview: Rendering, refused: str
) -> None:
    page = visit(setup)
    default = preview.facts.recommendations.default
    for client in preview.facts.clients:
        choose(page, client=client)
        page.click("#picker-model")
        listed = page.locator("[role=option]")
        expect(listed).to_have_count(len(preview.facts.models))
        for model, reason in ((model, _refusals(preview, model)[client]) for model in preview.facts.models):
            option = listed.filter(has=page.locator(f"code:text-is('{model}')"))
            assert option.get_attribute("aria-disabled") == ("true" if reason else None)
            assert (reason or preview.facts.models[model].name) in option.inner_text()
        page.keyboard.press("Escape")
    page.fill("#picker-model", refused)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[role=option]").click(force=True)
    expect(page.locator("#picker-models")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#picker-model")).to_have_value(default)
    assert refused not in page.url


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_and_its_controls_are_large_enough(width: int, visit: Visit, setup: str) -> None:
    page = visit(setup, width=width)
    page.click("#picker-model")
    expect(page.locator("#picker-models")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator("#picker :is(input, select, button, [role=option])").all():
        if box := control.bounding_box():
            assert box["height"] >= 24
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


def test_nothing_asks_for_a_key(visit: Visit, setup: str) -> None:
    page = visit(setup)
    names = page.locator("#picker :is(input, select, textarea)").evaluate_all("fields => fields.map(({ id }) => id)")
    assert set(names) <= {"picker-client", "picker-model", "picker-shell"}
