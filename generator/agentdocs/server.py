"""The preview server: answers as a production host would, from the same table."""

from __future__ import annotations

import hashlib
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdocs.errors import OutputError
from agentdocs.hosting import answers
from agentdocs.hosting.answers import Answers
from agentdocs.hosting.kinds import DEPARTED, METHODS, PREFLIGHT, READABLE, kind_of
from agentdocs.hosting.negotiation import prefers_markdown
from agentdocs.hosting.table import everywhere, not_found, table
from agentdocs.site.departures import departed

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """Take the port now, so that a taken one is told before anything is built. Raises `OutputError`."""
    # asyncio sets TCP_NODELAY only where the protocol is named; without it, each answer waits 40 ms for the client.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "it is not between 0 and 65535"
        raise OutputError(f"port {port} cannot be used: {reason}; choose another one with --port") from error
    return listener


def application(folder: Path, rendering: Rendering) -> ASGIApp:
    """Make the web application that serves a built folder as it is now, whatever becomes of the folder.

    It keeps the whole build in memory, 4 MB with 18 models: another build may replace the folder at any time, and
    bytes of one would not fit header fields of the other.
    """
    return _Site(folder, Answers(table(folder, rendering), rendering.departures))


def recorded(folder: Path) -> ASGIApp:
    """Make the web application that serves a release as it was made. Raises `OutputError`."""
    return _Site(folder, answers.read(folder))


@dataclass(frozen=True)
class _Body:
    content: bytes
    tag: str
    """The entity tag (RFC 9110 section 8.8.3)."""

    @classmethod
    def of(cls, content: bytes) -> _Body:
        return cls(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


class _Site:
    """One build: what a host answers for each URL, and the bytes of each file."""

    def __init__(self, folder: Path, answers: Answers) -> None:
        self._entries, self._departures = answers.entries, answers.departures
        files = {entry.storage for entry in answers.entries.values()}
        self._bodies = {file: _Body.of((folder / file).read_bytes()) for file in files}
        self._not_found = not_found(answers.entries)
        self._everywhere = dict(everywhere(self._not_found.policy))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever its path and method."""
        from starlette.requests import Request

        response = self._answer(Request(scope))
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        from starlette.responses import Response

        path, method = re.sub("/+", "/", request.scope["path"]), request.method
        query = f"?{request.url.query}" if request.url.query else ""
        if target := self._moved(path):
            fields = {**self._everywhere, **dict(kind_of(path).headers), "Location": target + query}
            return Response(status_code=308, headers=fields)
        entry = self._entries.get(path, self._not_found)
        if entry is self._not_found:
            target, was_published = departed(self._departures, path)
            if target:
                fields = {**self._everywhere, **dict(DEPARTED.headers), "Location": target + query}
                return Response(status_code=308, headers=fields)
            return self._respond(request, entry, dict(entry.headers), status=410 if was_published else 404)
        if method == "OPTIONS":
            readable = (*READABLE, *PREFLIGHT) if entry.kind.readable or entry.kind.negotiated else ()
            return Response(status_code=204, headers={**self._everywhere, **dict(readable), "Allow": METHODS})
        if method not in ("GET", "HEAD"):
            return Response(status_code=405, headers={**self._everywhere, "Allow": METHODS})
        headers = dict(entry.headers)
        if entry.twin in self._entries and prefers_markdown(",".join(request.headers.getlist("accept"))):
            entry = self._entries[entry.twin]
            headers |= dict(entry.headers)
        return self._respond(request, entry, headers, status=200)

    def _moved(self, path: str) -> str | None:
        """Say where a page is, given the same path without the final slash or with the name of its file."""
        target = path.removesuffix("index.html") if path.endswith("/index.html") else path + "/"
        known = self._entries.get(target)
        return target if path not in self._entries and known and known.kind.negotiated else None

    def _respond(self, request: Request, entry: Entry, headers: dict[str, str], status: int) -> Response:
        from starlette.responses import Response

        body = self._bodies[entry.storage]
        if status == 200:
            headers["ETag"] = body.tag
            known = {known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")}
            if known & {body.tag, "*"}:
                return Response(status_code=304, headers=headers)
        response = Response(body.content, status_code=status, headers=headers)
        response.headers["Content-Type"] = entry.media_type  # Starlette would add a charset to text types
        return response


def run(app: ASGIApp, listener: socket.socket) -> None:
    """Serve a web application until the process is told to end."""
    import uvicorn

    config = uvicorn.Config(app, log_level="warning", lifespan="off", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])
