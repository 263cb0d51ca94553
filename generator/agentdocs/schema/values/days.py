"""Days and months."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, WithJsonSchema

from agentdocs.schema.values.references import References
from agentdocs.schema.values.refusal import refuse, shown
from agentdocs.schema.values.text import or_specials


def _iso_date(*specials: str) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, date) or (value in specials and isinstance(value, str)):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise refuse(f"{shown(value)} is not a date", f"write it as YYYY-MM-DD{or_specials(specials)}")

    return BeforeValidator(check)


IsoDate = Annotated[date, _iso_date()]
"""A calendar day in UTC, written YYYY-MM-DD."""
IsoDateOrUnknown = Annotated[date | Literal["unknown"], _iso_date("unknown")]
"""A calendar day in UTC, or `unknown` where nobody published it."""


def _in_the_past(day: date, info: ValidationInfo) -> date:
    today = info.context.today if isinstance(info.context, References) else None
    if today and day > today:
        raise refuse(f"{day} is in the future", f"write the day on which it happened, {today} at the latest")
    return day


PastDay = Annotated[date, _iso_date(), AfterValidator(_in_the_past)]
"""A calendar day in UTC on which something has happened, written YYYY-MM-DD."""
_AS_OF = re.compile(r"(?:(?:before|about|after) )?(\d{4}-\d\d)(-\d\d)?")


def first_day(as_of: str) -> date:
    """Give the day that an `AsOf` names, or the first one of its month."""
    match = _AS_OF.fullmatch(as_of)
    if match is None:
        raise ValueError(f"{as_of!r} is neither a day nor a month")
    return date.fromisoformat(match[1] + (match[2] or "-01"))


def _as_of(value: object) -> object:
    text = value.isoformat() if isinstance(value, date) else value
    try:
        first_day(str(text))
    except ValueError:
        right = "write it as YYYY-MM-DD or YYYY-MM, with before, about or after in front if it is not exact"
        raise refuse(f"{shown(value)} is neither a day nor a month", right) from None
    return text


AsOf = Annotated[str, BeforeValidator(_as_of), WithJsonSchema({"type": "string", "pattern": f"^{_AS_OF.pattern}$"})]
"""A calendar day or month, or one that something is `before`, `about` or `after`: `2026-01-31`, `before 2026-01`."""
