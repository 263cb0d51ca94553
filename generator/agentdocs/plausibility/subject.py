"""What is judged: a project whose catalog is sound, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.schema import Facts


@dataclass(frozen=True)
class Subject:
    """A project with its catalog, as of one day."""

    root: Path
    """The folder of the project."""
    catalog: Catalog
    day: date
    """The day for which the project is judged."""

    @property
    def facts(self) -> Facts:
        """The facts of the catalog."""
        return self.catalog.facts
