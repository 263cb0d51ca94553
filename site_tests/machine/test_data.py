"""The catalog for programs: its shape, its four kinds of value, and what a release leaves out of it."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from openai.pagination import SyncPage
from openai.types import Model as OpenAIModel

from site_tests import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.render import Rendering

BUILDS = ["preview", "release"]
WORDS = ("unlimited", "not_offered", "unknown")


def _document(rendering: Rendering, member: str) -> Any:  # noqa: ANN401
    data = rendering.facts.discovery.data
    return json.loads(rendering.artifacts[getattr(data, member).path].body, parse_float=Decimal)


def _errors(rendering: Rendering, document: object, *, formats: bool = True) -> list[str]:
    schema = _document(rendering, "json_schema")
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER if formats else None
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def _values(value: object, place: str = "$") -> Iterator[tuple[str, object]]:
    yield place, value
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _values(member, f"{place}.{name}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _values(member, f"{place}[{index}]")


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("formats", [True, False], ids=["formats checked", "formats ignored"])
def test_the_document_follows_its_published_schema(build: str, formats: bool, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    document = _document(rendering, "catalog")
    assert _errors(rendering, document, formats=formats) == []
    assert document["$schema"] == _document(rendering, "json_schema")["$id"]
    assert document["build"] == build


@pytest.mark.parametrize("build", BUILDS)
def test_who_read_the_first_document_of_this_version_reads_todays(build: str, request: pytest.FixtureRequest) -> None:
    document = _document(request.getfixturevalue(build), "catalog")
    assert schemas.errors("catalog.v1", document) == []


def _lost(schema: Any) -> list[str]:  # noqa: ANN401
    """Say what the first schema of this version has and another one has not, or has otherwise."""
    first = {**schemas.read("catalog.v1"), "$id": schema["$id"]}
    return [f"{place}: {old} has become {new}" for place, old, new in _changes(first, schema)]


def _changes(old: Any, new: Any, place: str = "$") -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401
    if isinstance(old, dict) and isinstance(new, dict):
        for name, member in old.items():
            if not (name == "description" and isinstance(member, str)):
                yield from _changes(member, new.get(name, "nothing"), f"{place}.{name}")
    elif place.endswith(".required") and isinstance(new, list):
        yield from ((f"{place}.{name}", "required", "optional") for name in old if name not in new)
    elif old != new:
        yield place, old, new


def test_the_shape_of_a_version_only_grows(preview: Rendering) -> None:
    lost = _lost(_document(preview, "json_schema"))
    assert not lost, "publish a second version beside this one, or undo that\n" + "\n".join(lost)


def test_a_shape_that_loses_or_retypes_a_member_is_told(preview: Rendering) -> None:
    schema = _document(preview, "json_schema")
    limit = schema["$defs"]["Limit"]
    del limit["properties"]["error"]
    limit["properties"]["per"] = {"type": "string"}
    limit["required"].remove("api")
    assert {line.partition(":")[0].rpartition("Limit.")[2] for line in _lost(schema)} == {
        "properties.error", "properties.per.enum", "required.api",
    }  # fmt: skip


def test_no_member_is_left_out_and_nothing_is_null(preview: Rendering) -> None:
    document, schema = _document(preview, "catalog"), _document(preview, "json_schema")
    assert [place for place, value in _values(document) if value is None] == []
    objects = [schema, *(entry for entry in schema["$defs"].values() if entry.get("type") == "object")]
    assert len(objects) > 25
    for entry in objects:
        assert sorted(entry["required"]) == sorted(entry["properties"])
        assert "additionalProperties" not in entry, "adding a member is a compatible change"


def test_every_member_of_the_schema_is_described(preview: Rendering) -> None:
    schema = _document(preview, "json_schema")
    for name, entry in [("the document", schema), *schema["$defs"].items()]:
        assert entry.get("description"), name
        for member, shape in entry.get("properties", {}).items():
            described = schema["$defs"][shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape
            assert described.get("description"), f"{name}.{member}"


@pytest.mark.parametrize(
    ("place", "value", "refused"),
    [
        (("limits", 3, "requests_per_minute"), None, "null for a word"),
        (("limits", 3, "requests_per_minute"), 0, "no limit as zero"),
        (("limits", 3, "requests_per_minute"), "30", "a number as text"),
        (("limits", 0, "requests_per_minute"), "not_offered", "a word that does not fit"),
        (("plans", 0, "price"), 0, "an unknown price as zero"),
        (("models", 0, "price", "cache_read"), "free", "another word"),
        (("models", 0, "price", "input"), "0.30", "an amount as text"),
        (("models", 0, "capabilities", "reasoning"), None, "null for unknown"),
        (("models", 0, "name"), "unknown", "a reserved word as text"),
        (("models", 0, "page"), "unknown", "a word for a page"),
        (("keys", 0, "spend_cap"), {}, "an empty record"),
        (("as_of",), "24 November 2026", "a day in words"),
        (("errors", 0, "status"), 200, "success as an error"),
        (("version",), 2, "another version"),
    ],
)
@pytest.mark.parametrize("formats", [True, False], ids=["formats checked", "formats ignored"])
def test_the_schema_refuses_kinds_of_value_that_are_confused(
    place: tuple[str | int, ...], value: object, refused: str, formats: bool, preview: Rendering
) -> None:
    document = copy.deepcopy(_document(preview, "catalog"))
    inner: Any = document
    for part in place[:-1]:
        inner = inner[part]
    assert inner[place[-1]] != value
    inner[place[-1]] = value
    assert _errors(preview, document, formats=formats), refused
    del inner[place[-1]]
    assert _errors(preview, document, formats=formats), "a member left out"


def test_the_three_words_all_occur(preview: Rendering) -> None:
    document = _document(preview, "catalog")
    assert {value for _, value in _values(document) if value in WORDS} == set(WORDS)


def test_values_stand_for_what_the_catalog_says(preview: Rendering) -> None:
    document, facts = _document(preview, "catalog"), preview.facts
    for entry in document["limits"]:
        assert entry["requests_per_minute"] == facts.limits[entry["id"]].requests_per_minute
    for entry in document["plans"]:
        assert (entry["price"] == "unknown") == (facts.plans[entry["id"]].price == "unknown")
    for entry in document["errors"]:
        assert entry["code"] == facts.errors[entry["id"]].code
    for entry in document["models"]:
        model = facts.models[entry["id"]]
        if price := model.price(preview.day):
            assert (entry["price"]["input"], entry["price"]["output"]) == (price.input, price.output)
            cached = "unknown" if price.cache_read == "not_offered" else price.cache_read  # which has no word for it
            assert entry["price"]["cache_read"] == cached
        assert entry["capabilities"]["max_output"] == model.known.max_output
        assert entry["status"] == model.status(preview.day)


@pytest.mark.parametrize("build", BUILDS)
def test_every_address_of_this_origin_in_it_is_published(build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    site = rendering.facts.site
    published = {*rendering.artifacts, *(page.url for page in rendering.pages.values())}
    bases = {url for api in rendering.facts.apis.values() for url in (api.base_url, *api.legacy_base_urls)}
    provider = rendering.facts.provider
    legal = {getattr(provider.legal_pages, name) for name in ("privacy_policy", "terms_of_service")}
    legal |= {page.url for page in provider.pages.values()}
    checked = 0
    for place, value in _values(_document(rendering, "catalog")):
        if "provenance" in place or not isinstance(value, str) or not value.startswith(site.origin + "/"):
            continue
        if value in legal or any(value.startswith(base) for base in bases) or value in _quickstarts(rendering):
            continue
        assert value.removeprefix(site.origin) in published, place
        checked += 1
    assert checked


def _quickstarts(rendering: Rendering) -> set[str]:
    return {api.documentation for api in rendering.facts.apis.values() if api.documentation}


def test_each_client_has_its_files_or_a_reason_for_each_model(preview: Rendering) -> None:
    document = _document(preview, "catalog")
    clients = {client["id"]: [snippet["id"] for snippet in client["snippets"]] for client in document["clients"]}
    assert list(clients) == list(preview.facts.clients)
    for model in document["models"]:
        assert [entry["client"] for entry in model["set_up"]] == list(clients)
        for entry in model["set_up"]:
            refusal = preview.snippets.refusal(
                preview.facts.clients[entry["client"]], preview.facts.models[model["id"]]
            )
            assert entry["usable"] == (refusal is None)
            if entry["usable"]:
                assert [file["snippet"] for file in entry["files"]] == clients[entry["client"]]
            else:
                assert entry["reason"] == refusal


def test_the_list_of_models_is_read_by_the_openai_library_and_states_only_what_is_known(preview: Rendering) -> None:
    listed = _document(preview, "models")
    page = SyncPage[OpenAIModel].construct(**listed)
    fields = {"object", "owned_by", *preview.facts.protocol.models.fields}
    usable = ("available", "deprecated")
    known = [name for name, model in preview.facts.models.items() if model.status(preview.day) in usable]
    assert [model.id for model in page.data] == known
    for model, entry in zip(page.data, listed["data"], strict=True):
        facts = preview.facts.models[model.id]
        assert (model.object, model.owned_by) == ("model", preview.facts.author_of(facts))
        assert entry.keys() <= fields
        assert entry["context_length"] == facts.context_window
        assert ("max_output_length" in entry) == (facts.known.max_output != "unknown")
        assert ("input_modalities" in entry) == (facts.known.input != "unknown")
        assert not {*map(str, entry.values())} & set(WORDS)


def test_a_release_holds_no_assumed_fact(release: Rendering) -> None:
    document = _document(release, "catalog")
    assert [place for place, value in _values(document) if value == "assumed"] == []
    assert ".invalid" not in json.dumps(document, default=str)
