"""From a catalog to everything that is published: one function, plain data in and out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from agentdocs import documents as discovery
from agentdocs import history as histories
from agentdocs import probe as probe_files
from agentdocs.artifact import Artifact, Page
from agentdocs.catalog import reading as catalogs
from agentdocs.catalog.folder import BRAND
from agentdocs.catalog.keys import KeyFinder
from agentdocs.catalog.publishable import publishable
from agentdocs.catalog.rules import newest_check
from agentdocs.documents import DiscoveryDocument, by_path
from agentdocs.documents.root import root_files
from agentdocs.errors import CatalogError, RenderError, UndefinedError
from agentdocs.schema.assumed import marked
from agentdocs.schema.base import mappings
from agentdocs.site import clashes, departures
from agentdocs.site.edition import Edition
from agentdocs.site.links import check_links
from agentdocs.site.navigation import navigation
from agentdocs.site.origins import Origins
from agentdocs.site.pages import Pages
from agentdocs.site.snippets import Snippets
from agentdocs.site.twins import twin
from agentdocs.site.urls import markdown_urls, model_urls, page_urls
from agentdocs.text import conflicts
from agentdocs.text.templates import Templates
from agentdocs.tools.tools import Tools

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.history import History
    from agentdocs.project import Project
    from agentdocs.schema import Facts
    from agentdocs.schema.probe import Probes
    from agentdocs.site.departures import Departure


@dataclass(frozen=True)
class Rendering:
    """Everything that a build publishes, before a renderer makes HTML of the pages."""

    project: Project
    catalog: Catalog
    pages: Mapping[str, Page]
    """By source, those of the navigation first and in its order."""
    artifacts: Mapping[str, Artifact]
    """By URL."""
    navigation: list[dict[str, Any]]
    """Titles and sources of pages, sections gathered under their title, as MkDocs reads them."""
    snippets: Snippets
    """Makes each snippet as the artifacts have it."""
    documents: tuple[DiscoveryDocument, ...]
    """The discovery documents, in the order in which pages list them."""
    page_headers: Mapping[str, tuple[tuple[str, str], ...]]
    """Header fields of pages, by URL."""
    departures: tuple[Departure, ...]
    """What became of paths that were published once."""
    day: date
    """The day for which models are available, deprecated or retired."""
    warnings: tuple[str, ...] = ()

    @property
    def facts(self) -> Facts:
        """The facts of the catalog."""
        return self.catalog.facts

    @property
    def release(self) -> bool:
        """Whether this is what may be published, and not the preview."""
        return self.catalog.form == "release"

    @property
    def urls(self) -> frozenset[str]:
        """Where its pages and artifacts are published."""
        return frozenset((*(page.url for page in self.pages.values()), *self.artifacts))


@dataclass(frozen=True)
class Source:
    """Everything that a build reads."""

    project: Project
    catalog: Catalog
    history: History
    templates: Templates
    day: date
    """For which models are available, deprecated or retired."""
    probes: Probes
    """What was measured of services, by name."""

    @classmethod
    def read(cls, project: Project, day: date | None = None, probe: Path | None = None) -> Source:
        """Read the catalog of `project`, its history, and the file `probe` with results of measuring the services.

        Without `day` it is that of the newest commit, so that the same commit gives the same bytes. Raises
        `CatalogError`, `ProbeError`, `KeyFoundError`, `OutputError`, or `RenderError` for what a merge left undecided.
        """
        conflicts.refuse([project.docs, project.templates])
        history = histories.read(project.root)
        catalog = catalogs.load(project.catalog, day or history.last)
        KeyFinder.of(catalog.files).refuse(project.docs, project.templates, project.catalog / BRAND)
        probes = probe_files.read(probe, catalog.facts, day) if probe else {}
        templates = Templates([*project.shapes, *project.pages])
        return cls(project, catalog, history, templates, day or history.last or newest_check(catalog.facts), probes)

    def preview(self) -> Rendering:
        """Make every page and artifact, with assumed values marked. Writes nothing.

        Raises `RenderError`, or `CatalogError` with the member that has no such entry as a template names.
        """
        try:
            return compose(self)
        except RenderError as error:
            if problems := self.catalog.blamed(error):
                raise CatalogError(problems) from error
            raise

    def release(self) -> Rendering:
        """Make every page and artifact that may be published. Writes nothing.

        Raises `RenderError`, or `CatalogError` with each assumed fact that no release can do without, also where a
        page or a template names it.
        """
        left = publishable(self.catalog, self.day, self.probes.keys())
        try:
            return compose(replace(self, catalog=left))
        except RenderError as error:
            missed = left.missed(error) if isinstance(error, UndefinedError) else []
            if problems := missed or left.blamed(error):
                raise CatalogError(problems) from error
            raise


def render(project: Project, *, release: bool = False, day: date | None = None, probe: Path | None = None) -> Rendering:
    """Read everything that a build of `project` needs, and make every page and artifact of one form.

    Raises what `Source.read` and the form raise, and a `RenderError` for a release without a complete history.
    """
    source = Source.read(project, day, probe)
    if not release:
        return source.preview()
    if source.history.gap:
        raise RenderError(f"a release needs the date of every page, but {source.history.gap}")
    return source.release()


def compose(source: Source) -> Rendering:
    """Make every page and artifact of a catalog as it is, with assumed values marked."""
    facts = marked(source.catalog.facts)
    try:
        return _composed(source, facts)
    except UndefinedError as error:
        error.loc = next((loc for loc, mapping in mappings(facts) if mapping is error.owner), None)
        raise


def _composed(source: Source, facts: Facts) -> Rendering:
    project, templates, history, day = source.project, source.templates, source.history, source.day
    catalog = replace(source.catalog, facts=facts)
    clashes.check(catalog)
    urls = page_urls(facts)
    snippets = Snippets(facts, templates, day)
    edition = Edition(
        catalog=source.catalog,
        facts=facts,
        templates=templates,
        snippets=snippets,
        urls=urls,
        markdown=markdown_urls(facts),
        model_urls=model_urls(facts),
        probes=source.probes,
    )
    documents = tuple(discovery.documents(edition))
    values = {"documents": documents, "published": by_path(documents), "urls": urls}
    tools = Tools(edition)
    maker = Pages(
        catalog=catalog,
        templates=templates,
        snippets=snippets,
        origins=Origins(catalog, history, project.root),
        project=project,
        tool=tools.html,
        values=values,
    )
    pages = {page.source: page for page in maker.all()}
    check_links(pages)
    artifacts = [Artifact(d.url, d.body, d.media_type, d.headers) for d in documents]
    artifacts += snippets.artifacts()
    artifacts += tools.artifacts({name for page in pages.values() for name in page.tools})
    twins = [twin(page, pages, facts.site) for page in pages.values() if page.released]
    artifacts += [*twins, *root_files(edition, pages, documents)]
    for guide in maker.guides(pages):
        artifacts.append(replace(twin(guide, pages, facts.site), alike=f"{facts.site.snippets}*/setup.md"))
    _check(catalog, artifacts)
    warnings = (*([f"pages have no dates: {history.gap}"] if history.gap else []), *_unpublished(source))
    page_headers = {
        page.url: (("Link", discovery.page_links(edition, page, start=not n)),) for n, page in enumerate(pages.values())
    }
    rendering = Rendering(
        project=project,
        catalog=source.catalog,
        pages=pages,
        artifacts={artifact.url: artifact for artifact in artifacts},
        navigation=navigation(facts.site, pages),
        snippets=snippets,
        documents=documents,
        page_headers=page_headers,
        departures=departures.departures(facts, day),
        day=day,
        warnings=warnings,
    )
    departures.check(catalog, rendering.departures, rendering.urls)
    return rendering


def _unpublished(source: Source) -> Iterator[str]:
    for name, status in source.catalog.facts.discovery.statuses.items():
        if name in source.probes and source.probes[name].status == "fail":
            yield f"{status.path} is not published: the service failed, and no static file has an error status"


def _check(catalog: Catalog, artifacts: list[Artifact]) -> None:
    """Refuse two artifacts at one URL, and a path that this build does not own."""
    seen: set[str] = set()
    for artifact in artifacts:
        if artifact.url in seen:
            raise RenderError(f"{artifact.url} would be published twice; give each file its own path")
        seen.add(artifact.url)
        if not catalog.facts.site.publishes(artifact.url):
            wrong = f"{artifact.url} is published, and is not among the paths that this build owns"
            raise CatalogError([catalog.problem(("site", "owns"), wrong, "add it, or its folder")])
