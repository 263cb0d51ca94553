"""A catalog with something wrong is refused with every line that helps to mend it, and with nothing else.

Most cases are data: `broken.yaml` says what is changed in a copy of `catalog/` and what is said about it.
"""

from __future__ import annotations

import inspect
import os
import pkgutil
import re
import shutil
from dataclasses import FrozenInstanceError
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import agentdocs.schema
import pytest
import yaml
from agentdocs.catalog.folder import FOLDERS
from agentdocs.catalog.reading import load
from agentdocs.errors import CatalogError, OutputError
from agentdocs.schema import Facts
from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from agentdocs.catalog.catalog import Catalog

DAY = date(2026, 11, 23)
CATALOG = Path(__file__).parent.parent / "providers" / "exempla" / "catalog"
"""The catalog of an invented provider: positions in messages must not move when a real fact is edited."""
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("broken.yaml").read_text("utf-8"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the catalog, under the name that messages show."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CATALOG, "catalog")
    return Path("catalog")


@pytest.fixture
def broken(folder: Path, case: dict[str, Any]) -> Path:
    """Give the catalog after a case's edits. An edit that does not apply is an error of the test itself."""
    for edit in case["edits"]:
        apply(folder, edit)
    return folder


def apply(folder: Path, edit: dict[str, Any]) -> None:
    match edit:
        case {"remove": name, **rest} if not rest:
            (folder / name).unlink()
        case {"move": name, "to": target, **rest} if not rest:
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(folder / target)
        case {"file": name, **change}:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(changed(path, change))
        case _:
            raise ValueError(f"{edit} is no edit")


def changed(path: Path, change: dict[str, Any]) -> bytes:
    if "join" in change:
        change = {**change, "by" if "replace" in change else "append": "".join(change["join"])}
        del change["join"]
    match change:
        case {"replace": str(old), "by": str(new), **rest} if not rest:
            text = path.read_text("utf-8")
            if text.count(old) != 1:
                raise ValueError(f"{path}: {old!r} occurs {text.count(old)} times, not once")
            return text.replace(old, new).encode()
        case {"append": str(end), **rest} if not rest:
            return path.read_bytes() + end.encode()
        case {"content": str(text), **rest} if not rest:
            return text.encode()
        case {"bytes": str(digits), **rest} if not rest:
            return bytes.fromhex(digits)
    raise ValueError(f"{change} does not say how {path} changes")


def problems(folder: Path) -> list[str]:
    """Load a catalog and give the lines about it, none if it is sound."""
    try:
        load(folder, DAY)
    except CatalogError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["promise"])
def test_a_catalog_is_refused_with_exactly_these_lines(broken: Path, case: dict[str, Any]) -> None:
    lines = [re.sub(r"\d{4}-\d\d-\d\d at the latest", "TODAY at the latest", line) for line in problems(broken)]
    assert lines == case["problems"]


def test_each_promise_is_made_once() -> None:
    promises = [case["promise"] for case in CASES]
    assert sorted(set(promises)) == sorted(promises)


def test_the_invented_catalog_loads() -> None:
    assert isinstance(load(CATALOG, DAY).facts, Facts)


def test_the_invented_catalog_loads_for_the_newest_day_on_which_a_fact_was_checked() -> None:
    assert isinstance(load(CATALOG).facts, Facts)


def test_everything_is_reported_at_once_in_the_order_of_files_and_lines(folder: Path) -> None:
    edits = [
        ("site.yaml", "origin: https://exempla.ai", "origin: http://exempla.ai"),
        ("plans.yaml", "as_of: 2026-06-10", "as_of: 2026-06-31"),
        ("plans.yaml", "name: Free", "name: 1"),
        ("models/z-ai/glm-5.yaml", "output: 3.20", "output: -3.20"),
        ("models/qwen/qwen3-coder.yaml", "id: qwen/qwen3-coder", "id: qwen/coder"),
        ("limits.yaml", "amount: 30", "amount: 0"),
        ("limits.yaml", "amount: 20", "amount: yes"),
        ("keys.yaml", "opens: agents", "opens: inference"),
        ("estimates.yaml", "{low: 30, high: 150}", "{low: 30, high: 15}"),
        ("clients/curl.yaml", "kind: command", "knid: command"),
        ("authors.yaml", "z-ai: {name: Z.ai}", "z-ai: {name: Z.ai"),
        ("provider.yaml", "privacy@exempla.ai", "privacy at exempla.ai"),
    ]
    for name, old, new in edits:
        apply(folder, {"file": name, "replace": old, "by": new})

    with pytest.raises(CatalogError) as caught:
        load(folder, DAY)

    assert [(problem.file, problem.line, problem.member) for problem in caught.value.problems] == [
        ("catalog/apis.yaml", 6, "agents.key"),
        ("catalog/authors.yaml", 10, ""),
        ("catalog/clients/curl.yaml", 1, "kind"),
        ("catalog/clients/curl.yaml", 3, "knid"),
        ("catalog/estimates.yaml", 25, "classes.premium.requests_per_month.pro"),
        ("catalog/keys.yaml", 6, "chat_agent.opens"),
        ("catalog/limits.yaml", 4, "browser_chat.rates[0].amount"),
        ("catalog/limits.yaml", 16, "agents_per_key.rates[0].amount"),
        ("catalog/models/qwen/qwen3-coder.yaml", 1, "id"),
        ("catalog/models/z-ai/glm-5.yaml", 6, "prices[0].output"),
        ("catalog/plans.yaml", 2, "free.name"),
        ("catalog/plans.yaml", 15, "pro.price.as_of"),
        ("catalog/provider.yaml", 12, "legal.privacy_contact"),
        ("catalog/site.yaml", 1, "origin"),
    ]
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]


LEFT_OUT = {"brand", "limits", "estimates", "assistants", "incompatible", "accepted"}


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_a_file_that_a_provider_may_lack_can_be_left_out(folder: Path, name: str) -> None:
    (folder / f"{name}.yaml").unlink()
    assert getattr(load(folder, DAY).facts, name) == Facts.model_fields[name].get_default()


@pytest.mark.parametrize("name", sorted(Facts.model_fields.keys() - LEFT_OUT - {"authors", *FOLDERS}))
def test_a_file_that_every_provider_needs_is_asked_for_in_one_line(folder: Path, name: str) -> None:
    (folder / f"{name}.yaml").unlink()
    assert problems(folder) == [f"catalog/{name}.yaml: the file is missing; write it"]


def test_a_folder_in_the_place_of_a_file_is_no_file(folder: Path) -> None:
    (folder / "plans.yaml").unlink()
    (folder / "plans.yaml").mkdir()
    assert problems(folder) == ["catalog/plans.yaml: is a folder, not a file; put a file in its place"]


def test_a_file_that_cannot_be_read_is_reported_once(folder: Path) -> None:
    (folder / "plans.yaml").unlink()
    (folder / "plans.yaml").symlink_to("elsewhere.yaml")
    reported = problems(folder)
    assert len(reported) == 1
    assert reported[0].startswith("catalog/plans.yaml: cannot be read: No such file or directory; ")


@pytest.mark.parametrize(
    "value",
    [pytest.param("9" * 5000, id="long"), pytest.param("[" * 3000 + "]" * 3000, id="deep")],
)
def test_a_value_is_refused_however_long_or_deep_it_is(folder: Path, value: str) -> None:
    apply(folder, {"file": "plans.yaml", "replace": "amount: 19", "by": f"amount: {value}"})
    with pytest.raises(CatalogError, match=r"^catalog/plans\.yaml:12:\d+: "):
        load(folder, DAY)


def test_a_missing_folder_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match=r"\Acatalog: there is no such folder; [^\n]+\Z"):
        load(Path("catalog"), DAY)


def test_a_file_is_no_catalog_folder(folder: Path) -> None:
    with pytest.raises(OutputError, match=r"\Acatalog/plans\.yaml: there is no such folder; [^\n]+\Z"):
        load(folder / "plans.yaml", DAY)


@pytest.mark.parametrize("name", [".", "models"])
def test_an_unreadable_folder_is_said_in_one_line(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unreadable = folder / name

    def refuse(path: str | Path, mode: int) -> bool:
        return Path(path) != unreadable or mode == os.F_OK

    monkeypatch.setattr(os, "access", refuse)  # the superuser, as whom tests may run, could read every folder
    with pytest.raises(OutputError, match=rf"\A{unreadable}: cannot be read: Permission denied; [^\n]+\Z"):
        load(folder, DAY)


def model_classes() -> list[type[BaseModel]]:
    modules = [
        import_module(f"{agentdocs.schema.__name__}.{module.name}")
        for module in pkgutil.iter_modules(agentdocs.schema.__path__)
    ]
    return [
        member
        for module in [agentdocs.schema, *modules]
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, BaseModel) and member.__module__ == module.__name__
    ]


def test_the_classes_of_the_catalog_are_found() -> None:
    assert Facts in model_classes()
    assert len(model_classes()) > len(Facts.model_fields)


@pytest.mark.parametrize("model", model_classes(), ids=lambda model: model.__name__)
def test_a_class_of_the_catalog_is_closed_frozen_and_strict(model: type[BaseModel]) -> None:
    config = model.model_config
    assert (config.get("extra"), config.get("frozen"), config.get("strict")) == ("forbid", True, True)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(CATALOG, DAY)


def assigned(group: BaseModel, member: str) -> bool:
    try:
        setattr(group, member, None)
    except ValidationError:
        return False
    return True


def test_loaded_facts_cannot_be_assigned_to(catalog: Catalog) -> None:
    loaded = [((), catalog.facts), *((loc, group) for loc, group, _ in catalog.groups())]
    members = [(loc, group, member) for loc, group in loaded for member in type(group).model_fields]
    assert [(*loc, member) for loc, group, member in members if assigned(group, member)] == []


def test_a_loaded_catalog_cannot_get_other_facts(catalog: Catalog) -> None:
    member = "facts"
    with pytest.raises(FrozenInstanceError):
        setattr(catalog, member, catalog.facts)
