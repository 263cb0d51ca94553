"""The MkDocs plugin: gives MkDocs the rendered pages and adds the artifacts to what it builds."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from agentdocs.brand.look import CARD, Look
from agentdocs.errors import AgentdocsError
from agentdocs.hosting import storage_paths
from agentdocs.mkdocs import theme
from agentdocs.mkdocs.places import place
from agentdocs.output import stored, write_files
from agentdocs.project import Project
from agentdocs.render import Rendering, render
from agentdocs.site.urls import LLMS, twin_url
from agentdocs.text import marks
from agentdocs.text.quoting import anchor
from agentdocs.tools.tools import scripts

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from agentdocs.mkdocs.live import Live

log = get_plugin_logger(__name__)

_WEIGHT_OF_MODELS = 0.1
"""For the pages of models and authors, which are many and have each other's words: what is said of all comes first."""
_WEIGHT_OF_GUIDE = 1e-6
"""For pages that no release has: readers search, and the reference of a program has most of their words."""


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in `mkdocs.yml`."""

    release = config_options.Type(bool, default=False)
    """Whether to build what may be published instead of the preview."""
    as_of = config_options.Optional(config_options.Type(str))
    """The day, as YYYY-MM-DD, for which models are available or retired."""
    probe = config_options.Optional(config_options.Type(str))
    """A file with results of measuring the services."""


class AgentdocsPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Renders the catalog once per build and hands the result to MkDocs."""

    rendering: Rendering
    _live: Live | None = None
    """What a server needs that builds many times; it also chooses the address of the site itself."""
    _empty = False
    """Whether something was broken when the server started, so that it has nothing to show yet."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Prepare for many builds if MkDocs serves. The plugin itself outlives a run within one process."""
        self._live = None
        if command == "serve":
            from agentdocs.mkdocs.live import Live

            self._live = Live()

    @event_priority(100)  # before mkdocstrings says where its style sheet is
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Render, and take name, address and navigation from the catalog."""
        project = Project.at(_root(config))
        config.watch += [str(project.catalog), *map(str, project.shapes)]
        config.theme.dirs[:0] = map(str, project.themes)
        day = date.fromisoformat(self.config.as_of) if self.config.as_of else None
        try:
            probe = Path(self.config.probe) if self.config.probe else None
            self.rendering = render(project, release=self.config.release, day=day, probe=probe)
        except AgentdocsError as error:
            if self._live is None or self._live.attached:
                raise PluginError(str(error)) from error
            self._live.fail(str(error))
            self._empty = True
            config.extra["agentdocs"] = {"theme": theme.place(config)}
            config.extra["homepage"] = ""
            return config
        self._empty = False
        for warning in self.rendering.warnings:
            log.info(warning)
        site = self.rendering.facts.site
        config.site_name, config.site_description = site.name, site.description
        if not self._live:
            config.site_url = site.origin + "/"
        config.nav = self.rendering.navigation
        config.mdx_configs.setdefault("toc", {})["slugify"] = anchor
        config.extra["agentdocs"] = {
            "release": self.config.release,
            "edit_assumed": site.repository is not None and site.repository.provenance.confidence == "assumed",
            "provider": self.rendering.facts.provider,
            "theme": theme.place(config, site.assets),
            "look": self._look,
            "card": f"{site.origin}{site.assets}{CARD}",
            "page_list": LLMS,
        }
        # Where the theme's logo leads: not every site has a page at the root of its origin.
        config.extra["homepage"] = next(iter(self.rendering.pages.values())).url.lstrip("/")
        return config

    @property
    def _look(self) -> Look:
        return Look(self.rendering.facts, self.rendering.catalog.brand)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the raw pages by the rendered ones, each at its published place."""
        for file in list(files.documentation_pages()):
            files.remove(file)
        if self._empty:
            return files
        theme.add(files, config, self._look)
        for page in self.rendering.pages.values():
            level = InclusionLevel.INCLUDED if page.navigation else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, page.source, content=page.markdown, inclusion=level)
            file.dest_uri = page.url.lstrip("/") + "index.html"
            files.append(file)
        taken = {path: url for url, path in storage_paths(self.rendering.artifacts).items()}
        for file in files:
            if file.dest_uri in taken:
                first = taken[file.dest_uri]
                raise PluginError(f"{file.abs_src_path or file.src_uri}: its place is taken by {first}; rename it")
            taken[file.dest_uri] = file.src_uri
        if self._live:
            titles = {entry.source: entry.title for entry in self.rendering.facts.site.pages.values()}
            self._live.kept.take(files, config, titles)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the page its title, description, dates and the address of its source."""
        rendered = self.rendering.pages[page.file.src_uri]
        page.meta["title"] = rendered.title
        page.meta["description"] = rendered.description
        page.meta["source_file"] = rendered.edit
        page.meta["markdown"] = twin_url(rendered) if rendered.released else None
        page.meta["listed"] = rendered.released
        page.meta["report"], page.meta["ask"] = rendered.report_url, rendered.ask
        page.meta["scripts"] = sorted(scripts(rendered.tools))
        page.meta["tags"] = [*rendered.terms]
        if not rendered.released or rendered.subject in ("author", "model"):
            page.meta["search"] = {"boost": _WEIGHT_OF_MODELS if rendered.released else _WEIGHT_OF_GUIDE}
        page.edit_url = rendered.edit_url or None
        if rendered.updated:
            page.meta["revision_date"] = rendered.updated.isoformat()
            page.update_date = rendered.updated.isoformat()
        else:
            page.update_date = "1970-01-01"  # MkDocs cannot build without a day; the sitemap takes the one above
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give elements their attributes, one of which keeps a section out of the search."""
        return marks.with_attributes(html)

    @event_priority(-200)  # after the plugins that turn references between pages into links
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let the theme escape every value, tell pages where they stand, and keep what was made of them for the next
        build of a server."""
        env.autoescape = True
        if not self._empty:
            place(self.rendering.pages, files)
        if self._live:
            self._live.kept.keep(env, config, files)
        return env

    @event_priority(-100)  # after the search has read the page: it need not find labels of tools
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the tools into the page."""
        page.content = marks.with_tools(page.content or "", self.rendering.pages[page.file.src_uri].tools)
        return context

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Let the server outlive mistakes."""
        if self._live:
            self._live.attach(server, _root(config))
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the artifacts, and move the search index.

        MkDocs never cleans folders whose name begins with a dot. Only those of ours are cleaned here.
        """
        if self._empty:
            return
        site, files = Path(config.site_dir), stored(self.rendering)
        theme.move_index(site, self.rendering.facts.site.assets)
        for folder in {path.partition("/")[0] for path in files if path.startswith(".")}:
            shutil.rmtree(site / folder, ignore_errors=True)
        if self._live:
            self._live.write(files, site)
        else:
            write_files(files, site)


def _root(config: MkDocsConfig) -> Path:
    root = Path(config.config_file_path).parent if config.config_file_path else Path()
    return Path() if root == Path.cwd() else root


__all__ = ["AgentdocsPlugin", "PluginConfig"]
