"""What a rule finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentdocs.errors import Loc


@dataclass(frozen=True)
class Finding:
    """What a rule found wrong at a location that counts from the root of the catalog."""

    loc: Loc
    wrong: str
    right: str
    key: bool = False
    """Whether the place is the member's name instead of its value."""
    position: tuple[int, int] | None = None
    """Line and column, where what is wrong is no member."""
