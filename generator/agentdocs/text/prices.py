"""Prices of models in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.schema import quantity
from agentdocs.schema.values import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from agentdocs.schema import Model
    from agentdocs.schema.price import Case, Price

_SIDES = {"input": "input", "output": "output", "cache_read": "cached input", "cache_write": "cache writes"}


def money(amount: Decimal | str) -> str:
    """Write an amount with at least two decimals, or the word that stands for none."""
    if isinstance(amount, str) and amount in SPECIALS:
        return amount.replace("_", " ")
    decimals = max(2, -int(amount.normalize().as_tuple().exponent))  # type: ignore[union-attr]
    return f"{amount:,.{decimals}f}"


def requests(case: Case) -> str:
    """Say of which requests a case speaks: `prompts above 200,000 tokens, in a batch`."""
    bounds = [f"above {case.above:,}"] if case.above else []
    bounds += [f"up to {case.up_to:,}"] if case.up_to else []
    prompts = f"prompts {' and '.join(bounds)} tokens" if bounds else "all" if not case.batch else ""
    return ", ".join(part for part in (prompts, "in a batch" if case.batch else "") if part)


def besides(price: Price) -> str:
    """Say what a price states beside `input`, `output` and `cache_read` of a single request with a short prompt."""
    return "; ".join(_besides(price))


def _besides(price: Price) -> Iterator[str]:
    for number, case in enumerate(price.cases):
        charges = case.charges
        sides = _SIDES if number else {"cache_write": _SIDES["cache_write"]}
        stated = [
            f"{money(amount)} {words}"
            for name, words in sides.items()
            if (amount := getattr(charges, name)) not in (None, "not_offered", *(["unknown"] if number else []))
        ]
        stated += [f"{money(fee.amount)} per {quantity.in_words(fee.per)}" for fee in charges.fees]
        if stated:
            yield f"{requests(case)}: {', '.join(stated)}" if number else ", ".join(stated)
    if price.batch == "not_offered":
        yield "no batches"


def in_force(models: Iterable[Model], day: date) -> list[Price]:
    """Give the prices of models on a day, of those that have one."""
    return [price for model in models if (price := model.price(day))]


def priced_otherwise(models: Iterable[Model], day: date) -> bool:
    """Tell whether the price of any of some models on a day states anything that `besides` would say."""
    found = (model.price(day) for model in models)
    return any(price and besides(price) for price in found)
