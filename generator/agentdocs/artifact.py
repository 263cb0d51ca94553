"""What a build publishes: plain data, the same for every way of publishing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

Subject = Literal["all", "client", "author", "model"]
"""What a page is about: one entry of the catalog, or whatever concerns all of them."""

JSON = "application/json"
MARKDOWN = "text/markdown; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"

LANGUAGES: Mapping[str, tuple[str, str]] = {
    "bash": ("sh", "text/x-shellscript; charset=utf-8"),
    "fish": ("fish", PLAIN),
    "powershell": ("ps1", PLAIN),
    "json5": ("json5", "application/json5"),
    "yaml": ("yaml", "application/yaml"),
    "python": ("py", "text/x-python; charset=utf-8"),
    "javascript": ("mjs", "text/javascript; charset=utf-8"),
}
"""For each language of a snippet: the suffix of its files and their media type (YAML: RFC 9512)."""


@dataclass(frozen=True)
class Artifact:
    """One published file."""

    url: str
    """Absolute path on the origin, such as `/.well-known/api-catalog`."""
    body: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()
    """Header fields beyond those that its kind gets from the hosting table."""
    alike: str = ""
    """What the URLs of all files like this one match, with `*` for what differs, so that hosts are told once how to
    answer them; empty for a file of its own kind."""


@dataclass(frozen=True)
class Page:
    """One page of the site, as Markdown."""

    source: str
    """Path of the Markdown file, as a renderer sees it, such as `agents/setup.md`."""
    url: str
    """Absolute path on the origin, ending in a slash."""
    title: str
    description: str
    markdown: str
    """Links to other pages are relative paths of their sources."""
    sources: str
    """Where its facts come from, which `markdown` ends with."""
    edit: str
    """The file to edit, from the root of the repository."""
    edit_url: str
    """Where that file can be edited; empty where readers cannot see the sources."""
    report_url: str
    """Where a report about the page begins; empty where nobody takes reports."""
    ask: Mapping[str, str]
    """The links that open an assistant with a question about the page, by the assistant's name; none for a page that
    is never published."""
    updated: date | None
    """The newest commit among the files that the page was made from; None when the history is not there."""
    subject: Subject
    """What it is about. The navigation lists the pages about all."""
    released: bool
    """Whether a release contains the page. Only then it has a Markdown twin, and is listed for agents and crawlers."""
    terms: tuple[str, ...] = ()
    """Words by which the search finds the page before all others, such as the id of a model."""
    tools: Mapping[str, str] = field(default_factory=dict)
    """HTML of the tools on the page, by the name in the mark that holds their place in the Markdown."""
    above: tuple[str, ...] = ()
    """The sources of the pages that lead to it, the outermost first; none for a page of the navigation."""

    @property
    def navigation(self) -> bool:
        """Whether the navigation lists the page."""
        return self.subject == "all"


def storage_path(url: str, folders: Container[str]) -> str:
    """Say in which file the content of `url` is stored.

    A path that is also one of the `folders` in which others lie cannot be a plain file: `/a` beside `/a/b` is
    stored as `a.json`, and the host maps one to the other.
    """
    path = url.lstrip("/")
    if path.endswith("/") or not path:
        return path + "index.html"
    if url in folders:
        return path + ".json"
    return path
