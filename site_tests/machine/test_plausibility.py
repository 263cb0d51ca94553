"""What is implausible is told at its place, once, and no more when somebody has accepted it.

The cases are data: `implausible.yaml` says what is changed in an invented provider's project and what is said about it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from agentdocs import plausibility
from agentdocs.catalog.reading import load
from agentdocs.cli import main
from agentdocs.schema.values import WarningKind
from click.testing import CliRunner

from site_tests.conftest import DAY, ROOT
from site_tests.machine.test_validation import apply
from site_tests.projects import EXEMPLA, MINIMAL, PROVIDERS, git, make_exempla, make_project

if TYPE_CHECKING:
    from click.testing import Result

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("implausible.yaml").read_text("utf-8"))
ELSEWHERE = {"TEMPLATES": ROOT / "templates", "MINIMAL": MINIMAL}
KINDS = {*get_args(get_args(WarningKind)[0])}


def project(root: Path, provider: str = "exempla", *, committed: bool = True) -> Path:
    """Make a project of an invented provider: `exempla` with the repository's templates, others without any."""
    if provider == "exempla":
        make_exempla(root)
    else:
        shutil.copytree(PROVIDERS / provider, root, dirs_exist_ok=True)
        git(root, "init", "--quiet")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message", "Begin")
    if not committed:
        shutil.rmtree(root / ".git")
    return root


def edited(root: Path, edits: list[dict[str, Any]]) -> None:
    for edit in edits:
        match edit:
            case {"copy": source, "to": target}:
                (root / target).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / source if (root / source).exists() else ROOT / source, root / target)
            case {"link": name, "to": target}:
                (root / name).symlink_to(ELSEWHERE[target])
            case _:
                apply(root, edit)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["promise"])
def test_a_project_is_warned_of_exactly_this(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, day = Path(), case.get("day", DAY)
    project(tmp_path, case.get("provider", "exempla"), committed=case.get("committed", True))
    monkeypatch.chdir(tmp_path)
    edited(root, case["edits"])
    verdict = plausibility.judge(root, load(root / "catalog", day), day)
    assert [str(doubt) for doubt in verdict.doubts] == case["warnings"]


def test_every_kind_is_explained_and_told_in_some_case() -> None:
    assert {*plausibility.KINDS} == KINDS
    assert all(check.__doc__ for check in plausibility.KINDS.values())
    told = "\n".join(line for case in CASES for line in case["warnings"])
    for kind in {*KINDS, plausibility.STALE}:
        assert f"[{kind}]" in told, f"no case shows {kind}"


def test_each_promise_is_made_once() -> None:
    promises = [case["promise"] for case in CASES]
    assert sorted(set(promises)) == sorted(promises)


@pytest.mark.parametrize(
    "text", ["- a\n", "pro: 5\nprepaid: {price_tokens: 0}\nprices: [5]\n", "not: [yaml\n", "\udcff"]
)
def test_prices_are_compared_with_whatever_was_committed(text: str, tmp_path: Path) -> None:
    root, names = project(tmp_path), ("plans.yaml", "billing.yaml", "models/z-ai/glm-5.yaml")
    for name in names:
        (root / "catalog" / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    git(root, "commit", "--quiet", "--all", "--message", "Break")
    for name in names:
        shutil.copy(EXEMPLA / "catalog" / name, root / "catalog" / name)
    assert plausibility.judge(root, load(root / "catalog", DAY), DAY).doubts == ()


def _run(*arguments: str, root: Path) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root), "--as-of", DAY.isoformat()])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that its site does not list, in a project that can be built."""
    root = make_project(project(tmp_path / "project", "minimal"))
    (root / "docs" / "new.md").write_text("# New\n", encoding="utf-8")
    return root / "docs" / "new.md"


def accept(root: Path) -> None:
    item = "- {warning: unlisted_page, file: docs/new.md, reason: It is for those who read the sources.}\n"
    (root / "catalog" / "accepted.yaml").write_text(item, encoding="utf-8")


def test_a_warning_ends_check_only_where_it_is_asked_to(page: Path) -> None:
    root = page.parent.parent
    warning = (
        f"warning: {page}: nobody can read this page; list it in catalog/site.yaml, or remove it [unlisted_page]\n"
    )
    for options, code in (((), 0), (("--strict",), 1), (("--release",), 0), (("--release", "--strict"), 1)):
        result = _run("check", *options, root=root)
        assert (result.exit_code, result.stderr) == (code, warning), options
    assert _run("check", "--strict", root=root).stdout.endswith("; 1 warning.\n")
    accept(root)
    result = _run("check", "--strict", root=root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("; no warnings, 1 accepted.\n")


def test_a_build_tells_warnings_and_ends_well(page: Path, tmp_path: Path) -> None:
    result = _run("build", "-o", str(tmp_path / "site"), root=page.parent.parent)
    assert result.exit_code == 0, result.output
    assert f"warning: {page}: nobody can read this page; " in result.stderr
    assert (tmp_path / "site" / "llms.txt").is_file()


def test_problems_are_told_first_and_warnings_once_they_are_mended(page: Path) -> None:
    root = page.parent.parent
    plans = root / "catalog" / "plans.yaml"
    plans.write_text(plans.read_text(encoding="utf-8").replace("price: unknown", "price: perhaps"), encoding="utf-8")
    result = _run("check", root=root)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{plans}:3:10: basic.price: 'perhaps' is not known here; ")
    assert "warning" not in result.stderr
