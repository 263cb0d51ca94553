"""The invented provider with other texts: a harmless word in every one of them, or something that could be more."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from agentdocs.catalog import reading as catalogs
from agentdocs.catalog.folder import FOLDERS
from agentdocs.text.quoting import as_json
from pydantic import TypeAdapter, ValidationError

from site_tests.conftest import DAY
from site_tests.leaves import Leaf, changed
from site_tests.projects import make_project
from site_tests.texts.members import PAYLOADS, WORD, Text, members, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from agentdocs.errors import Loc

EVERY = [payload for group in PAYLOADS.values() for payload in group]
MODELS = 4
"""How many models are left: pages of more would be read without another text on them."""


def word(number: int) -> str:
    """Give the word that only one text has."""
    return f"Zq{number}Kx"


_WORDS = re.compile(r"Zq(\d+)Kx|zq(\d+)kx|Zq(\d+)kx")


@dataclass(frozen=True)
class Texts:
    """What each text of a catalog is."""

    kinds: dict[Loc, Text]
    """The member of the schema, by place."""
    given: list[str]
    """In the order of the places: the number in a text's word is its number here."""

    def put_into(self, value: Any) -> Any:  # noqa: ANN401
        """Replace each word, as it stands or in lower case or capitalized, by the text that is there instead."""
        if isinstance(value, str):
            return _WORDS.sub(self._text, value)
        if isinstance(value, dict):
            return {self.put_into(name): self.put_into(member) for name, member in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(map(self.put_into, value))
        return value

    def _text(self, found: re.Match[str]) -> str:
        exact, lower, capitalized = found.groups()
        text = self.given[int(exact or lower or capitalized)]
        return text if exact else text.lower() if lower else text.capitalize()


def every_fact(provider: Path) -> dict[str, Any]:
    """Give the bare data of a provider."""
    data: dict[str, Any] = {name: {} for name in FOLDERS}
    for owner, file in catalogs.load(provider / "catalog", DAY).files.items():
        if len(owner) == 1:
            data[str(owner[0])] = file.data
        else:
            data[str(owner[0])][owner[1]] = file.data
    return data


def facts(provider: Path) -> dict[str, Any]:
    """Give the bare data of a provider, with a few of its models and without the pages on the generator."""
    data = every_fact(provider)
    models, recommendations, site = data["models"], data["recommendations"], data["site"]
    default = recommendations["default"]
    # Models whose files have other members show other parts of a page.
    other = {tuple(sorted(model)): name for name, model in models.items() if "replaced_by" not in model["lifecycle"]}
    kept = [default, *(name for name in other.values() if name != default)][:MODELS]
    tasks = [{**task, "models": (default,)} for task in recommendations.get("tasks", ())]
    return {
        **data,
        "models": {name: models[name] for name in kept},
        "authors": {name.partition("/")[0]: data["authors"][name.partition("/")[0]] for name in kept},
        "recommendations": {**recommendations, **({"tasks": tuple(tasks)} if tasks else {})},
        "site": {
            **site,
            "sections": {name: {**s, "title": name} for name, s in site["sections"].items() if s["released"]},
            "pages": {name: p for name, p in site["pages"].items() if not p["source"].startswith("maintaining/")},
        },
    }


def complete(data: dict[str, Any]) -> dict[str, Any]:
    """Give what the invented provider has no need to say, and whatever says where it comes from a second source."""
    login = dict.fromkeys(("claims", "acr_values", "authorization_details_types"), ("one", "two"))
    documents = {  # only version 2 of the data has words for paths with parameters
        name: {**entry, "path": entry["path"].replace(".v1.", ".v2.")} if "path" in entry else entry
        for name, entry in data["discovery"]["data"].items()
    }
    discovery = {
        **data["discovery"],
        "account_login": {**data["discovery"]["account_login"], **login},
        "data": documents,
    }
    one = {"method": "GET", "path": "/models/{id}", "key": "required", "summary": "Show one model"}
    apis = {
        name: {**api, "operations": {**api["operations"], "model": one}, "parameters": {"id": "What to show"}}
        for name, api in data["apis"].items()
    }
    counted = {
        name: {**limit, "active_requests": {**limit["active_requests"], "counts": "each"}}
        for name, limit in data["limits"].items()
        if "active_requests" in limit
    }
    accepted = tuple({**each, "member": "pro.name"} for each in data["accepted"])
    added = {"discovery": discovery, "limits": {**data["limits"], **counted}, "accepted": accepted, "apis": apis}
    return _disputed({**data, **added}, count())  # type: ignore[no-any-return]


def _disputed(value: Any, numbers: Iterator[int]) -> Any:  # noqa: ANN401
    if isinstance(value, tuple):
        return tuple(_disputed(item, numbers) for item in value)
    if not isinstance(value, dict):
        return value
    if {"checked", "confidence", "source"} <= value.keys():
        one = {name: value[name] for name in ("source", "as_of") if name in value}
        sources = (
            {"url": one.pop("source"), **one},
            {"url": f"https://elsewhere.alt/{next(numbers)}", "says": "other"},
        )
        return {**{name: value[name] for name in value if name not in ("source", "as_of")}, "sources": sources}
    return {name: _disputed(member, numbers) for name, member in value.items()}


def harmless(data: dict[str, Any]) -> Texts:
    """Give every text of a catalog a word."""
    kinds = {place: member for member in members() for place in places(data, member.path)}
    return Texts(kinds, [word(number) for number in range(len(kinds))])


def hostile(data: dict[str, Any], turn: int, payloads: Sequence[str] = EVERY) -> Texts:
    """Give every text something that could be more, in each turn something else that the schema takes."""
    kinds = harmless(data).kinds
    chosen: dict[str, None] = {}
    for number, member in enumerate(kinds.values()):
        first = (number + turn * 37) % len(payloads)
        texts = (text.replace(WORD, word(number)) for text in (*payloads[first:], *payloads[:first]))
        chosen[next(text for text in texts if text not in chosen and _accepted(member.kind, text))] = None
    return Texts(kinds, list(chosen))


def _accepted(kind: Any, text: str) -> bool:  # noqa: ANN401
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


def project(provider: Path, data: Any, texts: Texts, root: Path) -> Path:  # noqa: ANN401
    """Write a project with the pages of a provider and a catalog that has other texts."""
    for place, text in zip(texts.kinds, texts.given, strict=True):
        data = changed(data, Leaf(place, ""), text)
    for name, content in data.items():
        files = {f"{name}/{entry}": c for entry, c in content.items()} if name in FOLDERS else {name: content}
        for path, mapping in files.items():
            file = root / "catalog" / f"{path}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(as_json(mapping), encoding="utf-8")
    if (pictures := provider / "catalog" / "brand").is_dir():
        shutil.copytree(pictures, root / "catalog" / "brand")
    return make_project(root, docs=provider / "docs")
