"""Compares what a host answers with what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.hosting.table import everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from agentdocs.hosting import Entry

    from site_tests.hosting.hosts import Answer, Host

READABLE = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers")
PREFLIGHT = ("Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age")
OPTIONAL = ("Vary", "Link", "Location", "ETag", "Allow", *READABLE, *PREFLIGHT)
"""Fields that an answer must not have unless it should."""


def compare(answer: Answer, status: int, fields: Mapping[str, str | None], body: bytes | None = None) -> Iterator[str]:
    """Say how an answer differs: in its status, in fields (None: must be absent), and in its body if one is given."""
    if answer.status != status:
        yield f"status {answer.status} instead of {status}"
    for name, expected in fields.items():
        found = answer.fields.get(name.lower())
        if name == "Vary":
            # Whether a host compresses is its own affair.
            found = ", ".join(v for v in (found or "").split(", ") if v.lower() not in ("", "accept-encoding")) or None
        if expected == "*" and name == "ETag":
            expected = found if found else "any"
        if found != expected:
            yield f"{name}: {found} instead of {expected}"
    if body is not None and answer.body != body:
        yield f"{len(answer.body)} other bytes instead of {len(body)}"


def differences(host: Host, entries: Mapping[str, Entry], folder: Path) -> list[str]:
    """Ask a host for everything that is published, in each form, and list what is not as the table says."""
    found = []
    for url, entry in entries.items():
        wanted: list[tuple[str, dict[str, str], int, dict[str, Any], str]] = []
        fields: dict[str, Any] = dict.fromkeys(OPTIONAL) | dict(entry.headers) | {"Content-Type": entry.media_type}
        if entry.kind.name == "error":
            wanted.append((url, {}, 404, {name: v for name, v in fields.items() if name != "ETag"}, entry.storage))
        else:
            wanted.append((url, {}, 200, {**fields, "ETag": "*"}, entry.storage))
        if entry.kind.negotiated:
            twin = entries[entry.twin or url]  # a page that no release has is HTML for everybody
            markdown = {**fields, **dict(twin.headers), "Content-Type": twin.media_type, "ETag": "*"}
            wanted.append((url, {"Accept": "text/markdown"}, 200, markdown, twin.storage))
            moved = {**dict.fromkeys(("Vary", "Link", *PREFLIGHT)), **dict(everywhere(entry.policy)), "Location": url}
            wanted += [(path, {}, 308, moved, "") for path in (url[:-1], f"{url}index.html") if path]
        for path, request, status, expected, storage in wanted:
            body = (folder / storage).read_bytes() if storage else None
            answer = host.ask("GET", path, request)
            found += [f"{path} {request or ''}: {what}" for what in compare(answer, status, expected, body)]
    return found
