"""A project with some facts changed, and what it publishes as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from agentdocs.catalog import reading as catalogs
from agentdocs.errors import CatalogError

from site_tests.conftest import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering


def change(project: Path, file: str, *path: str, **members: Any) -> None:  # noqa: ANN401
    """Give one group of a file other members; None takes one away."""
    target = project / "catalog" / file
    data = yaml.safe_load(target.read_text(encoding="utf-8"))
    group = data
    for part in path:
        group = group[part]
    group.update(members)
    for name in [name for name, value in members.items() if value is None]:
        del group[name]
    target.write_text(json.dumps(data, default=str), encoding="utf-8")


def problems(project: Path) -> list[str]:
    """Say what is wrong with a catalog, each problem without its place in the file."""
    with pytest.raises(CatalogError) as caught:
        catalogs.load(project / "catalog", DAY)
    return [f"{problem.member}: {problem.wrong}; {problem.right}" for problem in caught.value.problems]


def document(rendering: Rendering, path: str) -> Any:  # noqa: ANN401
    """Give a document as data."""
    return json.loads(rendering.artifacts[path].body)


def data(rendering: Rendering) -> Any:  # noqa: ANN401
    """Give the catalog for programs."""
    assert rendering.facts.discovery.data is not None
    return document(rendering, rendering.facts.discovery.data.catalog.path)


def description(rendering: Rendering, api: str) -> Any:  # noqa: ANN401
    """Give the service description of an API."""
    return document(rendering, rendering.facts.discovery.describing(api).path)
