"""Where pages and their Markdown are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentdocs.artifact import Page
    from agentdocs.schema import Facts

LLMS = "/llms.txt"
"""Where the list of all pages for language models is (https://llmstxt.org)."""


def page_url(facts: Facts, source: str) -> str:
    """Say where the page of a Markdown file below `docs/` is published."""
    section = facts.site.section_of(source)
    path = source.removesuffix(".md")[len(section.folder) + 1 if section.folder else 0 :]
    path = path.removesuffix("index") if path == "index" or path.endswith("/index") else path + "/"
    return section.path + path


def markdown_url(source: str, url: str) -> str:
    """Say where the Markdown of a page is published, by its source and its address.

    Beside the page's folder, so that relative links in it lead to other pages' Markdown.
    """
    return f"{url}index.md" if source.endswith("index.md") else f"{url.removesuffix('/')}.md"


def twin_url(page: Page) -> str:
    """Say where the Markdown of a page is published."""
    return markdown_url(page.source, page.url)


def released(facts: Facts, source: str) -> bool:
    """Tell whether a release contains the page of a Markdown file below `docs/`."""
    return facts.site.section_of(source).released


def page_urls(facts: Facts) -> dict[str, str]:
    """Give the absolute addresses of the pages of the navigation, by name."""
    return {name: facts.site.origin + page_url(facts, entry.source) for name, entry in facts.site.pages.items()}


def markdown_urls(facts: Facts) -> dict[str, str]:
    """Give the absolute addresses of the Markdown of those pages of the navigation that have it, by name."""
    return {
        name: facts.site.origin + markdown_url(entry.source, page_url(facts, entry.source))
        for name, entry in facts.site.pages.items()
        if released(facts, entry.source)
    }


def models_folder(facts: Facts) -> str:
    """Name the folder below `docs/` in which the pages of models and authors would lie."""
    return facts.site.pages["models"].source.removesuffix(".md").removesuffix("/index")


def model_source(facts: Facts, model: str) -> str:
    """Name the Markdown file below `docs/` that would be the page of a model."""
    return f"{models_folder(facts)}/{facts.models[model].path}.md"


def author_source(facts: Facts, author: str) -> str:
    """Name the Markdown file below `docs/` that would be the page of an author."""
    return f"{models_folder(facts)}/{author}.md"


def client_source(facts: Facts, client: str) -> str:
    """Name the Markdown file below `docs/` that would be the page of a client: below the page on setting them up."""
    return f"{facts.site.pages['setup'].source.removesuffix('.md').removesuffix('/index')}/{client}.md"


def client_pages(facts: Facts) -> bool:
    """Tell whether clients have pages that are there as Markdown, too."""
    return "setup" in facts.site.pages and released(facts, facts.site.pages["setup"].source)


def model_urls(facts: Facts) -> dict[str, tuple[str, str]]:
    """Say where the page of each model and its Markdown are published, as absolute URLs; none where none has a page."""
    if "models" not in facts.site.pages:
        return {}
    sources = {model: model_source(facts, model) for model in facts.models}
    pages = {model: (source, page_url(facts, source)) for model, source in sources.items()}
    origin = facts.site.origin
    return {model: (origin + url, origin + markdown_url(source, url)) for model, (source, url) in pages.items()}
