"""Spans of time over which something is counted or paid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from agentdocs.schema.values import refuse, shown

_SECONDS: Mapping[str, int] = {
    "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800, "month": 2_592_000,
}  # fmt: skip
"""How many seconds each has; a month counts as thirty days."""
_PATTERN = rf"{'|'.join(_SECONDS)}|(?:[2-9]|[1-9]\d+) (?:{'|'.join(_SECONDS)})s"


def _span(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(_PATTERN, value):
        *first, last = _SECONDS
        right = f"write {', '.join(first)} or {last}, or several such as 5 hours"
        raise refuse(f"{shown(value)} is not a span of time", right)
    return value


Span = Annotated[str, BeforeValidator(_span), WithJsonSchema({"type": "string", "pattern": f"^(?:{_PATTERN})$"})]
"""A span of time: `second`, `minute`, `hour`, `day`, `week` or `month`, or several, such as `5 hours`."""


def parts(span: str) -> tuple[int, str]:
    """Give how many of which span there are: 5 and `hour` for `5 hours`, 1 and `hour` for `hour`."""
    count, _, word = span.rpartition(" ")
    return int(count or 1), word.removesuffix("s")


def seconds(span: str) -> int:
    """Give the seconds of a span; a month counts as thirty days."""
    count, word = parts(span)
    return count * _SECONDS[word]
