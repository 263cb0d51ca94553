"""How each published file is answered: the one table that servers and hosting files obey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdocs.artifact import LANGUAGES, MARKDOWN, PLAIN, storage_path
from agentdocs.hosting.kinds import ERROR, SECURITY, Kind, kind_of
from agentdocs.hosting.policy import content_security_policy
from agentdocs.site.urls import twin_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from agentdocs.artifact import Artifact
    from agentdocs.render import Rendering

HTML = "text/html; charset=utf-8"
MEDIA_TYPES = {
    **{f".{suffix}": media_type for suffix, media_type in LANGUAGES.values()},
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": HTML,
    ".ico": "image/vnd.microsoft.icon",
    ".inv": "application/octet-stream",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonc": LANGUAGES["json5"][1],
    ".map": "application/json",
    ".md": MARKDOWN,
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": PLAIN,
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Media type by suffix, for files that have none of their own."""

COMPACT = ("application/gzip", "font/woff2", "image/png", "image/vnd.microsoft.icon")
"""Media types of files that no compression makes smaller."""

UNKNOWN = "application/octet-stream"
"""Media type of every other file."""

FOR_HOSTS = "_"
"""How the names of files and folders begin that are for the host itself, which answers none of them."""


@dataclass(frozen=True)
class Entry:
    """What a host answers for one URL."""

    url: str
    storage: str
    """The file below the published folder."""
    media_type: str
    kind: Kind
    policy: str
    """The Content-Security-Policy."""
    own: tuple[tuple[str, str], ...] = ()
    """Header fields of this URL alone, beside those of its kind."""
    twin: str = ""
    """The URL of the same page as Markdown; empty if there is none."""
    alike: str = ""
    """What the URLs of all files like this one match, with `*` for what differs; empty for a file of its own kind."""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Every header field, except those that depend on a request or on the bytes."""
        every = (*everywhere(self.policy), *self.kind.headers, *self.own)
        return tuple(dict(every).items())


def everywhere(policy: str) -> tuple[tuple[str, str], ...]:
    """Give the header fields of every answer under a Content-Security-Policy."""
    return (("Content-Security-Policy", policy), *SECURITY)


def storage_paths(artifacts: Mapping[str, Artifact]) -> dict[str, str]:
    """Say for each artifact's URL in which file it is stored."""
    folders = {url[:end] for url in artifacts for end, letter in enumerate(url) if letter == "/"}
    return {url: storage_path(url, folders) for url in artifacts}


def table(folder: Path, rendering: Rendering) -> dict[str, Entry]:
    """List what a host answers for every file of a published folder, by URL.

    A page's URL is its folder's: `index.html` is left out, and requests without the final slash are redirected.
    Raises `RenderError` if a page needs more than a Content-Security-Policy by hashes allows.
    """
    files = list(_files(folder))
    project, html = rendering.project, [path for path in files if path.endswith(".html")]
    sources = {f"{page.url.lstrip('/')}index.html": project.page(page.source) for page in rendering.pages.values()}
    policy = content_security_policy(folder, html, project.themes, sources)
    return _entries(files, rendering, policy)


def planned(rendering: Rendering) -> dict[str, Entry]:
    """List likewise what the core makes, before there is a folder: without the theme's own files and the policy."""
    pages = (f"{page.url[1:]}index.html" for page in rendering.pages.values())
    return _entries(sorted((*pages, *storage_paths(rendering.artifacts).values(), "404.html")), rendering, "")


def _entries(files: Iterable[str], rendering: Rendering, policy: str) -> dict[str, Entry]:
    artifacts, headers = rendering.artifacts, rendering.page_headers
    stored = {path: artifacts[url] for url, path in storage_paths(artifacts).items()}
    twins = {page.url: twin_url(page) for page in rendering.pages.values() if page.released}
    entries: dict[str, Entry] = {}
    for path in files:
        alike = ""
        if artifact := stored.get(path):
            url, media_type, own, alike = artifact.url, artifact.media_type, artifact.headers, artifact.alike
        else:
            url = "/" + (path.removesuffix("index.html") if path.split("/")[-1] == "index.html" else path)
            media_type, own = suffix_type(path), headers.get(url, ())
        entries[url] = Entry(url, path, media_type, kind_of(url), policy, own, twins.get(url, ""), alike)
    return entries


def suffix_type(path: str) -> str:
    """Give the media type of a file that has none of its own."""
    return MEDIA_TYPES.get(suffix_of(path), UNKNOWN)


def suffix_of(path: str) -> str:
    """Give the suffix of a file's name with its dot; nothing if it has none."""
    name = path.rsplit("/", 1)[-1]
    return name[name.rfind(".") :] if "." in name else ""


def not_found(entries: Mapping[str, Entry]) -> Entry:
    """Find the page that says that there is nothing."""
    return next(entry for entry in entries.values() if entry.kind is ERROR)


def _files(folder: Path) -> Iterable[str]:
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return (path for path in paths if not path.startswith(FOR_HOSTS))
