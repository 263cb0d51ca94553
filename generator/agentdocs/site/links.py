"""Links from page to page: in Markdown they are relative paths of the pages' sources."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from agentdocs.errors import RenderError
from agentdocs.schema.values import did_you_mean
from agentdocs.site.urls import author_source, client_source, model_source
from agentdocs.text import marks
from agentdocs.text.markdown import outside_code, without_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agentdocs.artifact import Page
    from agentdocs.schema import Facts

_LINK = re.compile(r"\]\((?!https?:|mailto:|#|/)([^()\s#]+)(#[^()\s]+)?\)")
"""A Markdown link to another page: its path, and its fragment."""


def path_to(facts: Facts, source: str, *, page: str = "", client: str = "", model: str = "", author: str = "") -> str:
    """Give the path from one page's Markdown to that of another: one of the navigation, a client's, a model's, or an
    author's.

    Raises `RenderError` for a page that is not in the navigation, and for a client or a model that is not in the
    catalog.
    """
    wanted, known = page or ("setup" if client else "models"), facts.site.pages
    if wanted not in known:
        raise RenderError(f"site.yaml has no page '{wanted}'; {did_you_mean(wanted, frozenset(known))}")
    if client and client not in facts.clients:
        raise RenderError(f"there is no client '{client}'; {did_you_mean(client, frozenset(facts.clients))}")
    if model and model not in facts.models:
        raise RenderError(f"there is no model '{model}'; {did_you_mean(model, frozenset(facts.models))}")
    target = known[page].source if page else author_source(facts, author)
    if client:
        target = client_source(facts, client)
    if model:
        target = model_source(facts, model)
    return posixpath.relpath(target, posixpath.dirname(source) or ".")


def relink(page: Page, pages: Mapping[str, Page], address: Callable[[Page], str], origin: str) -> str:
    """Give the page's Markdown with links to other pages as their `address`, and links from the root as URLs.

    Marks are left out.
    """

    def replace(link: re.Match[str]) -> str:
        return f"]({address(pages[_target(page, link)])}{link[2] or ''})"

    return outside_code(
        marks.without(page.markdown), lambda text: re.sub(r"\]\((?=/)", f"]({origin}", _LINK.sub(replace, text))
    )


def check_links(pages: Mapping[str, Page]) -> None:
    """Raise `RenderError` with every link that leads to no page, and the page that has it."""
    broken = [
        f"{page.edit}: the link {match[1]} leads to no page; known: paths of Markdown files, relative to {page.source}"
        for page in pages.values()
        for match in _LINK.finditer(without_code(page.markdown))
        if _target(page, match) not in pages
    ]
    if broken:
        raise RenderError("\n".join(broken))


def _target(page: Page, link: re.Match[str]) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.source), link[1]))
