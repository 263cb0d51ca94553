"""The known amounts of a price, so that each can be compared with others that are for the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from agentdocs.schema import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.errors import Loc
    from agentdocs.schema.access import PrepaidWallet
    from agentdocs.schema.price import Price

_MEMBERS = ("input", "output", "cache_read", "cache_write")


@dataclass(frozen=True)
class StatedAmount:
    """An amount of a price."""

    loc: Loc
    """Where it stands inside the price."""
    what: tuple[str, int | None, bool]
    """What it is for: a member or the smallest unit, above how long a prompt, and whether in a batch."""
    amount: Decimal
    size: int
    """How many of the smallest unit it is for; 1 for an amount for tokens of text."""
    unit: str
    """What it is for, in words; empty for tokens of text."""

    def __str__(self) -> str:
        return f"{self.amount} per {self.unit}" if self.unit else str(self.amount)

    @property
    def single(self) -> Decimal:
        """The amount for one of the smallest unit."""
        return self.amount / self.size

    def right(self, prepaid: PrepaidWallet) -> str:
        """Say in which unit it has to be written."""
        if self.unit:
            return f"write it per {self.unit} in {prepaid.currency}"
        return f"write it for {prepaid.price_tokens:,} tokens in {prepaid.currency}"


def amounts(price: Price | None) -> Iterator[StatedAmount]:
    """Yield every known amount of a price."""
    for case in price.cases if price else ():
        for member in _MEMBERS:
            if isinstance(amount := getattr(case.charges, member), Decimal):
                yield StatedAmount((*case.loc, member), (member, case.above, case.batch), amount, 1, "")
        for number, fee in enumerate(case.charges.fees):
            size, unit = quantity.size(fee.per)
            if isinstance(fee.amount, Decimal):
                what = (unit, case.above, case.batch)
                words = quantity.in_words(fee.per)
                yield StatedAmount((*case.loc, "fees", number, "amount"), what, fee.amount, size, words)
