"""The well-known documents: their shapes by schemas written from the specifications, and what they may claim."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from openapi_spec_validator import validate as validate_openapi

from site_tests import schemas
from site_tests.projects import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agentdocs.render import Rendering

BUILDS = ["preview", "release"]


def _json(rendering: Rendering, url: str) -> Any:  # noqa: ANN401
    return json.loads(rendering.artifacts[url].body)


@pytest.mark.parametrize("build", BUILDS)
def test_every_document_has_the_shape_of_its_specification(build: str, request: pytest.FixtureRequest) -> None:
    checked = schemas.check(request.getfixturevalue(build).documents)
    expected = set(schemas.SCHEMA_OF.values())
    if build == "release":
        expected -= {"oauth-authorization-server", "openid-configuration", "mcp-server-card", "health"}
    assert checked == expected


@pytest.mark.parametrize(
    ("url", "schema", "member"),
    [
        ("/.well-known/api-catalog", "linkset-api-catalog", "linkset"),
        ("/.well-known/oauth-authorization-server", "oauth-authorization-server", "token_endpoint"),
        ("/.well-known/openid-configuration", "openid-configuration", "jwks_uri"),
        ("/.well-known/oauth-protected-resource", "oauth-protected-resource", "resource"),
        ("/.well-known/mcp/server-card.json", "mcp-server-card", "version"),
        ("/.well-known/agent-skills/index.json", "agent-skills-index", "$schema"),
        ("/.well-known/status/inference.json", "health", "status"),
        ("/.well-known/ard.json", "ai-catalog", "entries"),
    ],
)
def test_a_schema_refuses_its_document_without_a_member(preview: Rendering, url: str, schema: str, member: str) -> None:
    document = _json(preview, url)
    del document[member]
    assert any(member in error for error in schemas.errors(schema, document))


@pytest.mark.parametrize("build", BUILDS)
def test_service_descriptions_are_valid_openapi(build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    facts = rendering.facts
    for service in facts.discovery.services.values():
        description = _json(rendering, service.path)
        validate_openapi(description)
        assert description["openapi"].startswith("3.1")
        text = json.dumps(description)
        assert "oauth2" not in text
        for name in service.apis:
            assert facts.apis[name].base_url in text
            for error in facts.errors.values():
                known = error.code not in ("unknown", "not_offered")
                assert (str(error.code) in text) == (name in error.apis) or not known


def _examples(value: object, root: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Yield each example of a description with the schema that it has to follow."""
    if isinstance(value, dict):
        if "schema" in value and "example" in value:
            yield value["example"], value["schema"]
        if "schema" in value:
            for example in value.get("examples", {}).values():
                name = example.get("$ref", "").rpartition("/")[2]
                yield (root["components"]["examples"][name] if name else example)["value"], value["schema"]
        yield from (found for member in value.values() for found in _examples(member, root))
    elif isinstance(value, list):
        yield from (found for member in value for found in _examples(member, root))


def test_every_example_of_a_description_follows_its_schema(preview: Rendering) -> None:
    for service in preview.facts.discovery.services.values():
        description = _json(preview, service.path)
        found = list(_examples(description, description))
        assert len(found) > 8
        for example, schema in found:
            whole = {**schema, "components": description["components"]}
            jsonschema.validate(example, whole, cls=jsonschema.Draft202012Validator)


def test_an_example_that_does_not_follow_its_schema_is_found(preview: Rendering) -> None:
    service = next(iter(preview.facts.discovery.services.values()))
    description = _json(preview, service.path)
    chat = next(item["post"] for item in description["paths"].values() if "post" in item)
    wanted = chat["requestBody"]["content"]["application/json"]
    del wanted["examples"]["stream"]["value"]["messages"]
    whole = {**wanted["schema"], "components": description["components"]}
    with pytest.raises(jsonschema.ValidationError, match="'messages' is a required property"):
        jsonschema.validate(wanted["examples"]["stream"]["value"], whole, cls=jsonschema.Draft202012Validator)


def test_every_answer_in_pieces_is_a_stream_of_events(preview: Rendering) -> None:
    streaming = preview.facts.protocol.streaming
    assert streaming is not None
    for service in preview.facts.discovery.services.values():
        chat = next(item["post"] for item in _json(preview, service.path)["paths"].values() if "post" in item)
        answer = chat["responses"]["200"]
        *pieces, end, rest = answer["content"]["text/event-stream"]["example"].split("\n\n")
        assert (end, rest) == (f"data: {streaming.terminator}", "")
        assert [json.loads(piece.removeprefix("data: "))["object"] for piece in pieces] == [streaming.object] * 2


@pytest.mark.parametrize("build", BUILDS)
def test_the_api_catalog_lists_every_api_and_links_only_what_is_published(
    build: str, request: pytest.FixtureRequest
) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    origin = rendering.facts.site.origin
    contexts = _json(rendering, rendering.facts.discovery.api_catalog.path)["linkset"]
    items = {item["href"] for item in contexts[0]["item"]}
    assert items >= {api.base_url for api in rendering.facts.apis.values()}
    data = rendering.facts.discovery.data
    assert data is not None
    assert {context["anchor"] for context in contexts[1:]} == {*items, origin + data.catalog.path}
    linked = {
        target["href"]
        for context in contexts[1:]
        for relation in context.values()
        if isinstance(relation, list)
        for target in relation
    }
    assert linked >= {origin + document.path for document in (data.catalog, data.json_schema, data.models)}
    for context in contexts[1:]:
        for relation in context.keys() - {"anchor"}:
            for target in context[relation]:
                path = target["href"].removeprefix(origin)
                if target["href"].startswith(origin) and target["type"] != "text/html":
                    assert rendering.artifacts[path].media_type == target["type"]


def test_protected_resources_follow_the_path_rule_and_name_no_authorization_server(preview: Rendering) -> None:
    origin = preview.facts.site.origin
    entry = preview.facts.discovery.protected_resource
    assert entry is not None
    base = entry.path
    found = {url: _json(preview, url) for url in preview.artifacts if url.startswith(base)}
    assert len(found) == 1 + sum(api.base_url.startswith(f"{origin}/") for api in preview.facts.apis.values())
    for url, document in found.items():
        assert document["resource"] == origin + url.removeprefix(base)
        assert "authorization_servers" not in document
        assert "scopes_supported" not in document


def test_the_issuer_is_the_origin(preview: Rendering) -> None:
    login = preview.facts.discovery.account_login
    assert login is not None
    for entry in (login.oauth, login.openid):
        assert _json(preview, entry.path)["issuer"] == preview.facts.site.origin


@pytest.mark.parametrize("build", BUILDS)
def test_skill_digests_are_those_of_the_published_bytes(build: str, request: pytest.FixtureRequest) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    index = rendering.facts.discovery.skills_index
    assert index is not None
    skills = _json(rendering, index.path)["skills"]
    published = [skill.path for skill in rendering.facts.discovery.skills.values() if skill.path in rendering.artifacts]
    assert [skill["url"] for skill in skills] == published
    for skill in skills:
        body = rendering.artifacts[skill["url"]].body
        assert skill["digest"] == "sha256:" + hashlib.sha256(body).hexdigest()
        frontmatter = yaml.safe_load(body.decode().split("---\n")[1])
        assert schemas.errors("skill-frontmatter", frontmatter) == []
        assert frontmatter["name"] == skill["name"] == skill["url"].split("/")[-2]


@pytest.mark.parametrize("build", BUILDS)
def test_the_manifest_of_resources_lists_what_is_published_at_both_paths(
    build: str, request: pytest.FixtureRequest
) -> None:
    rendering: Rendering = request.getfixturevalue(build)
    resources = rendering.facts.discovery.resources
    assert resources is not None
    assert resources.predecessor is not None
    manifest = _json(rendering, resources.current.path)
    assert manifest == _json(rendering, resources.predecessor.path)
    origin = rendering.facts.site.origin
    domain = origin.removeprefix("https://")
    listed = [entry["url"].removeprefix(origin) for entry in manifest["entries"]]
    discovery = rendering.facts.discovery
    possible = [skill.path for skill in discovery.skills.values()]
    possible += [discovery.mcp.card.path] if discovery.mcp else []
    assert sorted(listed) == sorted(path for path in possible if path in rendering.artifacts)
    for entry, path in zip(manifest["entries"], listed, strict=True):
        served, _, _ = rendering.artifacts[path].media_type.partition(";")
        assert entry["type"].partition(";")[0] == served
        assert entry["identifier"].startswith(f"urn:air:{domain}:")


def test_status_documents_claim_no_health_that_nobody_measured(preview: Rendering) -> None:
    for status in preview.facts.discovery.statuses.values():
        document = _json(preview, status.path)
        assert document["status"] == "warn"
        assert document["notes"]


def test_documents_hold_nothing_that_looks_like_a_key(preview: Rendering) -> None:
    prefixes = "|".join(key.prefix for key in preview.facts.keys.values())
    for artifact in preview.artifacts.values():
        assert not re.search(rf"(?:{prefixes})[A-Za-z0-9]{{16,}}", artifact.body.decode()), artifact.url


def test_the_start_page_links_where_discovery_begins(preview: Rendering) -> None:
    (name, value), *rest = preview.page_headers["/"]
    assert (name, rest) == ("Link", [])
    targets = dict(re.findall(r'<([^>]+)>; rel="([^"]+)"', value))
    assert targets[preview.facts.discovery.api_catalog.path] == "api-catalog"
    assert all(targets[service.path] == "service-desc" for service in preview.facts.discovery.services.values())


@pytest.mark.parametrize("build", BUILDS)
def test_a_published_contact_for_security_follows_its_specification(build: str, request: pytest.FixtureRequest) -> None:
    invented: Rendering = request.getfixturevalue(build)
    security = invented.facts.discovery.security
    assert security is not None
    artifact = invented.artifacts["/.well-known/security.txt"]
    assert artifact.media_type == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in artifact.body.decode().splitlines()]
    names = [name for name, _ in fields]
    assert names.count("Contact") == len(security.contacts) >= 1
    assert names.count("Expires") == names.count("Preferred-Languages") == 1
    assert [value for name, value in fields if name == "Contact"] == [*security.contacts]
    values = dict(fields)
    assert datetime.fromisoformat(values["Expires"]).date() == security.expires
    assert values["Canonical"] == invented.facts.site.origin + "/.well-known/security.txt"
    assert all(re.match(r"https://|mailto:", value) for name, value in fields[:2] + fields[4:])


@pytest.mark.parametrize("build", BUILDS)
def test_signals_for_crawlers_say_what_was_decided(build: str, request: pytest.FixtureRequest) -> None:
    invented: Rendering = request.getfixturevalue(build)
    lines = invented.artifacts["/robots.txt"].body.decode().splitlines()
    assert lines[:3] == ["User-agent: *", "Content-Signal: search=yes, ai-input=yes, ai-train=no", "Allow: /"]


@pytest.mark.parametrize("release", [False, True], ids=BUILDS)
def test_without_a_decision_there_is_no_signal_and_without_a_contact_no_file(release: bool, project: Path) -> None:
    for name, member in (("site", "content_signals"), ("discovery", "security")):
        file = project / "catalog" / f"{name}.yaml"
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        del data[member]
        file.write_text(json.dumps(data, default=str), encoding="utf-8")
    rendering = rendered(project, release=release)
    robots = rendering.artifacts["/robots.txt"].body.decode()
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {rendering.facts.site.origin}/sitemap.xml\n"
    assert not any("security.txt" in artifact.body.decode() for artifact in rendering.artifacts.values())


def test_what_is_assumed_of_crawlers_and_security_is_in_no_release(project: Path) -> None:
    for name, member in (("site", "content_signals"), ("discovery", "security")):
        file = project / "catalog" / f"{name}.yaml"
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        data[member]["provenance"] = {"checked": "2026-11-22", "confidence": "assumed"}
        file.write_text(json.dumps(data, default=str), encoding="utf-8")
    for release in (False, True):
        artifacts = rendered(project, release=release).artifacts
        assert ("/.well-known/security.txt" in artifacts) != release
        assert (b"Content-Signal" in artifacts["/robots.txt"].body) != release
