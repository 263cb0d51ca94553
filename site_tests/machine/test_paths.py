"""Paths with parameters: on pages and in skills, in data and descriptions, and where the stub answers."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema
import pytest
from agentdocs.stub import Stub

from site_tests.changes import change, data, description, document, problems
from site_tests.forwards import Stage
from site_tests.leaves import World, leaves
from site_tests.projects import VARIA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agentdocs.render import Rendering
    from agentdocs.schema.access import Operation

REPLICA = "/deployments/{deployment}/replicas/{replica}"


def _operations(rendering: Rendering) -> Iterator[tuple[str, str, Operation]]:
    """Yield those with parameters, with their names and the names of their APIs."""
    found = [
        (api, name, operation)
        for api, entry in rendering.facts.apis.items()
        for name, operation in entry.operations.items()
        if operation.parameters
    ]
    assert found
    yield from found


def test_tables_say_what_stands_for_each_parameter(varia: Rendering) -> None:
    skill = varia.artifacts["/.well-known/agent-skills/varia-api/SKILL.md"].body.decode()
    for text in (varia.pages["index.md"].markdown, skill):
        row = next(line for line in text.splitlines() if f"`GET {REPLICA}`" in line)
        assert (
            "| Tell how a replica does, with the name of a deployment for `{deployment}` and the number of a replica"
            " for `{replica}` |"
        ) in row


def test_nothing_to_copy_has_a_parameter_in_it(varia: Rendering) -> None:
    names = {name for _, _, operation in _operations(varia) for name in operation.parameters}
    blocks = [block for page in varia.pages.values() for block in re.findall(r"(?s)```\w+.*?```", page.markdown)]
    texts = [artifact.body.decode() for url, artifact in varia.artifacts.items() if url.startswith("/help/files/")]
    for artifact in varia.artifacts.values():
        if artifact.url.endswith("SKILL.md"):
            blocks += re.findall(r"(?s)```\w+.*?```", artifact.body.decode())
    assert len(blocks) > 20
    assert [text for text in [*blocks, *texts] for name in names if f"{{{name}}}" in text] == []


def test_a_description_declares_each_parameter_where_it_stands(varia: Rendering) -> None:
    for api, name, operation in _operations(varia):
        paths = description(varia, api)["paths"]
        (item,) = (item for path, item in paths.items() if path.endswith(operation.path))
        declared = item[operation.method.lower()]["parameters"]
        assert [each for each in declared if each["in"] == "path"] == [
            {
                "name": parameter,
                "in": "path",
                "required": True,
                "description": f"{varia.facts.apis[api].parameters[parameter].capitalize()}.",
                "schema": {"type": "string"},
            }
            for parameter in operation.parameters
        ], name


def test_requests_of_a_known_kind_are_described_by_it_wherever_they_are(varia: Rendering) -> None:
    paths = description(varia, "gateway")["paths"]
    older = paths["/deployments/{deployment}/chat/completions"]["post"]
    assert older["requestBody"] == paths["/chat/completions"]["post"]["requestBody"]
    one = description(varia, "chat")["paths"]["/models/{id}"]["get"]["responses"]["200"]["content"]
    assert one["application/json"]["schema"] == {"$ref": "#/components/schemas/Model"}


def test_version_2_of_the_data_has_addresses_to_fill_in(varia: Rendering) -> None:
    catalog = data(varia)
    jsonschema.validate(catalog, document(varia, "/help/catalog.v2.schema.json"))
    told = {(api["id"], each["id"]): each for api in catalog["apis"] for each in api["operations"]}
    entry = told["gateway", "replica"]
    assert entry["url"] == varia.facts.apis["gateway"].base_url + REPLICA
    assert entry["parameters"] == [
        {"name": "deployment", "meaning": "the name of a deployment"},
        {"name": "replica", "meaning": "the number of a replica"},
    ]
    assert told["gateway", "chat"]["parameters"] == []


def _ask(stub: Stub, method: str, path: str, key: str | None, body: Any = None) -> httpx.Response:  # noqa: ANN401
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(stub.application())
        async with httpx.AsyncClient(transport=transport, base_url="http://stub") as client:
            headers = {"Authorization": f"Bearer {stub.key(key)}"} if key else {}
            return await client.request(method, path, headers=headers, json=body)

    return asyncio.run(send())


@pytest.mark.parametrize(
    "name", ["recall-r", "meta-llama/llama-3.3-70b-instruct:free", "meta-llama%2Fllama-3.3-70b-instruct"]
)
def test_the_stub_tells_one_model_whatever_its_id(name: str, varia: Rendering) -> None:
    stub = Stub(varia.facts)
    answer = _ask(stub, "GET", f"/v1/models/{name}", None)
    assert (answer.status_code, answer.json()["id"]) == (200, name.replace("%2F", "/"))
    assert answer.json() in _ask(stub, "GET", "/v1/models", None).json()["data"]
    assert [request.operation for request in stub.requests] == ["model", "models"]


def test_the_stub_refuses_a_model_that_is_not_there_and_a_wrong_key(varia: Rendering) -> None:
    stub = Stub(varia.facts)
    assert _ask(stub, "GET", "/v1/models/nobody/nothing", None).status_code == 404
    assert _ask(stub, "GET", "/v1/models/recall-r", "manage").status_code == 401


def test_the_stub_answers_a_chat_at_any_deployment_and_no_other_path(varia: Rendering) -> None:
    stub = Stub(varia.facts)
    body = {"model": "recall-r", "messages": [{"role": "user", "content": "Reply with exactly: pong"}]}
    for deployment in ("mine", "with/slash"):
        path = f"/gateway/v1/deployments/{deployment}/chat/completions"
        answer = _ask(stub, "POST", f"{path}?api-version=2024-10-21", "gateway", body)
        assert answer.json()["choices"][0]["message"]["content"] == "pong"
        assert _ask(stub, "POST", path, None, body).status_code == 401
    assert {request.operation for request in stub.requests} == {"deployment_chat"}
    assert _ask(stub, "GET", "/gateway/v1/deployments/mine/replicas/1", "gateway").status_code == 404


def test_every_parameter_reaches_the_outputs_under_its_name_and_with_its_words() -> None:
    world = World.at(VARIA, templates=VARIA / "templates")
    stage = Stage(world, world.data)
    found = [leaf for leaf in leaves(world.data) if leaf.loc[0] == "apis" and leaf.loc[2:3] == ("parameters",)]
    assert {leaf.name for leaf in found} == {True, False}
    assert [(str(leaf), verdict) for leaf in found if (verdict := stage.judge(leaf)).how != "sentinel"] == []


# --- What is wrong


def _with(varia_project: Path, *, chat: str = "/chat/completions", **operations: str) -> list[str]:
    """Give the problems of paths that are written otherwise."""
    paths = {"chat": chat, **operations}
    for name, path in paths.items():
        entry = {"method": "GET", "path": path, "key": "required", "summary": "Answer"}
        change(varia_project, "apis.yaml", "manage", "operations", **{name: entry})
    return [problem.removeprefix("manage.") for problem in problems(varia_project)]


UNDESCRIBED = (
    "operations.one.path: {user} is not among the parameters of manage; say there what it is, or correct the name; "
)


@pytest.mark.parametrize(
    ("described", "right"),
    [({}, "known: none"), ({"users": "the user"}, "did you mean users?")],
    ids=["none", "another"],
)
def test_a_parameter_in_a_path_is_described(described: dict[str, str], right: str, varia_project: Path) -> None:
    change(varia_project, "apis.yaml", "manage", parameters=described)
    found = _with(varia_project, one="/users/{user}")
    assert [problem for problem in found if "no path" not in problem] == [UNDESCRIBED + right]


def test_a_parameter_stands_in_a_path_once(varia_project: Path) -> None:
    change(varia_project, "apis.yaml", "manage", parameters={"user": "a user"})
    assert _with(varia_project, one="/users/{user}/of/{user}") == [
        "operations.one.path: {user} appears here twice; give each its own name"
    ]


def test_a_parameter_that_is_described_stands_in_a_path(varia_project: Path) -> None:
    change(varia_project, "apis.yaml", "manage", parameters={"user": "a user", "usr": "a user"})
    assert _with(varia_project, one="/users/{user}") == [
        "parameters.usr: no path of manage has {usr}; write it into a path, or remove it"
    ]


def test_two_paths_do_not_differ_in_names_alone(varia_project: Path) -> None:
    change(varia_project, "apis.yaml", "manage", parameters={"user": "a user", "name": "a name"})
    assert _with(varia_project, one="/users/{user}", two="/users/{name}") == [
        "operations.two.path: '/users/{name}' and '/users/{user}' are the same except for names; "
        "use the same parameter names"
    ]


def test_what_clients_append_has_no_parameter(varia_project: Path) -> None:
    change(varia_project, "apis.yaml", "manage", parameters={"user": "a user"})
    assert _with(varia_project, chat="/users/{user}/chat/completions") == [
        "operations.chat.path: clients append the path of chat as it is, and fill in no {user}; give this operation "
        "another name, or write a path without parameters"
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/users/{user",
        "/users/user}",
        "/users/{}",
        "/users/{a b}",
        "/users/{a-b}",
        "/{{user}}",
        "/{user}?a=b",
        "{user}",
        "/{a/b}",
    ],
)
def test_braces_stand_around_names(path: str, varia_project: Path) -> None:
    (problem,) = _with(varia_project, one=path)
    assert problem.startswith(
        f"operations.one.path: '{path}' is not a path of requests, with each parameter as a name in braces; "
    )
