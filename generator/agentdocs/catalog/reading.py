"""Reads a catalog folder, and reports every problem in it at once."""

from __future__ import annotations

import heapq
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from agentdocs.catalog.brand import read as brand_files
from agentdocs.catalog.catalog import Catalog, split
from agentdocs.catalog.folder import BRAND, FOLDERS, WHOLE, entry_of, files_of
from agentdocs.catalog.rules import RULES, RULES_OF_SOURCES, findings
from agentdocs.catalog.source import Part
from agentdocs.catalog.wording import wording
from agentdocs.errors import TOLD, CatalogError, Problem
from agentdocs.schema import Brand, Facts
from agentdocs.schema.values import GROUP, SPECIAL, References, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from agentdocs.catalog.folder import Sources
    from agentdocs.catalog.source import SourceFile
    from agentdocs.errors import Loc


MOST_PROBLEMS = 10_000
"""After so many nobody looks for more: a wrong member of a list is often wrong in every item."""


def load(folder: Path, day: date | None = None) -> Catalog:
    """Read and check the catalog in `folder`.

    `day` is the day for which retired and recommended models are compared; without it the newest day on which
    a fact was checked. Raises `CatalogError` with the problems, in the order of files and lines.
    """
    sources = files_of(folder)
    files, problems = sources.files, sources.problems
    data: dict[str, Any] = {name: {} for name in FOLDERS}
    for owner, file in files.items():
        if len(owner) == 1:
            data[str(owner[0])] = file.data
        else:
            data[str(owner[0])][owner[1]] = _entry(owner, file)
    names = replace(references(data, sources.unread), today=_today(day))
    problems += _missing(folder, sources)
    sound, details = _validated(data, names)
    sound |= _left_out(data, sources.unread)
    catalog = Catalog(Facts.model_construct(**sound), files)
    told = heapq.nsmallest(TOLD, details, key=partial(_position, catalog))
    problems += [_explain(catalog, detail) for detail in told]
    brand, wrong, missing = brand_files(folder / BRAND, sources.brand, sound.get("brand", Brand()))
    problems += wrong
    found = chain(missing, findings(sound, files, day, (*RULES, *RULES_OF_SOURCES)))
    for finding in islice(found, MOST_PROBLEMS):
        problem = catalog.problem(finding.loc, finding.wrong, finding.right, key=finding.key)
        if finding.position:
            problem = replace(problem, line=finding.position[0], column=finding.position[1])
        problems.append(problem)
    if problems:
        raise CatalogError(problems, more=len(details) - len(told))
    return replace(catalog, facts=_in_order(catalog.facts), brand=brand)


def _entry(owner: Loc, file: SourceFile) -> Any:  # noqa: ANN401
    """Give the data of an entry. The name under which a model stands in the file of everything is its id already."""
    if owner[0] == "models" and isinstance(file, Part) and isinstance(file.data, dict):
        return {"id": owner[1], **file.data}
    return file.data


def _today(day: date | None) -> date:
    """Give the last day that can be one of the past: the clock's, or `day` if that is later.

    A day that is over stays over, so the clock refuses nothing tomorrow that it takes today, and a build for an earlier
    day takes what has been checked since. Somewhere it is tomorrow already, up to 14 hours ahead of UTC. A clock that
    has not been set yet must not refuse what the history has reached.
    """
    latest = (datetime.now(UTC) + timedelta(hours=14)).date()
    return max(day, latest) if day else latest


def _in_order(facts: Facts) -> Facts:
    """Put the clients into the order that they ask for; files come by name."""
    clients = sorted(facts.clients.items(), key=lambda item: (item[1].order, item[0]))
    return facts.model_copy(update={"clients": dict(clients)})


def references(data: Mapping[str, Any], unread: Collection[str] = ()) -> References:
    """Collect what references may name, from the bare data: a broken entry is still there to be named.

    `unread` has the names of files that could not be read, such as `clients/curl`. Where the file of everything is
    among them, nobody knows which clients and models there are.
    """

    def members(*path: str) -> frozenset[str]:
        value: Any = data
        for part in path:
            value = value.get(part, {}) if isinstance(value, dict) else None
        return frozenset(value) if isinstance(value, dict) else frozenset()

    def readable(name: str) -> bool:
        """Tell whether the file is there: what lies in a missing or broken one is not known."""
        return isinstance(data.get(name), dict)

    hidden = [entry_of(name) for name in unread]
    ids = {
        "plan": members("plans"),
        "key": members("keys"),
        "API": members("apis"),
        "error": members("errors"),
        "page": members("site", "pages"),
        "status": members("discovery", "statuses"),
        "author": members("authors"),
        "client": members("clients") | {str(entry[-1]) for entry in hidden if entry[0] == "clients"},
        "model": members("models") | {str(entry[-1]) for entry in hidden if entry[0] == "models"},
    }
    files = {
        "plan": "plans",
        "key": "keys",
        "API": "apis",
        "error": "errors",
        "page": "site",
        "status": "discovery",
        **({"author": "authors"} if "authors" in {*data, *unread} else {}),  # a catalog may have none of them
    }
    if WHOLE in unread:
        ids = {kind: known for kind, known in ids.items() if kind in files}
    return References({kind: known for kind, known in ids.items() if kind not in files or readable(files[kind])})


def _position(catalog: Catalog, detail: ErrorDetails) -> tuple[str, int, int]:
    """Give file, line and column of what pydantic found wrong."""
    loc, is_key = _loc(detail)
    owner, rest = split(loc)
    file = catalog.files[owner]
    return file.name, *file.position(rest, key=is_key)


def _explain(catalog: Catalog, detail: ErrorDetails) -> Problem:
    """Turn what pydantic found wrong into a problem at its place."""
    loc, is_key = _loc(detail)
    return catalog.problem(loc, *wording(detail, loc), key=is_key)


def _loc(detail: ErrorDetails) -> tuple[Loc, bool]:
    """Say where pydantic found something wrong, and whether it is the member's name."""
    loc = tuple(part for part in detail["loc"] if part not in (GROUP, SPECIAL))
    if loc[-1] == "[key]":
        return loc[:-1], True
    return loc, detail["type"] == "extra_forbidden"


def _missing(folder: Path, sources: Sources) -> Iterator[Problem]:
    """Yield the members that a catalog lacks, and those that no catalog has. Nothing is missing that is unread."""
    for name, member in Facts.model_fields.items():
        if not member.is_required() or name in FOLDERS or (name,) in sources.files or {name, WHOLE} & sources.unread:
            continue
        if sources.whole:
            yield sources.whole.problem((name,), "is missing", f"add it, or write {folder}/{name}.yaml")
        else:
            yield Problem(str(folder / f"{name}.yaml"), 0, 0, "", "the file is missing", "write it")
    for owner, source in sources.files.items():
        if owner[0] not in Facts.model_fields:
            right = did_you_mean(str(owner[0]), frozenset(Facts.model_fields))
            if isinstance(source, Part):
                yield source.problem((), "is not a member here", right, key=True)
            else:
                yield Problem(source.name, 0, 0, "", "a catalog has no such file", right)


def _left_out(data: Mapping[str, Any], unread: Collection[str]) -> dict[str, Any]:
    """Give what stands for the members that a catalog may lack and does."""
    optional = {name: field for name, field in Facts.model_fields.items() if not field.is_required()}
    known = {*optional} - {*data, *unread} if WHOLE not in unread else set()
    return {name: optional[name].default for name in known}


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(Facts.model_fields[name].annotation or Any)


def _validated(data: Mapping[str, Any], names: References) -> tuple[dict[str, Any], list[ErrorDetails]]:
    """Give what is sound of a catalog, so that rules between files still see it, and what is wrong with the rest.

    The entries of a mapping are validated one by one, so that a broken one does not hide the others. After
    `MOST_PROBLEMS` the rest is left alone.
    """
    sound: dict[str, Any] = {}
    details: list[ErrorDetails] = []
    for name in (name for name in Facts.model_fields if name in data):
        value = data[name]
        divided = isinstance(value, dict) and "Mapping" in str(Facts.model_fields[name].annotation)
        parts = []
        for part in [{key: entry} for key, entry in value.items()] if divided else [value]:
            if len(details) > MOST_PROBLEMS:
                return {}, details
            try:
                parts.append(_adapter(name).validate_python(part, context=names))
            except ValidationError as error:
                causes = _first_causes(error.errors(include_url=False, include_input=False))
                details += [{**cause, "loc": (name, *cause["loc"])} for cause in causes]
        if divided:
            sound[name] = {key: entry for part in parts for key, entry in part.items()}
        elif parts:
            sound[name] = parts[0]
    return sound, details


def _first_causes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a list is too short only because its items are wrong."""
    above = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in above]
