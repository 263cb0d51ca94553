"""What a build claims on an origin that has other content, too: what it has written there, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.hosting.kinds import DOCUMENTS, ERROR, exact
from generator.rules import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.departures import Departure
    from generator.hosting.table import Entry
    from generator.schema.site import Site


@dataclass(frozen=True)
class Claims:
    """The part of an origin that is answered as the table says; everything else stays with whoever has it."""

    trees: tuple[str, ...]
    """Folders, with a slash at the end, that are answered whole."""
    paths: tuple[str, ...]
    """Single URLs outside of them."""
    ours: str
    """What claimed paths match, as a regular expression that Python, JavaScript, PCRE and RE2 read alike."""
    theirs: str
    """Likewise what is left to others inside of the trees; empty if that is nothing."""

    def has(self, path: str) -> bool:
        """Tell whether a path is claimed."""
        return bool(re.search(self.ours, path)) and not (self.theirs and re.search(self.theirs, path))


def claims(site: Site, entries: Mapping[str, Entry], departures: Iterable[Departure] = ()) -> Claims:
    """Find what a build claims of the paths that the catalog says it owns.

    Nobody owns a tree below `/.well-known/` (RFC 8615): there every single URL is claimed.
    """
    owned = [tree for tree in site.owns if tree.endswith("/") and not tree.startswith(DOCUMENTS)]
    trees = tuple(tree for tree in owned if any(url.startswith(tree) for url in entries))
    left = [path for path in site.stand_alone if path.startswith(trees)]

    def is_single(path: str) -> bool:
        ours = within(site.owns, path) and not within(site.stand_alone, path)
        return ours and not path.startswith(trees)

    paths = tuple(url for url, entry in entries.items() if entry.kind is not ERROR and is_single(url))
    patterns = [f"{exact(tree[:-1])}{'(?:/|$)' if tree in entries else '/'}" for tree in trees]
    patterns += [f"{exact(path)}$" if not path.endswith("/") else _page(path) for path in paths]
    patterns += [each.pattern().removeprefix("^") for each in departures if is_single(each.path)]
    kept = [f"{exact(path[:-1])}(?:/|$)" if path.endswith("/") else f"{exact(path)}$" for path in left]
    return Claims(trees, paths, f"^(?:{'|'.join(patterns)})", f"^(?:{'|'.join(kept)})" if kept else "")


def _page(url: str) -> str:
    """Match each way to write the address of a page."""
    return f"{exact(url[:-1])}(?:/(?:index\\.html)?)?$"
