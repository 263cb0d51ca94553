"""What a build claims on an origin that has other content, too: what it has written there, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdocs.hosting.kinds import DOCUMENTS, ERROR, exact
from agentdocs.schema.site import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agentdocs.hosting.table import Entry
    from agentdocs.schema.site import Site
    from agentdocs.site.departures import Departure


@dataclass(frozen=True)
class Claims:
    """The part of an origin that is answered as the table says; everything else is answered as before."""

    trees: tuple[str, ...]
    """Folders, with a slash at the end, that are answered whole."""
    paths: tuple[str, ...]
    """Single URLs outside of them."""
    ours: str
    """What claimed paths match, as a regular expression that Python, JavaScript, PCRE and RE2 read alike."""
    theirs: str
    """Likewise what is left to others inside of the trees; empty if that is nothing."""
    starts: tuple[str, ...]
    """What every claimed path begins with, and perhaps others too: for hosts that know no more of a path."""

    def has(self, path: str) -> bool:
        """Tell whether a path is claimed."""
        return bool(re.search(self.ours, path)) and not (self.theirs and re.search(self.theirs, path))


def claims(site: Site, entries: Mapping[str, Entry], departures: Iterable[Departure] = ()) -> Claims:
    """Find what a build claims of the paths that the catalog says it owns.

    Nobody owns a tree below `/.well-known/` (RFC 8615): there every single URL is claimed.
    """
    owned = [path for path in site.owns if path.endswith("/") and path != "/" and not path.startswith(DOCUMENTS)]
    trees = tuple(tree for tree in owned if any(url.startswith(tree) for url in entries))

    def is_single(path: str) -> bool:
        ours = within(site.owns, path) and not within(site.stand_alone, path)
        return ours and not path.startswith(trees)

    paths = tuple(url for url, entry in entries.items() if entry.kind is not ERROR and is_single(url))
    departed = [departure for departure in departures if is_single(departure.path)]
    ours = [f"{exact(tree[:-1])}{'(?:/|$)' if tree in entries else '/'}" for tree in trees]
    ours += [f"{exact(path[:-1])}{_PAGE}" if path.endswith("/") else f"{exact(path)}$" for path in paths]
    ours += [departure.pattern().removeprefix("^") for departure in departed]
    left = [path for path in site.stand_alone if path.startswith(trees)]
    theirs = [f"{exact(path[:-1])}(?:/|$)" if path.endswith("/") else f"{exact(path)}$" for path in left]
    starts = _starts((*trees, *paths, *(departure.path.partition("*")[0] for departure in departed)))
    return Claims(trees, paths, _any_of(ours), _any_of(theirs) if theirs else "", starts)


_PAGE = r"(?:/(?:index\.html)?)?$"
"""The ways to write the address of a page, of which all but one lead to it."""


def _any_of(patterns: Iterable[str]) -> str:
    return f"^(?:{'|'.join(patterns)})"


def _starts(paths: Iterable[str]) -> tuple[str, ...]:
    """List paths without those that begin with another one."""
    found: list[str] = []
    for path in sorted(path.removesuffix("/") or "/" for path in paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return tuple(found)
