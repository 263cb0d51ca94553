"""Rules of how the pages look."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

from agentdocs.brand.palette import LEAST, Scheme, nearest, unreadable
from agentdocs.catalog.rules.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.schema import Brand


def accents_can_be_read(brand: Brand) -> Iterator[Finding]:
    """Links, and words in the same colour, can be read on every ground."""
    for scheme in get_args(Scheme) if brand.accent else ():
        accent = getattr(brand.accent, scheme)
        if accent and (worst := unreadable(accent, scheme)):
            ratio = math.floor(worst[0] * 100) / 100
            wrong = f"'{accent}' has a contrast of {ratio} on {worst[1]}, and text needs {LEAST:g}"
            yield Finding(
                ("brand", "accent", scheme), wrong, f"write '{nearest(accent, scheme)}', which is the nearest"
            )
