"""Lists of models that other programs wrote, from a file or the web: bytes, within bounds."""

from __future__ import annotations

import time
from http.client import HTTPException
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from agentdocs.catalog.source import contents
from agentdocs.errors import ModelListError, Problem

if TYPE_CHECKING:
    from http.client import HTTPMessage

MOST_BYTES = 32 * 1024 * 1024
"""Of a list: several times the largest that is known, which has all models of a hundred and more providers."""
TIMEOUT = 20.0
"""Seconds that a server may stay silent."""
DEADLINE = 120.0
"""Seconds that a whole answer may take."""
MOST_REDIRECTS = 5


def is_url(place: str) -> bool:
    """Tell whether somebody means an address of the web and not a file."""
    return place.lower().startswith(("http://", "https://"))


def read(place: str) -> bytes:
    """Read a file, or what a server answers for a URL. Raises `ModelListError`."""
    content = _fetched(place) if is_url(place) else contents(Path(place), MOST_BYTES, "name a list of models")
    if isinstance(content, Problem):
        raise ModelListError([content])
    return content


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects, and none that leaves the web or gives up its encryption."""

    max_redirections = MOST_REDIRECTS

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not is_url(newurl) or (req.full_url.startswith("https:") and not newurl.startswith("https:")):
            raise URLError(f"it redirects to {newurl}, which is less secure")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetched(url: str) -> bytes | Problem:
    def refused(
        wrong: str, right: str = "name the address of a list of models, or save it and name the file"
    ) -> Problem:
        return Problem(url, 0, 0, "", wrong, right)

    try:
        if "@" in urlsplit(url).netloc:
            return Problem("the address", 0, 0, "", "carries credentials", "remove the part before the @")
        request = Request(url, headers={"Accept": "application/json", "User-Agent": "agentdocs"})  # noqa: S310 - is_url
        end, content = time.monotonic() + DEADLINE, b""
        with build_opener(_Redirects).open(request, timeout=TIMEOUT) as answer:
            while piece := answer.read1(65536):
                content += piece
                if len(content) > MOST_BYTES:
                    return refused(f"is larger than {MOST_BYTES:,} bytes", "name a list of models")
                if time.monotonic() > end:
                    return refused(f"did not answer within {DEADLINE:.0f} seconds")
    except HTTPError as error:
        return refused(f"returned {error.code}")
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        return refused(f"cannot be fetched: {reason}")
    return content
