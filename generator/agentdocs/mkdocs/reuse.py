"""What a server that watches keeps from one build to the next, so that only what changed is made again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from agentdocs.text.templates import Compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.toc import TableOfContents

_REFERRING = re.compile(r"""^::: |\]\s?\[[^\]"']*\]""", re.MULTILINE)
"""Markdown that documents code, or that may refer to such documentation on another page: `[text][identifier]`."""

_CODE = re.compile(r"<pre.*?</pre>", re.DOTALL)
_COLOR = re.compile(r'<span(?: class="[\w -]*")?>|</span>')
"""The search drops the elements that color code; reading them takes it more time than everything else."""


class Kept:
    """The HTML of pages, their entries for the search, and compiled templates.

    Everything is kept together with what it was made from, and made again when that has changed. Pages that
    document code refer to one another, so they are kept or made again together.
    """

    def __init__(self) -> None:
        self._settings = b""
        self._code: dict[Path, int] = {}
        self._forget()

    def _forget(self) -> None:
        self._templates = Compiled()
        self._contents: dict[str, _Content] = {}
        self._entries: dict[str, _Entries] = {}

    def take(self, files: Files, config: MkDocsConfig, titles: Mapping[str, str]) -> None:
        """Give each file its page, with the HTML that is kept if it still holds.

        `titles` are those of the navigation, by source: a page that is there already gets none from MkDocs.
        """
        settings = Path(config.config_file_path).read_bytes()
        if settings != self._settings:
            self._settings = settings
            self._forget()
        pages = {file.src_uri: file for file in files.documentation_pages()}
        fresh = {name for name, kept in self._contents.items() if name in pages and kept.holds(pages[name], files)}
        texts = [(name, file.content_string) for name, file in pages.items()]
        texts += [(name, kept.markdown) for name, kept in self._contents.items()]
        referring = {name for name, text in texts if _REFERRING.search(text)}
        code = {path: path.stat().st_mtime_ns for path in Path(__file__).parents[1].rglob("*.py")}
        if code != self._code or not referring <= fresh:
            self._code = code
            fresh -= referring
        self._contents = {name: self._contents[name] for name in fresh}
        for name, file in pages.items():
            _LivePage(titles.get(name), file, config, self._contents.get(name))

    def keep(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Keep the HTML of all pages, now that every reference in it leads somewhere, and prepare what follows."""
        pages = [file.page for file in files.documentation_pages() if isinstance(file.page, _LivePage)]
        self._contents = {page.file.src_uri: content for page in pages if (content := page.result())}
        env.bytecode_cache = self._templates
        for plugin in config.plugins.values():
            if isinstance(plugin, SearchPlugin):
                known, self._entries = self._entries, {}
                plugin.search_index = _LiveIndex(known, self._entries, plugin.config)


@dataclass(frozen=True)
class _Content:
    """What MkDocs made of the Markdown of a page."""

    markdown: str
    url: str
    links: Mapping[str, str]
    """URLs by the paths that were looked up."""
    html: str
    toc: TableOfContents
    anchors: set[str]
    linked_anchors: Mapping[str, dict[str, str]]
    """By source of the page that the link leads to."""

    def holds(self, file: File, files: Files) -> bool:
        """Tell whether MkDocs would make the same of a page among these files."""
        same = self.markdown == file.content_string and self.url == file.url
        return same and all(_url(files.get_file_from_path(path)) == url for path, url in self.links.items())


def _url(file: File | None) -> str | None:
    return file.url if file else None


class _Lookups(Files):
    """Files that note which paths were looked up."""

    def __init__(self, files: Files) -> None:
        super().__init__(files)
        self.urls: dict[str, str | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        file = super().get_file_from_path(path)
        self.urls[path] = _url(file)
        return file


class _LivePage(Page):
    """A page that renders its Markdown only if no result is kept."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, kept: _Content | None) -> None:
        super().__init__(title, file, config)
        self._kept = kept
        self._links: dict[str, str | None] = {}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        kept = self._kept
        if kept is None:
            lookups = _Lookups(files)
            super().render(config, lookups)
            self._links = lookups.urls
        else:
            self.content, self.toc, self.present_anchor_ids = kept.html, kept.toc, kept.anchors
            targets = {files.get_file_from_path(source): links for source, links in kept.linked_anchors.items()}
            self.links_to_anchors = {file: links for file, links in targets.items() if file}

    def result(self) -> _Content | None:
        """Give what may be kept: nothing if a link led nowhere, so that the warning comes again."""
        links = {path: url for path, url in self._links.items() if url is not None}
        if self._kept or len(links) < len(self._links):
            return self._kept
        anchors = {file.src_uri: links for file, links in (self.links_to_anchors or {}).items()}
        html, ids = self.content or "", self.present_anchor_ids or set()
        return _Content(self.file.content_string, self.file.url, links, html, self.toc, ids, anchors)


@dataclass(frozen=True)
class _Entries:
    """What the search finds of a page."""

    title: str
    html: str
    entries: list[dict[str, Any]]


class _LiveIndex(SearchIndex):  # type: ignore[misc]
    """A search index that reads only pages which it does not know."""

    def __init__(self, known: Mapping[str, _Entries], kept: dict[str, _Entries], config: Mapping[str, Any]) -> None:
        super().__init__(**config)
        self._known, self._kept = known, kept

    def add_entry_from_context(self, page: Page) -> None:
        known = self._known.get(page.url)
        if known and known.title == page.title and known.html == page.content:
            self.entries += known.entries
        else:
            html, count = page.content or "", len(self.entries)
            page.content = _CODE.sub(lambda code: _COLOR.sub("", code[0]), html)
            super().add_entry_from_context(page)
            page.content = html
            known = _Entries(page.title or "", html, self.entries[count:])
        self._kept[page.url] = known
