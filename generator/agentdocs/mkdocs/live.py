"""Live editing: a server that outlives mistakes, and shows them where one looks at the pages."""

from __future__ import annotations

import html
import logging
import os
import shutil
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from watchdog.observers.polling import PollingObserver

from agentdocs.mkdocs.messages import Messages, explain
from agentdocs.mkdocs.reuse import Kept
from agentdocs.output import write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs")

_INTERVAL = 0.05
"""Seconds between two looks at the files; with the half second of MkDocs most of a reload would be waiting."""

_OVERLAY = """
<div id="agentdocs-error" role="alert" style="position: fixed; inset: auto 0 0; z-index: 1000; max-height: 60vh;
  overflow: auto; padding: 1rem; border-top: 4px solid #e5534b; background: #1c1f24; color: #fff; font-size: 14px">
<strong>Not built. The rest of this page is from the last good build. This message goes once you save a fix.</strong>
<pre style="margin: .5rem 0 0; white-space: pre-wrap; color: #ffb3ad">{error}</pre>
</div>
"""


class Live:
    """One run of `mkdocs serve`: what it keeps between builds, and the error of the last one."""

    def __init__(self) -> None:
        self.kept = Kept()
        self.attached = False
        """Whether there is a server, and with it an earlier build to fall back to."""
        self._error = ""
        self._good = Path()
        """Where the last good build is while another one is made."""
        self._written: dict[str, bytes] = {}
        """The artifacts of the last good build, by their path; none before there is a server."""
        self._writing: dict[str, bytes] = {}

    def write(self, artifacts: dict[str, bytes], site: Path) -> None:
        """Write artifacts as `write_files` does, but link those that are as they were in the last good build.

        Writing hundreds of files takes as long as everything else after an edit of one page.
        """
        fresh = dict(artifacts)
        for path in (path for path, body in artifacts.items() if self._written.get(path) == body):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):  # not every file system has links
                os.link(self._good / path, site / path)
                del fresh[path]
        write_files(fresh, site)
        self._writing = artifacts

    def fail(self, error: str) -> None:
        """Tell an error in the terminal, and in the browser until the next good build."""
        log.error(error)
        self._error = error

    def attach(self, server: LiveReloadServer, root: Path) -> None:
        """Let the server of the project at `root` look at its files more often, outlive failures and show them."""
        paths = list(server._watched_paths)
        for path in paths:
            server.unwatch(path)
        server.observer = PollingObserver(timeout=_INTERVAL)
        for path in paths:
            server.watch(path)
        server.builder = partial(self._rebuild, server.builder, Path(server.root), root)
        server.set_app(partial(self._answer, server))
        self.attached = True
        self._written = self._writing

    def _rebuild(self, build: Callable[[], None], site: Path, root: Path) -> None:
        """Build, or put the last good build back. Never raises: MkDocs would keep every reader waiting."""
        aside = Path(tempfile.mkdtemp(prefix=f"{site.name}-", dir=site.parent))
        self._good = site.rename(aside / "good")
        messages = Messages(logging.ERROR)
        log.addHandler(messages)
        try:
            build()
            self._error, self._written = "", self._writing
        except (Exception, SystemExit) as error:
            if site.exists():
                site.rename(aside / "failed")
            (aside / "good").rename(site)
            self._error = str(explain(error, root, messages.messages))
            if " ".join(self._error.split()) not in messages.messages:  # MkDocs has not told it so
                log.error(self._error)
        finally:
            log.removeHandler(messages)
            # Removing hundreds of files can take longer than building them, and nobody has to wait for it.
            Thread(target=shutil.rmtree, args=(aside,), kwargs={"ignore_errors": True}).start()

    def _answer(self, server: LiveReloadServer, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer as MkDocs does, but show the error on every page, and let a missing page reload itself too."""
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
            begun[:] = status, headers
            return lambda _: None

        body = server.serve_request(environ, begin)
        status, headers = begun
        if dict(headers).get("Content-Type") == "text/html":
            epoch, error = server._visible_epoch, self._error
            page: bytes = b"".join(body)
            if b"/livereload/" not in page:
                page = server._inject_js_into_html(page, epoch)  # type: ignore[no-untyped-call]
            if error:
                before, end, after = page.rpartition(b"</body>")
                page = before + _OVERLAY.format(error=html.escape(error)).encode() + end + after
            headers = [(name, value) for name, value in headers if name != "Content-Length"]
            body = [page]
        start(status, headers)
        return body
