"""What clients do when they are refused, from the recordings of the catalog, as pages tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdocs.schema.recording import PLACEHOLDER
from agentdocs.schema.values import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.schema import Facts, Limit
    from agentdocs.schema.limit import Rate
    from agentdocs.schema.recording import Outcome
    from agentdocs.schema.values import Situation

CAUSES: Mapping[str, str] = {"other_key": "wrong_key", "unset_key": "no_key"}
"""The cause of an error for each situation that is not called the same."""

_ELSEWHERE = ("message", "type", "seconds")
"""What the answer words or counts; nobody published how."""


@dataclass(frozen=True)
class Reaction:
    """One thing that a client says, and what it means."""

    causes: Mapping[str, str | None]
    """What may be wrong when the client says this: each situation with the catalog's name of the error behind it."""
    prints: str
    """The lines, with the values of this catalog; `...` stands for what the answer words."""
    outcome: Outcome


@dataclass(frozen=True)
class BurstGuard:
    """The limit that a client meets first when it tries again at once."""

    limit: Limit
    rate: Rate
    """The one of its rates, in requests, that is met first."""


def error_for(facts: Facts, api: str, situation: str) -> str | None:
    """Name the error with which an API answers in a situation, or for a cause."""
    if situation == "burst":
        guard = burst_guard(facts, api)
        return guard.limit.error if guard and guard.limit.error != "unknown" else None
    cause = CAUSES.get(situation, situation)
    found = (name for name, error in facts.errors.items() if cause in error.causes and api in error.apis)
    return next(found, None)


def causes(facts: Facts, name: str) -> list[str]:
    """List what is wrong with a request that gets an error: what it states, and a limit or budget behind it."""
    found = dict.fromkeys(facts.errors[name].causes)
    if facts.billing.budget and facts.billing.budget.exhausted == name:
        found |= {"budget": None}
    if name in (limit.error for limit in facts.limits.values()):
        found |= {"limit": None}
    return [*found]


def burst_guard(facts: Facts, api: str) -> BurstGuard | None:
    """Find what one key of an API meets first with the recommended model: the rate with the fewest requests."""
    plans = facts.keys[facts.apis[api].key].plans
    met = [
        BurstGuard(limit, rate)
        for limit in facts.limits.values()
        if limit.api == api
        and limit.counts(facts.recommendations.default)
        and limit.holds(() if plans == "unknown" else plans)
        for rate in limit.rates
        if rate.unit == "requests" and isinstance(rate.amount, int)
    ]
    return min(met, key=lambda guard: guard.rate.amount, default=None)


def reactions(facts: Facts, client: str) -> Iterator[Reaction]:
    """Yield what a client says in the recorded situations, each saying once."""
    recording = facts.recordings.get(client)
    groups: dict[tuple[str, int | None, int], list[Situation]] = {}
    for situation, outcome in recording.outcomes.items() if recording else ():
        text = "\n".join(fill(facts, client, situation, line) for line in outcome.prints)
        groups.setdefault((text, outcome.exit_code, outcome.requests), []).append(situation)
    for (text, _, _), situations in groups.items():
        assert recording is not None  # noqa: S101 - there is no group without it
        causes: dict[str, str | None] = {s: error_for(facts, facts.clients[client].api, s) for s in situations}
        yield Reaction(causes, text, recording.outcomes[situations[0]])


def fill(facts: Facts, client: str, situation: str, line: str) -> str:
    """Write the catalog's values into a recorded line."""
    api = facts.apis[facts.clients[client].api]
    name = error_for(facts, facts.clients[client].api, situation)
    error = facts.errors.get(name) if name else None
    values = {
        "base_url": api.base_url,
        "model": facts.recommendations.default,
        "variable": facts.keys[api.key].environment_variable,
        "provider": facts.provider.id,
        "status": str(error.status) if error else "...",
        "code": str(error.code) if error and error.code not in SPECIALS else "...",
        **dict.fromkeys(_ELSEWHERE, "..."),
    }

    return PLACEHOLDER.sub(lambda match: values[match[1]], line)
