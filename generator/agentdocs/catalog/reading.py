"""Reads a catalog folder, and reports every problem in it at once."""

from __future__ import annotations

import heapq
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import chain, islice
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from agentdocs.catalog.brand import BrandFile, accents_can_be_read
from agentdocs.catalog.brand import read as brand_files
from agentdocs.catalog.folder import BRAND, FOLDERS, WHOLE, entry_of, files_of
from agentdocs.catalog.provenance import ORIGIN_RULES
from agentdocs.catalog.rules import RULES, findings
from agentdocs.catalog.source import Part
from agentdocs.errors import TOLD, CatalogError, NoTemplateError, Problem, RenderError, UndefinedError
from agentdocs.schema import Brand, Facts
from agentdocs.schema.base import FactGroup, Provenance, groups
from agentdocs.schema.values import GROUP, SPECIAL, Nearest, References, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from agentdocs.catalog.folder import Sources
    from agentdocs.catalog.source import SourceFile
    from agentdocs.errors import Loc

_FILE = re.compile(rf"\b(?:catalog/)?({'|'.join(Facts.model_fields)})\.yaml")
"""The name of a file in a message."""

MOST_PROBLEMS = 10_000
"""After so many nobody looks for more: a wrong member of a list is often wrong in every item."""


@dataclass(frozen=True)
class Withheld:
    """One member of a catalog that a release does not have."""

    loc: Loc
    reason: str
    unknown: bool
    """Whether the release says `unknown` there; otherwise the member is gone."""


@dataclass(frozen=True)
class Catalog:
    """The facts of a provider, and the file that each of them stands in."""

    facts: Facts
    files: Mapping[Loc, SourceFile]
    """By member of the catalog: `("plans",)` or `("models", "author/name:free")`."""
    form: Literal["preview", "release"] = "preview"
    """What is made from it: a preview of everything, or what may be published."""
    withheld: tuple[Withheld, ...] = ()
    """What a release does not have of what was read."""
    brand: Mapping[str, BrandFile] = field(default_factory=dict)
    """The provider's own pictures and typeface, by the names of their files."""

    def problem(self, loc: Loc, wrong: str, right: str, *, key: bool = False) -> Problem:
        """Say what is wrong at a location that counts from the root of the catalog."""
        owner, rest = _split(loc)
        return self.files[owner].problem(rest, self._named(wrong), self._named(right), key=key)

    def _named(self, text: str) -> str:
        """Let a text that names a file of catalogs name the place of this one where the same stands."""
        return _FILE.sub(lambda name: f"{WHOLE}.yaml ({name[1]})" if self._within((name[1],)) else name[0], text)

    def _within(self, owner: Loc) -> bool:
        return isinstance(self.files.get(owner), Part)

    def place(self, loc: Loc) -> str:
        """Write where a member stands: `file:line:column: member`."""
        owner, rest = _split(loc)
        problem = self.files[owner].problem(rest, "", "", key=True)
        return f"{problem.file}:{problem.line}:{problem.column}" + (f": {problem.member}" if problem.member else "")

    def blamed(self, error: RenderError) -> list[Problem]:
        """Say which member of the catalog keeps a template from being rendered; nothing if none is to blame."""
        if error.loc is None:
            return []
        if isinstance(error, NoTemplateError):
            return [self.problem(error.loc, f"there is no template {error.name}", error.right)]
        if not isinstance(error, UndefinedError) or not isinstance(error.owner, Mapping):
            return []
        wrong = f"has no '{error.member}', which {error.place} names"
        right = f"{did_you_mean(error.member, frozenset(error.owner))} Change the page, or give the entry its name back"
        if error.loc[0] in FOLDERS and len(error.loc) == 1:
            folder = f"/{error.loc[0]}"
            entries = [file for owner, file in self.files.items() if owner[0] in error.loc]
            parts = [file for file in entries if isinstance(file, Part)]
            wholes = {part.whole.problem(error.loc, wrong, right, key=True) for part in parts}
            folders = {file.name.partition(f"{folder}/")[0] for file in entries if not isinstance(file, Part)}
            return [*wholes, *(Problem(before + folder, 0, 0, "", wrong, right) for before in folders)]
        problem = self.problem(error.loc, wrong, right, key=True)
        return [replace(problem, member=problem.member or str(error.loc[0]))]

    def missed(self, error: UndefinedError) -> list[Problem]:
        """Say which of the withheld facts would have had what a template asked for."""
        named = [entry for entry in self.withheld if entry.loc[-1] == error.member]
        lost = named or [entry for entry in self.withheld if entry.unknown] or [*self.withheld]
        where, right = str(error), "confirm it, with its source, or let that place do without"
        return [self.problem(entry.loc, f"{entry.reason}, and a release needs it: {where}", right) for entry in lost]

    def groups(self) -> Iterator[tuple[Loc, FactGroup, Provenance | None]]:
        """Yield every group of facts with the provenance that applies to it."""
        yield from groups(self.facts)

    def unconfirmed(self) -> Iterator[tuple[Loc, Provenance]]:
        """Yield the groups that say themselves that no page of the provider states them."""
        for loc, group, provenance in self.groups():
            if provenance and group.provenance is provenance and not provenance.confirmed:
                yield loc, provenance


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
    found = chain(missing, findings(sound, files, day, [*RULES, *ORIGIN_RULES, accents_can_be_read]))
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
    owner, rest = _split(loc)
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


def _split(loc: Loc) -> tuple[Loc, Loc]:
    """Split a location into the file that it lies in and the rest."""
    depth = 2 if loc[0] in FOLDERS else 1
    return loc[:depth], loc[depth:]


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


def wording(detail: ErrorDetails, loc: Loc, root: object = Facts) -> tuple[str, str]:
    """Say what pydantic found wrong at a location inside `root`, and what would be right."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "catalog":
            right = context["right"]
            return context["wrong"], right.told() if isinstance(right, Nearest) else right
        case "missing":
            return "is missing", "add it"
        case "extra_forbidden":
            return "is not a member here", did_you_mean(str(loc[-1]), _siblings(loc, root))
        case "model_type" | "dict_type" | "mapping_type" | "model_attributes_type":
            return "is not a mapping", "write its members below it, indented"
        case "tuple_type":
            return "is not a list", "write [a, b], or one item a line after a dash"
        case "too_short":
            fewest = context["min_length"]
            return (
                ("is an empty list", "write at least one item")
                if fewest == 1
                else (f"has too few items ({context['actual_length']})", f"write at least {fewest}")
            )
        case "literal_error":
            return "is not known here", f"write {context['expected']}"
        case "string_too_long" | "too_long":
            return "is too long", f"write at most {context['max_length']} characters"
    return detail["msg"][0].lower() + detail["msg"][1:], "see the reference of the catalog's members"


def _siblings(loc: Loc, root: object) -> frozenset[str]:
    """Find the members that are known where an unknown one stands."""
    models = [kind for kind in _kinds(loc[:-1], root) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return frozenset(models[0].model_fields) if models else frozenset()


def takes_unknown(loc: Loc) -> bool:
    """Tell whether a member of a catalog may be the word `unknown`."""
    return any(get_origin(kind) is Literal and "unknown" in get_args(kind) for kind in _kinds(loc, Facts))


def _kinds(loc: Loc, root: object) -> list[Any]:
    """List the plain kinds of value that a member may have."""
    alternatives: list[Any] = [root]
    for part in loc:
        following: list[Any] = []
        for kind in alternatives:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                following += _alternatives(kind.model_fields[str(part)].annotation) if part in kind.model_fields else []
            elif arguments := get_args(kind):  # Mapping[name, kind] or tuple[kind, ...]
                following += _alternatives(arguments[0 if isinstance(part, int) else -1])
        alternatives = following
    return alternatives


def _alternatives(annotation: Any) -> list[Any]:  # noqa: ANN401
    """Resolve unions and annotations into the plain kinds that a value may have."""
    if get_origin(annotation) is Annotated:
        return _alternatives(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [kind for argument in get_args(annotation) for kind in _alternatives(argument)]
    return [annotation]
