"""Rates of limits in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentdocs.schema.limit import Rate


def in_words(rate: Rate, unlimited: str = "unlimited", unknown: str = "an unknown number of") -> str:
    """Write a rate for the middle of a sentence, such as `30 requests per minute` or `1 request per second`."""
    if isinstance(rate.amount, str):
        return f"{unlimited if rate.amount == 'unlimited' else unknown} {rate.of}"
    unit, rest = rate.of.split(" per ")
    return f"{rate.amount:,} {unit.removesuffix('s') if rate.amount == 1 else unit} per {rest}"
