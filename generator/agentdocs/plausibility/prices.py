"""What is implausible about prices."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from agentdocs import history
from agentdocs.catalog.folder import members
from agentdocs.catalog.source import SourceFile, parse
from agentdocs.plausibility.amounts import amounts
from agentdocs.schema.price import Price

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.errors import Loc, Problem
    from agentdocs.plausibility.subject import Subject

FAR = 100
"""How many times as much, or how many times less, is implausible.

The usual mistakes make a price wrong by 100 (cents), 1,000 (for a thousand tokens instead of a million) or 1,000,000
(for one token). Within a catalog prices seldom lie further than tenfold from their median. So a mistake by 1,000 is
reported for any of them, and an honest price is not.
"""
_FEWEST = 3
"""How many prices it takes to say what is usual."""
_COMMIT = "or commit it if it is right"
_PRICES: TypeAdapter[tuple[Price, ...]] = TypeAdapter(tuple[Price, ...])


def price_jump(subject: Subject) -> Iterator[Problem]:
    """A price is a hundred times what the newest commit says, or a hundredth of it, or nothing any more.

    To commit it is to accept it.
    """
    catalog, facts = subject.catalog, subject.facts
    before = _before(subject)
    for name, plan in facts.plans.items():
        for member in ("amount", "yearly"):
            amount = None if isinstance(plan.price, str) else getattr(plan.price, member)
            if change := _change(amount, _at(before, ("plans",), name, "price", member)):
                right = f"write what the plan costs, {_COMMIT}"
                yield catalog.problem(("plans", name, "price", member), change, right)
    prepaid = facts.billing.credits
    if prepaid is None:
        return
    tokens, then = prepaid.price_tokens, _at(before, ("billing",), "prepaid", "price_tokens")
    tokens_then = then if isinstance(then, int) and then > 0 else tokens
    for path, model in facts.models.items():
        older = _prices(_at(before, ("models", path), "prices"))
        for index, price in enumerate(model.price_history):
            earlier = {stated.what: stated for stated in amounts(_on(older, price.valid_from or date.min))}
            for now in amounts(price):
                old = earlier.get(now.what)
                sizes = (now.size, old.size) if old and now.unit else (tokens, tokens_then)
                if old and (change := _change(now.amount, old.amount, *sizes)):
                    loc = ("models", path, "prices", index, *now.loc)
                    yield catalog.problem(loc, change, f"{now.right(prepaid)}, {_COMMIT}")
    unchanged = any(model.price_history and ("models", path) not in before for path, model in facts.models.items())
    if unchanged and (change := _change(tokens, tokens_then)):
        wrong = f"{change}, and prices are as they were"
        yield catalog.problem(("billing", "prepaid", "price_tokens"), wrong, f"write what they are for, {_COMMIT}")


def price_outlier(subject: Subject) -> Iterator[Problem]:
    """A price is a hundred times the median of all models, or a hundredth of it; 0 is free, which is no outlier."""
    prepaid, models = subject.facts.billing.credits, subject.facts.models
    if prepaid is None:
        return
    today = {path: model.price(subject.day) for path, model in models.items()}
    usual: dict[str, list[Decimal]] = defaultdict(list)
    for price in today.values():
        for stated in amounts(price):
            if stated.what[1:] == (None, False) and stated.amount:
                usual[stated.what[0]].append(stated.single)
    middles = {kind: median(known) for kind, known in usual.items() if len(known) >= _FEWEST}
    for path, model in models.items():
        for index, price in enumerate(model.price_history):
            current = price is today[path] or (price.valid_from and price.valid_from > subject.day)
            for stated in amounts(price if current else None):
                middle = middles.get(stated.what[0])
                if middle and stated.amount and (ratio := _ratio(stated.single, middle)):
                    wrong = f"{stated.amount} is {ratio} {_plain(middle * stated.size)}, the median of all models"
                    loc = ("models", path, "prices", index, *stated.loc)
                    yield subject.catalog.problem(loc, wrong, stated.right(prepaid))


def cache_dearer(subject: Subject) -> Iterator[Problem]:
    """Tokens from the cache cost more than tokens that are read for the first time."""
    for loc, price in _every(subject):
        for case in price.cases:
            cached, first = case.charges.cache_read, case.charges.input
            if isinstance(cached, Decimal) and isinstance(first, Decimal) and cached > first:
                wrong = f"{cached} is more than {first}, the price without the cache"
                right = "swap the two, or write what cached tokens cost"
                yield subject.catalog.problem((*loc, *case.loc, "cache_read"), wrong, right)


def batch_dearer(subject: Subject) -> Iterator[Problem]:
    """A request in a batch costs more than a single one."""
    for loc, price in _every(subject):
        every = [*amounts(price)]
        single = {stated.what[:2]: stated for stated in every if not stated.what[2]}
        for stated in every:
            alone = single.get(stated.what[:2])
            if alone and stated.what[2] and stated.single > alone.single:
                wrong = f"{stated} is more than {alone}, the price of a single request"
                right = "swap the two, or write what a request costs in a batch"
                yield subject.catalog.problem((*loc, *stated.loc), wrong, right)


def year_price(subject: Subject) -> Iterator[Problem]:
    """A year of a plan that is paid at once costs more than twelve months, or no more than one."""
    for name, plan in subject.facts.plans.items():
        price = None if isinstance(plan.price, str) else plan.price
        if price and price.period == "month" and price.yearly is not None and price.amount:
            loc, right = ("plans", name, "price", "yearly"), "write what is paid for the whole year"
            if price.yearly > price.amount * 12:
                wrong = f"{price.yearly} is more than {price.amount * 12}, what twelve months cost"
                yield subject.catalog.problem(loc, wrong, right)
            elif price.yearly <= price.amount:
                wrong = f"{price.yearly} is no more than {price.amount}, what a month costs"
                yield subject.catalog.problem(loc, wrong, right)


def _every(subject: Subject) -> Iterator[tuple[Loc, Price]]:
    for path, model in subject.facts.models.items():
        for index, price in enumerate(model.price_history):
            yield ("models", path, "prices", index), price


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


def _change(now: object, then: object, tokens: int = 1, tokens_then: int = 1) -> str:
    """Say how far an amount is from an earlier one, each for a number of tokens; empty if not far."""
    if not isinstance(now, int | Decimal) or not isinstance(then, int | Decimal) or not then:
        return ""
    then = Decimal(then) * tokens / tokens_then
    if not now:
        return f"0 was {_plain(then)} in the newest commit"
    ratio = _ratio(Decimal(now), then)
    return ratio and f"{now} is {ratio} {_plain(then)}, as the newest commit has it"


def _plain(amount: Decimal) -> str:
    """Write an amount without an exponent; what was worked out and does not end, with four digits."""
    endless = len(amount.as_tuple().digits) > 20
    return f"{Decimal(f'{amount:.4g}') if endless else amount:f}"


def _ratio(amount: Decimal, other: Decimal) -> str:
    """Write how many times `other` an amount is if that is far; empty if not."""
    if amount >= other * FAR:
        return f"{amount / other:,.0f} times"
    return f"a {other / amount:,.0f}th of" if amount * FAR <= other else ""
