"""The page on architecture says which room of the generator imports which, and the code does what it says."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from site_tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "generator" / "agentdocs"
PAGE = ROOT / "docs" / "maintaining" / "architecture.md"


def table() -> dict[str, set[str]]:
    """Read the table of rooms, from the one that imports nothing on."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {room: set(re.findall(r"`(\w+)`", imports)) for room, imports in rows}


def room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


ROOMS = sorted({room(file) for file in PACKAGE.rglob("*.py")})


def imported(code: str) -> Iterator[str]:
    """Yield the rooms that a module imports, also for its types alone and inside of functions."""
    for node in ast.walk(ast.parse(code)):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for first, *rest in (name.split(".") for name in names):
            if first == "agentdocs":
                yield rest[0] if rest and rest[0] in ROOMS else "__init__"


def real(name: str) -> set[str]:
    files = [file for file in PACKAGE.rglob("*.py") if room(file) == name]
    return {other for file in files for other in imported(file.read_text(encoding="utf-8"))} - {name}


def test_every_room_is_in_the_table() -> None:
    assert sorted(table()) == ROOMS, f"name each room of {PACKAGE} in {PAGE}, below those that it imports"


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_what_the_table_says(name: str) -> None:
    assert real(name) == table()[name], f"{PAGE}: the row of {name} says otherwise than its imports"


def test_a_room_imports_only_those_above_it_so_that_there_is_no_circle() -> None:
    above: set[str] = set()
    for name, imports in table().items():
        assert imports <= above, f"{name} imports what stands below it: {sorted(imports - above)}"
        above.add(name)


def test_imports_are_found_wherever_they_stand() -> None:
    code = """
from agentdocs import history, __version__
import agentdocs.schema.base
if TYPE_CHECKING:
    from agentdocs.render import Rendering
def later():
    from agentdocs.site.pages import Pages
"""
    assert [*imported(code)] == ["history", "__init__", "schema", "render", "site"]
