"""Pages as Markdown, for those who read no HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agentdocs.artifact import MARKDOWN, Artifact
from agentdocs.site.links import relink
from agentdocs.site.urls import LLMS, twin_url
from agentdocs.text.quoting import as_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentdocs.artifact import Page
    from agentdocs.schema.site import Site


def twin(page: Page, pages: Mapping[str, Page], site: Site) -> Artifact:
    """Give the page as Markdown, with absolute links to the Markdown of other pages, and a way to all of them."""
    markdown = relink(page, pages, lambda target: site.origin + twin_url(target), site.origin)
    title, _, text = markdown.partition("\n")
    pointer = f"> One page of {as_markdown(site.name)}. All pages as Markdown: {site.origin}{LLMS}"
    updated = f"\nLast updated: {page.updated.isoformat()}\n" if page.updated else ""
    return Artifact(twin_url(page), f"{title}\n\n{pointer}\n\n{text.lstrip()}{updated}".encode(), MARKDOWN)


def without_sources(page: Page) -> Page:
    """Give a page without its list of sources, of which nobody needs one after the other."""
    return replace(page, markdown=page.markdown.removesuffix(page.sources))
