"""What hosts are told grows with the kinds of file and not with the models; a limit of a host is told for that host."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from agentdocs.cli import main
from agentdocs.hosting import limits, planned, table
from agentdocs.hosting.cloudflare import header_rules
from agentdocs.hosting.limits import exceeded
from agentdocs.hosting.rules import rules
from agentdocs.mkdocs.build import build
from agentdocs.output import SIGNATURE
from click.testing import CliRunner

from site_tests.conftest import DAY
from site_tests.hosting.comparison import differences
from site_tests.hosting.hosts import start
from site_tests.hosting.test_cloudflare import without_worker
from site_tests.projects import EXEMPLA, MINIMAL, commit, make_project, rendered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering
    from click.testing import Result

CATALOG = EXEMPLA / "catalog"


def with_models(folder: Path, catalog: Path, model: str, count: int) -> Path:
    """Make a project of a catalog with as many copies of a model besides."""
    shutil.copytree(catalog, folder / "catalog")
    file = folder / "catalog" / "models" / f"{model}.yaml"
    text = re.sub(r"^aliases: .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for number in range(count):
        name = f"{model}-v{number}.5"
        copy = text.replace(f"id: {model}\n", f"id: {name}\n")
        (folder / "catalog" / "models" / f"{name}.yaml").write_text(copy, encoding="utf-8")
    return make_project(folder, docs=EXEMPLA / "docs")


def patterns(rendering: Rendering) -> list[str]:
    """List what the rules of `_headers` are for."""
    entries = planned(rendering)
    return [pattern for pattern, _, _ in header_rules(rules(entries), entries)]


def test_there_are_as_many_rules_for_more_models(tmp_path: Path) -> None:
    few, many = (rendered(with_models(tmp_path / str(count), CATALOG, "qwen/qwen3-coder", count)) for count in (1, 40))
    assert len(many.artifacts) > len(few.artifacts) + 39 * 20
    assert patterns(many) == patterns(few)
    assert len(patterns(many)) < limits.RULES / 2
    assert "/docs/agents/snippets/qwen-code/*/settings.json" in patterns(many)
    few_rules, many_rules = (rules(planned(rendering)) for rendering in (few, many))
    assert many_rules == few_rules


@pytest.mark.thorough
def test_a_thousand_models_have_as_many_rules_as_one(tmp_path: Path, tell: Callable[..., None]) -> None:
    rendering = rendered(with_models(tmp_path, CATALOG, "qwen/qwen3-coder", 1000))
    assert len(rendering.facts.models) > 1000
    count = len(patterns(rendering))
    tell("1,000 models: {rules} rules of _headers for {files:,} files.", rules=count, files=len(rendering.urls))
    assert count < limits.RULES / 2
    (told,) = exceeded(rendering, planned(rendering))
    assert re.match(r"cloudflare: there are at least \d\d,\d{3} files, but Cloudflare Pages takes only 20,000; ", told)


@pytest.mark.program("hosts")
def test_more_models_are_answered_as_the_table_says_with_the_worker_and_without(tmp_path: Path) -> None:
    root, folder = with_models(tmp_path / "project", CATALOG, "qwen/qwen3-coder", 40), tmp_path / "site"
    rendering = build(root, folder, day=DAY)
    entries = table(folder, rendering)
    with start("cloudflare", folder, rendering, tmp_path / "with") as host:
        assert differences(host, entries, folder) == []
    (folder / "_worker.js").unlink()
    with start("cloudflare", folder, rendering, tmp_path / "without") as host:
        assert without_worker(host, entries, folder) == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of the minimal provider with a history, whose catalog a test may change."""
    shutil.copytree(MINIMAL, tmp_path / "project")
    root = make_project(tmp_path / "project")
    commit(root)
    return root


LIMITS = {
    "RULES": (5, r"cloudflare: _headers has \d+ rules, but Cloudflare Pages reads only 5; "),
    "FILES": (9, r"cloudflare: there are at least \d+ files, but Cloudflare Pages takes only 9; "),
    "BYTES": (3000, r"cloudflare: llms-full\.txt has [\d,]+ bytes, but Cloudflare Pages takes only 3,000; "),
    "STATIC": (0, r"cloudflare: _redirects has 1 paths, but Cloudflare Pages reads only 0; "),
    "DYNAMIC": (0, r"cloudflare: _redirects has 1 patterns, but Cloudflare Pages reads only 0; "),
    "PARAMETER": (50, r"nginx: the pattern of shared\.conf has \d+ characters, but nginx reads only 49; "),
}


@pytest.mark.parametrize("name", LIMITS)
def test_check_tells_the_limit_of_a_host_that_the_catalog_names(
    name: str, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = small / "catalog" / "site.yaml"
    text = site.read_text(encoding="utf-8") + "moved: {/help/old/: /help/list/}\n"
    site.write_text(text, encoding="utf-8")
    check = ["check", "--root", str(small), "--as-of", DAY.isoformat()]
    assert _warnings(CliRunner().invoke(main, check)) == []
    value, warning = LIMITS[name]
    monkeypatch.setattr(limits, name, value)
    result = CliRunner().invoke(main, check)
    assert result.exit_code == 0
    found = [line for line in _warnings(result) if re.match(f"warning: {warning}", line)]
    assert len(found) == 1, result.stderr
    assert found[0].endswith("; fix that, or leave this host out of hosts in site.yaml")
    site.write_text(f"{text}hosts: [caddy]\n", encoding="utf-8")
    assert _warnings(CliRunner().invoke(main, check)) == []


def _warnings(result: Result) -> list[str]:
    """Give what a command warns of, except that a project without a history has no days."""
    return [line for line in result.stderr.splitlines() if "pages have no dates" not in line]


def test_a_line_that_is_too_long_is_told(preview: Rendering, entries: dict[str, Entry]) -> None:
    long = {url: replace(entry, policy="script-src " + "x" * 5000) for url, entry in entries.items()}
    told = list(exceeded(preview, long))
    assert told[0].startswith("nginx: Content-Security-Policy has 5,014 characters, but nginx reads only 4,095; ")
    assert told[1].startswith("cloudflare: Content-Security-Policy of /* takes 5,038 characters, but Cloudflare Pages ")
    assert list(exceeded(preview, entries)) == []


def test_a_build_beyond_a_limit_is_made_and_warns(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES", 20)
    rendering = build(small, tmp_path / "site", day=DAY)
    count = sum(file.is_file() for file in (tmp_path / "site").rglob("*")) - 1  # the mark of a folder of ours
    assert f"cloudflare: there are {count} files, but Cloudflare Pages takes only 20" in rendering.warnings[-1]


def test_files_are_written_for_the_hosts_that_the_catalog_names(small: Path, tmp_path: Path) -> None:
    site = small / "catalog" / "site.yaml"
    site.write_text(f"{site.read_text(encoding='utf-8')}hosts: [caddy]\n", encoding="utf-8")
    build(small, tmp_path / "site", day=DAY)
    own = {path.name for path in (tmp_path / "site").iterdir() if path.name.startswith("_")}
    assert own == {"_hosting", SIGNATURE}
    assert {path.name for path in (tmp_path / "site" / "_hosting").iterdir()} == {"caddy", "shared"}
