"""Where pages stand that the navigation does not list: the pages that lead to them, and those of their kind."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as Built

    from agentdocs.artifact import Page

_MOST = 50
"""Pages of a kind that each of them lists; of more, only those that stand below the same page."""


def place(pages: Mapping[str, Page], files: Files) -> None:
    """Tell each page of a kind which pages lead to it and which are of its kind, and which come before and after it.

    `pages` are the rendered ones by source. What MkDocs made of each has the answers in its `meta`.
    """
    kinds: dict[str, list[Page]] = defaultdict(list)
    for page in pages.values():
        if not page.navigation:
            kinds[page.subject].append(page)
    for alike in kinds.values():
        for page in alike:
            beside = alike if len(alike) <= _MOST else [one for one in alike if one.above == page.above]
            meta = _built(files, page).meta
            meta["subject"] = page.subject
            meta["above"] = [pages[source] for source in page.above]
            meta["alike"] = beside if len(beside) > 1 else []
        for one, other in pairwise(alike):
            former, latter = _built(files, one), _built(files, other)
            former.next_page, latter.previous_page = latter, former


def _built(files: Files, page: Page) -> Built:
    """Find what MkDocs made of a page."""
    return next(file.page for file in [files.get_file_from_path(page.source)] if file and file.page)
