"""Runs a web application in a thread of its own."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

import uvicorn
from agentdocs.server import listen

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Iterator

    from starlette.types import ASGIApp


@contextlib.contextmanager
def running(
    app: ASGIApp, listener: socket.socket | None = None, certificate: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Run a web application and give its address: on a free port of this machine, unless `listener` is one already."""
    with listener or listen(0) as taken:
        config = uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        if certificate:
            config.load()
            config.ssl = certificate
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http{'s' if certificate else ''}://127.0.0.1:{taken.getsockname()[1]}"
        server.should_exit = True
        thread.join()
