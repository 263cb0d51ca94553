"""How each published file is answered: the one table that servers and hosting files obey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.artifact import MARKDOWN, PLAIN, Artifact, storage_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".inv": "application/octet-stream",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": MARKDOWN,
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": PLAIN,
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Media type by suffix, for files that are no artifacts of their own."""

EVERYWHERE = (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "strict-origin-when-cross-origin"))
"""Header fields of every answer."""

NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Entry:
    """What a host answers for one URL."""

    url: str
    storage: str
    """The file below the published folder."""
    media_type: str
    headers: tuple[tuple[str, str], ...]


def storage_paths(artifacts: Mapping[str, Artifact]) -> dict[str, str]:
    """Say for each artifact's URL in which file it is stored."""
    folders = {url[:end] for url in artifacts for end, letter in enumerate(url) if letter == "/"}
    return {url: storage_path(url, folders) for url in artifacts}


def table(
    folder: Path, artifacts: Mapping[str, Artifact], page_headers: Mapping[str, tuple[tuple[str, str], ...]]
) -> dict[str, Entry]:
    """List what a host answers for every file of a published folder, by URL.

    A page's URL is its folder's: `index.html` is left out, and a request without the final slash is redirected.
    """
    stored = {path: artifacts[url] for url, path in storage_paths(artifacts).items()}
    entries: dict[str, Entry] = {}
    for path in _files(folder):
        artifact = stored.get(path)
        if artifact:
            entry = Entry(artifact.url, path, artifact.media_type, (*EVERYWHERE, *artifact.headers))
        else:
            url = "/" + (path.removesuffix("index.html") if path.split("/")[-1] == "index.html" else path)
            media_type = MEDIA_TYPES.get(path[path.rfind(".") :], "application/octet-stream")
            entry = Entry(url, path, media_type, (*EVERYWHERE, *page_headers.get(url, ())))
        entries[entry.url] = entry
    return entries


def _files(folder: Path) -> Iterable[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
