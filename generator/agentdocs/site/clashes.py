"""Addresses that two pages would share, or that some systems take for one: found before anything is written there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentdocs.errors import CatalogError
from agentdocs.site.urls import author_source, client_source, markdown_url, model_source, page_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.errors import Loc
    from agentdocs.schema import Facts


@dataclass(frozen=True)
class _Claim:
    """What a member of the catalog takes for itself."""

    loc: Loc
    address: str
    who: str
    key: bool = False
    """Whether the member's name decides the address, and not its value."""
    places: tuple[str, ...] = ()
    """All that would be written there."""


def check(catalog: Catalog) -> None:
    """Raise `CatalogError` with each page, model or author whose address another one has, capitals aside."""
    problems, told = [], set[str]()
    taken, folders = dict[str, _Claim](), dict[str, tuple[str, _Claim]]()
    for claim in _claims(catalog.facts):
        wrong = ""
        for place in claim.places:
            other = taken.setdefault(place.casefold(), claim)
            if other is not claim and not wrong:
                wrong = f"{claim.who} would be published at {claim.address}, where {other.who} is"
                told.add(f"{place}/".casefold())
        for here in (folder for place in claim.places for folder in _around(place)):
            there, other = folders.setdefault(here.casefold(), (here, claim))
            if there != here and not wrong and here.casefold() not in told:
                wrong = f"{claim.who} would be published below {here}, and {other.who} below {there}"
                wrong += ", which some systems take for one folder"
                told |= {folder.casefold() for place in claim.places for folder in _around(place)}
        if wrong:
            right = "write another path as the member address" if claim.loc[0] == "models" else "rename one of the two"
            problems.append(catalog.problem(claim.loc, wrong, right, key=claim.key))
    if problems:
        raise CatalogError(problems)


def _around(place: str) -> Iterator[str]:
    """Yield the folders around a place, itself included, which is the folder of a page."""
    parts = place.split("/")
    return ("/".join(parts[:end]) + "/" for end in range(2, len(parts) + 1))


def _claims(facts: Facts) -> Iterator[_Claim]:
    """Yield what is published, that which can give way last."""
    for name, entry in facts.site.pages.items():
        loc = ("site", "pages", name, "source")
        yield _Claim(loc, page_url(facts, entry.source), f"the page {name}", places=_places(facts, entry.source))
    for name in facts.clients if "setup" in facts.site.pages else ():
        source = client_source(facts, name)
        yield _Claim(("clients", name), page_url(facts, source), f"the client {name}", places=_places(facts, source))
    listed = "models" in facts.site.pages
    authors = dict.fromkeys(filter(None, map(facts.author_of, facts.models.values())))
    for source, author in ((author_source(facts, author), author) for author in authors if listed):
        who = f"the author {author}"
        yield _Claim(("authors", author), page_url(facts, source), who, key=True, places=_places(facts, source))
    for id_, model in facts.models.items():
        address = files = f"{facts.site.snippets}*/{model.path}/"
        places: tuple[str, ...] = (files,)
        if listed:
            source = model_source(facts, id_)
            address, places = page_url(facts, source), (*_places(facts, source), files)
        yield _Claim(("models", id_, "address" if model.address else "id"), address, id_, places=places)


def _places(facts: Facts, source: str) -> tuple[str, str]:
    """Give the paths that a page takes: its own and that of its Markdown."""
    url = page_url(facts, source)
    return url.rstrip("/"), markdown_url(source, url)
