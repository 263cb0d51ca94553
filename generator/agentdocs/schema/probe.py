"""Results of measuring the services, which status documents state: the file that `--probe` names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, TypeAdapter, model_validator

from agentdocs.schema.base import Record
from agentdocs.schema.values import StatusId, Text, Token, refuse, shown


def _instant(value: object) -> object:
    right = "write it with its offset from UTC, such as 2026-01-31T09:30:00Z"
    form = r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)"
    if not isinstance(value, str) or not re.fullmatch(form, value):
        raise refuse(f"{shown(value)} is not a time", right)
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise refuse(f"{shown(value)} is not a time", right) from None


def _health(value: object) -> object:
    if value not in ("pass", "warn", "fail"):
        raise refuse(f"{shown(value)} is not known here", "write pass, warn or fail")
    return value


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refuse(f"{shown(value)} is not a number", "write a number such as 0.25")
    return Decimal(value)


class Observation(Record):
    """One value that was measured."""

    measurement: Token
    """What was measured, such as `responseTime`, `utilization` or `uptime`."""
    value: Annotated[Decimal, BeforeValidator(_number)]
    """How much of it, in `unit`."""
    unit: Text
    """The unit, such as `ms` or `percent`."""


class Probe(Record):
    """The result of measuring one service."""

    status: Annotated[Literal["pass", "warn", "fail"], BeforeValidator(_health)]
    """`pass` where all is well, `warn` where the service works with concerns, `fail` where it does not."""
    time: Annotated[datetime, BeforeValidator(_instant)]
    """When it was measured, as RFC 3339 with an offset."""
    output: Text | None = None
    """What the measurement said; left out where all is well."""
    observed: Observation | None = None
    """Left out where nothing but the status was measured."""

    @model_validator(mode="after")
    def _says_nothing_where_all_is_well(self) -> Self:
        if self.status == "pass" and self.output is not None:
            raise refuse("states output with pass", "leave output out, it is for warn and fail")
        return self


Probes = Mapping[StatusId, Probe]
"""By the service's name in `statuses` of `catalog/discovery.yaml`."""

PROBES: TypeAdapter[Probes] = TypeAdapter(Probes)
