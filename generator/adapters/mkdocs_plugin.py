"""The MkDocs plugin: gives MkDocs the rendered pages and adds the artifacts to what it builds."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.adapters.output import write_artifacts
from generator.discovery import assumed
from generator.errors import AgentdocsError
from generator.pages import section_of, twin_url
from generator.render import Project, Rendering, render

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

log = get_plugin_logger(__name__)


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in `mkdocs.yml`."""

    release = config_options.Type(bool, default=False)
    """Whether to build what may be published instead of the preview."""
    as_of = config_options.Optional(config_options.Type(str))
    """The day, as YYYY-MM-DD, for which models are available or retired."""


class AgentdocsPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Renders the catalog once per build and hands the result to MkDocs."""

    rendering: Rendering
    _serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether MkDocs serves: then it chooses the address of the site itself."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Render, and take name, address and navigation from the catalog."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        project = Project.at(Path() if root == Path.cwd() else root)
        day = date.fromisoformat(self.config.as_of) if self.config.as_of else None
        try:
            self.rendering = render(project, release=self.config.release, day=day)
        except AgentdocsError as error:
            raise PluginError(str(error)) from error
        for warning in self.rendering.warnings:
            log.info(warning)
        site = self.rendering.facts.site
        config.site_name, config.site_description = site.name, site.description
        if not self._serving:
            config.site_url = site.origin + "/"
        config.nav = _navigation(self.rendering)
        config.extra["agentdocs"] = {
            "release": self.config.release,
            "edit_assumed": assumed(site.repository),
            "provider": self.rendering.facts.provider,
        }
        config.watch += [str(project.catalog), str(project.templates)]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the raw pages by the rendered ones, each at its published place."""
        for file in list(files.documentation_pages()):
            files.remove(file)
        for page in self.rendering.pages.values():
            level = InclusionLevel.INCLUDED if page.navigation else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, page.source, content=page.markdown, inclusion=level)
            file.dest_uri = page.url.lstrip("/") + "index.html"
            files.append(file)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the page its title, description, dates and the address of its source."""
        rendered = self.rendering.pages[page.file.src_uri]
        page.meta["title"] = rendered.title
        page.meta["description"] = rendered.description
        page.meta["source_file"] = rendered.edit
        page.meta["markdown"] = twin_url(rendered)
        repository = self.rendering.facts.site.repository
        withheld = self.config.release and assumed(repository)
        page.edit_url = None if withheld else f"{repository.url}/{repository.edit_path}/{rendered.edit}"
        if rendered.updated:
            page.meta["revision_date"] = rendered.updated.isoformat()
            page.update_date = rendered.updated.isoformat()
        else:
            page.update_date = ""
        return markdown

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the artifacts. MkDocs never cleans folders whose name begins with a dot."""
        site = Path(config.site_dir)
        for stale in site.glob(".*"):
            if stale.is_dir():
                shutil.rmtree(stale)
        write_artifacts(self.rendering, site)


def _navigation(rendering: Rendering) -> list[dict[str, Any]]:
    """List the pages in the order of the catalog, those of a titled section gathered where its first page stands."""
    navigation: list[dict[str, Any]] = []
    gathered: dict[str, list[dict[str, str]]] = {}
    for entry in rendering.facts.site.pages.values():
        if entry.source not in rendering.pages:
            continue
        title = section_of(rendering.facts, entry.source).title
        if title is None:
            navigation.append({entry.title: entry.source})
            continue
        if title not in gathered:
            navigation.append({title: gathered.setdefault(title, [])})
        gathered[title].append({entry.title: entry.source})
    return navigation


__all__ = ["AgentdocsPlugin", "PluginConfig"]
