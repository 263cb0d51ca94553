"""A stand-in for the provider's APIs, made from the catalog alone.

It checks keys, refuses what the catalog says that the APIs refuse, counts requests against the limits, answers chats
with a fixed rule instead of a model, and records every request. Readers try a configuration with it before they have
an account; the tests run every client against it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from agentdocs.errors import UsageError, printable
from agentdocs.feed.listing import owner
from agentdocs.schema.values import did_you_mean
from agentdocs.site.outcomes import causes, error_for
from agentdocs.stub import answers
from agentdocs.stub.body import Malformed, check_chat, read
from agentdocs.stub.guard import Asked, Guard

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableSequence

    from starlette.types import Receive, Scope, Send

    from agentdocs.schema import ApiError, Facts, Model
    from agentdocs.schema.access import Operation

_LONGEST = 200
"""Characters of a path or a model's name that are log_line; the names of real ones are shorter."""

_STATUS = {"no_key": 401, "wrong_key": 401, "model": 404, "limit": 429}
"""The status for what a catalog names no error for."""


@dataclass(frozen=True)
class Recorded:
    """One request that reached the stub, and how it was answered."""

    api: str
    """The API's name in the catalog."""
    operation: str
    method: str
    path: str
    headers: Mapping[str, str]
    """By name in lower case."""
    body: Mapping[str, Any]
    """What the request's JSON says; empty where there is none."""
    status: int
    error: str | None
    """The name of the catalog's error, if it was refused with one."""
    at: float
    """Seconds of the stub's clock."""

    @property
    def authorization(self) -> str:
        """The header `Authorization`, or nothing."""
        return self.headers.get("authorization", "")


@dataclass
class Stub:
    """All APIs of a catalog, each below the paths of its base URLs.

    `refuse` names an error of the catalog with which requests are refused once their key is accepted; `retry_after` is
    then the `Retry-After` of a limit, in seconds. `clock` gives seconds; `pause` is awaited before each piece of an
    answer. Raises `UsageError` if the catalog has no such error.
    """

    facts: Facts
    refuse: str | None = None
    retry_after: int = 1
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[], Awaitable[None]] | None = None
    seen: Callable[[Recorded], None] | None = None
    """Called with every request after it is answered."""
    requests: MutableSequence[Recorded] = field(default_factory=list)
    """Every request so far, in the order in which they were answered; give one that forgets to a stub that stays."""
    guard: Guard = field(init=False)

    def __post_init__(self) -> None:
        if self.refuse is not None and self.refuse not in self.facts.errors:
            known = did_you_mean(self.refuse, frozenset(self.facts.errors))
            raise UsageError(f"the catalog has no error '{self.refuse}'; {known}")
        limits = {name: limit for name, limit in self.facts.limits.items() if limit.holds(self._plan(limit.api))}
        self.guard = Guard(limits, self.clock)

    def key(self, name: str) -> str:
        """Make the key of a kind that the stub accepts: too short to be taken for a real one."""
        return (self.facts.keys[name].beginning or f"{name}-") + "test"

    def path(self, api: str) -> str:
        """Give the path of an API's base URL; where two APIs have the same on different hosts, with the API's name."""
        paths = {name: urlsplit(entry.base_url).path for name, entry in self.facts.apis.items()}
        shared = [name for name, path in paths.items() if path == paths[api]]
        return paths[api] if shared[0] == api else f"/{api}{paths[api]}"

    def application(self) -> Starlette:
        """Make the web application."""
        routes = []
        for name, api in self.facts.apis.items():
            # Requests that differ only in their query are answered alike, as the one without.
            by_query = sorted(api.operations.items(), key=lambda item: len(item[1].query or {}))
            for path in (self.path(name), *(urlsplit(url).path for url in api.legacy_base_urls)):
                for operation, shape in by_query:
                    if shape.exchange:  # what any other is answered with is nowhere published
                        endpoint = _Endpoint(self, name, operation)
                        routes.append(Route(path + _matching(shape), endpoint, methods=[shape.method]))
        routes.sort(key=lambda route: len(route.param_convertors))  # a path without parameters means itself
        return Starlette(routes=routes, exception_handlers={404: _nothing_here, 405: _nothing_here})

    def answer(
        self, api: str, operation: str, request: Request, body: Mapping[str, Any]
    ) -> tuple[Response, str | None]:
        """Answer a request; also name the error of the catalog if it is refused with one."""
        refused = self._refused(api, operation, request, body)
        if refused is not None:
            return refused
        exchange = self.facts.apis[api].operations[operation].exchange
        if exchange == "models":
            return JSONResponse({"object": "list", "data": [self._entry(model) for model in self._models(api)]}), None
        if exchange == "model":
            return JSONResponse(self._entry(next(self._named_by(api, _in_path(request))))), None
        protocol = self.facts.protocol
        if body.get("stream") and protocol.streaming:
            pieces = answers.stream(body, protocol, self.pause)
            return StreamingResponse(pieces, media_type="text/event-stream"), None
        return JSONResponse(answers.completion(body, protocol)), None

    def _refused(
        self, api: str, operation: str, request: Request, body: Mapping[str, Any]
    ) -> tuple[Response, str | None] | None:
        kind, exchange = self.facts.apis[api].key, self.facts.apis[api].operations[operation].exchange
        scheme, _, key = request.headers.get(self.facts.protocol.authentication.header, "").partition(" ")
        needed = self.facts.apis[api].operations[operation].key == "required"
        if not key and needed:
            return self._error(api, "no_key")
        if key and (scheme != self.facts.protocol.authentication.scheme or key != self.key(kind)):
            return self._error(api, "wrong_key")
        chosen = self.facts.errors.get(self.refuse or "")
        about_the_body = chosen is not None and {"model", "capability"} & set(chosen.causes)
        if chosen and api in chosen.apis and (exchange == "chat" or not about_the_body):
            return self._named(str(self.refuse), api)
        if exchange != "chat":
            known = exchange == "models" or any(self._named_by(api, _in_path(request)))
            return self._beyond(Asked(api, key)) or (None if known else self._error(api, "model"))
        try:
            check_chat(body)
        except Malformed as malformed:
            return _envelope(malformed.status, str(malformed)), None
        model = next(self._named_by(api, body["model"]), None)
        if beyond := self._beyond(Asked(api, key, model.id if model else body["model"], answers.tokens(body))):
            return beyond
        if model is None:
            return self._error(api, "model")
        if answers.lacks(model, body, self.facts.protocol):
            return self._error(api, "capability")
        return None

    def _beyond(self, asked: Asked) -> tuple[Response, str | None] | None:
        """Refuse a request that is beyond a limit."""
        beyond = self.guard.refuses(asked)
        if beyond and beyond.error == "unknown":
            return _envelope(_STATUS["limit"], "The request exceeds a limit.", headers=self._wait(beyond.seconds)), None
        return self._named(beyond.error, asked.api, beyond.seconds) if beyond else None

    def _wait(self, seconds: int | None) -> dict[str, str]:
        return {"Retry-After": str(seconds or self.retry_after)}

    def _plan(self, api: str | None) -> tuple[str, ...]:
        """Name the plan of the account: the first that the key of an API needs, or else the first of the catalog."""
        needed = self.facts.keys[self.facts.apis[api].key].plans if api else ()
        return tuple(self.facts.plans if needed == "unknown" or not needed else needed)[:1]

    def _error(self, api: str, cause: str) -> tuple[Response, str | None]:
        """Refuse a request for one of the causes that the catalog's errors have."""
        if name := error_for(self.facts, api, cause):
            return self._named(name, api)
        return _envelope(_STATUS.get(cause, 400), f"The request was refused: {cause.replace('_', ' ')}."), None

    def _named(self, name: str, api: str, seconds: int | None = None) -> tuple[Response, str | None]:
        error = self.facts.errors[name]
        limited = "limit" in causes(self.facts, name)
        return _envelope(error.status, error.words(api), error, self._wait(seconds) if limited else {}), name

    def _models(self, api: str) -> list[Model]:
        """List what an API answers for: models for agents, except where the key of the API is paid by tokens."""
        everything = self.facts.keys[self.facts.apis[api].key].paid_from != "subscription"
        return [model for model in self.facts.models.values() if everything or model.for_agents is True]

    def _named_by(self, api: str, name: str) -> Iterator[Model]:
        """Yield the model that an API knows under an id or an alias."""
        return (model for model in self._models(api) if name in (model.id, *model.aliases))

    def _entry(self, model: Model) -> dict[str, Any]:
        return {"id": model.id, "object": "model", "created": 0, "owned_by": owner(self.facts, model)}


@dataclass(frozen=True)
class _Endpoint:
    """Answers one operation of one API, and records it."""

    stub: Stub
    api: str
    operation: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, body = Request(scope, receive), {}
        stub, arrived = self.stub, self.stub.clock()
        try:
            body = await read(request)
            response, error = stub.answer(self.api, self.operation, request, body)
        except Malformed as malformed:
            response, error = _envelope(malformed.status, str(malformed)), None
        except ClientDisconnect:
            return
        headers = {name.lower(): value for name, value in request.headers.items()}
        recorded = Recorded(
            self.api, self.operation, request.method, request.url.path, headers, body,
            response.status_code, error, arrived,
        )  # fmt: skip
        stub.requests.append(recorded)
        if stub.seen:
            stub.seen(recorded)
        with stub.guard.active(self.api, response.status_code):
            try:
                await response(scope, receive, send)
            except ClientDisconnect:
                return


def _matching(operation: Operation) -> str:
    """Write a path as routes match it: a parameter may have slashes, as ids of models have."""
    return operation.path.replace("}", ":path}")


def _in_path(request: Request) -> str:
    """Give what a request has at the end of its path."""
    return str([*request.path_params.values()][-1])


def _envelope(
    status: int, message: str, error: ApiError | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Write an error as every API of the catalog does. What is not offered is null; what is unknown says so."""
    own = {"type": error.type, "code": error.code} if error else {"type": "invalid_request_error", "code": None}
    members = {"message": message, **{name: None if value == "not_offered" else value for name, value in own.items()}}
    return JSONResponse({"error": members}, status_code=status, headers=dict(headers or {}))


async def _nothing_here(request: Request, _: Exception) -> Response:
    return _envelope(404, f"The stub does not answer {request.method} {printable(request.url.path)}.")


def addresses(stub: Stub, origin: str) -> list[str]:
    """Say in one line an API where the stub answers and with which key."""
    lines = []
    for name, api in stub.facts.apis.items():
        bases = [stub.path(name), *(urlsplit(url).path for url in api.legacy_base_urls)]
        lines.append(f"{api.name}: {' and '.join(origin + base for base in bases)} with the key {stub.key(api.key)}")
    return lines


def log_line(request: Recorded) -> str:
    """Say in one line what was asked and answered, without the key and without what would control a terminal."""
    model = f" {printable(str(request.body['model']), _LONGEST)}" if "model" in request.body else ""
    path = printable(request.path, _LONGEST)
    return f"{request.method} {path}{model}: {request.status} {request.error or ''}".rstrip()


__all__ = ["Recorded", "Stub", "addresses", "log_line"]
