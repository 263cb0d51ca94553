"""Counts requests, and the tokens of their answers, against the limits of a catalog."""

from __future__ import annotations

import contextlib
import math
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from agentdocs.schema import Limit
    from agentdocs.schema.limit import Rate


@dataclass(frozen=True)
class Beyond:
    """What a request beyond a limit gets."""

    error: str
    """The name of the catalog's error."""
    seconds: int | None
    """After how many seconds there is room again, where that is known."""


class Asked(NamedTuple):
    """What limits ask of a request."""

    api: str
    key: str
    model: str = ""
    """The id; empty where the request names none."""
    tokens: Mapping[str, int] = {}
    """How many it takes, as `tokens`, `input_tokens` and `output_tokens`."""


class Guard:
    """Counts what began within the span of each rate, for each account, project, key and model, and what runs now.

    The stub knows one account, one project, and one key of each kind. A refused request is not counted. Nor are images
    and seconds of audio, of which no answer of the stub has any.
    """

    def __init__(self, limits: Mapping[str, Limit], clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._taken: defaultdict[tuple[str, ...], deque[tuple[float, int]]] = defaultdict(deque)
        """When how much was taken, the oldest first, by the name of a limit, what it counts and who has it."""
        self._active: Counter[str] = Counter()

    def refuses(self, asked: Asked) -> Beyond | None:
        """Count a request, or say which limit it is beyond: the one that is longest in the way."""
        now, found = self._clock(), []
        counted: list[tuple[deque[tuple[float, int]], int]] = []
        for name, limit in self._limits.items():
            if limit.api != asked.api or not _counts(limit, asked):
                continue
            for rate in (rate for rate in limit.rates if isinstance(rate.amount, int)):
                taken = self._taken[name, rate.of, *_holder(limit, asked)]
                while taken and taken[0][0] <= now - rate.seconds:
                    taken.popleft()
                takes = 1 if rate.unit == "requests" else asked.tokens.get(rate.unit, 0)
                counted.append((taken, takes))
                if takes and (wait := _wait(rate, taken, takes, now)):
                    found.append(Beyond(limit.error, wait))
            if limit.active_requests and self._active[asked.api] >= limit.active_requests.count:
                found.append(Beyond(limit.error, None))
        if found:
            return max(found, key=lambda beyond: beyond.seconds or 0)
        for taken, takes in counted:
            taken.append((now, takes))
        return None

    @contextlib.contextmanager
    def active(self, api: str, status: int) -> Iterator[None]:
        """Count a request that is answered, until its answer has been sent."""
        counts = status < 400
        self._active[api] += counts
        try:
            yield
        finally:
            self._active[api] -= counts


def _counts(limit: Limit, asked: Asked) -> bool:
    """Tell whether a limit counts a request; one that names no model is counted only where all models are together."""
    return limit.counts(asked.model) if asked.model else not limit.models and "model" not in limit.per


def _holder(limit: Limit, asked: Asked) -> tuple[str, ...]:
    """Name who has a limit to itself, as far as there are several of them."""
    own = {"key": asked.key, "model": asked.model}
    return tuple(own.get(scope, "") for scope in limit.per)


def _wait(rate: Rate, taken: deque[tuple[float, int]], takes: int, now: float) -> int:
    """Say after how many seconds there is room for what a request takes, 0 for now; what never fits waits as long."""
    assert isinstance(rate.amount, int)  # noqa: S101 - nothing else is counted
    room, wait = rate.amount - sum(amount for _, amount in taken), 0
    for when, amount in taken:
        if room >= takes:
            return wait
        room, wait = room + amount, max(1, math.ceil(when + rate.seconds - now))
    return wait if room >= takes else wait or rate.seconds
