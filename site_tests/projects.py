"""Projects put together from folders of the repository and of tests, and everything that they publish."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import material

from generator import catalog as catalogs
from generator.history import History
from generator.render import Project, compose
from generator.templates import Templates
from site_tests.conftest import DAY, ROOT

if TYPE_CHECKING:
    from generator.render import Rendering

MINIMAL = Path(__file__).parent / "providers" / "minimal"
"""An invented provider with one API, one key, one plan, two models, and little else to say. It has its own `catalog/`
and `docs/` and takes the rest from the repository."""
THEME = Path(material.__file__).parent / "templates" / "assets"
NO_HISTORY = History({}, "")


def make_project(root: Path, **own: Path) -> Path:
    """Make a project of links to the repository's folders and to the given ones, except for what `root` has already."""
    root.mkdir(parents=True, exist_ok=True)
    for name in ("catalog", "docs", "templates", "mkdocs.yml"):
        if not (root / name).exists():
            (root / name).symlink_to(own.get(name, ROOT / name))
    return root


def commit(root: Path) -> None:
    """Commit whatever a project has, and give it a history if it has none."""
    git = ["git", "-C", str(root), "-c", "user.name=Test", "-c", "user.email=test@example.com"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--allow-empty", "--message", "Change"]):
        subprocess.run([*git, *command], check=True)


def rendered(root: Path, *, release: bool = False) -> Rendering:
    """Render a project as if it had a history without a commit."""
    project = Project.at(root)
    templates = Templates([project.templates, project.docs], release=release)
    return compose(project, catalogs.load(project.catalog, DAY), NO_HISTORY, templates, DAY)


def published(rendering: Rendering) -> dict[str, str]:
    """Give the text of everything that the core makes, by URL."""
    texts = {
        page.url: f"{page.title}\n{page.description}\n{page.markdown}\n{''.join(page.tools.values())}"
        for page in rendering.pages.values()
    }
    texts |= {url: f"{artifact.headers}\n{artifact.body.decode()}" for url, artifact in rendering.artifacts.items()}
    return {url: f"{url}\n{rendering.page_headers.get(url, '')}\n{text}" for url, text in texts.items()}


def written(folder: Path) -> dict[str, str]:
    """Give the text of every file of a folder, by path, except images and what comes with the theme."""
    texts = {}
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        theirs = THEME / path.partition("/assets/")[2]
        if file.is_file() and file.suffix != ".png" and not theirs.is_file():
            body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            texts[path] = f"{path}\n{body.decode()}"
    return texts
