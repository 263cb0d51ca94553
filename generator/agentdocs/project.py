"""A provider's project: the folders that a build reads, and the shapes that come with this package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGES = "docs"
"""The folder of templates that holds whole pages, each of which serves as one of a project's `docs/` if it has none."""


@cache
def shipped() -> Path:
    """Give the folder of templates that every provider shares.

    A wheel has it inside the package; a checkout, at its top level, so that there is one copy to edit.
    """
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "templates"


@dataclass(frozen=True)
class Project:
    """The folders that a build reads."""

    root: Path
    catalog: Path
    docs: Path
    templates: Path
    """The project's own templates, each of which stands for the shared one of the same path. It need not exist."""

    @classmethod
    def at(cls, root: Path) -> Project:
        """Take the usual folders below `root`."""
        return cls(root, root / "catalog", root / "docs", root / "templates")

    @property
    def shapes(self) -> list[Path]:
        """The folders of templates, of which the first one that has a file wins."""
        own = [self.templates] if self.templates.is_dir() and not _same(self.templates, shipped()) else []
        return [*own, self.templates if _same(self.templates, shipped()) else shipped()]

    @property
    def pages(self) -> list[Path]:
        """The folders of pages, in the same order: the project's own, and those that every provider shares."""
        return [self.docs, *(folder / PAGES for folder in self.shapes)]

    def page(self, source: str) -> Path:
        """Find the Markdown file of a page; where there is none, say where the project's own would lie."""
        found = (folder / source for folder in self.pages)
        return next((file for file in found if file.is_file()), self.docs / source)

    @property
    def themes(self) -> list[Path]:
        """The folders of the theme's templates, in the same order."""
        return [folder / "theme" for folder in self.shapes if (folder / "theme").is_dir()]


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
