"""A build as its consumers meet it: the production origin on loopback, or the same with one answer altered."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

import httpx
from agentdocs.server import application
from agentdocs.site.urls import twin_url
from starlette.responses import Response

from site_tests.serving import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from agentdocs.artifact import Page
    from agentdocs.render import Rendering
    from agentdocs.schema import Facts
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CLIENT = httpx.Client(timeout=60)
"""One for all requests: to make one takes longer than to ask."""


@dataclass(frozen=True)
class Published:
    """A build and where it is served."""

    build: str
    """`preview` or `release`."""
    rendering: Rendering
    folder: Path
    address: str = ""
    """What stands for the origin on this machine, such as `http://127.0.0.1:40001`."""

    @property
    def origin(self) -> str:
        return self.rendering.facts.site.origin

    @property
    def facts(self) -> Facts:
        return self.rendering.facts

    def local(self, url: str) -> str:
        """Say where a path or an address of the origin is served."""
        return self.address + url.removeprefix(self.origin)

    def owns(self, url: str) -> bool:
        """Tell whether an address is one that this build publishes, rather than the vendor or somebody else."""
        path = url.removeprefix(self.origin)
        return path.startswith("/") and path not in foreign_paths(self.facts)

    def get(self, url: str, **headers: str) -> httpx.Response:
        """Ask for a path or an address of the origin, without following redirects."""
        return _CLIENT.get(self.local(url), headers=headers)

    def document(self, url: str) -> Any:  # noqa: ANN401
        """Give a JSON document as it is served."""
        return self.get(url).raise_for_status().json()

    @contextlib.contextmanager
    def serving(self, alterations: Mapping[str, Alteration] | None = None) -> Iterator[Published]:
        """Serve the build, with some paths answered otherwise."""
        app = application(self.folder, self.rendering)
        stand_in = next(iter(self.rendering.pages.values()))
        with running(_origin(app, foreign_paths(self.facts), stand_in, alterations or {})) as address:
            yield replace(self, address=address)

    @contextlib.contextmanager
    def altered(self, path: str, change: Callable[[Any], Any] | None = None, **headers: str) -> Iterator[Published]:
        """Serve the build with one document changed: its JSON data or its text, or header fields of its answer.

        `change` gets the data and changes it in place or gives a new one. In names of header fields `_` means `-`;
        an empty value takes the field away.
        """
        with self.serving({path: Alteration(change, headers)}) as published:
            yield published


@dataclass(frozen=True)
class Alteration:
    """What is different about one answer."""

    change: Callable[[Any], Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, body: bytes) -> bytes:
        if not self.change or not body:
            return body
        try:
            data = json.loads(body)
        except ValueError:
            text = self.change(body.decode())
            assert text.encode() != body, "the alteration changes nothing"
            return bytes(text.encode())
        changed = self.change(data)
        altered = json.dumps(data if changed is None else changed).encode()
        assert json.loads(altered) != json.loads(body), "the alteration changes nothing"
        return altered

    def fields(self, fields: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        own = {name.replace("_", "-").lower(): value for name, value in self.headers.items()}
        kept = [each for each in fields if each[0].decode().lower() not in own.keys() | {"content-length", "etag"}]
        return kept + [(name.encode(), value.encode()) for name, value in own.items() if value]


def foreign_paths(facts: Facts) -> frozenset[str]:
    """List the paths of the origin that the catalog names although the build does not publish them.

    They are the vendor's own pages and APIs. On loopback a page of ours stands in for them.
    """
    site = facts.site
    urls = {urldefrag(text).url for text in _texts(facts.model_dump(mode="json")) if text.startswith(site.origin + "/")}
    paths = {url.removeprefix(site.origin) for url in urls}
    return frozenset(path for path in paths if not site.publishes(path))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def _origin(inner: ASGIApp, foreign: frozenset[str], stand_in: Page, alterations: Mapping[str, Alteration]) -> ASGIApp:
    """Answer foreign paths, and their Markdown, with a page of ours: what is judged is how well ours are made."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        page = path.removesuffix("index.md").removesuffix(".md")
        if foreign & {path, page, f"{page}/", page.removesuffix("/")}:
            ours = twin_url(stand_in) if path.endswith(".md") else stand_in.url
            await inner({**scope, "path": ours, "raw_path": ours.encode()}, receive, send)
            return
        alteration = alterations.get(scope["path"])
        if alteration is None:
            await inner(scope, receive, send)
            return
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await inner(scope, receive, collect)
        body = b"".join(message.get("body", b"") for message in messages[1:])
        response = Response(alteration.body(body), status_code=messages[0]["status"])
        length = response.raw_headers if scope["method"] == "GET" else []
        response.raw_headers = alteration.fields(messages[0]["headers"]) + length
        await response(scope, receive, send)

    return app
