"""The published origin: where pages live and which paths this build owns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from agentdocs.schema.base import FactGroup, SourcedGroup
from agentdocs.schema.values import (
    BaseUrl,
    EmailAddress,
    FileName,
    Flag,
    Host,
    Origin,
    PathPattern,
    Slug,
    Text,
    UrlPath,
    refuse,
)


class Section(FactGroup):
    """A folder of `docs/` and where its pages are published."""

    folder: FileName | None = None
    """The folder below `docs/`; left out for `docs/` itself."""
    title: Text | None = None
    """Gathers the section's pages under this title in the navigation; left out for pages that stand alone."""
    path: UrlPath
    """Where the folder's pages are published, with a slash at the end."""
    released: Flag
    """Whether a release contains the section; a preview always does."""


class PageEntry(FactGroup):
    """A page of the navigation."""

    source: FileName
    """The Markdown file below `docs/`."""
    title: Text
    """What the navigation calls the page."""


class Repository(SourcedGroup):
    """Where the sources can be edited."""

    url: BaseUrl
    """What the address of every edit link begins with; withheld from a release while it is `assumed`."""
    edit_path: FileName
    """Between the repository's address and a file's path in the address of that file's editor."""
    report_path: FileName | None = None
    """After the repository's address, the form for a new report; left out where readers cannot fill in one."""
    report_title: Text = "title"
    """The query parameter of that form that fills in the title."""
    report_body: Text = "body"
    """The query parameter of that form that fills in the text."""


class ContentSignals(SourcedGroup):
    """What crawlers may do with the content (https://contentsignals.org), as the provider has decided it."""

    search: Flag | None = None
    """Whether it may be put into a search index; left out where that is not decided."""
    ai_input: Flag | None = None
    """Whether an answer of a model may be made from it; left out where that is not decided."""
    ai_train: Flag | None = None
    """Whether models may be trained with it; left out where that is not decided."""

    @model_validator(mode="after")
    def _decides_something(self) -> Self:
        if (self.search, self.ai_input, self.ai_train) == (None, None, None):
            raise refuse("decides nothing", "state search, ai_input or ai_train, or remove it")
        return self


def within(paths: Iterable[str], path: str) -> bool:
    """Tell whether a path is among others, or in a tree of theirs. The root is a page, not the tree of everything."""
    return any(path == own or (own.endswith("/") and own != "/" and path.startswith(own)) for own in paths)


class Site(SourcedGroup):
    """`catalog/site.yaml`: the origin, its sections, and its pages in the order of the navigation."""

    origin: Origin
    """Scheme and host where everything is published; begins every absolute address of this site."""
    name: Text
    """The title of the site and of `llms.txt`."""
    description: Text
    """What the site is for, in one sentence: in `llms.txt`, and for pages without a description of their own."""
    sections: Mapping[Slug, Section]
    """By a name that only problems of the catalog show; the longest folder that contains a page decides."""
    pages: Mapping[Slug, PageEntry]
    """By the name that links in pages use; the models' own pages lie below the page `models`. Tables and documents link
    the pages `overview`, `setup`, `limits`, `errors` and `discovery` where they are listed."""
    snippets: UrlPath
    """The folder under which each client's ready files are published."""
    assets: UrlPath
    """The folder under which the theme's own files and the search index are published, such as `/docs/assets/`; nothing
    else lies there."""
    owns: tuple[UrlPath, ...]
    """Paths, or with a final slash whole trees, that this build publishes on an origin shared with other content. There
    a tree is answered whole, what is missing in it included. Below `/.well-known/`, which belongs to the whole origin,
    only the documents that a build has written are."""
    stand_alone: tuple[UrlPath, ...]
    """Paths that it publishes as well where it has an origin to itself; elsewhere the origin keeps its own, even
    inside a tree that is owned, and you merge them by hand."""
    moved: Mapping[PathPattern, PathPattern] = {}
    """Where paths lead that were published once (308). With a slash at the end the whole tree is meant, and what comes
    after it is kept; each `*` in the target is what the same one in the path stands for."""
    gone: tuple[PathPattern, ...] = ()
    """Paths, or with a final slash whole trees, that were published once and lead nowhere (410). The snippets of a
    retired model need no entry."""
    hosts: Annotated[tuple[Host, ...], Field(min_length=1)] = ("nginx", "caddy", "cloudflare")
    """The hosts that a build writes files for, and whose limits `check` tells; left out for all of them."""
    content_signals: ContentSignals | None = None
    """A line of `robots.txt`; left out where nobody has decided anything, which permits and forbids nothing."""
    repository: Repository | None = None
    """What the edit links of pages lead to; left out where readers cannot see the sources."""
    report_email: EmailAddress | None = None
    """Where readers report an error of a page if the repository has no form for it; left out where nobody takes
    reports by e-mail."""

    def publishes(self, path: str) -> bool:
        """Tell whether a path is one of this build's."""
        return within((*self.owns, *self.stand_alone), path)

    def sections_around(self, source: str) -> list[Section]:
        """List the sections whose folder contains a Markdown file below `docs/`, the longest folder first."""
        around = [s for s in self.sections.values() if s.folder is None or source.startswith(s.folder + "/")]
        return sorted(around, key=lambda section: -len(section.folder or ""))

    def section_of(self, source: str) -> Section:
        """Find the section of a Markdown file below `docs/`."""
        return self.sections_around(source)[0]
