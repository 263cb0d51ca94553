"""Counts requests against the limits of a catalog."""

from __future__ import annotations

import contextlib
import math
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from agentdocs.schema import Limit

_MINUTE = 60.0


@dataclass(frozen=True)
class Beyond:
    """What a request beyond a limit gets."""

    error: str
    """The name of the catalog's error."""
    seconds: int | None
    """After how many seconds there is room again, where that can be told."""


class Guard:
    """Counts the requests of the last minute per key and per account, and those that run now.

    The stub knows one account and one key of each kind. A refused request is not counted.
    """

    def __init__(self, limits: Mapping[str, Limit], clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._times: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._active: Counter[str] = Counter()

    def refuses(self, api: str, key: str) -> Beyond | None:
        """Count a request to an API, or say which limit it is beyond: the one that is longest in the way."""
        now, found = self._clock(), []
        counted: dict[tuple[str, str], deque[float]] = {}
        for limit in (limit for limit in self._limits.values() if limit.api == api):
            owner = (limit.per, key if limit.per == "key" else api)
            times = counted.setdefault(owner, self._times[owner])
            while times and times[0] <= now - _MINUTE:
                times.popleft()
            most = limit.requests_per_minute
            if isinstance(most, int) and len(times) >= most:
                found.append(Beyond(limit.error, max(1, math.ceil(times[-most] + _MINUTE - now))))
            if limit.active_requests and self._active[api] >= limit.active_requests.count:
                found.append(Beyond(limit.error, None))
        if found:
            return max(found, key=lambda beyond: beyond.seconds or 0)
        for times in counted.values():
            times.append(now)
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
