"""What a release was made of: the file that says so, and the words for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from agentdocs import history
from agentdocs.errors import OutputError

FILE = "_release.json"
"""In the folder of a release. Hosts answer no name that begins like it."""

SOURCES = ("catalog", "docs", "templates", "mkdocs.yml")
"""What a build reads of a project, beside the generator where that is part of it."""


@dataclass(frozen=True)
class Release:
    """What a release was made of."""

    commit: str
    """The newest commit, in full."""
    changed: tuple[str, ...]
    """Files that are not as this commit has them, from the root of the project."""
    day: date
    """The day for which models are available, deprecated or retired."""
    generator: str
    """The version of this package."""

    def lines(self) -> list[str]:
        """Say it to a maintainer."""
        told = [f"Release of commit {self.commit[:12]} for {self.day}, made by agentdocs {self.generator}."]
        if self.changed:
            told.append(f"Different from that commit: {', '.join(self.changed)}. Commit what you publish.")
        return told


def planned(root: Path, day: date) -> Release:
    """Say what a release of the project at `root`, which has a history, would be made of."""
    package, home = Path(__file__).parent, root.resolve()
    own = (package.relative_to(home).as_posix(),) if package.is_relative_to(home) else ()
    return Release(history.commit(root), history.changed(root, (*SOURCES, *own)), day, version("agentdocs"))


def write(release: Release, folder: Path) -> None:
    """Record in the folder of a release what it was made of."""
    record = {**asdict(release), "day": release.day.isoformat()}
    (folder / FILE).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def read(folder: Path) -> Release:
    """Read what the release in a folder was made of. Raises `OutputError` if there is none."""
    try:
        record = json.loads((folder / FILE).read_bytes())
        day = date.fromisoformat(record["day"])
        return Release(record["commit"], tuple(record["changed"]), day, record["generator"])
    except (FileNotFoundError, NotADirectoryError):
        raise OutputError(f"{folder}: there is no release here (no {FILE}); {_remedy(folder)}") from None
    except (ValueError, KeyError, TypeError):
        raise OutputError(f"{folder / FILE}: this is not the record of a release; {_remedy(folder)}") from None


def _remedy(folder: Path) -> str:
    return f"make one with make release, or with agentdocs build --release -o {folder}"
