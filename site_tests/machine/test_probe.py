"""Measured results: which are refused, and what status documents make of the others."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs import probe
from agentdocs.catalog import reading as catalogs
from agentdocs.cli import main
from agentdocs.errors import ProbeError
from agentdocs.project import Project
from agentdocs.render import render
from click.testing import CliRunner

from site_tests import schemas
from site_tests.conftest import DAY
from site_tests.projects import EXEMPLA

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

REFUSED = {
    "inferense: {status: pass, time: '2026-11-23T11:00:00Z'}": (
        "1:1: inferense: 'inferense' names no status of this catalog; did you mean inference?"
    ),
    "inference: {status: up, time: '2026-11-23T11:00:00Z'}": (
        "1:21: inference.status: 'up' is not known here; write pass, warn or fail"
    ),
    "inference: {time: '2026-11-23T11:00:00Z'}": "1:12: inference.status: is missing; add it",
    "inference: {status: pass}": "1:12: inference.time: is missing; add it",
    "inference: {status: pass, time: '2026-11-23T11:00:00Z', note: x}": (
        "1:57: inference.note: is not a member here; known: observed, output, status, time"
    ),
    "inference: {status: pass, time: '2026-11-23'}": (
        "1:33: inference.time: '2026-11-23' is not a time; "
        "write it with its offset from UTC, such as 2026-01-31T09:30:00Z"
    ),
    "inference: {status: pass, time: '2026-11-23T25:00:00Z'}": (
        "1:33: inference.time: '2026-11-23T25:00:00Z' is not a time; "
        "write it with its offset from UTC, such as 2026-01-31T09:30:00Z"
    ),
    "inference: {status: pass, time: '2026-11-23T11:00:00'}": (
        "1:33: inference.time: '2026-11-23T11:00:00' is not a time; "
        "write it with its offset from UTC, such as 2026-01-31T09:30:00Z"
    ),
    "inference: {status: pass, time: '2026-11-23T12:00:01Z'}": (
        "1:33: inference.time: 2026-11-23T12:00:01Z is in the future; "
        "write when it was measured, and build as of that day"
    ),
    "inference: {status: pass, time: '2026-11-22T11:59:59Z'}": (
        "1:33: inference.time: 2026-11-22T11:59:59Z is more than 24 hours ago; measure again"
    ),
    "inference: {status: pass, time: '2026-11-23T11:00:00Z', output: fine}": (
        "1:12: inference: states output with pass; leave output out, it is for warn and fail"
    ),
    "inference: {status: warn, time: '2026-11-23T11:00:00Z', observed: {measurement: load, value: x, unit: s}}": (
        "1:94: inference.observed.value: 'x' is not a number; write a number such as 0.25"
    ),
    "inference: {status: warn, time: '2026-11-23T11:00:00Z', observed: 9}": (
        "1:67: inference.observed: is not a mapping; write its members below it, indented"
    ),
    "- inference": "1:1: is not a mapping; write its members below it, indented",
    "inference: [\n": ("2:1: not YAML: did not find expected node content; fix the syntax here"),
}
"""Files of results as they are at noon, and what is said about each."""


@pytest.mark.parametrize("text", REFUSED)
def test_a_wrong_result_is_told_with_its_place(text: str, preview: Rendering, tmp_path: Path) -> None:
    file = tmp_path / "probe.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProbeError) as refused:
        probe.read(file, preview.facts, now=NOON)
    assert str(refused.value) == f"{file}:{REFUSED[text]}"


def test_a_missing_file_is_told(preview: Rendering, tmp_path: Path) -> None:
    with pytest.raises(ProbeError, match=r"missing\.yaml: cannot be read: No such file or directory; put a file"):
        probe.read(tmp_path / "missing.yaml", preview.facts)


@pytest.mark.parametrize(
    ("as_of", "time", "wrong"),
    [
        (DAY, "2026-11-23T23:59:59Z", ""),
        (DAY, "2026-11-23T23:30:00-01:00", "2026-11-24T00:30:00Z is after the day of this build"),
        (DAY, "2026-11-22T23:00:00Z", "2026-11-22T23:00:00Z is more than 24 hours ago"),
        (None, "2026-11-23T23:00:00Z", "2026-11-23T23:00:00Z is more than 24 hours ago"),
        (None, "2026-11-25T23:30:00+09:00", ""),
    ],
)
def test_a_result_is_compared_with_the_day_of_the_build(
    as_of: date | None,
    time: str,
    wrong: str,
    preview: Rendering,
    tmp_path: Path,
) -> None:
    file = tmp_path / "probe.json"
    file.write_text(json.dumps({"inference": {"status": "warn", "time": time}}), encoding="utf-8")
    now = datetime(2026, 11, 25, 18, tzinfo=UTC)
    if wrong:
        with pytest.raises(ProbeError, match=wrong):
            probe.read(file, preview.facts, as_of, now)
    else:
        assert probe.read(file, preview.facts, as_of, now)["inference"].status == "warn"


MEASURED = {
    "inference": {
        "status": "pass",
        "time": "2026-11-23T11:00:00+01:00",
        "observed": {"measurement": "responseTime", "value": 250.5, "unit": "ms"},
    },
    "website-api": {"status": "warn", "time": "2026-11-23T10:00:00Z", "output": "slow answers"},
}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    file = tmp_path / "probe.json"
    file.write_text(json.dumps(MEASURED), encoding="utf-8")
    return file


def _statuses(rendering: Rendering) -> dict[str, Any]:
    statuses = catalogs.load(EXEMPLA / "catalog", DAY).facts.discovery.statuses
    found = {name: rendering.artifacts.get(status.path) for name, status in statuses.items()}
    return {name: json.loads(artifact.body) if artifact else None for name, artifact in found.items()}


def test_a_measured_result_is_published_with_its_time_in_a_release_too(results: Path, exempla: Path) -> None:
    for release in (False, True):
        rendering = render(Project.at(exempla), release=release, day=DAY, probe=results)
        documents = _statuses(rendering)
        assert documents["inference"]["status"] == "pass"
        assert documents["inference"]["checks"] == {
            "inference:responseTime": [
                {
                    "componentType": "system",
                    "observedValue": 250.5,
                    "observedUnit": "ms",
                    "status": "pass",
                    "time": "2026-11-23T10:00:00Z",
                }
            ]
        }
        warning = documents["website-api"]
        assert (warning["status"], warning["output"]) == ("warn", "slow answers")
        assert warning["checks"]["website-api"][0]["time"] == "2026-11-23T10:00:00Z"
        assert all(document is None or schemas.errors("health", document) == [] for document in documents.values())
        assert (documents["mcp"] is None) == release
        catalog = rendering.artifacts[rendering.facts.discovery.api_catalog.path].body.decode()
        for name in documents:
            assert (f"/status/{name}.json" in catalog) == (documents[name] is not None)


@pytest.mark.parametrize("release", [False, True], ids=["preview", "release"])
def test_a_failure_is_withheld_because_a_static_file_has_no_error_status(
    release: bool, exempla: Path, tmp_path: Path
) -> None:
    file = tmp_path / "probe.yaml"
    file.write_text("inference: {status: fail, time: '2026-11-23T11:00:00Z', output: no answer}", encoding="utf-8")
    rendering = render(Project.at(exempla), release=release, day=DAY, probe=file)
    assert _statuses(rendering)["inference"] is None
    path = rendering.facts.discovery.statuses["inference"].path
    assert f"{path} is not published: the service failed, and no static file has an error status" in rendering.warnings
    assert not any(f"{rendering.facts.site.origin}{path}" in a.body.decode() for a in rendering.artifacts.values())


def test_a_result_of_a_service_whose_address_is_assumed_is_withheld_from_a_release(
    exempla: Path, tmp_path: Path
) -> None:
    file = tmp_path / "probe.yaml"
    file.write_text("mcp: {status: pass, time: '2026-11-23T11:00:00Z'}", encoding="utf-8")
    rendering = render(Project.at(exempla), release=True, day=DAY, probe=file)
    assert _statuses(rendering)["mcp"] is None
    assert _statuses(render(Project.at(exempla), day=DAY, probe=file))["mcp"]["status"] == "pass"


@pytest.mark.parametrize("arguments", [["check"], ["check", "--release"], ["build"], ["serve"]])
def test_every_command_that_takes_results_refuses_wrong_ones(
    arguments: list[str], exempla: Path, tmp_path: Path
) -> None:
    file = tmp_path / "probe.yaml"
    file.write_text("inference: {status: pass, time: '2026-11-21T11:00:00Z'}", encoding="utf-8")
    command = [*arguments, "--root", str(exempla), "--as-of", DAY.isoformat(), "--probe", str(file)]
    if arguments[0] in ("build", "serve"):
        command += ["--output", str(tmp_path / "site")]
    result = CliRunner().invoke(main, [*command, *(["--port", "18473"] if arguments == ["serve"] else [])])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{file}:1:33: inference.time: 2026-11-21T11:00:00Z is more than 24 hours ago")
    assert "Traceback" not in result.output
    assert not (tmp_path / "site").exists()


def test_check_says_what_a_release_withholds_of_measured_results(results: Path, exempla: Path) -> None:
    command = ["check", "--release", "--root", str(exempla), "--as-of", DAY.isoformat(), "--probe", str(results)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0
    assert "/.well-known/status/inference.json" not in result.output
    assert "/.well-known/status/mcp.json: in the preview only" in result.output
