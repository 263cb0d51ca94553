"""What keeps the project pleasant to work in: every public name is explained, and every recipe is told."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import TYPE_CHECKING

import griffe
import pytest
import yaml
from agentdocs.cli import main

from site_tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


def _undocumented(member: griffe.Object | griffe.Alias) -> Iterator[str]:
    for inner in member.members.values():
        if inner.is_alias or inner.name.startswith("_"):
            continue
        if inner.is_module or inner.is_class or inner.is_function:
            if not inner.has_docstring:
                yield inner.path
            yield from _undocumented(inner)


def test_every_public_name_has_a_docstring() -> None:
    package = griffe.load("agentdocs", search_paths=[ROOT / "generator"])
    assert list(_undocumented(package)) == []


def _unexplained(member: griffe.Object | griffe.Alias) -> Iterator[str]:
    for inner in member.members.values():
        if inner.is_alias or inner.name.startswith("_"):
            continue
        if inner.is_module or inner.is_class:
            yield from _unexplained(inner)
        elif member.is_class and isinstance(inner, griffe.Attribute) and inner.annotation and not inner.has_docstring:
            yield inner.path


def test_every_member_of_the_catalog_is_explained() -> None:
    schema = griffe.load("agentdocs.schema", search_paths=[ROOT / "generator"])
    unexplained = list(_unexplained(schema))
    assert unexplained == [], "the reference of the catalog says nothing of these; write a docstring below each"


def test_the_readme_names_every_recipe_and_make_help_lists_it() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipes = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert sorted(recipes) == sorted(phony.split())
    help_text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for recipe in recipes:
        assert f"make {recipe} " in help_text


def test_lock_files_name_no_host_and_carry_hashes() -> None:
    locks = [*ROOT.glob("*.lock"), *ROOT.glob("site_tests/programs/*/*.lock")]
    assert len(locks) > 1
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock
        assert "--hash=sha256:" in text, lock
    groups = list(ROOT.glob("site_tests/programs/*/package.json"))
    assert groups
    for group in groups:
        packages = json.loads(group.with_name("package-lock.json").read_text(encoding="utf-8"))["packages"]
        for name, package in packages.items():
            assert "resolved" not in package, f"{group.parent.name}: {name}"  # would name the host
            own = name and not package.get("inBundle")  # what another package brings is checked with it
            assert not own or package["integrity"].startswith("sha512-"), f"{group.parent.name}: {name}"


def test_pre_commit_runs_the_checks_of_make_lint() -> None:
    configuration = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    hooks = {hook["id"]: hook["entry"] for repository in configuration["repos"] for hook in repository["hooks"]}
    assert hooks["format"] == ".venv/bin/ruff format --check"
    assert {"lint", "types", "spelling", "catalog"} <= hooks.keys()


_SPAN = re.compile(r"`([^`\n]+)`")


def _known(word: str) -> bool:
    """Tell whether a word of a guide is a file or folder that is there, or a command that can be run."""
    first, *rest = word.split()
    if first == "make":
        return all(
            re.search(rf"^{re.escape(recipe)}:", (ROOT / "Makefile").read_text(), re.MULTILINE) for recipe in rest
        )
    if first in (".venv/bin/agentdocs", "agentdocs"):
        return rest[0] in main.commands and all(
            any(option in parameter.opts for parameter in main.commands[rest[0]].params)
            for option in rest[1:]
            if option.startswith("--")
        )
    if first in (".venv/bin/pytest", ".venv/bin/pre-commit"):
        named = [word for word in rest if "/" in word]
        return (ROOT / first).is_file() and all((ROOT / word).is_file() for word in named)
    return (ROOT / first).exists()


def test_every_path_and_command_that_contributing_names_is_there() -> None:
    words = _SPAN.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert len(words) > 20
    unpublished = "published.txt"  # comes with the first release
    assert [word for word in words if word != unpublished and not _known(word)] == []


@pytest.mark.parametrize("word", ["make tests", "agentdocs inspect", "agentdocs check --loud", "catalog/nothing.yaml"])
def test_a_path_or_command_that_is_not_there_is_found(word: str) -> None:
    assert not _known(word)


def test_the_changelog_has_the_version_of_the_package_and_a_place_for_what_is_next() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert headings[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(version)} \(\d{{4}}-\d\d-\d\d\)", headings[1])


def test_the_readme_of_the_tests_names_each_folder_and_module_and_nothing_else() -> None:
    folder = ROOT / "site_tests"
    tracked = subprocess.run(["git", "ls-files"], cwd=folder, capture_output=True, text=True, check=True).stdout.split()
    top = {path.partition("/")[0] + "/" * ("/" in path) for path in tracked}
    text = (folder / "README.md").read_text(encoding="utf-8")
    named = {word for row in re.findall(r"^\| (`.+?`) \|", text, re.MULTILINE) for word in _SPAN.findall(row)}
    named |= set(re.findall(r"`([a-z]+\.yaml)`", text)) & top
    assert top - named - {"README.md", "__init__.py"} == set()
    assert named - top == set()
