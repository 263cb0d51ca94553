"""What the catalog says of clients is what the tests run: versions, packages, warnings and recordings."""

from __future__ import annotations

import importlib
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from agentdocs.catalog import reading as catalogs
from agentdocs.errors import CatalogError
from agentdocs.site.outcomes import burst_guard, reactions
from agentdocs.text.rates import in_words

from site_tests import programs
from site_tests.clients.conftest import TRAPS
from site_tests.clients.reader import SITUATIONS
from site_tests.conftest import DAY, ROOT
from site_tests.html import HtmlPage
from site_tests.projects import EXEMPLA

if TYPE_CHECKING:
    from agentdocs.render import Rendering
    from agentdocs.schema import Facts

MODULES = {path.stem.removeprefix("test_").replace("_", "-") for path in Path(__file__).parent.glob("test_*.py")}


@pytest.fixture(scope="module")
def facts(preview: Rendering) -> Facts:
    return preview.facts


def test_every_client_has_a_module_of_tests(facts: Facts, preview: Rendering) -> None:
    missing = {preview.catalog.place(("clients", name)): name for name in facts.clients if name not in MODULES}
    advice = [f"{place}: site_tests/clients/ has no tests of {name}; write them" for place, name in missing.items()]
    assert not missing, "\n".join(advice)


def test_every_warning_is_shown_by_a_test_and_every_test_of_a_trap_has_its_warning(facts: Facts) -> None:
    for name, client in facts.clients.items():
        importlib.import_module(f"site_tests.clients.test_{name.replace('-', '_')}")
        shown = TRAPS.get(name, [])
        assert [warning for warning in client.warnings if not any(warning.startswith(trap) for trap in shown)] == []
        assert [trap for trap in shown if not any(warning.startswith(trap) for warning in client.warnings)] == []


def _pinned(command: str) -> tuple[str, str]:
    """Find in the lock files the package that a command installs, and its version."""
    tool, package = command.split()[0], command.split()[-1]
    if tool == "npm":
        listed = json.loads((programs.folder("clients") / "package.json").read_text(encoding="utf-8"))["dependencies"]
        return package, listed[package]
    locks = [ROOT / "requirements-test.lock", *sorted(programs.folder("").glob("*/requirements.lock"))]
    for lock in locks:
        group = lock.parent / "requirements.in"
        if group.is_file() and not group.read_text(encoding="utf-8").startswith(f"{package}=="):
            continue  # there it is what another package needs
        if match := re.search(rf"^{re.escape(package)}==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE):
            return package, match[1]
    raise AssertionError(f"no lock file has {package}")


def test_the_version_on_the_page_is_the_one_that_the_lock_file_installs(facts: Facts) -> None:
    for client in facts.clients.values():
        if client.install and client.tested:
            assert _pinned(client.install)[1] == client.tested.version, client.name
    listed = json.loads((programs.folder("clients") / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name, entry in facts.incompatible.items():
        assert entry.tested.version in {v for package, v in listed.items() if package.endswith(f"/{name}")}, entry.name


def test_the_lock_file_of_node_packages_holds_the_versions_of_their_list() -> None:
    for file in programs.folder("").glob("*/package.json"):
        listed = json.loads(file.read_text(encoding="utf-8"))
        locked = json.loads(file.with_name("package-lock.json").read_text(encoding="utf-8"))["packages"]
        for kind in ("dependencies", "devDependencies"):
            for package, version in listed.get(kind, {}).items():
                assert locked[f"node_modules/{package}"]["version"] == version, f"{file}: {package}"


def test_every_client_is_recorded_in_every_situation(facts: Facts) -> None:
    missing = set(facts.clients) - set(facts.recordings)
    assert not missing, f"catalog/recordings/ has nothing of {', '.join(missing)}; make recordings writes it"
    for name, recording in facts.recordings.items():
        assert tuple(recording.outcomes) == SITUATIONS, name


def test_troubleshooting_shows_every_recorded_line_with_cause_and_remedy(
    facts: Facts, preview: Rendering, preview_site: Path
) -> None:
    page = next(p for p in preview.pages.values() if p.source == facts.site.pages["troubleshooting"].source)
    text = HtmlPage(preview_site / page.url.lstrip("/") / "index.html").text()
    plain = " ".join(text.split())
    for name in facts.clients:
        for entry in reactions(facts, name):
            for line in entry.prints.splitlines():
                assert " ".join(line.split()) in plain, f"{name}: {line}"
            for error in entry.causes.values():
                assert error is None or facts.errors[error].remedy in plain
        for domain in facts.recordings[name].other_domains:
            assert domain in plain
    for name, recording in facts.recordings.items():
        guard = burst_guard(facts, facts.clients[name].api)
        if guard and recording.outcomes["burst"].requests > 1:
            assert f"of the {in_words(guard.rate)} that one {guard.limit.holder} has" in plain


def test_recordings_hold_no_fact_of_the_provider(facts: Facts) -> None:
    words = [facts.provider.id, facts.provider.name, *facts.models, *(api.base_url for api in facts.apis.values())]
    words += [key.environment_variable for key in facts.keys.values()]
    words += [error.meaning for error in facts.errors.values()]
    for file in (ROOT / "catalog" / "recordings").glob("*.yaml"):
        text = file.read_text(encoding="utf-8").partition("\nprovenance:\n")[0]  # which names the provider
        assert [word for word in words if word in text] == [], file
        assert yaml.safe_load(text)


def test_a_recording_of_no_client_is_told(tmp_path: Path) -> None:
    shutil.copytree(EXEMPLA / "catalog", tmp_path / "catalog")
    file = tmp_path / "catalog" / "recordings"
    (file / "hermes.yaml").rename(file / "hermess.yaml")
    with pytest.raises(CatalogError, match=r"'hermess' names no client of this catalog; did you mean hermes\?"):
        catalogs.load(tmp_path / "catalog", DAY)
