"""The menu: which pages it lists, and under which titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container

    from agentdocs.schema.site import Site


def navigation(site: Site, sources: Container[str]) -> list[dict[str, Any]]:
    """List titles and sources in the order of the catalog, as MkDocs reads them.

    The pages of a section that has a title are gathered under it, where the first of them stands. `sources` has those
    that there are.
    """
    entries: list[dict[str, Any]] = []
    gathered: dict[str, list[dict[str, str]]] = {}
    for entry in site.pages.values():
        if entry.source not in sources:
            continue
        title = site.section_of(entry.source).title
        if title is None:
            entries.append({entry.title: entry.source})
            continue
        if title not in gathered:
            entries.append({title: gathered.setdefault(title, [])})
        gathered[title].append({entry.title: entry.source})
    return entries
