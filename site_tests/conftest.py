"""Fixtures, and the rule for tests that need a program from outside."""

from __future__ import annotations

import gc
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.mkdocs.build import build
from agentdocs.project import Project
from agentdocs.render import Rendering, render
from agentdocs.server import application

from site_tests import programs
from site_tests.golden import Golden, summary
from site_tests.places import ADVICE, named
from site_tests.serving import running

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 23)
"""The day for which the tests compare models, so that no result depends on the clock."""

ALWAYS = {"bash", "curl"}
"""Programs that are quick and on nearly every machine: their tests run wherever they are. All others take minutes, and
run with `--prove` only, so that `make test` takes the same time on every machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--prove", action="store_true", help="run every test; one whose program is missing fails")
    parser.addoption("--golden", action="store_true", help="write the golden files anew")
    parser.addoption("--screenshots", action="store_true", help="write the approved screenshots anew")
    parser.addoption("--recordings", action="store_true", help="write anew what clients do when they are refused")


def pytest_collection_finish() -> None:
    # What a rendering leaves behind has few cycles: to look for them as often as usual takes a seventh of its time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    proving = item.config.getoption("--prove")
    if item.get_closest_marker("thorough") and not proving:
        item.user_properties.append(("left out", "time"))
        pytest.skip("takes minutes; make prove runs it")
    for marker in item.iter_markers("program"):
        name = marker.args[0]
        if proving and programs.find(name) is None:
            pytest.fail(f"{name} is missing, and nothing may be left out")
        if not proving and (name not in ALWAYS or programs.find(name) is None):
            item.user_properties.append(("left out", name))
            pytest.skip(f"needs {name}; make prove installs and runs it")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell what to do about a failed proof, and where in the sources what it names comes from."""
    report = yield
    folder = item.path.relative_to(ROOT / "site_tests").parts[0]
    if report.when == "call" and report.failed and folder in ADVICE and isinstance(item, pytest.Function):
        rendering = _rendering(item.funcargs)
        places = named(rendering, report.longreprtext) if rendering and folder in ("consistency", "shipped") else []
        report.sections.append(("What to do", "\n".join([ADVICE[folder], *places])))
    return report


def _rendering(arguments: Mapping[str, Any]) -> Rendering | None:
    """Give the rendering that a test was about, by name or as the build that it was given."""
    name = next((name for name in ("preview", "release") if name in (*arguments, arguments.get("build"))), "")
    found = arguments.get(name) or (name and "request" in arguments and arguments["request"].getfixturevalue(name))
    return found if isinstance(found, Rendering) else None


_RENDERED = pytest.StashKey[list[Golden]]()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, Mapping[str, str]], None]:
    """Compare texts, by path, with the files of a folder; with `--golden` they replace them in the end."""

    def compare(folder: Path, texts: Mapping[str, str]) -> None:
        rendered = Golden(folder, texts)
        if request.config.getoption("--golden"):
            request.config.stash.setdefault(_RENDERED, []).append(rendered)
        elif told := summary(rendered, ROOT):
            advice = "If you meant that, `make golden` writes them anew, and `git diff` shows what you review. "
            pytest.fail(f"{told}\n{advice}If not, your edit went further than you meant.", pytrace=False)

    return compare


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write golden files once everything is rendered, and nothing if any of it failed."""
    rendered = session.config.stash.get(_RENDERED, [])
    told = [summary(each, ROOT) or f"no golden file differs in {each.folder.relative_to(ROOT)}" for each in rendered]
    for each in rendered if exitstatus == pytest.ExitCode.OK else ():
        each.write()
    session.config.stash[_TOLD] = told if exitstatus == pytest.ExitCode.OK else []


_TOLD = pytest.StashKey[list[str]]()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Tell figures at the end of the run; those that several tests tell in the same sentence are added up."""

    def told(sentence: str, **figures: int) -> None:
        request.node.user_properties.append(("told", (sentence, figures)))

    return told


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(_TOLD, []):
        terminalreporter.write_line(line)
    if config.getoption("--golden"):
        written = bool(config.stash.get(_TOLD, []))
        terminalreporter.write_line("Golden files are written." if written else "No golden file was written.")
    reports = [report for kind in ("passed", "failed", "skipped") for report in terminalreporter.getreports(kind)]
    properties = [pair for report in reports for pair in report.user_properties if report.when in ("call", "setup")]
    sentences: dict[str, Counter[str]] = {}
    for sentence, figures in [value for name, value in properties if name == "told"]:
        sentences.setdefault(sentence, Counter()).update(figures)
    for sentence, sums in sorted(sentences.items()):
        terminalreporter.write_line(sentence.format(**sums))
    left_out = Counter(value for name, value in properties if name == "left out")
    if left_out:
        names = ", ".join(f"{count} for want of {name}" for name, count in sorted(left_out.items()))
        terminalreporter.write_line(f"Left out: {names}. `make prove` installs what they need and takes the time.")


@pytest.fixture(scope="session")
def preview() -> Rendering:
    return render(Project.at(ROOT), day=DAY)


@pytest.fixture(scope="session")
def release() -> Rendering:
    return render(Project.at(ROOT), release=True, day=DAY)


@pytest.fixture(scope="session")
def preview_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preview") / "site"
    build(ROOT, folder, day=DAY)
    return folder


@pytest.fixture(scope="session")
def release_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "site"
    build(ROOT, folder, release=True, day=DAY)
    return folder


@pytest.fixture(scope="session")
def preview_server(preview_site: Path, preview: Rendering) -> Iterator[str]:
    with running(application(preview_site, preview)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=programs.find("chromium"), args=arguments)
        yield browser
        browser.close()
