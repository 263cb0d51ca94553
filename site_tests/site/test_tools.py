"""What all tools of pages have in common: rules of accessibility, weight, types, and no fact of their own."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from agentdocs.tools.tools import SCRIPTS

from site_tests import programs
from site_tests.conftest import ROOT
from site_tests.projects import MINIMAL, make_project, rendered
from site_tests.site.kinds import path_of
from site_tests.site.test_accessibility import broken
from site_tests.site.waiting import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.render import Rendering
    from playwright.sync_api import Page, Response

    Visit = Callable[..., Page]

SOURCES = ROOT / "templates" / "theme" / "assets" / "js"
OWN = ("combobox", "explorer", "finder", "picker", "tool", "usage")
INTERACTIVE = ("setup", "model", "models", "limits", "errors")
"""Kinds of page that have tools."""


# --- Accessibility


def _open_picker(page: Page) -> None:
    page.select_option("#picker-client", index=1)
    expect(page.locator("#picker .said [role=status]")).not_to_be_empty()
    page.fill("#picker-model", "a")
    expect(page.locator("[role=option]").first).to_be_visible()


def _open_explorer(page: Page) -> None:
    page.fill("#explorer-sent", "1000")
    page.fill("#explorer-output", "2.50")
    for box in page.locator("td input:visible").all()[:3]:
        box.check()
    expect(page.locator("#comparison")).to_be_visible()
    if page.locator("#explorer-sort").is_visible():
        page.select_option("#explorer-sort", "id")
    else:
        page.click("th[data-key=id] button")
    expect(page.locator("th[data-key=id]")).to_have_attribute("aria-sort", "ascending")


def _open_usage(page: Page) -> None:
    for field in page.locator(".tool input").all():
        field.fill("3")
    for output in page.locator(".tool .result").all():
        expect(output).not_to_be_empty()


def _open_finder(page: Page) -> None:
    page.fill("#finder-text", "429")
    expect(page.locator("#finder li:visible")).not_to_have_count(0)


def _open_nothing_found(page: Page) -> None:
    page.fill("#finder-text", "zzz")
    expect(page.locator("#finder .result")).not_to_be_empty()


OPEN: dict[str, tuple[str, Callable[[Page], None]]] = {
    "picker": ("setup", _open_picker),
    "picker on a model's page": ("model", _open_picker),
    "explorer": ("models", _open_explorer),
    "usage": ("limits", _open_usage),
    "finder": ("errors", _open_finder),
    "finder without a find": ("errors", _open_nothing_found),
}


@pytest.mark.program("chromium")
@pytest.mark.program("pages")
@pytest.mark.parametrize("tool", OPEN)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_a_page_with_its_tools_open_breaks_no_rule(
    tool: str, width: int, scheme: str, visit: Visit, preview: Rendering
) -> None:
    kind, use = OPEN[tool]
    page = visit(path_of(kind, preview), width=width, scheme=scheme)
    use(page)
    assert broken(page, undecided=False) == []


@pytest.mark.program("chromium")
@pytest.mark.program("pages")
def test_a_tool_without_a_label_would_be_found(visit: Visit, preview: Rendering) -> None:
    page = visit(path_of("models", preview))
    _open_explorer(page)
    page.evaluate("document.querySelector('label[for=explorer-text]').remove()")
    page.evaluate("document.querySelector('td input').removeAttribute('aria-label')")
    found = broken(page)
    assert len([line for line in found if line.startswith("label: ")]) == 2, found


@pytest.mark.program("chromium")
@pytest.mark.parametrize("kind", INTERACTIVE)
def test_nothing_jumps_when_the_scripts_have_run(kind: str, visit: Visit, preview: Rendering) -> None:
    page = visit(path_of(kind, preview))
    shift = page.evaluate(
        "new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().reduce((sum, { value }) =>"
        " sum + value, 0))).observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => done(0), 500))"
    )
    assert shift < 0.02


# --- Weight


def test_the_scripts_are_small(preview_site: Path, tell: Callable[..., None]) -> None:
    folder = preview_site / "docs" / "agents" / "assets" / "js"
    sizes = {name: len(gzip.compress((folder / f"{name}.js").read_bytes(), 9)) for name in OWN}
    tell("Tools: their scripts weigh {bytes} bytes, compressed one by one.", bytes=sum(sizes.values()))
    assert sum(sizes.values()) < 11_000


def test_a_published_script_has_everything_but_comments(preview_site: Path) -> None:
    for script in SOURCES.glob("*.js"):
        source = script.read_text(encoding="utf-8")
        served = (preview_site / "docs" / "agents" / "assets" / "js" / script.name).read_text(encoding="utf-8")
        code = [line for line in source.splitlines() if not re.match(r" *(//|/\*\*.*\*/$|/\*\*$|\*)", line)]
        assert served.splitlines() == code, script.name


# --- Code


def _types(folder: Path) -> str:
    command = [str(programs.find("tsc")), "--noEmit", "--allowJs", "--checkJs", "--target", "es2023"]
    command += ["--module", "es2022", "--lib", "es2023,dom,dom.iterable"]
    command += ["--strict", "--noImplicitAny", "false", "--strictNullChecks", "false"]
    command += [str(folder / f"{name}.js") for name in OWN]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return "".join(line for line in said.splitlines(keepends=True) if re.search(rf"({'|'.join(OWN)})\.js\(", line))


@pytest.mark.program("tsc")
def test_the_types_of_the_scripts_fit() -> None:
    assert _types(SOURCES) == ""


@pytest.mark.program("tsc")
def test_a_wrong_type_would_be_found(tmp_path: Path) -> None:
    shutil.copytree(SOURCES, tmp_path / "js")
    script = tmp_path / "js" / "combobox.js"
    script.write_text(script.read_text(encoding="utf-8").replace("this.#field.select()", "this.#field.choose()"))
    assert "Property 'choose' does not exist" in _types(tmp_path / "js")


def test_scripts_name_no_vendor_and_no_fact(preview: Rendering) -> None:
    facts = preview.facts
    words = {facts.provider.name, *facts.models, *facts.limits}
    words |= {str(error.code) for error in facts.errors.values()} - {"unknown", "not_offered"}
    words |= {client.name for client in facts.clients.values()} | {api.name for api in facts.apis.values()}
    for script in SOURCES.glob("*.js"):
        text = script.read_text(encoding="utf-8").lower()
        assert [word for word in words if re.search(rf"\b{re.escape(word.lower())}\b", text)] == [], script.name


# --- Other providers


def _with_tools(tmp_path: Path, names: tuple[str, ...]) -> Rendering:
    """Render the minimal provider with every tool on its page of models."""
    shutil.copytree(MINIMAL, tmp_path / "project")
    page = tmp_path / "project" / "docs" / "list.md"
    marks = "\n\n".join(f'{{{{ tool("{name}") }}}}' for name in names)
    page.write_text(page.read_text(encoding="utf-8").replace("# Models\n", f"# Models\n\n{marks}\n"), encoding="utf-8")
    return rendered(make_project(tmp_path / "project"))


def test_a_provider_without_estimates_limits_and_prices_has_no_tools_for_them(tmp_path: Path) -> None:
    rendering = _with_tools(tmp_path, tuple(SCRIPTS))
    facts = rendering.facts
    assert facts.estimates is None
    assert not facts.limits
    assert facts.billing.prepaid is None
    tools = rendering.pages["list.md"].tools
    assert {*tools} == {"picker", "explorer", "finder"}
    assert "price" not in tools["explorer"].lower()
    assert "cost" not in re.sub(r'data-cost="[^"]*"', "", tools["explorer"]).lower()
    published = {url for url in rendering.artifacts if url.endswith(("picker.json", "explorer.json", "usage.json"))}
    assert published == {"/help/copy/picker.json", "/help/copy/explorer.json"}


def test_marks_are_in_no_other_form_of_a_page(preview: Rendering, preview_site: Path) -> None:
    marked = [page for page in preview.pages.values() if "<!-- " in page.markdown]
    assert len(marked) > len(preview.facts.models)
    for url, artifact in preview.artifacts.items():
        if url.endswith((".md", ".txt")):
            assert not re.search(rb"<!-- (tool|next)", artifact.body), url
    for file in preview_site.rglob("*.html"):
        assert not re.search("<!-- (tool|next)", file.read_text(encoding="utf-8")), file


def test_what_scripts_read_is_part_of_the_published_catalog(preview: Rendering) -> None:
    import json

    data = preview.facts.discovery.data
    assert data is not None
    catalog = json.loads(preview.artifacts[data.catalog.path].body)

    def part_of(part: object, whole: object) -> bool:
        if isinstance(part, dict) and isinstance(whole, dict):
            return all(name in whole and part_of(member, whole[name]) for name, member in part.items())
        if isinstance(part, list) and isinstance(whole, list) and len(part) == len(whole):
            return all(map(part_of, part, whole))
        return part == whole

    slices = {script for script in SCRIPTS.values() if script}
    for name in slices:
        part = json.loads(preview.artifacts[f"{preview.facts.site.snippets}{name}.json"].body)
        assert part_of(part, catalog), name
        assert part


# --- First load


@pytest.mark.program("chromium")
@pytest.mark.parametrize("kind", INTERACTIVE)
def test_a_first_load_is_small(kind: str, visit: Visit, preview: Rendering, tell: Callable[..., None]) -> None:
    answers: list[Response] = []
    page = visit(
        path_of(kind, preview), prepare=lambda page: page.on("response", lambda answer: answers.append(answer))
    )
    page.wait_for_load_state("networkidle")
    size = sum(len(gzip.compress(answer.body(), 9)) for answer in answers)
    tell(f"First load of {kind}: {{bytes}} bytes in {{requests}} requests.", bytes=size, requests=len(answers))
    assert len(answers) <= 10
    assert size <= 75_000
