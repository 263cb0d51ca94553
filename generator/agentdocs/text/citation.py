"""How pages name where their facts come from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from agentdocs.schema.base import CONFIRMED, DOUBTS

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, order=True)
class Citation:
    """One page that facts come from."""

    url: str
    as_of: str
    checked: date
    confidence: str
    says: tuple[str, ...] = ()
    """What the page says instead of some of the facts."""

    @property
    def name(self) -> str:
        """What the page is called by the end of its path: `Inference: rate limits` for
        `/docs/inference/rate-limits/`, `Acme: pull 7` for `/acme/pull/7`; the host for a page without a path."""
        address = urlsplit(self.url)
        parts = [re.sub(r"[-_]+", " ", unquote(part)) for part in address.path.split("/") if part]
        if len(parts) > 1 and parts[-1].isdecimal():
            parts[-2:] = [" ".join(parts[-2:])]
        name = ": ".join(parts[-2:])
        return name[:1].upper() + name[1:] or address.netloc

    @property
    def doubt(self) -> str:
        """What keeps the facts from being certain, as a phrase; empty for confirmed ones."""
        return DOUBTS.get(self.confidence, "")

    def with_what(self, other: Citation) -> Citation:
        """Give one citation for two of the same page: as sure as the surer one, and as old as the newer one."""
        surer = self if self.confidence in CONFIRMED else other
        says = tuple(sorted({*self.says, *other.says}))
        return replace(surer, checked=max(self.checked, other.checked), says=says)
