"""Writes the facts of a catalog in the published shape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agentdocs.artifact import LANGUAGES
from agentdocs.feed import pricing, protocol, shape, shape2
from agentdocs.schema import span
from agentdocs.schema.base import groups
from agentdocs.site.outcomes import reactions
from agentdocs.site.urls import client_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from agentdocs.errors import Loc
    from agentdocs.schema import Api, Client, Facts, Model
    from agentdocs.schema.base import Provenance, Record
    from agentdocs.schema.limit import Rate
    from agentdocs.site.edition import Edition


SHAPES: Mapping[int, type[shape.Catalog]] = {1: shape.Catalog, 2: shape2.Catalog}
"""The document in each version."""


@dataclass(frozen=True)
class Records:
    """Makes the records of one edition of a catalog."""

    edition: Edition

    @property
    def facts(self) -> Facts:
        """The facts as they are stated, each record with its provenance."""
        return self.edition.catalog.facts

    @property
    def day(self) -> date:
        """The day for which prices and statuses hold."""
        return self.edition.day

    def catalog(self, schema: str, version: int) -> shape.Catalog:
        """Give the whole document in one version of its shape, whose JSON Schema is at the URL `schema`."""
        facts = self.facts
        return SHAPES[version].model_validate(
            {
                "$schema": schema,
                "version": version,
                "as_of": self.day,
                "build": self.edition.catalog.form,
                "documentation": self.edition.documentation,
                "provider": self._provider(),
                "apis": [self._api(name, api) for name, api in facts.apis.items()],
                "keys": [self._key(name) for name in facts.keys],
                "billing": self._billing(),
                "plans": [self._plan(name) for name in facts.plans],
                "estimates": self._estimates(),
                "limits": [self._limit(name) for name in facts.limits],
                "errors": [self._error(name) for name in facts.errors],
                "protocol": protocol.record(facts, self._origin),
                "recommendations": {
                    **_members(facts.recommendations),
                    "tasks": [_members(task) for task in facts.recommendations.tasks],
                    **self._origin("recommendations"),
                },
                "clients": [self._client(name, client) for name, client in facts.clients.items()],
                "incompatible": [self._incompatible(name) for name in facts.incompatible],
                "models": [self._model(name, model, version) for name, model in facts.models.items()],
            }
        )

    @cached_property
    def _origins(self) -> Mapping[Loc, Provenance]:
        """Say for every group of facts where it comes from."""
        return {loc: provenance for loc, _, provenance in groups(self.facts) if provenance}

    def _origin(self, *loc: str | int) -> dict[str, Any]:
        """Give the provenance of a group, or else of the nearest group around it."""
        while loc not in self._origins:
            loc = loc[:-1]
        origin = self._origins[loc]
        return {
            "provenance": {
                "sources": [source.url for source in origin.cited],
                "details": [
                    {"url": source.url, "as_of": source.as_of or "unknown", "says": _some(source.says)}
                    for source in origin.cited
                    if source.as_of or source.says
                ],
                "checked": origin.checked,
                "confidence": origin.confidence,
            }
        }

    def _provider(self) -> dict[str, Any]:
        provider = self.facts.provider
        operator, legal = provider.operator, provider.legal
        return {
            **{name: getattr(provider, name) for name in ("id", "name", "homepage")},
            "operator": operator if isinstance(operator, str) else operator.name,
            "privacy_policy": legal if isinstance(legal, str) else legal.privacy_policy or "not_offered",
            "terms_of_service": legal if isinstance(legal, str) else legal.terms_of_service or "not_offered",
            "hosting_countries": provider.hosting.countries if provider.hosting else "unknown",
            "outside_labs": provider.hosting.outside_labs if provider.hosting else "unknown",
            "pricing_page": self._page("pricing", "pricing_page"),
            "dashboard_page": self._page("dashboard", "account", "dashboard_page"),
            "account_page": self._page("account", "account", "account_page"),
            "support_page": self._page("support", "support_page"),
            "status_page": self._page("status", "status_page"),
            **self._origin("provider"),
        }

    def _page(self, name: str, *loc: str) -> dict[str, Any] | str:
        page = self.facts.provider.page(name)
        return {"url": page.url, **self._origin("provider", *loc)} if page else "unknown"

    def _api(self, name: str, api: Api) -> dict[str, Any]:
        return {
            "id": name,
            **_members(api),
            "token_issuers": api.tokens.issuers if api.tokens else (),
            "documentation": api.documentation or self.edition.overview,
            "service_description": self.edition.absolute(self.facts.discovery.describing(name).path),
            "operations": [
                {
                    "id": operation,
                    **{member: getattr(entry, member) for member in ("method", "key", "summary")},
                    "url": entry.url(api.base_url),
                    "parameters": [{"name": each, "meaning": api.parameters[each]} for each in entry.parameters],
                    "notes": _some(entry.note),
                    **self._origin("apis", name, "operations", operation),
                }
                for operation, entry in api.operations.items()
            ],
            **self._origin("apis", name),
        }

    def _key(self, name: str) -> dict[str, Any]:
        key = self.facts.keys[name]
        return {"id": name, **_members(key), "api": key.opens, **self._origin("keys", name)}

    def _billing(self) -> dict[str, Any]:
        billing = self.facts.billing
        budget, credits_ = billing.budget, billing.credits
        return {
            "subscription": {
                **_members(budget),
                "period": budget.period or "unknown",
                **self._origin("billing", "subscription"),
            }
            if budget
            else billing.subscription or "not_offered",
            "prepaid": {"name": credits_.name, **self._origin("billing", "prepaid")}
            if credits_
            else billing.prepaid or "not_offered",
        }

    def _plan(self, name: str) -> dict[str, Any]:
        plan = self.facts.plans[name]
        price = plan.price
        return {
            "id": name,
            "name": plan.name,
            "price": price
            if isinstance(price, str)
            else {
                **_members(price),
                "yearly": "unknown" if price.yearly is None else price.yearly,
                **self._origin("plans", name, "price"),
            },
            "uses": [{**_members(use), "instead": _some(use.instead)} for use in plan.uses],
            **self._origin("plans", name),
        }

    def _estimates(self) -> dict[str, Any] | str:
        estimates = self.facts.estimates
        if estimates is None:
            return "unknown"
        classes = [
            {
                "id": name,
                "name": entry.name,
                "plans": [
                    {"plan": plan, "requests_per_month": _plain(entry.requests_per_month[plan])}
                    for plan in self.facts.plans
                ],
            }
            for name, entry in estimates.classes.items()
        ]
        return {**_members(estimates), "classes": classes, **self._origin("estimates")}

    def _limit(self, name: str) -> dict[str, Any]:
        limit = self.facts.limits[name]
        active, counted = limit.active_requests, [model for model in self.facts.models if limit.counts(model)]
        of_all = not limit.plans and not limit.models and limit.per in (("account",), ("key",))
        return {
            "id": name,
            "api": limit.api or "not_offered",
            "applies_to": self.facts.apis[limit.api].name if limit.api else limit.surface,
            # An account has what is counted for a project or a model of its own, too.
            "per": limit.holder if limit.holder in ("account", "key") else "account",
            "counted_per": limit.per,
            "plans": limit.plans,
            "models": counted if limit.models and limit.models != "unknown" else limit.models,
            "rates": [_rate(rate) for rate in limit.rates],
            "requests_per_minute": limit.requests_per_minute if of_all else "unknown",
            "active_requests": _members(active) if active else "unknown",
            "error": limit.error,
            **self._origin("limits", name),
        }

    def _error(self, name: str) -> dict[str, Any]:
        error = self.facts.errors[name]
        evidence = [
            {"api": api, **self._origin("errors", name, "apis", api)} for api in error.apis if api not in error.stated
        ]
        members = {"id": name, **_members(error), "apis": [*error.apis], "evidence": evidence}
        return {**members, **self._origin("errors", name)}

    def _client(self, name: str, client: Client) -> dict[str, Any]:
        shapes = [
            {
                **{member: getattr(entry, member) for member in ("id", "title", "language", "file")},
                "media_type": LANGUAGES[entry.language][1],
                **{member: _some(getattr(entry, member)) for member in ("powershell", "save_as", "note", "run")},
            }
            for entry in client.snippets
        ]
        return {
            "id": name,
            **{member: getattr(client, member) for member in ("name", "kind", "api", "summary", "warnings")},
            "requires": _some(client.requires),
            "install": _some(client.install),
            "tested_version": client.tested.version if client.tested else shape.UNTESTED,
            "minimum_context_window": client.minimum_context_window or "not_offered",
            "recording": self._recording(name),
            "folder": {
                "path": client.folder.path,
                "windows": client.folder.windows,
                **self._origin("clients", name, "folder"),
            }
            if client.folder
            else "not_offered",
            "suggested": {
                "models": [*map(_members, client.suggested.models)],
                **self._origin("clients", name, "suggested"),
            }
            if client.suggested
            else "unknown",
            "snippets": shapes,
            "retries": {
                "setting": client.retries.setting,
                "snippet": client.retries.snippet or "not_offered",
            }
            if client.retries
            else "unknown",
            **self._origin("clients", name),
        }

    def _recording(self, client: str) -> dict[str, Any] | str:
        recording = self.facts.recordings.get(client)
        if recording is None:
            return "unknown"
        outcomes = [
            {
                "causes": [
                    {"situation": situation, "error": error or "unknown"} for situation, error in entry.causes.items()
                ],
                "prints": entry.prints.splitlines(),
                "exit_code": "not_offered" if entry.outcome.exit_code is None else entry.outcome.exit_code,
                "requests": entry.outcome.requests,
            }
            for entry in reactions(self.facts, client)
        ]
        waits = "not_offered" if recording.waits is None else recording.waits
        origin = self._origin("recordings", client)
        return {"outcomes": outcomes, "waits": waits, "other_domains": recording.other_domains, **origin}

    def _incompatible(self, name: str) -> dict[str, Any]:
        entry = self.facts.incompatible[name]
        members = {"id": name, "name": entry.name, "tested_version": entry.tested.version, "reason": entry.reason}
        return {**members, **self._origin("incompatible", name)}

    def _model(self, name: str, model: Model, version: int) -> dict[str, Any]:
        life, author = model.life, self.facts.author_of(model)
        page, markdown = self.edition.model_urls.get(name, ("not_offered", "not_offered"))
        tools = model.features["tools"]
        return {
            **{member: getattr(model, member) for member in ("id", "name", "aliases", "context_window")},
            "path": model.path,
            "author": self.facts.authors[author].name if author else "unknown",
            "status": model.status(self.day),
            **self._prices(name, model, version),
            "capabilities": {**_members(model.known), "tools": tools, **self._origin("models", name, "capabilities")},
            "agents": {"available": model.for_agents, **self._origin("models", name, "agents")},
            "prompt_cache": model.prompt_cache
            if isinstance(model.prompt_cache, str)
            else {**_members(model.prompt_cache), **self._origin("models", name, "prompt_cache")},
            "lifecycle": {
                "released": life.released,
                **{
                    member: getattr(life, member) or "unknown"
                    for member in ("deprecated_on", "retires_on", "replaced_by")
                },
                **self._origin("models", name, "lifecycle"),
            },
            "page": page,
            "markdown": markdown,
            "set_up": [*self._set_up(model)],
            **self._origin("models", name),
        }

    def _prices(self, name: str, model: Model, version: int) -> dict[str, Any]:
        prepaid, price = self.facts.billing.credits, model.price(self.day)
        if prepaid is None or price is None:
            return {"price": model.no_price, "pricing": model.no_price}
        origin = self._origin("models", name, "prices", model.price_history.index(price))
        tokens = pricing.of_tokens(prepaid, price, version)
        return {
            "price": tokens if isinstance(tokens, str) else {**tokens, **origin},
            "pricing": {**pricing.of_everything(prepaid, price), **origin},
        }

    def _set_up(self, model: Model) -> Iterator[dict[str, Any]]:
        for name, client in self.facts.clients.items():
            if reason := self.edition.snippets.refusal(client, model):
                yield {"client": name, "usable": False, "reason": reason}
            else:
                files = [
                    {
                        "snippet": entry.id,
                        "url": self.edition.absolute(self.edition.snippets.url(name, entry, model.id)),
                    }
                    for entry in client.snippets
                ]
                guide = self.edition.snippets.guide_url(name, model.id)
                yield {
                    "client": name,
                    "usable": True,
                    "files": files,
                    "left_out": self.edition.snippets.left_out(client, model),
                    "markdown": self.edition.absolute(guide) if client_pages(self.facts) else "not_offered",
                }


def _rate(rate: Rate) -> dict[str, Any]:
    spans, word = span.parts(rate.span)
    return {"amount": rate.amount, "unit": rate.unit, "spans": spans, "span": word}


def _members(record: Record) -> dict[str, Any]:
    """Give the members of a record, inner records as plain data, without its provenance."""
    return {name: _plain(member) for name, member in record if name != "provenance"}


def _plain(value: object) -> object:
    from pydantic import BaseModel

    return _members(value) if isinstance(value, BaseModel) else value  # type: ignore[arg-type]


def _some(text: str | None) -> list[str]:
    """Write what may be absent as a list, which is then empty: absent is not unknown."""
    return [text] if text else []
