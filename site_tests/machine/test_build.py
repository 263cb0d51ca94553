"""The same input gives the same bytes, and what a build shows follows the history and the day."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from agentdocs.errors import RenderError
from agentdocs.hosting import storage_paths
from agentdocs.mkdocs.build import build
from agentdocs.output import replacing
from agentdocs.project import Project
from agentdocs.render import Rendering, render
from agentdocs.stage import stage
from markdown import Markdown

from site_tests import programs
from site_tests.conftest import DAY
from site_tests.projects import git


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def previous(tmp_path: Path) -> Path:
    """The output of an earlier build."""
    with replacing(tmp_path / "site") as folder:
        (folder / ".well-known").mkdir()
        (folder / ".well-known" / "stale.json").write_text("{}")
    return tmp_path / "site"


def test_the_same_input_gives_the_same_bytes(preview_site: Path, exempla: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    build(exempla, again, day=DAY)
    first, second = _contents(preview_site), _contents(again)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_a_build_replaces_the_earlier_one_whole(project: Path, previous: Path) -> None:
    build(project, previous, day=DAY)
    assert (previous / ".well-known" / "api-catalog").is_file()
    assert not (previous / ".well-known" / "stale.json").exists()
    assert [path.name for path in previous.parent.iterdir() if path.name.startswith(".")] == []


def test_an_export_without_history_warns_and_a_release_refuses(project: Path) -> None:
    shutil.rmtree(project / ".git")
    rendering = render(Project.at(project), day=DAY)
    assert rendering.warnings == ("pages have no dates: this is not a git repository, or it has no commit yet",)
    assert {page.updated for page in rendering.pages.values()} == {None}
    with pytest.raises(RenderError, match="a release needs the date of every page"):
        render(Project.at(project), release=True, day=DAY)


def test_a_shallow_clone_has_no_dates(project: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git(project, "commit", "--quiet", "--allow-empty", "--message", "Go on")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{project}", str(shallow))
    rendering = render(Project.at(shallow), day=DAY)
    assert "the clone is shallow" in rendering.warnings[0]


def test_a_page_gets_the_day_of_the_newest_file_it_was_made_from(project: Path) -> None:
    limits = project / "catalog" / "limits.yaml"
    limits.write_text(limits.read_text() + "# checked again\n")
    git(project, "commit", "--quiet", "--message", "Check the limits", str(limits), day="2031-05-06")
    pages = render(Project.at(project), day=DAY).pages
    assert str(pages["agents/rate-limits.md"].updated) == "2031-05-06"
    assert str(pages["agents/setup.md"].updated) == str(pages["agents/models/qwen.md"].updated) == "2026-11-22"


def test_models_come_and_go_with_the_day(project: Path) -> None:
    file = project / "catalog" / "models" / "z-ai" / "glm-5.yaml"
    life = (
        "lifecycle: {released: unknown, deprecated_on: 2027-01-01, retires_on: 2027-02-01, replaced_by: z-ai/glm-5.1}"
    )
    file.write_text(file.read_text().replace("lifecycle: {released: unknown}", life))

    def at(day: str) -> Rendering:
        return render(Project.at(project), day=type(DAY).fromisoformat(day))

    page = "agents/models/z-ai/glm-5.md"
    url = "/docs/agents/snippets/curl/z-ai/glm-5/chat.sh"
    assert "| Status | available |" in at("2026-12-31").pages[page].markdown
    deprecated = at("2027-01-01")
    assert "is deprecated and retires on 2027-02-01" in deprecated.pages[page].markdown
    assert url in deprecated.artifacts
    retired = at("2027-02-01")
    assert "was retired on 2027-02-01. Use `z-ai/glm-5.1` instead" in retired.pages[page].markdown
    assert "cannot use this model: the model is retired" in retired.pages[page].markdown
    assert url not in retired.artifacts


def test_a_price_is_the_one_in_force_on_the_day(project: Path) -> None:
    file = project / "catalog" / "models" / "qwen" / "qwen3-coder.yaml"
    old = "  - {input: 0.40, output: 1.60, cache_read: unknown}\n"
    new = old + "  - {input: 0.35, output: 1.50, cache_read: 0.05, valid_from: 2027-01-01}\n"
    file.write_text(file.read_text().replace(old, new))
    page = "agents/models/qwen/qwen3-coder.md"
    before = render(Project.at(project), day=type(DAY)(2026, 12, 31)).pages[page].markdown
    after = render(Project.at(project), day=type(DAY)(2027, 1, 1)).pages[page].markdown
    assert "| 0.40 | 1.60 | unknown | the first listing, in force |" in before
    assert "| 0.35 | 1.50 | 0.05 | 2027-01-01, in force |" in after
    assert "cost: { input: 0.35, output: 1.5, cacheRead: 0.05 }" in after


@pytest.mark.parametrize("renderer", ["mkdocs", pytest.param("zensical", marks=pytest.mark.program("zensical"))])
def test_a_staged_folder_builds_with_other_renderers(
    renderer: str, exempla: Path, tmp_path: Path, release: Rendering
) -> None:
    folder = tmp_path / "staged"
    stage(exempla, folder, release=True, day=DAY)
    program = programs.find(renderer) or Path(sys.executable).with_name(renderer)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [str(program), "build", "--strict"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    for page in release.pages.values():
        html = folder / "site" / page.url.lstrip("/") / "index.html"
        assert page.title in html.read_text(encoding="utf-8")
    for url, path in storage_paths(release.artifacts).items():
        assert (folder / "static" / path).read_bytes() == release.artifacts[url].body


def test_code_is_highlighted_as_without_a_memory() -> None:
    text = "".join(
        f"```{head}\n{code}\n```\n\n`x = 1`\n\n"
        for head, code in (
            ("python", "x = 1"),
            ('python title="a.py"', "x = 1"),
            ('python title="b.py"', "x = 1"),
            ('python hl_lines="1"', "x = 1"),
            ("python", "x = 1"),
            ("bash", "x = 1"),
            ("", "x = 1"),
        )
    )
    for settings in ({"anchor_linenums": False}, {"anchor_linenums": True, "linenums": True}):
        plain, kept, again = (
            Markdown(extensions=["pymdownx.superfences", name], extension_configs={name: settings}).convert(text)
            for name in ("pymdownx.highlight", "agentdocs.mkdocs.highlight", "agentdocs.mkdocs.highlight")
        )
        assert plain == kept == again
