"""Single facts of a catalog: each can be replaced by a sentinel, and found again in everything that is rendered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

from agentdocs.catalog.reading import references
from agentdocs.project import Project
from agentdocs.schema import Facts
from agentdocs.schema.base import Provenance
from agentdocs.schema.places import kinds, plain
from agentdocs.schema.values import SPECIALS, matches
from agentdocs.text import marks
from agentdocs.text.quoting import anchor, as_json, as_markdown
from pydantic import BaseModel, TypeAdapter, ValidationError

from site_tests.html import told
from site_tests.projects import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agentdocs.artifact import Page
    from agentdocs.errors import Loc
    from agentdocs.render import Rendering, Source
    from agentdocs.schema.values import References


@dataclass(frozen=True)
class Leaf:
    """One value of a catalog, or the name of a member that a reader can see."""

    loc: Loc
    value: Any
    name: bool = False
    """Whether the fact is the member's name and not its value."""

    def __str__(self) -> str:
        return ".".join(map(str, self.loc)) + (" (name)" if self.name else "")


@dataclass(frozen=True)
class World:
    """A catalog as data, with what is needed to render it again after a change."""

    source: Source
    release: bool = False

    @classmethod
    def at(cls, root: Path, docs: Path | None = None, templates: Path | None = None, *, release: bool = False) -> World:
        """Take the project at `root`, with pages or templates of another folder if one is given."""
        project = Project(root, root / "catalog", docs or root / "docs", templates or root / "templates")
        return cls(source_of(project), release)

    @property
    def data(self) -> dict[str, Any]:
        """The bare data of all files, as it is validated."""
        data: dict[str, Any] = {}
        for owner, file in self.source.catalog.files.items():
            if len(owner) == 1:
                data[str(owner[0])] = file.data
            else:
                data.setdefault(str(owner[0]), {})[owner[1]] = file.data
        return data

    def render(self, data: dict[str, Any]) -> Rendering:
        """Render changed data. Raises `ValidationError` if it is no catalog."""
        facts = Facts.model_validate(data, context=references(data))
        clients = dict(sorted(facts.clients.items(), key=lambda item: (item[1].order, item[0])))
        catalog = replace(self.source.catalog, facts=facts.model_copy(update={"clients": clients}))
        source = replace(self.source, catalog=catalog)
        return source.release() if self.release else source.preview()


def leaves(value: Any, loc: Loc = ()) -> Iterator[Leaf]:  # noqa: ANN401
    """Yield every single value, and every name of a member that the schema leaves to the catalog."""
    if isinstance(value, dict):
        for key, member in value.items():
            if names_a_fact((*loc, key)):
                yield Leaf((*loc, key), key, name=True)
            yield from leaves(member, (*loc, key))
    elif isinstance(value, tuple):
        for index, member in enumerate(value):
            yield from leaves(member, (*loc, index))
    else:
        yield Leaf(loc, value)


def names_a_fact(loc: Loc) -> bool:
    """Tell whether the last step of a location is a name that the catalog chooses, as the schema leaves it to it."""
    mappings = [get_args(kind) for kind in kinds(loc[:-1]) if get_origin(kind) is Mapping]
    return any(get_origin(plain(name)[0]) is not Literal for name, _ in mappings)


def changed(data: Any, leaf: Leaf, new: Any) -> Any:  # noqa: ANN401
    """Give a copy of the data with one leaf replaced; a name together with everything that refers to it."""
    if leaf.loc[:2] in (("site", "owns"), ("site", "stand_alone")):
        # What is published cannot lose its place: the sentinel stands beside the path.
        return _set(data, leaf.loc[:2], (*data["site"][leaf.loc[1]], new))
    if isinstance(leaf.value, str) and leaf.value.startswith("/") and isinstance(new, str):
        data = _set(data, ("site", "owns"), (*data["site"]["owns"], new, new.rstrip("/") + "/"))
    if leaf.loc[:2] == ("discovery", "services") and "apis" in leaf.loc:
        return _swapped(data, leaf.value, new)  # each API is described once
    if leaf.loc[:3] == ("protocol", "chat", "parameters"):
        details = data["protocol"]["chat"].get("details", {})  # by the names of parameters
        renamed = {new if name == leaf.value else name: entry for name, entry in details.items()}
        data = _set(data, ("protocol", "chat", "details"), renamed) if details else data
    if not leaf.name:
        return _set(_settled(data, leaf.loc[:-1]) if leaf.value == "unknown" else data, leaf.loc, new)
    data = _renamed(data, leaf.loc, new)
    if leaf.loc[0] == "apis" and leaf.loc[2:3] == ("parameters",):
        for name, operation in data["apis"][leaf.loc[1]]["operations"].items():
            path = operation["path"].replace(f"{{{leaf.value}}}", f"{{{new}}}")
            data = _set(data, ("apis", leaf.loc[1], "operations", name, "path"), path)
    if leaf.loc[0] == "authors":
        data = _set(data, ("models",), _replaced(data["models"], leaf.value, new, {"author"}))
        prefix = f"{leaf.value}/"
        for model in [name for name in data["models"] if name.startswith(prefix)]:
            path = f"{new}/{model.removeprefix(prefix)}"
            data = changed(data, Leaf(("models", model), model, name=True), path)
    kind = {"models": "models", "discovery": "statuses"}.get(str(leaf.loc[0]))
    if leaf.loc[0] == "models":
        (first, other), authors = (name.partition("/")[0] for name in (leaf.value, new)), data.get("authors", {})
        named = {"author": first} if first in authors and other not in authors else {}  # it keeps its author
        data = _set(data, ("models", new), {**named, **data["models"][new], "id": new})
        limits = {name: _following(limit, leaf.value, new) for name, limit in data.get("limits", {}).items()}
        data = _set(data, ("limits",), limits)
    if kind and "skills" not in leaf.loc and "services" not in leaf.loc:
        data = _replaced(data, leaf.value, new, {"models", "default", "replaced_by", "status"})
    return data


def _following(limit: Any, old: str, new: str) -> Any:  # noqa: ANN401
    """Let patterns that named a model name it under its new id."""
    if not isinstance(limit.get("models"), tuple):
        return limit
    models = (f"{new}*" if "*" in pattern and matches(pattern, old) else pattern for pattern in limit["models"])
    return {**limit, "models": tuple(models)}


def _settled(data: Any, group: Loc) -> Any:  # noqa: ANN401
    """Let the first source of a disputed group state its facts, since a fact that every source disputes is unknown."""
    value = data
    for part in group:
        value = value[part]
    sources = value.get("provenance", {}).get("sources", ()) if isinstance(value, dict) else ()
    if not sources or not all("says" in source for source in sources):
        return data
    return _set(data, (*group, "provenance", "sources", 0), {"url": sources[0]["url"]})


def _swapped(data: Any, one: str, other: str) -> Any:  # noqa: ANN401
    swap = {one: other, other: one}
    services = {
        name: {**service, "apis": tuple(swap.get(api, api) for api in service["apis"])}
        for name, service in data["discovery"]["services"].items()
    }
    return _set(data, ("discovery", "services"), services)


def _set(data: Any, loc: Loc, new: Any) -> Any:  # noqa: ANN401
    if not loc:
        return new
    head, rest = loc[0], loc[1:]
    if isinstance(data, tuple):
        return tuple(_set(item, rest, new) if index == head else item for index, item in enumerate(data))
    return {key: _set(member, rest, new) if key == head else member for key, member in data.items()}


def _renamed(data: Any, loc: Loc, new: str) -> Any:  # noqa: ANN401
    if len(loc) == 1:
        return {new if key == loc[0] else key: member for key, member in data.items()}
    return {key: _renamed(member, loc[1:], new) if key == loc[0] else member for key, member in data.items()}


def _replaced(data: Any, old: str, new: str, members: set[str], inside: bool = False) -> Any:  # noqa: ANN401
    if isinstance(data, dict):
        return {key: _replaced(member, old, new, members, key in members) for key, member in data.items()}
    if isinstance(data, tuple):
        return tuple(_replaced(item, old, new, members, inside) for item in data)
    return new if inside and data == old else data


PATTERNED = [
    ("second", "minute", "hour", "day", "week", "month", "5 hours"),
    ("code", "code id_token", "code token"),
]
"""Values that exclude each other and that the schema describes by a pattern, since there are others like them."""


def siblings(leaf: Leaf) -> list[Any]:
    """List the other values of a leaf that has one of few: a leaf with one of them is compared by difference."""
    items = [item for kind in kinds(leaf.loc) if get_origin(kind) is tuple for item in plain(get_args(kind)[0])]
    choices = [get_args(kind) for kind in (*kinds(leaf.loc), *items) if get_origin(kind) is Literal]
    return [value for group in (*choices, *PATTERNED) if leaf.value in group for value in group if value != leaf.value]


PROVENANCE = {"checked": "2031-03-07", "confidence": "inferred"}


def example(annotation: Any, data: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Make up a value that the schema takes, of a group with the members that it needs, or with all if it needs none.

    What refers to something refers to the first that there is in `data`.
    """
    for kind in plain(annotation):
        if kind is Provenance:
            return PROVENANCE
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            types = get_type_hints(kind, include_extras=True)
            needed = [name for name, member in kind.model_fields.items() if member.is_required()]
            return {name: example(types[name], data) for name in needed or kind.model_fields}
        if get_origin(kind) is tuple:
            return (example(get_args(kind)[0], data),)
    choices = (choice for kind in plain(annotation) if get_origin(kind) is Literal for choice in get_args(kind))
    values = (*sentinels("unknown", *ALPHA), True, "2031-03-07", "EUR", *_first_of_each(data), *choices)
    return next(value for value in values if _takes(annotation, value, references(data)))


def _first_of_each(data: Mapping[str, Any]) -> list[str]:
    """Give the first name of each kind of entry that others refer to."""
    return [min(known) for known in references(data).ids.values() if known]


ALPHA, BRAVO = ("alpha", 917_351), ("bravo", 826_462)
"""The two sentinels: a word and a number from which values of every type are made."""


def sentinels(value: Any, tag: str, number: int) -> Iterator[Any]:  # noqa: ANN401
    """Yield replacements that a later search recognises, the most fitting first."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield from (number, 430 + number % 70, 1_000_000 * (2 + number % 3), 100 + number % 50)
        yield Decimal(number) / 1_000_000  # where a bound is not to be passed
        return
    amount = Decimal(number % 10_000) / 100
    if isinstance(value, Decimal):
        yield amount
        return
    day = date.fromordinal(740_000 + number % 9_000).isoformat()
    earlier = date.fromordinal(700_000 + number % 9_000).isoformat()  # for the age of a source, before its check
    if value in SPECIALS:
        yield from (amount, number, day, {"low": number, "high": number})
        yield from (f"q{tag}_x", f"Q{tag} word", (f"q{tag}",))
        return
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        yield from (day, earlier)
    if re.fullmatch(r"(before |about |after )?\d{4}-\d\d(-\d\d)?", value):
        yield f"before {earlier}"
    if value.startswith("https://"):
        path = "/" + value.partition("//")[2].partition("/")[2] if "/" in value.partition("//")[2] else ""
        slash = "/" if value.endswith("/") else ""
        yield from (f"https://q{tag}.example{path and f'/q{tag}'}{slash}", f"https://q{tag}.example")
    if value.startswith("/"):
        yield from (_path(value, tag), f"/q{tag}/" if value.endswith("/") else f"/q{tag}")
    if re.fullmatch(r"[a-z0-9-]+/[a-z0-9._-]+", value):
        yield f"q{tag}/q{tag}-1.5"
    if value.endswith("_"):
        yield f"q{tag}_"
    if re.fullmatch(r"[A-Z][A-Z0-9_]+", value) and "_" in value:
        yield f"Q{tag.upper()}_VARIABLE"
    if "@" in value:
        yield f"q{tag}@q{tag}.example"
    if re.fullmatch(r"[A-Z]{3}", value):
        yield f"Q{tag.upper()}"[:3]
    if re.fullmatch(r"[0-9.]+", value):
        yield str(amount)
    if "." in value and " " not in value:
        yield f"q{tag}.{value.rpartition('.')[2]}"
    if " " not in value and "_" not in value:
        yield f"Q{tag}" if value[:1].isupper() else f"q{tag}"
    if " " in value or value[:1].isupper():
        yield f"Q{tag} word"
    yield from (f"q{tag}_x", f"q{tag}-x", f"q{tag}", f"Q{tag}", f"Q{tag} word")


EXEMPT: dict[str, str] = {
    r"provider\.publishes_at\.\d+": "says which sources are the provider's own, and no output shows it",
    r"(apis|keys|plans|errors|limits|site\.(sections|pages)|discovery\.services|estimates\.classes)\.[^.]+ \(name\)": (
        "a name by which pages and other entries refer to this one; no reader sees it"
    ),
    r"(assistants|incompatible)\.[^.]+ \(name\)": "a name that only problems of the catalog show",
    r"estimates\.classes\.[^.]+\.requests_per_month\.[^.]+ \(name\)": "a plan, and each class has all of them",
    r"apis\.[^.]+\.operations\.[^.]+ \(name\)": (
        "a name by which pages refer to this one; where it does show, in an operationId, it follows the file"
    ),
    r"clients\.[^.]+ \(name\)": "names the folder of the client's templates and is changed together with it",
    r"clients\.[^.]+\.snippets\.\d+\.(id|language)": "names a template file and is changed together with it",
    r"discovery\.skills\.[^.]+\.template": "names a template file and is changed together with it",
    r"site\.(sections\.[^.]+\.folder|pages\.[^.]+\.source)": "names a file or folder of docs/ and is changed with it",
    r"models\.[^ ]+\.id": "is the file's path, so that the name of the file stands for it here",
    r"limits\.[^.]+\.per\.1": "has one possible value: model, beside what has the limit for each",
    r"site\.owns\.\d+": "a path that is published must be among them; what hosts make of it is proved with them",
    r"site\.(gone\.\d+|moved\..+)": "what became of an address; what hosts answer there is proved with them",
    r"accepted\.\d+\.[a-z]+": "which warnings are right all the same, of which `check` alone speaks",
    r"brand\..*": "how the theme looks, of which the core makes nothing; proved with the built site",
    r"site\.assets": "where the theme's own files are, of which the core makes none",
    r".*provenance\.provider": "repeats provider.id, and a catalog in which it does not is refused",
}
"""Leaves that no output shows, or that cannot change alone, each with its reason."""


def exempt(leaf: Leaf) -> str:
    """Give the reason why no output has to show a leaf, if there is one."""
    choices = [get_args(kind) if get_origin(kind) is Literal else () for kind in kinds(leaf.loc)]
    if not leaf.name and [*map(len, choices)] == [1]:
        return "has one possible value"
    return next((reason for pattern, reason in EXEMPT.items() if re.fullmatch(pattern, str(leaf))), "")


def _path(value: str, tag: str) -> str:
    """Change the last part of a path, and keep what its file name ends in."""
    folder, _, name = value.rstrip("/").rpartition("/")
    if name == "SKILL.md":
        return f"{folder.rpartition('/')[0]}/q{tag}/{name}"
    suffix = name[name.index(".") :] if "." in name else ""
    return f"{folder}/q{tag}{suffix}" + ("/" if value.endswith("/") else "")


def alternatives(leaf: Leaf, data: Mapping[str, Any]) -> Iterator[Any]:
    """Yield other values of an enumeration, a reference, or an order."""
    if isinstance(leaf.value, bool):
        yield not leaf.value
        return
    if leaf.value in SPECIALS:
        yield from (example(kind, data) for kind in kinds(leaf.loc) if get_origin(kind) is not Literal)
        yield from (True, *_first_of_each(data))
    yield from siblings(leaf)
    if leaf.loc[0] == "limits" and "models" in leaf.loc:
        yield from data["models"]
    if leaf.loc[-1] == "order":
        yield from (99, 1)
    if isinstance(leaf.value, str):
        for known in references(data).ids.values():
            if leaf.value in known:
                yield from sorted(known - {leaf.value})


def forms(value: Any) -> list[str]:  # noqa: ANN401
    """List every form in which outputs may write a value, longest first: the declared derivations."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int):
        found = {str(value), f"{value:,}", f"{value:,}.00"}
    elif isinstance(value, Decimal):
        found = {f"{value:.2f}", as_json(value)}
    elif isinstance(value, dict):
        found = {form for member in value.values() for form in forms(member)}
    elif isinstance(value, tuple):
        found = {form for member in value for form in forms(member)}
    else:
        text = str(value)
        found = {text, as_markdown(text), text.lower(), text.capitalize(), anchor(text), text.replace("_", " ")}
        if text.startswith("https://"):
            host, _, path = text.removeprefix("https://").partition("/")
            found |= {host, f"{host}/{path}", "/" + path if path else host}
        if text.endswith("/SKILL.md"):
            found.add(text)
        if "/" in text and " " not in text:
            found |= {text.strip("/"), text.removesuffix(".md"), text.rstrip("/") + ".md"}
    return sorted((form for form in found if len(form) > 1), key=lambda form: (-len(form), form))


def derived(leaf: Leaf, value: Any, data: Mapping[str, Any]) -> list[str]:  # noqa: ANN401
    """List what outputs work out from a value: the throughput of active requests, and prices per million tokens."""
    if leaf.loc[-1] == "price_tokens":
        prices = [price for model in data["models"].values() for price in model.get("prices", ())]
        found = {as_json(amount * (Decimal(1_000_000) / value)) for price in prices for amount in _amounts(price)}
        return sorted(found, key=lambda form: (-len(form), form))
    if "active_requests" not in leaf.loc or not isinstance(value, int):
        return []
    active = changed(data, leaf, value)["limits"][leaf.loc[1]]["active_requests"]
    found = {f"{active['count'] * 60 // seconds:,}" for seconds in active["example_seconds"]}
    return sorted(found, key=lambda form: (-len(form), form))


def _amounts(charges: Mapping[str, Any]) -> Iterator[Decimal]:
    """Yield what tokens cost, in batches and with longer prompts, too."""
    yield from (amount for name in _SIDES if isinstance(amount := charges.get(name), Decimal))
    for inner in (*charges.get("tiers", ()), charges.get("batch")):
        yield from _amounts(inner) if isinstance(inner, dict) else ()


def outputs(rendering: Rendering) -> dict[str, str]:
    """Give every output of the core as text: pages, artifacts with their types, and headers."""
    found = {
        f"page {page.url}": f"{page.title}\n{page.description}\n{page.edit_url}\n{_links(page)}\n"
        + marks.without(page.markdown)
        for page in rendering.pages.values()
    }
    for page in rendering.pages.values():
        found |= {f"tool {name} {page.url}": told(html) for name, html in page.tools.items()}
    found["navigation"] = as_json(rendering.navigation, indented=True)
    for url, artifact in rendering.artifacts.items():
        headers = "".join(f"{name}: {value}\n" for name, value in artifact.headers)
        found[url] = f"{artifact.media_type}\n{headers}{artifact.body.decode()}"
    for url, fields in rendering.page_headers.items():
        found[f"headers {url}"] = str(fields)
    return found


def _links(page: Page) -> str:
    """Write the links that fill in a question or a report with each part on a line of its own."""
    lines = []
    for name, url in {**page.ask, "Report": page.report_url}.items():
        address, _, query = url.partition("?")
        lines += [name, address, *(part for pair in parse_qsl(query) for part in pair)]
    return "\n".join(lines)


_SIDES = ("input", "output", "cache_read", "cache_write")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def marked(texts: Mapping[str, str], found: list[str], worked_out: list[str]) -> tuple[dict[str, str], int]:
    """Replace every form of a sentinel, and what is worked out from it, by a sign; also give the number of places."""
    numbers = [rf"(?<![\d,]){re.escape(number)}(?!\d|,\d)" for number in worked_out]
    pattern = re.compile("|".join([*map(re.escape, found), *numbers]) or "(?!)")
    places = 0

    def sign(match: re.Match[str]) -> str:
        nonlocal places
        places += 1
        return f"\ue000{found.index(match[0])}\ue001" if match[0] in found else "\ue002"

    result = {}
    for name, text in texts.items():
        result[pattern.sub(sign, name)] = pattern.sub(sign, DIGEST.sub("sha256:digest", text))
    return result, places


def valid(data: dict[str, Any], leaf: Leaf) -> bool:
    """Tell whether data of which one leaf was changed is still a catalog, by the file or entry that has the leaf."""
    member = str(leaf.loc[0])
    value: Any = data
    kind: Any = Facts.model_fields[member].annotation
    if leaf.name:
        kind = Facts
    elif get_origin(kind) is Mapping:
        value, kind = data[member][leaf.loc[1]], get_args(kind)[1]
    else:
        value = data[member]
    return _takes(kind, value, references(data))


def _takes(annotation: Any, value: Any, names: References) -> bool:  # noqa: ANN401
    """Tell whether the schema takes a value."""
    try:
        _adapter(annotation).validate_python(value, context=names)
    except ValidationError:
        return False
    return True


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:  # noqa: ANN401
    return TypeAdapter(annotation)
