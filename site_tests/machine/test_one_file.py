"""One file is enough for a catalog: what stands in it is told of, dated and linked like what stands in files."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs import plausibility
from agentdocs.catalog.reading import load
from agentdocs.errors import CatalogError
from agentdocs.project import Project
from agentdocs.render import render

from site_tests.conftest import DAY
from site_tests.machine.test_validation import CASES, CATALOG, apply, problems
from site_tests.projects import MINIMAL, commit, git, make_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.artifact import Page

FILE = "catalog/catalog.yaml"


@dataclass(frozen=True)
class Joined:
    """A catalog's files in one."""

    text: str
    starts: dict[str, tuple[int, int, str]]
    """Of each file the line before its first one, how far its lines are indented, and the member that it is."""

    def moved(self, line: str) -> str:
        """Say of a problem in a file where it stands in the joined one."""
        match = re.fullmatch(r"catalog/(\S+?)\.yaml:(\d+):(\d+):(?: ([^:]+):(?= ))?(.*)", line)
        assert match, line
        before, indent, member = self.starts[match[1]]
        names = "|".join(name for name in self.starts if "/" not in name)
        wrong = re.sub(rf"\b(?:catalog/)?({names})\.yaml\b", r"catalog.yaml (\1)", match[5])
        inner = "".join(["", "" if (match[4] or "[").startswith("[") else ".", match[4] or ""])
        return f"{FILE}:{before + int(match[2])}:{indent + int(match[3])}: {member}{inner}:{wrong}"


def join(folder: Path) -> Joined:
    """Put what all files of a catalog say into one, each line as it is but for its indentation."""
    lines: list[str] = []
    starts = {}
    for path in sorted(folder.rglob("*.yaml"), key=lambda path: (path.parent == folder, path)):
        name = path.relative_to(folder).as_posix().removesuffix(".yaml")
        member, _, entry = name.partition("/")
        if f"{member}:" not in lines:
            lines.append(f"{member}:")
        if entry:
            lines.append(f"  {entry}:")
        depth = 4 if entry else 2
        starts[name] = (len(lines), depth, f"{member}.{entry}" if entry else member)
        lines += [f"{' ' * depth}{line}" for line in path.read_text(encoding="utf-8").splitlines()]
    return Joined("\n".join(lines) + "\n", starts)


def joined(folder: Path) -> Joined:
    """Leave a folder with the joined file, and with what is no YAML."""
    made = join(folder)
    for path in folder.rglob("*.yaml"):
        path.unlink()
    (folder / "catalog.yaml").write_text(made.text, encoding="utf-8")
    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the invented catalog, under the name that messages show."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CATALOG, "catalog")
    return Path("catalog")


def test_a_catalog_in_one_file_states_the_same(folder: Path) -> None:
    before = load(folder, DAY).facts
    joined(folder)
    assert load(folder, DAY).facts == before


def test_a_model_in_one_file_needs_no_id_of_its_own(folder: Path) -> None:
    before = load(folder, DAY).facts
    joined(folder)
    file = folder / "catalog.yaml"
    file.write_text(re.sub(r"^    id: .*\n", "", file.read_text(), flags=re.MULTILINE), encoding="utf-8")
    assert load(folder, DAY).facts == before


def mappable(case: dict[str, Any]) -> bool:
    """Tell whether a case changes single lines of files that are there, and is told of at their places."""
    changes = all({"file", "replace", "by"} == edit.keys() for edit in case["edits"])
    places = all(re.match(r"catalog/\S+?\.yaml:\d+:\d+:", line) for line in case["problems"])
    syntax = any("not YAML" in line or "contains itself" in line for line in case["problems"])
    return changes and places and not syntax and "looks like a real key" not in str(case["problems"])


MAPPABLE = [case for case in CASES if case["problems"] and mappable(case)]


def test_most_cases_can_be_told_of_one_file() -> None:
    assert len(MAPPABLE) > len(CASES) / 2


@pytest.mark.parametrize("case", MAPPABLE, ids=lambda case: case["promise"])
def test_a_problem_is_told_at_its_place_in_the_one_file(folder: Path, case: dict[str, Any]) -> None:
    for edit in case["edits"]:
        apply(folder, edit)
    made = joined(folder)
    told = [re.sub(r"\d{4}-\d\d-\d\d at the latest", "TODAY at the latest", line) for line in problems(folder)]
    assert sorted(told) == sorted(made.moved(line) for line in case["problems"])


def whole(folder: Path) -> str:
    """Join all but models, clients and recordings, and leave those where they are."""
    text = ""
    for path in sorted(folder.glob("*.yaml")):
        text += f"{path.stem}:\n" + "".join(f"  {line}\n" for line in path.read_text().splitlines())
        path.unlink()
    (folder / "catalog.yaml").write_text(text, encoding="utf-8")
    return text


def test_files_beside_the_one_file_are_part_of_the_catalog(folder: Path) -> None:
    before = load(folder, DAY).facts
    whole(folder)
    assert load(folder, DAY).facts == before


def test_what_stands_in_the_one_file_and_in_another_is_refused_at_its_place(folder: Path) -> None:
    text = whole(folder)
    model = (folder / "models" / "z-ai" / "glm-5.yaml").read_text()
    (folder / "plans.yaml").write_text("pro: {}\n", encoding="utf-8")
    added = "models:\n  z-ai/glm-5:\n" + "".join(f"    {line}\n" for line in model.splitlines())
    (folder / "catalog.yaml").write_text(text + added, encoding="utf-8")
    plans, end = text.splitlines().index("plans:") + 1, text.count("\n") + 2
    assert [line for line in problems(folder) if "is also in" in line] == [
        f"{FILE}:{plans}:1: plans: is also in catalog/plans.yaml; keep one of the two",
        f"{FILE}:{end}:3: models.z-ai/glm-5: is also in catalog/models/z-ai/glm-5.yaml; keep one of the two",
    ]


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("models: [a]", "END:9: models: is not a mapping; write its members below it, indented"),
        ("clients:", "END:9: clients: is not a mapping; write its members below it, indented"),
        ("plan: {}", "END:1: plan: is not a member here; did you mean plans?"),
        ("models: {z ai: {}}", "END:10: models.z ai: 'z ai' is not a model id, which cannot have ' '; "),
        ("clients: {Curl: {}}", "END:11: clients.Curl: 'Curl' is not an identifier in lower case; write curl"),
    ],
)
def test_what_the_one_file_may_not_have_is_refused_at_its_place(folder: Path, added: str, told: str) -> None:
    text = whole(folder)
    (folder / "catalog.yaml").write_text(f"{text}{added}\n", encoding="utf-8")
    expected = told.replace("END", f"{FILE}:{text.count(chr(10)) + 1}")
    assert [line for line in problems(folder) if line.startswith(expected)], problems(folder)


def test_a_list_is_no_catalog(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "catalog.yaml").write_text("- plans\n", encoding="utf-8")
    assert problems(folder)[0] == f"{FILE}:1:1: is not a mapping; write its members below it, indented"


def test_each_member_that_is_missing_is_asked_for_once(folder: Path) -> None:
    joined(folder)
    file = folder / "catalog.yaml"
    file.write_text(re.sub(r"(?m)^(plans|keys):\n(?:  .*\n|\n)+", "", file.read_text()), encoding="utf-8")
    assert problems(folder) == [
        f"{FILE}:1:1: keys: is missing; add it, or write catalog/keys.yaml",
        f"{FILE}:1:1: plans: is missing; add it, or write catalog/plans.yaml",
    ]


def test_a_broken_file_hides_what_it_has_and_nothing_is_missing(folder: Path) -> None:
    whole(folder)
    file = folder / "catalog.yaml"
    file.write_text(file.read_text() + "{", encoding="utf-8")
    assert [re.sub(r":\d+:\d+:.*", "", line) for line in problems(folder)] == [FILE]


def test_a_real_key_is_told_once(folder: Path) -> None:
    joined(folder)
    file = folder / "catalog.yaml"
    file.write_text("# sk" + "-" + "a1B2c3D4e5F6g7H8i9J0k1L2\n" + file.read_text(), encoding="utf-8")
    (told,) = problems(folder)
    assert re.fullmatch(rf"{FILE}:1:3:.* this looks like a real key; revoke that key and remove it", told)


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """The project of the minimal provider with its catalog in one file, and a history."""
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    joined(root / "catalog")
    make_project(root)
    commit(root)
    return root


def pages(root: Path) -> Iterator[Page]:
    yield from render(Project.at(root), day=DAY).pages.values()


def test_pages_are_dated_and_edited_by_the_one_file(minimal: Path) -> None:
    edited = {page.source: page.edit for page in pages(minimal)}
    assert edited["list/plain/plain-1.md"] == FILE
    assert edited["index.md"] == "docs/index.md"
    file = minimal / FILE
    file.write_text(file.read_text().replace("name: Plain Words", "name: Plainer Words"), encoding="utf-8")
    git(minimal, "commit", "--quiet", "--all", "--message", "Rename", day="2031-05-04")
    assert {page.updated.isoformat() for page in pages(minimal) if page.updated} == {"2031-05-04"}


def test_a_page_that_misses_an_entry_blames_its_member(minimal: Path) -> None:
    page = minimal / "docs" / "index.md"
    page.write_text(page.read_text() + "\n{{ clients.nobody.name }} {{ plans.gold.name }}\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"catalog/catalog\.yaml:\d+:1: clients: has no 'nobody', which "):
        render(Project.at(minimal), day=DAY)


def test_warnings_stand_at_their_place_and_can_be_accepted(minimal: Path) -> None:
    file = minimal / FILE
    text = file.read_text()
    file.write_text(text.replace("name: Plain 1", "name: Plain 1 # (old)"), encoding="utf-8")
    verdict = plausibility.judge(minimal, load(minimal / "catalog", DAY), DAY)
    line = file.read_text().splitlines().index("    name: Plain 1 # (old)") + 1
    assert [str(doubt).partition(";")[0] for doubt in verdict.doubts] == []
    file.write_text(text.replace("name: Plain 1", "name: Plain 1 #old"), encoding="utf-8")
    (doubt,) = plausibility.judge(minimal, load(minimal / "catalog", DAY), DAY).doubts
    assert str(doubt).startswith(f"{file}:{line}:19: models.plain/plain-1.name: the text ends before '#old'")
    accepted = (
        f"accepted:\n- {{warning: cut_text, file: {FILE}, member: models.plain/plain-1.name, reason: It is so.}}\n"
    )
    file.write_text(file.read_text() + accepted, encoding="utf-8")
    verdict = plausibility.judge(minimal, load(minimal / "catalog", DAY), DAY)
    assert (verdict.doubts, verdict.accepted) == ((), 1)


def test_a_price_that_jumps_in_the_one_file_is_told(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(CATALOG, root / "catalog")
    joined(root / "catalog")
    make_project(root, docs=CATALOG.parent / "docs")
    commit(root)
    file = root / FILE
    file.write_text(file.read_text().replace("output: 3.20", "output: 3200"), encoding="utf-8")
    verdict = plausibility.judge(root, load(root / "catalog", DAY), DAY)
    told = [str(doubt) for doubt in verdict.doubts if doubt.kind == "price_jump"]
    assert len(told) == 1
    assert "models.z-ai/glm-5.prices[0].output: 3200 is 1,000 times 3.20, as the newest commit has it" in told[0]
