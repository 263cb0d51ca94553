"""Stages pages and files for a renderer that knows nothing of this project."""

from __future__ import annotations

import posixpath
from functools import partial
from typing import TYPE_CHECKING

from agentdocs.catalog.keys import KeyFinder
from agentdocs.hosting import storage_paths
from agentdocs.output import replacing
from agentdocs.project import Project
from agentdocs.render import render
from agentdocs.site.links import relink
from agentdocs.site.urls import released, twin_url
from agentdocs.text.quoting import as_json

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from agentdocs.artifact import Page
    from agentdocs.render import Rendering

_CONFIGURATION = """\
# Build the pages with `mkdocs build` or `zensical build`, then copy static/ over the result.
site_name: {name}
site_url: {url}
site_description: {description}
docs_dir: docs
site_dir: site
theme:
  name: material
  font: false
markdown_extensions:
  - admonition
  - github-callouts
  - tables
  - toc:
      slugify: !!python/name:markdown.extensions.toc.slugify_unicode # fragments as links have them, in every script
  - pymdownx.highlight
  - pymdownx.superfences
plugins: [search]
nav:
"""


def stage(root: Path, output: Path, *, release: bool = False, day: date | None = None) -> Rendering:
    """Write Markdown pages at their published places, every other file below `static/`, and a configuration.

    Pages that document code need a plugin of MkDocs, so the maintainers' guide stays out. Raises an
    `AgentdocsError` and leaves `output` as it was if anything is wrong.
    """
    rendering = render(Project.at(root), release=release, day=day)
    facts = rendering.facts
    with replacing(output) as folder:
        sources = {source: page for source, page in rendering.pages.items() if released(facts, source)}
        for page in sources.values():
            _write(
                folder / "docs" / _place(page),
                relink(page, sources, partial(_relative, page), facts.site.origin).encode(),
            )
        for url, path in storage_paths(rendering.artifacts).items():
            _write(folder / "static" / path, rendering.artifacts[url].body)
        configuration = _CONFIGURATION.format(
            name=as_json(facts.site.name),
            url=as_json(facts.site.origin + "/"),
            description=as_json(facts.site.description),
        )
        for entry in facts.site.pages.values():
            if entry.source in sources:
                configuration += f"  - {as_json(entry.title)}: {as_json(_place(sources[entry.source]))}\n"
        _write(folder / "mkdocs.yml", configuration.encode())
        KeyFinder.of(rendering.catalog.files).refuse(folder, shown=output)
    return rendering


def _place(page: Page) -> str:
    return twin_url(page).lstrip("/")


def _relative(page: Page, target: Page) -> str:
    return posixpath.relpath(_place(target), posixpath.dirname(_place(page)) or ".")


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
