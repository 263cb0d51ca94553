"""Counts, amounts and other numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from agentdocs.schema.values.refusal import refuse, shown
from agentdocs.schema.values.text import or_specials, plain_text


def _count(*specials: str) -> BeforeValidator:
    def check(value: object) -> object:
        if value in specials and isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            right = f"write a whole number from 1, without separators{or_specials(specials)}"
            raise refuse(f"{shown(value)} is not a positive integer", right)
        return value

    return BeforeValidator(check)


def error_status(value: object) -> object:
    """Refuse what no HTTP answer to a failed request has as its status."""
    if isinstance(value, bool) or not isinstance(value, int) or not 400 <= value <= 599:
        raise refuse(f"{shown(value)} is not the status of an error", "write a whole number from 400 to 599")
    return value


ErrorStatus = Annotated[
    int, BeforeValidator(error_status), WithJsonSchema({"type": "integer", "minimum": 400, "maximum": 599})
]
"""An HTTP status from 400 to 599."""


def _whole(value: object, most: int | None = None) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0 or (most and value > most):
        kind = f"a whole number from 0 to {most}" if most else "a whole number from 0"
        raise refuse(f"{shown(value)} is not {kind}", "write one, without separators")
    return value


WholeNumber = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
"""A whole number from 0; the member says of what."""
ExitCode = Annotated[
    int,
    BeforeValidator(lambda value: _whole(value, 255)),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 255}),
]
"""What a process tells its shell when it ends: 0 for success."""
Count = Annotated[int, _count()]
"""A whole number from 1; the member says of what."""
CountOrUnknown = Annotated[int | Literal["unknown"], _count("unknown")]
"""A whole number from 1, or `unknown` where nobody published it."""
CountOrUnlimited = Annotated[int | Literal["unlimited", "unknown"], _count("unlimited", "unknown")]
"""A whole number from 1, `unlimited` where there is no bound, or `unknown` where nobody published it."""


def _amount(*specials: str) -> BeforeValidator:
    def check(value: object) -> object:
        if value in specials and isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise refuse(f"{shown(value)} is not an amount", f"write a number such as 0.30{or_specials(specials)}")
        if value < 0:
            raise refuse(f"{shown(value)} is negative", f"write 0 or more{or_specials(specials)}")
        return Decimal(value)

    return BeforeValidator(check)


Amount = Annotated[Decimal, _amount()]
"""An amount of money from 0, such as 0.30; the member says in which currency."""
AmountOrNone = Annotated[Decimal | Literal["not_offered", "unknown"], _amount("not_offered", "unknown")]
"""An amount of money from 0, `not_offered` where nothing is sold, or `unknown` where nobody published it; 0 means
free."""
AmountOrUnknown = Annotated[Decimal | Literal["unknown"], _amount("unknown")]
"""An amount of money from 0, or `unknown` where nobody published it; 0 means free."""


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refuse(f"{shown(value)} is not a number", "write a number such as 2 or -0.5")
    return Decimal(value)


Number = Annotated[Decimal, BeforeValidator(_number)]
"""Any number, such as -0.5."""


def _default(value: object) -> object:
    if isinstance(value, bool):
        return value
    return plain_text(value) if isinstance(value, str) else _number(value)


Default = Annotated[bool | Decimal | str, BeforeValidator(_default)]
"""What stands for a value that is left out: `true`, `false`, a number, or words."""
