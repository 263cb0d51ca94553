"""Nothing of a text runs in a browser, and the policy has nothing to stop: on every page, and in what scripts show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agentdocs.mkdocs.build import build
from agentdocs.schema.values import SPECIALS
from agentdocs.server import application

from site_tests.conftest import DAY
from site_tests.projects import EXEMPLA
from site_tests.serving import running
from site_tests.site.waiting import expect
from site_tests.texts.hostile import facts, hostile, project
from site_tests.texts.members import PAYLOADS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.render import Rendering
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.program("chromium")

TURNS = 2


def _search(page: Page, rendering: Rendering) -> None:
    facts = rendering.facts
    page.click("input[name=query]")
    for error in facts.errors.values():
        if error.code not in SPECIALS:
            page.fill("input[name=query]", "")
            page.keyboard.type(str(error.code))
            expect(page.locator(".md-search-result__list")).to_contain_text(error.title)


def _choose(page: Page, rendering: Rendering) -> None:
    for client, entry in rendering.facts.clients.items():
        page.select_option("#picker-client", client)
        expect(page.locator("#picker .said [role=status]")).to_contain_text(entry.name)


def _find(page: Page, rendering: Rendering) -> None:
    for name, error in rendering.facts.errors.items():
        page.fill("#finder-text", f"{error.status} {error.title}")
        expect(page.locator(f"#finder [data-error={name}]")).to_be_visible()
        expect(page.locator(f"#finder [data-error={name}]")).to_contain_text(error.remedy)


def _compare(page: Page, rendering: Rendering) -> None:
    for box in page.locator("[data-table=models] input[type=checkbox]").all():
        box.check()
    expect(page.locator("#comparison table")).to_be_visible()


def _calculate(page: Page, rendering: Rendering) -> None:
    for plan in rendering.facts.plans:
        page.select_option("#budget-plan", plan)
        page.fill("#budget-requests", "10")
        expect(page.locator("#budget .result")).not_to_be_empty()


USES: dict[str, Callable[[Page, Rendering], None]] = {
    "/docs/agents/setup/": _choose,
    "/docs/agents/errors/": _find,
    "/docs/agents/models/": _compare,
    "/docs/agents/rate-limits/": _calculate,
    "/": _search,
}
"""What a reader does on a page, so that its scripts show texts."""


@pytest.mark.parametrize("turn", range(TURNS))
def test_nothing_of_a_text_runs(turn: int, browser: Browser, tmp_path: Path) -> None:
    data = facts(EXEMPLA)
    texts = hostile(data, turn, PAYLOADS["html"])
    rendering = build(project(EXEMPLA, data, texts, tmp_path), tmp_path / "site", day=DAY)
    said: list[str] = []

    def dialog(shown: Dialog) -> None:
        said.append(f"{page.url} alerts {shown.message}")
        shown.dismiss()

    with running(application(tmp_path / "site", rendering)) as server:
        page = browser.new_page()
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.on("dialog", dialog)
        page.on("request", lambda r: None if r.url.startswith((server, "data:", "blob:")) else said.append(r.url))
        for url in [*(page.url for page in rendering.pages.values()), "/no/such/page/"]:
            answer = page.goto(server + url, wait_until="load")
            assert answer is not None
            assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"]
            if url in USES:
                USES[url](page, rendering)
            for focused in page.locator("article [onfocus], article [autofocus]").all():
                focused.focus()
        page.close()
    assert [told for told in said if "404 (Not Found)" not in told] == []
