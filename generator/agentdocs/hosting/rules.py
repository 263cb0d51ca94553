"""The table in few words: rules by the shape of a URL, and every URL that is an exception to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdocs.hosting.kinds import KINDS, Kind, exact
from agentdocs.hosting.table import FOR_HOSTS, MEDIA_TYPES, Entry, everywhere, not_found, suffix_of, suffix_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agentdocs.site.departures import Departure


@dataclass(frozen=True)
class Rules:
    """What a host must know to answer as the table says."""

    everywhere: tuple[tuple[str, str], ...]
    """Header fields of every answer."""
    types: Mapping[str, str]
    """Media type by suffix, with its dot, of the suffixes that there are."""
    special: tuple[Entry, ...]
    """Files whose media type does not follow from the suffix, or that are stored elsewhere than their URL says."""
    alike: Mapping[str, str]
    """Media type by what the URLs of files match, where it does not follow from the suffix; `*` is what differs."""
    departures: tuple[Departure, ...]
    """What became of paths that are not published any more, in the order in which the first that matches holds."""
    hidden: str
    """What the paths of files match that are there and yet not published, as a regular expression."""
    missing: Entry
    """The page that says that there is nothing."""
    twins: Mapping[str, str]
    """URL of a page's Markdown, where it is not the page's own with `.md` for the last slash; empty if it has none."""
    links: Mapping[str, str]
    """The field Link of a URL, where it is not the usual one of a page."""
    usual_link: tuple[str, str]
    """The field Link of a page, before and after its path without the last slash."""
    kinds: tuple[Kind, ...]
    """The kinds that there are, in the order in which they are tried."""


def rules(entries: Mapping[str, Entry], departures: Iterable[Departure] = ()) -> Rules:
    """Find the rules behind a table and what departed from it."""
    missing = not_found(entries)
    suffixes, kinds = {suffix_of(entry.storage) for entry in entries.values()}, {e.kind for e in entries.values()}
    unusual = [entry for entry in entries.values() if _is_unusual(entry)]
    special = tuple(entry for entry in unusual if not entry.alike)
    stored = sorted({f"/{entry.storage}" for entry in special} - entries.keys())
    files = "|".join(f"{exact(path)}$" for path in (f"/{missing.storage}", *stored))
    links = {entry.url: dict(entry.own)["Link"] for entry in entries.values() if "Link" in dict(entry.own)}
    pages = [entry for entry in entries.values() if entry.kind.negotiated]
    shapes = {page.url: _around(links.get(page.url, ""), page) for page in pages}
    usual = next(iter(Counter(shape for shape in shapes.values() if shape).most_common(1)), (("", ""), 0))[0]
    return Rules(
        everywhere=everywhere(missing.policy),
        types={suffix: MEDIA_TYPES[suffix] for suffix in MEDIA_TYPES if suffix in suffixes},
        special=special,
        alike={entry.alike: entry.media_type for entry in unusual if entry.alike},
        departures=tuple(departures),
        hidden=f"^(?:/{FOR_HOSTS}|{files})",
        missing=missing,
        twins={url: entries[url].twin for url, shape in shapes.items() if not shape},
        links={url: link for url, link in links.items() if shapes.get(url) != usual},
        usual_link=usual,
        kinds=tuple(kind for kind in KINDS if kind in kinds),
    )


def _around(link: str, page: Entry) -> tuple[str, str] | None:
    """Split the field Link of a page around its path; None if its Markdown is somewhere else than usual."""
    path = page.url.removesuffix("/")
    before, found, after = link.partition(f"<{path}.md>")
    return (f"{before}<", f".md>{after}") if found and page.twin == f"{path}.md" else None


def _is_unusual(entry: Entry) -> bool:
    usual = entry.url.lstrip("/") + ("index.html" if entry.kind.negotiated else "")
    return entry.storage != usual or entry.media_type != suffix_type(entry.storage)
