"""The preview server: answers as a production host would, from the same table."""

from __future__ import annotations

import hashlib
import socket
from typing import TYPE_CHECKING

from generator.errors import OutputError
from generator.hosting import NOT_FOUND, Entry, table

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from generator.render import Rendering

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """Take the port now, so that a taken one is told before anything is built. Raises `OutputError`."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "it is not between 0 and 65535"
        raise OutputError(f"port {port} cannot be used: {reason}; choose another one with --port") from error
    return listener


def application(folder: Path, rendering: Rendering) -> Starlette:
    """Make the web application that serves a built folder."""
    from starlette.applications import Starlette
    from starlette.responses import RedirectResponse, Response
    from starlette.routing import Route

    entries = table(folder, rendering.artifacts, rendering.page_headers)

    def answer(request: Request) -> Response:
        path = request.url.path
        entry = entries.get(path)
        if entry is None and path + "/" in entries:
            return RedirectResponse(path + "/", status_code=308)
        if entry is None:
            return _respond(request, folder, entries[f"/{NOT_FOUND}"], status=404)
        return _respond(request, folder, entry, status=200)

    def _respond(request: Request, folder: Path, entry: Entry, status: int) -> Response:
        body = (folder / entry.storage).read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {**dict(entry.headers), "ETag": tag, "Cache-Control": "no-cache"}
        if status == 200 and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        response = Response(body, status_code=status, headers=headers)
        response.headers["Content-Type"] = entry.media_type  # Starlette would add a charset to text types
        return response

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD"])])


def serve(listener: socket.socket, folder: Path, rendering: Rendering) -> None:
    """Serve a built folder until the process is told to end."""
    import uvicorn

    config = uvicorn.Config(application(folder, rendering), log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])
