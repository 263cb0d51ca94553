"""Writes the prices of a model in the published shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.schema import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.schema.access import PrepaidWallet
    from agentdocs.schema.price import Case, Price

MILLION = 1_000_000


def of_tokens(prepaid: PrepaidWallet, price: Price, version: int) -> dict[str, Any] | str:
    """Write what tokens cost in a single request with a short prompt, in one version of the shape.

    Version 1 demands a number for each side, and has only `unknown` beside it for cached tokens.
    """
    if not price.by_tokens:
        return "not_offered"
    if version == 1 and not price.of_tokens:
        return "unknown"
    cached = {"cache_read": "unknown"} if version == 1 and price.cache_read == "not_offered" else {}
    return {
        "currency": prepaid.currency,
        "per_tokens": MILLION,
        **prepaid.per_million(price),
        **cached,
        "valid_from": price.valid_from or "unknown",
    }


def of_everything(prepaid: PrepaidWallet, price: Price) -> dict[str, Any]:
    """Write everything that a price states."""
    charges = [charge for case in price.cases for charge in _charges(prepaid, case)]
    return {"currency": prepaid.currency, "charges": charges, "valid_from": price.valid_from or "unknown"}


def _charges(prepaid: PrepaidWallet, case: Case) -> Iterator[dict[str, Any]]:
    charges = case.charges
    stated = []
    if charges.by_tokens:
        stated += [(f"{name}_tokens", MILLION, amount) for name, amount in prepaid.per_million(charges).items()]
    stated += [(unit, count, fee.amount) for fee in charges.fees for count, unit in [quantity.parts(fee.per)]]
    for unit, count, amount in stated:
        yield {"amount": amount, "quantity": count, "unit": unit, "above": case.above or 0, "batch": case.batch}
    word = getattr(charges, "batch", None)
    for unit, count, _ in stated if isinstance(word, str) else ():
        yield {"amount": word, "quantity": count, "unit": unit, "above": case.above or 0, "batch": True}
