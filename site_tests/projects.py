"""Projects put together from folders of the repository and of tests, and everything that they publish."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import material
from agentdocs.catalog import reading as catalogs
from agentdocs.history import History
from agentdocs.project import Project
from agentdocs.render import Source
from agentdocs.text.templates import Templates

from site_tests.conftest import DAY, ROOT

if TYPE_CHECKING:
    from agentdocs.render import Rendering

PROVIDERS = Path(__file__).parent / "providers"
"""Invented providers, each with its own `catalog/` and `docs/`. They take the rest from the repository."""
MINIMAL = PROVIDERS / "minimal"
"""One with one API, one key, one plan, two models, and little else to say."""
EXEMPLA = PROVIDERS / "exempla"
"""One that has something to say of everything. Its facts never change, so that tests may name them."""
VARIA = PROVIDERS / "varia"
"""One whose names have every form: ids of models, authors, prefixes of keys, paths."""
REAL = {name: PROVIDERS / name for name in ("openrouter", "groq", "vllm")}
"""Real ones, as their public documentation describes them: a catalog in one file, and the pages that all share."""
THEME = Path(material.__file__).parent / "templates" / "assets"
NO_HISTORY = History({}, "")


def make_project(root: Path, **own: Path) -> Path:
    """Make a project of links to the repository's folders and to the given ones, except for what `root` has already."""
    root.mkdir(parents=True, exist_ok=True)
    for name in ("catalog", "docs", "templates", "mkdocs.yml"):
        if not (root / name).exists():
            (root / name).symlink_to(own.get(name, ROOT / name))
    return root


def make_exempla(root: Path) -> Path:
    """Make a project of that provider that a test may change, with a history of one commit."""
    return with_history(_copied(EXEMPLA, root))


def make_minimal(root: Path) -> Path:
    """Make the same of another one, whose templates are those of the repository."""
    return make(MINIMAL, root)


def make(provider: Path, root: Path) -> Path:
    """Make a project of a provider with the templates of the repository, with a history of one commit."""
    shutil.copytree(provider, root, dirs_exist_ok=True)
    return with_history(make_project(root))


def make_real(name: str, root: Path) -> Path:
    """Make a project of a real provider, with a history of one commit."""
    (root / "docs").mkdir(parents=True)
    return make(REAL[name], root)


def _copied(provider: Path, root: Path) -> Path:
    shutil.copytree(provider, root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def with_history(root: Path) -> Path:
    """Put everything in a project into one commit."""
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "Begin")
    return root


def git(root: Path, *arguments: str, day: str = "2026-11-22") -> None:
    """Run git in a project, as of a day at noon (UTC) and for an author that no configuration decides."""
    time = f"{day}T12:00:00Z"
    environment = {**os.environ, "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], env=environment, check=True)


def commit(root: Path) -> None:
    """Commit whatever a project has, and give it a history if it has none."""
    git = ["git", "-C", str(root), "-c", "user.name=Test", "-c", "user.email=test@example.com"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--allow-empty", "--message", "Change"]):
        subprocess.run([*git, *command], check=True)


def rendered(root: Path, *, release: bool = False) -> Rendering:
    """Render a project as if it had a history without a commit."""
    source = source_of(Project.at(root))
    return source.release() if release else source.preview()


def source_of(project: Project) -> Source:
    """Read a project as if it had a history without a commit."""
    templates = Templates([*project.shapes, *project.pages])
    return Source(project, catalogs.load(project.catalog, DAY), NO_HISTORY, templates, DAY, {})


def published(rendering: Rendering) -> dict[str, str]:
    """Give the text of everything that the core makes, by URL."""
    texts = {
        page.url: f"{page.title}\n{page.description}\n{page.markdown}\n{''.join(page.tools.values())}"
        for page in rendering.pages.values()
    }
    texts |= {url: f"{artifact.headers}\n{artifact.body.decode()}" for url, artifact in rendering.artifacts.items()}
    return {url: f"{url}\n{rendering.page_headers.get(url, '')}\n{text}" for url, text in texts.items()}


def written(folder: Path) -> dict[str, str]:
    """Give the text of every file of a folder, by path, except images, fonts and what comes with the theme."""
    texts = {}
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        theirs = THEME / path.partition("/assets/")[2]
        if file.is_file() and file.suffix not in (".png", ".woff2") and not theirs.is_file():
            body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            texts[path] = f"{path}\n{body.decode()}"
    return texts
