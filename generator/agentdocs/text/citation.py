"""How pages name where their facts come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdocs.schema.base import DOUBTS

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, order=True)
class Citation:
    """One page that facts come from, or the absence of any."""

    url: str
    as_of: str
    checked: date
    confidence: str
    says: tuple[str, ...] = ()
    """What the page says instead of some of the facts."""

    @property
    def doubt(self) -> str:
        """What keeps the facts from being certain, as a phrase; empty for confirmed ones."""
        return DOUBTS.get(self.confidence, "")
