"""A published URL never vanishes in silence: it leads somewhere, or says that it is gone, or a release refuses."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from agentdocs.cli import main
from agentdocs.errors import CatalogError
from agentdocs.project import Project
from agentdocs.render import render
from agentdocs.site import departures
from agentdocs.site.departures import PUBLISHED, Departure, departed
from click.testing import CliRunner

from site_tests.conftest import DAY
from site_tests.projects import MINIMAL, commit, make_project

if TYPE_CHECKING:
    from click.testing import Result


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The minimal provider's project with a history, as the current folder, so that messages name short paths."""
    shutil.copytree(MINIMAL, tmp_path / "project")
    root = make_project(tmp_path / "project")
    monkeypatch.chdir(root)
    commit(root)
    return Path()


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def build(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--as-of", DAY.isoformat(), *arguments])


EVERY = (
    Departure("/help/old.md", "/help/new.md"),
    Departure("/help/faq/", "/help/connect/"),
    Departure("/help/copy/*/old/*/", "/help/copy/*/new/*/"),
    Departure("/help/turned/*/*", "/help/*/one"),
    Departure("/help/beta/"),
    Departure("/help/drafts/", "/help/list/"),
)


@pytest.mark.parametrize(
    ("path", "target", "was_published"),
    [
        ("/help/old.md", "/help/new.md", True),
        ("/help/old.md/", "", False),
        ("/help/oldXmd", "", False),
        ("/help/faq/", "/help/connect/", True),
        ("/help/faq", "/help/connect/", True),
        ("/help/faq/first/steps", "/help/connect/first/steps", True),
        ("/help/faqs/", "", False),
        ("/help/copy/curl/old/m-1.5/chat.sh", "/help/copy/curl/new/m-1.5/chat.sh", True),
        ("/help/copy/a/b/old/m/chat.sh", "", False),
        ("/help/turned/one/two", "/help/one/one", True),
        ("/help/beta", "", True),
        ("/help/beta/any/thing.html", "", True),
        ("/help/beta/two\r\nSet-Cookie: a=b", "", False),
        ("/help/faq//elsewhere.example", "", False),
        ("/help/drafts/", "/help/list/", True),
    ],
)
def test_a_path_leads_where_the_first_pattern_that_matches_says(path: str, target: str, was_published: bool) -> None:
    assert departed(EVERY, path) == (target, was_published)


def test_single_paths_come_first_and_longer_patterns_before_shorter_ones(project: Path) -> None:
    lines = "moved: {/help/old/: /help/list/, /help/old/one.md: /help/list.md}\ngone: [/help/old/two/]\n"
    append(project / "catalog" / "site.yaml", lines)
    found = render(Project.at(project), day=DAY).departures
    assert [each.path for each in found] == ["/help/old/one.md", "/help/old/two/", "/help/old/"]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            "moved:\n  /help/connect/: /help/list/\n",
            "catalog/site.yaml:{}:3: moved./help/connect/: '/help/connect/' is published: /help/connect/; "
            "remove this line, or what is published there",
        ),
        (
            "gone:\n- /help/connect\n",
            "catalog/site.yaml:{}:3: gone[0]: '/help/connect' is published: /help/connect; "
            "remove this line, or what is published there",
        ),
        (
            "gone:\n- /help/copy/*/plain/\n",
            "catalog/site.yaml:{}:3: gone[0]: '/help/copy/*/plain/' is published: {snippet}; "
            "remove this line, or what is published there",
        ),
        (
            "moved:\n  /help/assets/old.css: /help/list\n",
            "catalog/site.yaml:{}:25: moved./help/assets/old.css: '/help/list' is not published; "
            "name a path that is, or list the old one under gone",
        ),
        (
            "moved:\n  /help/old/*/: /help/new/*/\n",
            "catalog/site.yaml:{}:17: moved./help/old/*/: '/help/new/*/' is not published; "
            "name a path that is, or list the old one under gone",
        ),
    ],
)
@pytest.mark.parametrize("release", [False, True], ids=["preview", "release"])
def test_what_is_published_has_not_departed_and_targets_are(
    lines: str, problem: str, release: bool, project: Path
) -> None:
    urls = sorted(render(Project.at(project), day=DAY).urls)
    snippet = next(url for url in urls if url.startswith("/help/copy/") and "/plain/" in url)
    file = project / "catalog" / "site.yaml"
    append(file, lines)
    line = len(file.read_text(encoding="utf-8").splitlines())
    with pytest.raises(CatalogError) as error:
        render(Project.at(project), release=release, day=DAY)
    assert str(error.value) == problem.format(line, snippet=snippet)


def test_a_release_lists_what_it_publishes_and_a_preview_does_not(project: Path) -> None:
    assert build().exit_code == 0
    assert not (project / PUBLISHED).exists()
    assert build("--release").exit_code == 0
    lines = (project / PUBLISHED).read_text(encoding="utf-8").splitlines()
    rendering = render(Project.at(project), release=True, day=DAY)
    assert lines == sorted(rendering.urls)
    assert {"/help/", "/help/connect.md", "/llms.txt", "/robots.txt"} <= {*lines}
    assert [line for line in lines if line.startswith(rendering.facts.site.assets)] == []


def test_a_release_without_a_published_model_or_page_names_every_path_until_each_has_a_place(project: Path) -> None:
    assert build("--release").exit_code == 0
    before = {file: file.read_bytes() for file in (project / "site-release").rglob("*") if file.is_file()}
    published = (project / PUBLISHED).read_text(encoding="utf-8").splitlines()
    (project / "catalog" / "models" / "plain" / "plain-2.yaml").unlink()
    (project / "docs" / "connect.md").rename(project / "docs" / "start.md")
    site = project / "catalog" / "site.yaml"
    site.write_text(site.read_text(encoding="utf-8").replace("connect.md", "start.md"), encoding="utf-8")
    for file in (project / "docs").glob("*.md"):
        file.write_text(file.read_text(encoding="utf-8").replace("connect.md", "start.md"), encoding="utf-8")
    commit(project)
    refused = build("--release")
    assert refused.exit_code == 1
    lost = [path for path in published if "plain-2" in path or "/connect" in path]
    assert len(lost) > 5
    remedy = "publish it again, or say where it leads under moved in catalog/site.yaml, or list it there under gone"
    expected = [f"{PUBLISHED}:{published.index(path) + 1}:1: {path} would vanish; {remedy}" for path in lost]
    assert refused.stderr.splitlines() == expected
    assert CliRunner().invoke(main, ["check", "--release", "--as-of", DAY.isoformat()]).stderr == refused.stderr
    assert {file: file.read_bytes() for file in (project / "site-release").rglob("*") if file.is_file()} == before
    assert (project / PUBLISHED).read_text(encoding="utf-8").splitlines() == published
    append(
        site,
        "moved: {/help/connect/: /help/start/, /help/connect.md: /help/start.md}\n"
        "gone: [/help/list/plain/plain-2/, /help/list/plain/plain-2.md, /help/copy/*/plain/plain-2/]\n",
    )
    commit(project)
    result = build("--release")
    assert result.exit_code == 0, result.output
    assert (project / PUBLISHED).read_text(encoding="utf-8").splitlines() == sorted(
        {*published} - {*lost} | {"/help/start/", "/help/start.md"}
    )


def test_a_published_path_of_a_moved_tree_leads_to_what_is_there(project: Path) -> None:
    append(project / "catalog" / "site.yaml", "moved: {/help/old/: /help/list/}\n")
    (project / PUBLISHED).write_text("/help/\n/help/old/\n/help/old/nothing.md\n/help/old/plain/plain-1.md\n")
    result = build("--release")
    assert (result.exit_code, result.stderr) == (
        1,
        f"{PUBLISHED}:3:1: /help/old/nothing.md would lead to /help/list/nothing.md, which is not published; "
        "say where exactly it leads\n",
    )


def test_the_snippets_of_a_retired_model_are_gone_without_a_word_in_the_catalog(project: Path) -> None:
    assert build("--release").exit_code == 0
    file = project / "catalog" / "models" / "plain" / "plain-2.yaml"
    life = "lifecycle: {released: unknown, retires_on: 2026-11-22, replaced_by: plain/plain-1}"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("lifecycle: {released: unknown}", life), encoding="utf-8")
    assert life in file.read_text(encoding="utf-8")
    commit(project)
    rendering = render(Project.at(project), release=True, day=DAY)
    gone = [path for path in departures.read(project) or () if path not in rendering.urls]
    assert gone
    assert {departed(rendering.departures, path) for path in gone} == {("", True)}
    assert "/help/list/plain/plain-2/" in rendering.urls


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            b"/help/\n<<<<<<< ours\n",
            "published.txt:2:1: this is not a path; write the path from the root",
        ),
        (b"/help/\xff\n", "published.txt: this is not UTF-8; restore it from the history"),
    ],
)
def test_a_list_of_published_paths_that_cannot_be_read_is_told(body: bytes, problem: str, project: Path) -> None:
    (project / PUBLISHED).write_bytes(body)
    result = build("--release")
    assert result.exit_code == 1
    assert result.stderr.startswith(problem)
