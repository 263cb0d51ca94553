"""Pages, tools, skills and the snippets of one model, for a provider whose facts never change.

So only a change of `templates/` or of the generator shows here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from agentdocs.text import marks

from site_tests.golden import Golden, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agentdocs.render import Rendering

AUTHORS = ("minimax", "z-ai", "paddlepaddle")
"""Authors whose pages are kept: one of a model of which everything is known, one of models of which little is, and one
of a model that no client can use."""


def kept(rendering: Rendering) -> Mapping[str, str]:
    """Give the texts of which golden files are kept."""
    authors = tuple(f"agents/models/{author}" for author in AUTHORS)
    pages = [page for page in rendering.pages.values() if page.navigation or page.source.startswith(authors)]
    texts = {f"pages/{page.source}": marks.without(page.markdown) for page in pages if "maintaining" not in page.source}
    for page in pages:
        if not page.navigation and AUTHORS[-1] not in page.source:
            continue  # its tools differ in the name of the model only
        texts |= {f"tools/{Path(page.source).stem}-{name}.html": f"{html}\n" for name, html in page.tools.items()}
    snippets = rendering.facts.site.snippets
    for url, artifact in rendering.artifacts.items():
        if url.endswith("/SKILL.md") or (url.startswith(snippets) and f"/{AUTHORS[0]}/" in url):
            texts[f"files{url.replace('/.', '/')}"] = artifact.body.decode()
    return texts


def test_texts_equal_their_golden_files(preview: Rendering, golden: Callable[[Path, Mapping[str, str]], None]) -> None:
    golden(Path(__file__).parent / "golden", kept(preview))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of golden files: one that stays, one that changes, one that goes, and one where a folder has to be."""
    written = {"same": "1\n", "other": "1\n2\n", "gone": "1\n", "now/a/folder": "1\n"}
    Golden(tmp_path / "golden", written).write()
    return tmp_path / "golden"


NOW = {"same": "1\n", "other": "1\n3\n", "new": "1\n", "now/a": "1\n"}


def test_all_differences_are_told_at_once(folder: Path, tmp_path: Path) -> None:
    assert summary(Golden(folder, NOW), tmp_path).splitlines() == [
        "5 golden files differ in golden:",
        "removed  gone",
        "added    new",
        "added    now/a",
        "removed  now/a/folder",
        "changed  other",
        "           -2",
        "           +3",
    ]


def test_written_files_are_those_that_are_rendered_and_no_others(folder: Path, tmp_path: Path) -> None:
    Golden(folder, NOW).write()
    assert Golden(folder, NOW).differences() == []
    assert list(tmp_path.iterdir()) == [folder]


def test_files_that_cannot_be_written_leave_those_that_are_there(folder: Path, tmp_path: Path) -> None:
    before = Golden(folder, {}).differences()
    with pytest.raises(OSError, match="now"):
        Golden(folder, {**NOW, "now": "a file and a folder"}).write()
    assert Golden(folder, {}).differences() == before
    assert list(tmp_path.iterdir()) == [folder]
