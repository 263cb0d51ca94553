"""The picker: clients' pages follow the choice, which is in the address, is remembered, and survives failures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from agentdocs.site.snippets import SHELLS
from agentdocs.site.urls import client_source, twin_url
from agentdocs.text.headings import fragment

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
    """The path of the overview, which leads to clients."""
    return path_of("setup", preview)


@pytest.fixture
def client(preview: Rendering) -> str:
    """The first client, of which `path_of("client")` is the page."""
    return next(iter(preview.facts.clients))


@pytest.fixture
def path(preview: Rendering) -> str:
    """The path of its page."""
    return path_of("client", preview)


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


def page_of(preview: Rendering, client: str) -> str:
    """Say where the page of a client is."""
    return preview.pages[client_source(preview.facts, client)].url


def choose(page: Page, model: str) -> None:
    """Choose a model as a reader does, and wait until the page tells that it is done."""
    page.click("#picker-model")
    page.keyboard.type(model)
    page.keyboard.press("Enter")
    says(page, model)


def says(page: Page, model: str) -> None:
    """Wait until the page tells that it shows the files for a model, or that it leads there."""
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"with {re.escape(model)}\.$"))


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


# --- What readers come for


def test_a_client_with_the_recommended_model_takes_two_actions(
    visit: Visit, setup: str, preview: Rendering, client: str
) -> None:
    page = visit(setup)
    page.select_option("#picker-client", client)
    page.click("#picker .offers a")
    expect(page.locator("h1")).to_contain_text(preview.facts.clients[client].name)
    expect(page.locator("#picker")).to_be_visible()  # until then files for every shell are
    assert shown(page) == published(preview, preview.facts.recommendations.default, client)


def test_every_client_is_one_link_away_without_a_script(visit: Visit, setup: str, preview: Rendering) -> None:
    for client, entry in preview.facts.clients.items():
        page = visit(setup, javascript=False)
        expect(page.locator("#picker")).to_be_hidden()
        page.click(f"article a:text-is('Set up {entry.name}')")
        default = preview.facts.recommendations.default
        assert page.url.endswith(page_of(preview, client))
        assert f"They are for {default}, the recommended model." in page.inner_text("article")
        for text in published(preview, default, client).values():
            assert text.strip() in page.inner_text("article")


def test_links_to_old_sections_arrive(visit: Visit, setup: str, preview: Rendering) -> None:
    facts = preview.facts
    for client, entry in facts.clients.items():
        anchor = fragment(facts.clients, client)
        plain = visit(f"{setup}#{anchor}", javascript=False)
        expect(plain.locator(f"[id='{anchor}']")).to_contain_text(entry.name)
        page = visit(f"{setup}#{anchor}")
        expect(page.locator("h1")).to_contain_text(entry.name)
        assert page_of(preview, client) in page.url


def test_an_old_address_with_a_choice_arrives(visit: Visit, setup: str, preview: Rendering, other: str) -> None:
    client = list(preview.facts.clients)[1]
    page = visit(f"{setup}?client={client}&model={other}")
    page.wait_for_url(f"**{page_of(preview, client)}?model={other}*")
    says(page, other)
    assert shown(page) == published(preview, other, client)


# --- The page follows the choice


def test_every_combination_shows_what_the_generator_gives(
    visit: Visit, preview: Rendering, tell: Callable[..., None]
) -> None:
    facts, compared, refusals = preview.facts, 0, 0
    for client, entry in facts.clients.items():
        page = visit(page_of(preview, client))
        for model, target in facts.models.items():
            if reason := _refusals(preview, model)[client]:
                page.goto(f"{page.url.partition('?')[0]}?model={model}")
                expect(page.locator(STATUS)).to_contain_text(f"{entry.name} cannot use {model}: {reason}.")
                refusals += 1
                continue
            choose(page, model)
            assert shown(page) == published(preview, model, client), f"{client} with {model}"
            assumed = {entry.when_unknown[name] for name in preview.snippets.left_out(entry, target)
                       if name in entry.when_unknown}  # fmt: skip
            told = page.locator("[data-fact], [data-said] li").filter(visible=True).all_inner_texts()
            assert {text.partition(": ")[2] for text in told} == assumed, f"{client} with {model}"
            expect(page.locator("article p:visible", has_text="They are for").locator("code")).to_have_text(model)
            compared += len(published(preview, model, client))
    tell(
        "Picker: {files} files in a browser equal what `agentdocs snippet` prints, and {refusals} refusals are told.",
        files=compared,
        refusals=refusals,
    )
    assert compared
    assert refusals


def test_what_is_copied_shown_and_asked_is_of_the_client_and_model(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    page = visit(path)
    whole = preview.artifacts[twin_url(preview.pages[client_source(preview.facts, client)])]
    for url, text in (
        (whole.url, whole.body.decode()),
        (
            preview.snippets.guide_url(client, other),
            preview.artifacts[preview.snippets.guide_url(client, other)].body.decode(),
        ),
    ):
        page.locator(".page-actions [data-copy]").click()
        page.wait_for_function("async text => await navigator.clipboard.readText() === text", arg=text)
        expect(page.locator(".page-actions [type='text/markdown']")).to_have_attribute(
            "href", re.compile(re.escape(url))
        )
        asked = page.locator(".page-actions details a").evaluate_all(
            "all => all.map(({ href }) => decodeURIComponent(href))"
        )
        assert asked
        assert [link for link in asked if preview.facts.site.origin + url not in link] == []
        if url == whole.url:
            choose(page, other)
    assert other in text
    assert preview.facts.recommendations.default not in text.partition("Models suggested")[0]


def test_what_a_page_shows_before_any_choice_is_what_is_published(preview: Rendering, preview_site: Path) -> None:
    default = preview.facts.recommendations.default
    pages = {page_of(preview, client): (default, client) for client in preview.facts.clients}
    for path, (model, client) in pages.items():
        html = HtmlPage(preview_site / path.lstrip("/") / "index.html")
        blocks = {
            block.attributes["data-file"]: block.css_first("code") for block in html.article.css("div[data-file]")
        }
        texts = {pattern: code.text() for pattern, code in blocks.items() if code and pattern}
        assert texts == published(preview, model, client, hidden=True), path


def test_a_published_file_that_differs_would_be_noticed(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    def tamper(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("https://", "https://other."))

    page = visit(path, prepare=lambda page: page.route(f"**/{other}/*", tamper))
    choose(page, other)
    assert shown(page) != published(preview, other, client)


@pytest.mark.parametrize("kind", ["setup", "client", "model"])
def test_each_shell_has_its_own_way_to_set_the_key(
    kind: str, visit: Visit, preview: Rendering, tell: Callable[..., None]
) -> None:
    facts = preview.facts
    path = path_of(kind, preview)
    page = visit(path)
    for shell in reversed(SHELLS):
        page.select_option("#picker-shell", shell)
        expect(page.locator(f"[data-shell='{shell}']").first).to_be_visible()
        visible = page.locator("[data-shell]").filter(visible=True)
        found = visible.evaluate_all("found => found.map(({ dataset }) => dataset.shell.split('/'))")
        assert found
        assert all(shell in each for each in found)
        keys = {facts.apis[client.api].key for client in facts.clients.values()}
        steps = [preview.snippets.key_step(key, shell) for key in facts.keys if key in keys]
        shown_steps = visible.locator("code").all_inner_texts()
        assert [step.strip() for step in shown_steps if step.strip() in map(str.strip, steps)]
        assert page.url.endswith(f"{path}?shell={shell}" if shell != SHELLS[0] else path)
    page.go_back()
    expect(page.locator("#picker-shell")).to_have_value(SHELLS[-1])
    tell("Picker: {steps} steps of shells compared.", steps=len(SHELLS))


def test_the_page_of_a_model_leads_to_a_client_with_this_model(visit: Visit, preview: Rendering, other: str) -> None:
    client = list(preview.facts.clients)[1]
    page = visit(f"{path_of('models', preview)}{other}/")
    page.select_option("#picker-client", client)
    page.click("#picker .offers a")
    says(page, other)
    assert shown(page) == published(preview, other, client)


def test_the_copy_button_copies_what_is_shown(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    page = visit(path)
    choose(page, other)
    for pattern, text in published(preview, other, client).items():
        page.locator(f'[data-file="{pattern}"] .copy').click()
        expect(page.locator(".notice")).to_contain_text("copied")
        # The notice may still be that of the file before.
        page.wait_for_function("async text => await navigator.clipboard.readText() === text", arg=text)


# --- Address, history, memory


def test_the_address_has_the_choice_for_somebody_else_and_after_a_reload(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    page = visit(path)
    choose(page, other)
    assert page.url.endswith(f"{path}?model={other}")
    page.reload()
    says(page, other)
    stranger = visit(page.url[page.url.index(path) :])
    says(stranger, other)
    assert shown(stranger) == shown(page) == published(preview, other, client)


def test_the_choice_goes_from_page_to_page(
    visit: Visit, path: str, setup: str, preview: Rendering, client: str, other: str
) -> None:
    second = list(preview.facts.clients)[1]
    page = visit(path)
    choose(page, other)
    page.select_option("#picker-client", second)
    page.click("#picker .offers a")
    says(page, other)
    assert shown(page) == published(preview, other, second)
    page = visit(setup, context=page.context)
    says(page, other)
    expect(page.locator("#picker-client")).to_have_value(second)
    page = visit(path, context=page.context)
    says(page, other)
    assert shown(page) == published(preview, other, client)
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert not [key for key in preview.facts.keys.values() if key.prefix in stored]


def test_an_address_takes_precedence_over_what_is_remembered(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    default = preview.facts.recommendations.default
    page = visit(path)
    choose(page, other)
    page = visit(f"{path}?model={default}", context=page.context)
    page.wait_for_load_state("networkidle")
    assert shown(page) == published(preview, default, client)


def test_back_and_forward_go_through_the_choices(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    default = preview.facts.recommendations.default
    page = visit(path)
    choose(page, other)
    page.go_back()
    expect(page.locator("#picker-model")).to_have_value(default)
    says(page, default)
    assert shown(page) == published(preview, default, client)
    page.go_forward()
    says(page, other)
    assert shown(page) == published(preview, other, client)


@pytest.mark.parametrize("kept", ["{", "null", "5", '{"model": 5}', '{"client": "nobody", "shell": "csh"}'])
def test_a_broken_stored_choice_is_dropped(kept: str, visit: Visit, path: str, preview: Rendering, client: str) -> None:
    page = visit(path, prepare=lambda page: page.add_init_script(f"localStorage.setItem('agentdocs.picker', {kept!r})"))
    page.wait_for_load_state("networkidle")
    assert shown(page) == published(preview, preview.facts.recommendations.default, client)
    assert page.inner_text(STATUS) == ""
    assert page.evaluate("localStorage.getItem('agentdocs.picker')") in (None, "{}")


def test_without_storage_everything_else_works(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    denied = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
    page = visit(path, noise=True, prepare=lambda page: page.add_init_script(denied))
    assert page.evaluate("try { localStorage } catch (error) { error.name }") == "SecurityError"
    choose(page, other)
    assert shown(page) == published(preview, other, client)
    assert other in page.url


def test_an_alias_in_the_address_is_taken_for_its_model(visit: Visit, path: str, preview: Rendering) -> None:
    model = next(model for model in preview.facts.models.values() if model.aliases)
    page = visit(f"{path}?model={model.aliases[0]}")
    expect(page.locator("#picker-model")).to_have_value(model.id)
    says(page, model.id)
    assert page.url.endswith(f"?model={model.id}")


# --- What is not there


def test_an_unknown_model_is_told_and_the_nearest_one_is_offered(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    page = visit(f"{path}?model={other}x")
    expect(page.locator(STATUS)).to_contain_text(f"There is no model {other}x here.")
    assert shown(page) == published(preview, preview.facts.recommendations.default, client)
    page.click(f"#picker .offers >> text=Use {other}")
    says(page, other)
    assert shown(page) == published(preview, other, client)


def test_an_unknown_client_or_shell_is_told_and_the_nearest_one_is_offered(
    visit: Visit, setup: str, path: str, preview: Rendering
) -> None:
    client = list(preview.facts.clients)[1]
    page = visit(f"{setup}?client={client}x")
    expect(page.locator(STATUS)).to_have_text(f"There is no {client}x here.")
    page.click(f"#picker .offers >> text=Use {preview.facts.clients[client].name}")
    expect(page.locator("#picker-client")).to_have_value(client)
    page = visit(f"{path}?shell={SHELLS[-1]}x")
    expect(page.locator(STATUS)).to_have_text(f"There is no {SHELLS[-1]}x here.")
    page.click("#picker .offers button")
    expect(page.locator("#picker-shell")).to_have_value(SHELLS[-1])


def test_a_client_that_cannot_use_the_model_offers_one_that_it_can(
    visit: Visit, path: str, preview: Rendering, client: str, refused: str
) -> None:
    page = visit(f"{path}?model={refused}")
    reason = _refusals(preview, refused)[client]
    name = preview.facts.clients[client].name
    expect(page.locator(STATUS)).to_contain_text(f"{name} cannot use {refused}: {reason}.")
    button = page.locator("#picker .offers button")
    offered = button.inner_text().removeprefix("Use ")
    assert _refusals(preview, offered)[client] is None
    button.click()
    says(page, offered)


def test_a_model_that_a_client_cannot_use_is_listed_with_the_reason_and_cannot_be_chosen(
    visit: Visit, path: str, preview: Rendering, client: str, refused: str
) -> None:
    page = visit(path)
    default = preview.facts.recommendations.default
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


# --- Failures


def test_a_file_that_cannot_be_loaded_leaves_the_page_as_it_was_and_says_so(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    page = visit(path, noise=True)
    default = preview.facts.recommendations.default
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
    page.click(f"#picker .offers >> text=Use {other}")
    says(page, other)
    assert shown(page) == published(preview, other, client)
    expect(page.locator("#picker .offers")).to_be_empty()


def test_a_list_of_models_that_cannot_be_loaded_leaves_the_page_as_it_is(
    visit: Visit, path: str, preview: Rendering, client: str
) -> None:
    page = visit(path, noise=True, prepare=lambda page: page.route("**/picker.json", lambda route: route.abort()))
    page.click("#picker-model")
    expect(page.locator(STATUS)).to_have_text("The list of models could not be loaded.")
    assert shown(page) == published(preview, preview.facts.recommendations.default, client)
    page.unroute("**/picker.json")
    page.click("#picker-model")
    expect(page.locator("[role=option]").first).to_be_visible()


def test_an_answer_that_comes_too_late_does_not_replace_a_later_choice(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    page = visit(path)
    held: list[Route] = []
    page.route(f"**/{other}/*", lambda route: held.append(route))
    page.click("#picker-model")
    with page.expect_request(lambda request: f"/{other}/" in request.url):
        page.keyboard.type(other)
        page.keyboard.press("Enter")
    later = next(
        m for m in reversed(list(preview.facts.models)) if m != other and not any(_refusals(preview, m).values())
    )
    choose(page, later)
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert shown(page) == published(preview, later, client)
    assert page.input_value("#picker-model") == later


# --- Ways of reading


def test_the_keyboard_alone_chooses_and_escape_closes(
    visit: Visit, path: str, preview: Rendering, client: str, other: str
) -> None:
    page = visit(path)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "picker-client":
            break
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
