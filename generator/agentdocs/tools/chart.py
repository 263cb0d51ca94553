"""The chart of prices by context window: where each mark lies, in units of the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from math import log10
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from agentdocs.schema import Model
    from agentdocs.schema.price import Sides
    from agentdocs.site.edition import Edition

_LEFT, _RIGHT = 42, 298
"""Where the lowest and the highest price lie in the width of 340; beside them is room for numbers."""
_TOP, _HEADING, _ROW = 26, 26, 30


@dataclass(frozen=True)
class Row:
    """One model: its two prices on a line of its own."""

    name: str
    price: Sides
    y: int
    input_x: float
    output_x: float


@dataclass(frozen=True)
class Group:
    """The models that have one context window, or of which it is unknown."""

    context_window: int | Literal["unknown"]
    y: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Tick:
    """A line at a round price."""

    price: Decimal
    x: float


@dataclass(frozen=True)
class Chart:
    """Every model that can be used and has prices of tokens above zero, grouped by context window, the largest first
    and those of which it is unknown last. The prices are those of a single request with a short prompt."""

    edition: Edition

    @cached_property
    def priced(self) -> list[tuple[Model, Sides]]:
        """The models, within a context window the cheapest first."""
        day = self.edition.day
        models = [model for model in self.edition.facts.models.values() if model.usable(day)]
        priced = [
            (model, sides)
            for model in models
            if (price := model.price(day)) and (sides := price.of_tokens) and min(sides) > 0
        ]
        return sorted(priced, key=lambda pair: (-_known(pair[0]), pair[1].output, pair[1].input, pair[0].id))

    @property
    def windows(self) -> list[int]:
        """The context windows that are known, the largest first."""
        return [group.context_window for group in self.groups if group.context_window != "unknown"]

    @cached_property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest price."""
        amounts = [amount for _, price in self.priced for amount in (price.input, price.output)]
        return min(amounts), max(amounts)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What is drawn, from top to bottom."""
        groups, y = [], _TOP
        for window, members in groupby(self.priced, key=lambda pair: pair[0].context_window):
            heading, rows = y, []
            y += _HEADING
            for model, price in members:
                rows.append(Row(model.name, price, y, self._x(price.input), self._x(price.output)))
                y += _ROW
            groups.append(Group(window, heading, tuple(rows)))
        return tuple(groups)

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return _TOP + sum(_HEADING + _ROW * len(group.rows) for group in self.groups) + 8

    @cached_property
    def ticks(self) -> list[Tick]:
        """Round prices between the lowest and the highest."""
        low, high = self.bounds
        round_prices = [Decimal(digit).scaleb(power) for power in range(-9, 9) for digit in (1, 2, 5)]
        return [Tick(price, self._x(price)) for price in round_prices if low <= price <= high]

    def _x(self, price: Decimal) -> float:
        low, high = (log10(bound) for bound in self.bounds)
        share = (log10(price) - low) / (high - low) if high > low else 0.5
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def _known(model: Model) -> int:
    return 0 if model.context_window == "unknown" else model.context_window
