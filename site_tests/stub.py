"""A stand-in for the provider's APIs that checks keys as the catalog describes them and records every request."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from generator.schema import Api, Facts

ANSWER = "pong"


@dataclass
class Recorded:
    """One request that reached the stub."""

    method: str
    path: str
    authorization: str
    body: dict[str, Any]


@dataclass
class Stub:
    """All APIs of a catalog, each below the path of its base URL."""

    facts: Facts
    address: str = ""
    requests: list[Recorded] = field(default_factory=list)

    def base_url(self, api: str) -> str:
        """Give the address that stands in for an API's base URL."""
        return self.address + urlsplit(self.facts.apis[api].base_url).path

    def key(self, name: str) -> str:
        """Make a key that the stub takes: the prefix, and too few characters for a real key."""
        return self.facts.keys[name].prefix + "test"

    def application(self) -> Starlette:
        """Make the web application."""
        routes = []
        for api in self.facts.apis.values():
            for base_url in (api.base_url, *api.legacy_base_urls):
                path = urlsplit(base_url).path
                routes.append(Route(path + "/models", self._endpoint(api, self._models), methods=["GET"]))
                routes.append(Route(path + "/chat/completions", self._endpoint(api, self._chat), methods=["POST"]))
        return Starlette(routes=routes)

    def _endpoint(self, api: Api, answer: Any) -> Any:  # noqa: ANN401
        async def endpoint(request: Request) -> Response:
            body = json.loads(await request.body() or b"{}")
            authorization = request.headers.get("authorization", "")
            self.requests.append(Recorded(request.method, request.url.path, authorization, body))
            if not authorization:
                return self._error("missing_api_key")
            if authorization != f"{self.facts.protocol.authentication.scheme} {self.key(api.key)}":
                return self._error("invalid_api_key")
            response: Response = answer(body)
            return response

        return endpoint

    def _error(self, name: str) -> Response:
        error = self.facts.errors[name]
        envelope = {"message": error.meaning, "type": error.type, "code": error.code}
        return JSONResponse({"error": envelope}, status_code=error.status)

    def _models(self, _: dict[str, Any]) -> Response:
        names = [model.id for model in self.facts.models.values() if model.agents.available]
        return JSONResponse({"object": "list", "data": [{"id": name, "object": "model"} for name in names]})

    def _chat(self, body: dict[str, Any]) -> Response:
        model = self.facts.models.get(body["model"])
        if model is None or not model.agents.available:
            return self._error("model_not_available_for_agents")
        if body.get("stream"):
            return StreamingResponse(self._pieces(body["model"]), media_type="text/event-stream")
        message = {"role": "assistant", "content": ANSWER}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        answer = {"id": "stub", "object": "chat.completion", "created": 0, "model": body["model"], "choices": [choice]}
        return JSONResponse({**answer, "usage": _usage()})

    def _pieces(self, model: str) -> Iterator[str]:
        streaming = self.facts.protocol.streaming
        assert streaming is not None
        base = {"id": "stub", "object": streaming.object, "created": 0, "model": model}
        for text in (ANSWER[:2], ANSWER[2:]):
            choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
            yield f"data: {json.dumps({**base, 'choices': [choice]})}\n\n"
        stop = {"index": 0, "delta": {}, "finish_reason": "stop"}
        yield f"data: {json.dumps({**base, 'choices': [stop], 'usage': _usage()})}\n\n"
        yield f"data: {streaming.terminator}\n\n"


def _usage() -> dict[str, int]:
    return {"prompt_tokens": 5, "completion_tokens": 1, "total_tokens": 6}
