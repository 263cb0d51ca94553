"""What is implausible about prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from agentdocs import history
from agentdocs.catalog.folder import members
from agentdocs.catalog.source import SourceFile, parse
from agentdocs.schema.model import Price

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.errors import Loc, Problem
    from agentdocs.plausibility.subject import Subject

FAR = 100
"""How many times as much, or how many times less, is implausible.

The usual slips make a price wrong by 100 (cents), 1,000 (for a thousand tokens instead of a million) or 1,000,000 (for
one token). Within a catalog prices seldom lie further than tenfold from their median, so that a slip by 1,000 is told
whichever of them it happens to, and an honest price is not.
"""
_FEWEST = 3
"""How many prices it takes to say what is usual."""
_COMMIT = "or commit it if it is right"
_AMOUNTS = ("input", "output", "cache_read")
_PRICES: TypeAdapter[tuple[Price, ...]] = TypeAdapter(tuple[Price, ...])


def price_jump(subject: Subject) -> Iterator[Problem]:
    """A price is a hundred times what the newest commit says, or a hundredth of it, or nothing any more.

    To commit it is to accept it.
    """
    catalog, facts = subject.catalog, subject.facts
    before = _before(subject)
    for name, plan in facts.plans.items():
        amount = None if isinstance(plan.price, str) else plan.price.amount
        if change := _change(amount, _at(before, ("plans",), name, "price", "amount")):
            yield catalog.problem(("plans", name, "price", "amount"), change, f"write what the plan costs, {_COMMIT}")
    prepaid = facts.billing.credits
    if prepaid is None:
        return
    tokens, then = prepaid.price_tokens, _at(before, ("billing",), "prepaid", "price_tokens")
    tokens_then = then if isinstance(then, int) and then > 0 else tokens
    for path, model in facts.models.items():
        older = _prices(_at(before, ("models", path), "prices"))
        for index, price in enumerate(model.price_history):
            earlier = _on(older, price.valid_from or date.min)
            for member in _AMOUNTS if earlier else ():
                if change := _change(getattr(price, member), getattr(earlier, member), tokens, tokens_then):
                    right = f"write it for {tokens:,} tokens in {prepaid.currency}, {_COMMIT}"
                    yield catalog.problem(("models", path, "prices", index, member), change, right)
    unchanged = any(model.price_history and ("models", path) not in before for path, model in facts.models.items())
    if unchanged and (change := _change(tokens, tokens_then)):
        wrong = f"{change}, and prices are as they were"
        yield catalog.problem(("billing", "prepaid", "price_tokens"), wrong, f"write what they are for, {_COMMIT}")


def price_outlier(subject: Subject) -> Iterator[Problem]:
    """A price is a hundred times the median of all models, or a hundredth of it; 0 is free, which is no outlier."""
    prepaid, models = subject.facts.billing.credits, subject.facts.models
    today = {path: model.price(subject.day) for path, model in models.items()}
    for member in _AMOUNTS if prepaid else ():
        known = [amount for price in today.values() if (amount := _paid(price, member))]
        if len(known) < _FEWEST:
            continue
        middle = median(known)
        for path, model in models.items():
            for index, price in enumerate(model.price_history):
                current = price is today[path] or (price.valid_from and price.valid_from > subject.day)
                amount = _paid(price, member) if current else None
                if amount and (ratio := _ratio(amount, middle)):
                    assert prepaid is not None  # noqa: S101 - else there is nothing to compare
                    wrong = f"{amount} is {ratio} {middle:f}, the median of all models"
                    right = f"write it for {prepaid.price_tokens:,} tokens in {prepaid.currency}"
                    yield subject.catalog.problem(("models", path, "prices", index, member), wrong, right)


def cache_dearer(subject: Subject) -> Iterator[Problem]:
    """Tokens from the cache cost more than tokens that are read for the first time."""
    for path, model in subject.facts.models.items():
        for index, price in enumerate(model.price_history):
            if isinstance(price.cache_read, Decimal) and price.cache_read > price.input:
                wrong = f"{price.cache_read} is more than {price.input}, the price without the cache"
                loc = ("models", path, "prices", index, "cache_read")
                yield subject.catalog.problem(loc, wrong, "exchange the two, or write what cached tokens cost")


def _before(subject: Subject) -> Mapping[Loc, Any]:
    """Read what the newest commit has of changed members of the catalog, whatever that may be."""
    parsed = {name: parse(name, content) for name, content in history.committed(subject.root / "catalog").items()}
    found = (
        entry
        for name, file in parsed.items()
        if isinstance(file, SourceFile)
        for entry in members(name.removesuffix(".yaml"), file)
    )
    now = subject.catalog.files
    return {owner: file.data for owner, file in found if owner not in now or now[owner].data != file.data}


def _at(data: Any, *names: str | Loc) -> Any:  # noqa: ANN401
    """Find a member of what need not be sound, None where there is none."""
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _prices(data: object) -> tuple[Price, ...]:
    """Read the prices of an older version of a file, none where they had another form."""
    try:
        return _PRICES.validate_python(data)
    except ValidationError:
        return ()


def _on(prices: tuple[Price, ...], day: date) -> Price | None:
    """Give the price that applies on `day`, the first one if the day lies before all, or None if there is none."""
    valid = [price for price in prices if price.valid_from is None or price.valid_from <= day]
    return next(iter(valid[-1:] or prices), None)


def _paid(price: Price | None, member: str) -> Decimal | None:
    """Give an amount of a price, or None where it is free or unknown."""
    amount = getattr(price, member, None)
    return amount if isinstance(amount, Decimal) and amount else None


def _change(now: object, then: object, tokens: int = 1, tokens_then: int = 1) -> str:
    """Say how far an amount is from an earlier one, each for a number of tokens; empty if not far."""
    if not isinstance(now, int | Decimal) or not isinstance(then, int | Decimal) or not then:
        return ""
    then = Decimal(then) * tokens / tokens_then
    if not now:
        return f"0 was {then:f} in the newest commit"
    ratio = _ratio(Decimal(now), then)
    return ratio and f"{now} is {ratio} {then:f}, as the newest commit has it"


def _ratio(amount: Decimal, other: Decimal) -> str:
    """Write how many times `other` an amount is if that is far; empty if not."""
    if amount >= other * FAR:
        return f"{amount / other:,.0f} times"
    return f"a {other / amount:,.0f}th of" if amount * FAR <= other else ""
