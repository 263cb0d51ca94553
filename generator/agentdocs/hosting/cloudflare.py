"""What Cloudflare Pages reads in `_headers` and `_redirects`, for when its worker does not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.hosting.kinds import DOCUMENTS, HASHED, READABLE, SKILLS, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agentdocs.hosting.rules import Rules
    from agentdocs.hosting.table import Entry
    from agentdocs.site.departures import Departure

Fields = tuple[tuple[str, str], ...]


def header_rules(found: Rules, entries: Mapping[str, Entry]) -> list[tuple[str, tuple[str, ...], Fields]]:
    """List patterns of paths, the header fields that are taken back there, and those that are set.

    Values of one field from several rules would be joined, so each rule takes back what it sets. There is a rule for
    each kind of file, so that their number does not grow with the models.
    """
    return list(_header_rules(found, entries))


def redirects(departures: Iterable[Departure]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a path and where it leads, with Cloudflare's placeholders for what they have in common."""
    for departure in (departure for departure in departures if departure.target):
        numbers = range(1, departure.path.count("*") + 1)
        path = departure.path.removesuffix("/").replace("*", ":part{}").format(*numbers)
        groups = ["", *map(":part{}".format, numbers)]
        yield path, departure.leads([*groups, ""].__getitem__)
        if departure.path.endswith("/"):
            yield f"{path}/*", departure.leads([*groups, ":splat"].__getitem__)


def _header_rules(found: Rules, entries: Mapping[str, Entry]) -> Iterator[tuple[str, tuple[str, ...], Fields]]:
    yield "/*", (), (*found.everywhere, *READABLE)
    folders = [folder for folder in (DOCUMENTS, SKILLS) if any(url.startswith(folder) for url in entries)]
    fields = [(f"{folder}*", [("Cache-Control", kind_of(folder + "-").cache)]) for folder in folders]
    fields += [(url, list(HASHED.headers)) for url, entry in entries.items() if entry.kind is HASHED]
    fields += [(f"/*{suffix}", [("Content-Type", media_type)]) for suffix, media_type in found.types.items()]
    fields += [(pattern, [("Content-Type", media_type)]) for pattern, media_type in found.alike.items()]
    own = {entry.url: [("Content-Type", entry.media_type)] for entry in found.special}
    for url, link in found.links.items():
        own.setdefault(url, []).append(("Link", link))
    for pattern, values in (*fields, *own.items()):
        yield pattern, tuple(field for field, _ in values), tuple(values)
