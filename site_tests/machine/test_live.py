"""Live editing: what is saved is seen, a mistake is told where one looks, and nothing stale is served."""

from __future__ import annotations

import html
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from selectolax.lexbor import LexborHTMLParser

from site_tests.projects import make_exempla

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.thorough  # two minutes of real servers

PATIENCE = 120
"""Seconds after which a test gives up; a reload takes less than one, but nothing here depends on that."""

MODEL = "/docs/agents/models/z-ai/glm-5/"
SETUP = "/docs/agents/setup/"
ASSETS = "/docs/agents/assets/"
INDEX = f"{ASSETS}search/search_index.json"


def eventually(what: str, happened: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.05)


class Server:
    """`mkdocs serve` in a copy of the project."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self._log = project / "serve.log"
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.address = f"127.0.0.1:{listener.getsockname()[1]}"

    @contextmanager
    def running(self) -> Iterator[Server]:
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", self.address]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        with (
            self._log.open("wb") as log,
            subprocess.Popen(command, cwd=self.project, env=environment, stdout=log, stderr=log) as process,
        ):
            try:
                eventually("the server listens", lambda: process.poll() is not None or "Serving on" in self.terminal())
                assert process.poll() is None, self.terminal()
                yield self
            finally:
                process.terminate()

    def terminal(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"http://{self.address}{path}", timeout=PATIENCE)

    def shows(self, path: str, text: str) -> bool:
        response = self.get(path)
        return response.status_code == 200 and text in response.text

    def error(self, path: str = SETUP) -> str | None:
        """The text of the error upon a page."""
        element = LexborHTMLParser(self.get(path).text).css_first("#agentdocs-error pre")
        return element.text() if element else None

    @contextmanager
    def edited(self, file: str, old: str, new: str) -> Iterator[None]:
        """Change a file, and in the end mend it and wait until that is seen."""
        path = self.project / file
        text = path.read_text(encoding="utf-8")
        _edit(path, old, new)
        try:
            yield
        finally:
            built = self.terminal().count("Reloading browsers")
            path.write_text(text, encoding="utf-8")
        eventually("the correction is built", lambda: self.terminal().count("Reloading browsers") > built)
        assert self.error() is None


def _edit(path: Path, old: str, new: str | None) -> None:
    if new is None:
        path.unlink()
        return
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} has no {old!r} to edit"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(make_exempla(tmp_path_factory.mktemp("live"))).running() as server:
        yield server


def test_a_change_of_the_catalog_reaches_everything_that_shows_it(server: Server) -> None:
    places = [MODEL, "/docs/agents/models/", "/docs/agents/models/z-ai/", INDEX]
    places += [MODEL.removesuffix("/") + ".md", "/docs/agents/snippets/openclaw/z-ai/glm-5/exempla.json5"]
    with server.edited("catalog/models/z-ai/glm-5.yaml", "context_window: 80000", "context_window: 81234"):
        eventually("the model's page has the new value", lambda: server.shows(MODEL, "81,234"))
        for path in places:
            assert server.shows(path, "81,234") or server.shows(path, "81234"), path
    for path in places:
        assert not server.shows(path, "81,234"), path
        assert not server.shows(path, "81234"), path


@pytest.mark.parametrize(
    ("file", "old", "new", "path"),
    [
        ("docs/agents/setup.md", "# Setup", "# Setup\n\nA new sentence.", SETUP),
        ("templates/pages/model.md", "## Facts", "A new sentence.\n\n## Facts", MODEL),
        ("templates/tables/models.md", "| Model |", "A new sentence.\n\n| Model |", "/docs/agents/models/"),
        ("templates/theme/main.html", "This is a preview.", "A new sentence.", SETUP),
        ("templates/theme/css/type.css", "", "a::after { content: 'A new sentence.'; }\n", f"{ASSETS}site.css"),
        ("templates/llms.txt", "# ", "# A new sentence. ", "/llms.txt"),
        ("mkdocs.yml", "Link to this section", "A new sentence.", SETUP),
    ],
)
def test_a_change_of_a_page_or_a_template_is_seen(file: str, old: str, new: str, path: str, server: Server) -> None:
    with server.edited(file, old, new):
        eventually(f"{path} has the new sentence", lambda: server.shows(path, "A new sentence."))


def test_a_new_template_takes_the_place_of_the_theme_s_own(server: Server) -> None:
    file = server.project / "templates/theme/partials/header.html"
    file.write_text("<header>A new header.</header>")
    eventually("the new template is used", lambda: server.shows(SETUP, "A new header."))
    file.unlink()
    eventually("the theme's own is used again", lambda: not server.shows(SETUP, "A new header."))


BROKEN = {
    "catalog": (
        "catalog/limits.yaml",
        "amount: 20",
        "amount: <b>20</b>",
        r"catalog/limits\.yaml:4:20: browser_chat\.rates\[0\]\.amount: '<b>20</b>' is not .*",
    ),
    "YAML": ("catalog/plans.yaml", "pro:", "pro: pro:", r"catalog/plans\.yaml:\d+:\d+: not YAML.*"),
    "page": ("docs/agents/setup.md", "# Setup", "# Setup\n\n{{ nobody }}", r"docs/agents/setup\.md:\d+: .*'nobody'.*"),
    "link": ("docs/agents/setup.md", "# Setup", "# Setup\n\n[x](no.md)", r"docs/agents/setup\.md: the link no\.md .*"),
    "template": ("templates/pages/model.md", "## Facts", "{% if %}", r"templates/pages/model\.md:\d+: .*"),
    "theme": (
        "templates/theme/main.html",
        "{% block announce %}",
        "{% block announce %}{{ 1 / 0 }}",
        r".*templates/theme/main\.html:\d+: ZeroDivisionError.*",
    ),
    "syntax of the theme": (
        "templates/theme/main.html",
        "{% block announce %}",
        "{% blokk announce %}",
        r".*templates/theme/main\.html:\d+: TemplateSyntaxError.*'blokk'.*",
    ),
    "settings": ("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: 3", r".*use_directory_urls.*"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_mistake_is_told_in_terminal_and_browser_until_it_is_mended(case: str, server: Server) -> None:
    file, old, new, message = BROKEN[case]
    before = {path: server.get(path).text for path in (SETUP, MODEL, "/llms.txt", "/.well-known/api-catalog")}
    told = len(server.terminal())
    with server.edited(file, old, new):
        eventually("the page tells the mistake", server.error)
        error = server.error() or ""
        assert re.fullmatch(message, error, re.DOTALL)
        assert error in server.terminal()[told:]
        assert "Traceback" not in server.terminal()
        for path, text in before.items():
            now = server.get(path).text
            if path.endswith("/"):
                assert html.escape(error) in now
                assert server.error(path) == error
                now = re.sub(r'\n<div id="agentdocs-error".*</div>\n(?=</body>)', "", now, flags=re.DOTALL)
            stamp = r"livereload\(\d+, \d+\)"
            assert re.sub(stamp, "", now) == re.sub(stamp, "", text), f"{path} is not that of the last good build"
        missing = server.get("/nowhere/")
        assert missing.status_code == 404
        assert html.escape(error) in missing.text
        assert "/livereload/" in missing.text


def test_a_model_comes_and_goes_with_its_file(server: Server) -> None:
    file = server.project / "catalog/models/z-ai/glm-5.yaml"
    new = file.with_name("glm-6.yaml")
    page = MODEL.replace("glm-5", "glm-6")
    assert server.get(page).status_code == 404
    new.write_text(file.read_text().replace("glm-5", "glm-6").replace("GLM-5", "GLM-6"))
    eventually("the new model has a page", lambda: server.shows(page, "GLM-6"))
    listings = ("/docs/agents/models/", "/docs/agents/models/z-ai/", INDEX, "/sitemap.xml")
    for path in listings:
        assert server.shows(path, "z-ai/glm-6"), path
    new.unlink()
    eventually("the page is gone", lambda: server.get(page).status_code == 404)
    for path in listings:
        assert server.get(path).status_code == 200
        assert not server.shows(path, "z-ai/glm-6"), path


def test_a_server_that_starts_with_a_mistake_tells_it_and_recovers(tmp_path: Path) -> None:
    project = make_exempla(tmp_path / "project")
    limits = project / "catalog/limits.yaml"
    text = limits.read_text()
    limits.write_text("- \n" + text)
    with Server(project).running() as server:
        error = server.error("/") or ""
        assert error.startswith("catalog/limits.yaml:2:1: not YAML")
        assert error in server.terminal()
        limits.write_text(text)
        eventually("the pages are there", lambda: server.get(SETUP).status_code == 200)
        assert server.error() is None
        assert server.get("/.well-known/api-catalog").status_code == 200


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


EDITS = [
    ("catalog/models/z-ai/glm-5.yaml", "name: GLM-5", "name: Renamed-5"),
    ("catalog/site.yaml", "source: agents/setup.md, title: ", "source: agents/setup.md, title: New "),
    ("catalog/models/qwen/qwen3.5-397b-a17b.yaml", "", None),
    ("docs/agents/errors.md", "# Errors", "# Errors\n\n[agentdocs.render.render][] and [models](models.md#models)"),
    ("docs/maintaining/generator.md", '"catalog.rules", ', ""),
    ("mkdocs.yml", "Link to this section", "Here"),
    ("templates/theme/main.html", "This is a preview.", "This is a draft."),
]


def test_what_is_kept_between_builds_changes_nothing(tmp_path: Path) -> None:
    """After each edit, a server that keeps HTML has the same bytes as one that has just been started."""

    def built(*, start: bool) -> dict[str, bytes]:
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
        if start:
            config.plugins.on_startup(command="serve", dirty=False)
        config.site_url = "http://127.0.0.1/"
        build(config, serve_url=config.site_url)
        return _contents(tmp_path / "site")

    results: dict[bool, list[dict[str, bytes]]] = {}
    for start_anew in (False, True):
        project = make_exempla(tmp_path / "project")
        results[start_anew] = [built(start=True)]
        for file, old, new in EDITS:
            _edit(project / file, old, new)
            results[start_anew].append(built(start=start_anew))
        shutil.rmtree(project)
    assert len({tuple(sorted(files.items())) for files in results[True]}) == len(EDITS) + 1
    for edit, kept, made in zip(["nothing", *EDITS], results[False], results[True], strict=True):
        assert sorted(kept) == sorted(made), edit
        assert [name for name in made if made[name] != kept[name]] == [], edit


@pytest.mark.program("chromium")
def test_an_open_page_follows_the_edits(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"http://{server.address}{SETUP}")
    milliseconds = PATIENCE * 1000
    with server.edited("docs/agents/setup.md", "# Setup", "# Setup\n\nA new sentence."):
        page.get_by_text("A new sentence.").wait_for(timeout=milliseconds)
    page.get_by_text("A new sentence.").wait_for(state="detached", timeout=milliseconds)
    with server.edited("catalog/plans.yaml", "pro:", "pro: pro:"):
        page.locator("#agentdocs-error").get_by_text("catalog/plans.yaml").wait_for(timeout=milliseconds)
        assert page.locator("h1").inner_text().startswith("Setup")
    page.locator("#agentdocs-error").wait_for(state="detached", timeout=milliseconds)
    assert [url for url in requests if not url.startswith((f"http://{server.address}/", "data:"))] == []
    page.close()
