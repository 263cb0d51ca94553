"""OpenAPI descriptions, as openapi-spec-validator, redocly and spectral judge them, and as prism plays the API."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from site_tests import programs
from site_tests.consumers import node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from site_tests.consumers.published import Published


def _descriptions(published: Published, folder: Path) -> list[Path]:
    """Fetch every description into a folder."""
    files = []
    for name, service in published.facts.discovery.services.items():
        file = folder / f"{name}.json"
        file.write_bytes(published.get(service.path).content)
        files.append(file)
    assert files
    return files


def _operations(description: Any) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401
    for path, item in description["paths"].items():
        for method in item.keys() & {"get", "post", "put", "patch", "delete"}:
            yield path, method, item[method]


def _redocly(file: Path) -> list[str]:
    configuration = str(programs.folder(node.GROUP) / "redocly.yaml")
    result = node.run("redocly", "lint", "--config", configuration, "--format", "json", str(file), folder=file.parent)
    problems = json.loads(result.stdout)["problems"]
    assert (result.returncode == 0) == (problems == []), result.stderr
    return [f"{problem['ruleId']}: {problem['message']}" for problem in problems]


def _spectral(file: Path) -> list[str]:
    ruleset = str(programs.folder(node.GROUP) / "spectral.yaml")
    arguments = ("lint", "--ruleset", ruleset, "--fail-severity", "hint", "--format", "json", "--quiet", str(file))
    result = node.run("spectral", *arguments, folder=file.parent)
    problems = json.loads(result.stdout)
    assert (result.returncode == 0) == (problems == []), result.stderr
    return [f"{problem['code']}: {problem['message']}" for problem in problems]


def _no_security(description: Any) -> None:  # noqa: ANN401
    del next(_operations(description))[2]["security"]


def _no_title(description: Any) -> None:  # noqa: ANN401
    del description["info"]["title"]


def _unknown_reference(description: Any) -> None:  # noqa: ANN401
    next(_operations(description))[2]["responses"]["200"] = {"$ref": "#/components/responses/Nowhere"}


def test_openapi_spec_validator_refuses_a_broken_description(published: Published) -> None:
    for service in published.facts.discovery.services.values():
        validate(published.document(service.path))
        with published.altered(service.path, _no_title) as broken:
            description = broken.document(service.path)
        with pytest.raises(OpenAPIValidationError, match="'title' is a required property"):
            validate(description)


@pytest.mark.program("consumers")
def test_linters_find_nothing(published: Published, tmp_path: Path) -> None:
    for file in _descriptions(published, tmp_path):
        assert _redocly(file) == []
        assert _spectral(file) == []


@pytest.mark.program("consumers")
@pytest.mark.parametrize(
    ("lint", "change", "complaint"),
    [
        (_redocly, _no_security, "security-defined: Every operation should have security defined on it"),
        (_redocly, _unknown_reference, "no-unresolved-refs: Can't resolve $ref"),
        (_spectral, _no_title, 'oas3-schema: "info" property must have required property "title".'),
        (_spectral, _unknown_reference, "invalid-ref: "),
    ],
)
def test_linters_refuse_a_broken_description(
    lint: Callable[[Path], list[str]],
    change: Callable[[Any], object],
    complaint: str,
    published: Published,
    tmp_path: Path,
) -> None:
    service = next(iter(published.facts.discovery.services.values()))
    with published.altered(service.path, change) as broken:
        problems = lint(_descriptions(broken, tmp_path)[0])
    assert [problem for problem in problems if problem.startswith(complaint)], problems


@contextlib.contextmanager
def _mocked(file: Path) -> Iterator[str]:
    """Let prism play the described API, and give its address."""
    prism = programs.node_modules(node.GROUP) / ".bin" / "prism"
    command = [str(programs.find("node")), str(prism), "mock", str(file), "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(
        command,
        env={**os.environ, **node.QUIET},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        said = []
        assert process.stdout is not None
        try:
            for line in process.stdout:
                said.append(line)
                if found := re.search(r"Prism is listening on (http://[\d.:]+)", line):
                    yield found[1]
                    break
            else:
                pytest.fail("prism did not start: " + "".join(said))
        finally:
            programs.end(process)


def _ask(address: str, path: str, method: str, operation: Any, **headers: str) -> httpx.Response:  # noqa: ANN401
    """Send the first example request of an operation."""
    examples = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("examples", {})
    body = next((example["value"] for example in examples.values()), None)
    return httpx.request(method, address + path, json=body, headers=headers, timeout=60)


def _key_needed(operation: Any) -> bool:  # noqa: ANN401
    return {} not in operation["security"]


@pytest.mark.program("consumers")
def test_prism_answers_with_a_key_and_refuses_without(published: Published, tmp_path: Path) -> None:
    for file in _descriptions(published, tmp_path):
        operations = list(_operations(json.loads(file.read_text())))
        assert any(_key_needed(operation) for _, _, operation in operations)
        with _mocked(file) as address:
            for path, method, operation in operations:
                allowed = _ask(address, path, method, operation, Authorization="Bearer key")
                assert (allowed.status_code, allowed.headers.get("sl-violations")) == (200, None), path
                assert isinstance(allowed.json(), dict)
                refused = _ask(address, path, method, operation)
                assert refused.status_code == (401 if _key_needed(operation) else 200), path
                assert isinstance(refused.json(), dict)


@pytest.mark.program("consumers")
def test_prism_sees_a_missing_body_and_a_key_that_is_not_asked_for(published: Published, tmp_path: Path) -> None:
    def open_to_all(description: Any) -> None:  # noqa: ANN401
        for _, _, operation in _operations(description):
            operation["security"] = []

    service = next(iter(published.facts.discovery.services.values()))
    with published.altered(service.path, open_to_all) as broken:
        file = _descriptions(broken, tmp_path)[0]
    operations = list(_operations(json.loads(file.read_text())))
    with _mocked(file) as address:
        for path, method, operation in operations:
            assert _ask(address, path, method, operation).status_code == 200
            if method == "post":
                assert httpx.post(address + path, json={}, timeout=60).status_code != 200
