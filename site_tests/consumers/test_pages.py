"""Pages, as afdocs and Lighthouse judge them for agents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from site_tests import programs
from site_tests.consumers import node
from site_tests.consumers.published import Alteration
from site_tests.site import kinds as kinds_of_pages

if TYPE_CHECKING:
    from pathlib import Path

    from site_tests.consumers.published import Published


CHECKS = 28
LEAST = 99
"""Points of 100, since agents need links to documents more than a judge needs pages alone."""


def _afdocs(published: Published, folder: Path) -> tuple[int, dict[str, str]]:
    """Let afdocs read every page, and give the score and what each check that did not pass says."""
    options = ["--canonical-origin", published.origin, "--sampling", "deterministic", "--max-links", "1000"]
    output = ["--format", "json", "--score", "--quiet", "--request-delay", "0"]
    result = node.run("afdocs", "check", published.address, *options, *output, folder=folder)
    report = json.loads(result.stdout)
    assert len(report["results"]) == CHECKS
    assert report["testedPages"] >= len(_kinds(published))
    told = {
        each["id"]: f"{each['status']}: {each['message']}" for each in report["results"] if _faults(published, each)
    }
    return report["scoring"]["overall"], {name: text for name, text in told.items() if not text.startswith("pass: ")}


def _faults(published: Published, result: dict[str, Any]) -> bool:
    """Tell whether a check found a fault in anything but the documents: without a suffix it takes them for pages."""
    pages = (result.get("details") or {}).get("pageResults", [])
    faulty = {page["url"] for page in pages if page.get("found") is False or page.get("status") in ("warn", "fail")}
    documents = {published.local(published.origin + document.url) for document in published.rendering.documents}
    return not faulty or not faulty <= documents


@pytest.mark.program("consumers")
def test_afdocs_gives_every_page_all_points(published: Published, tmp_path: Path) -> None:
    score, others = _afdocs(published, tmp_path)
    assert others == {
        "auth-alternative-access": "skip: All docs pages are publicly accessible; no alternative access paths needed"
    }
    assert score >= LEAST


@pytest.mark.program("consumers")
def test_afdocs_takes_points_from_what_is_broken(published: Published, tmp_path: Path) -> None:
    with published.altered("/llms.txt", lambda text: text.replace(".md)", ".json)")) as broken:
        score, others = _afdocs(broken, tmp_path)
    assert score < 100
    assert {"llms-txt-links-resolve", "llms-txt-links-markdown"} <= others.keys()


def _kinds(published: Published) -> dict[str, str]:
    """Name each kind of page that is there, with the path of one that stands for it."""
    kinds = kinds_of_pages.KINDS if published.build == "preview" else kinds_of_pages.PUBLISHED
    return {kind: kinds_of_pages.path_of(kind, published.rendering) for kind in kinds if kind != "missing"}


def _lighthouse(published: Published, *paths: str) -> dict[str, Any]:
    arguments = (str(programs.find("chromium")), "agentic-browsing", *(published.local(path) for path in paths))
    pages = node.verdicts("lighthouse", *arguments, group="pages")
    return {address.removeprefix(published.address): page for address, page in pages.items()}


LIGHTHOUSE_AUDITS = {"agent-accessibility-tree", "cumulative-layout-shift", "llms-txt", "ard-schema"}
"""Those that have something to judge. WebMCP, which the others are about, is not offered."""


@pytest.mark.program("pages")
@pytest.mark.program("chromium")
def test_lighthouse_gives_every_kind_of_page_all_points_for_agents(published: Published) -> None:
    for path, page in _lighthouse(published, *_kinds(published).values()).items():
        audits = {name: audit for name, audit in page["audits"].items() if audit["mode"] != "notApplicable"}
        assert {name: audit["problem"] for name, audit in audits.items() if audit["score"] != 1} == {}, path
        assert set(audits) == LIGHTHOUSE_AUDITS, path
        assert page["score"] == 1, path


@pytest.mark.program("pages")
@pytest.mark.program("chromium")
def test_lighthouse_takes_points_from_what_is_broken(published: Published) -> None:
    page, resources = _kinds(published)["errors"], published.facts.discovery.resources
    assert resources is not None
    assert resources.predecessor is not None
    alterations = {
        page: Alteration(lambda text: text.replace("</h1>", "</h1><button></button>")),
        "/llms.txt": Alteration(lambda text: text.replace("# ", "")),
        resources.predecessor.path: Alteration(lambda manifest: {**manifest, "specVersion": 0}),
    }
    with published.serving(alterations) as broken:
        verdict = _lighthouse(broken, page)[page]
    problems = {name: audit["problem"] for name, audit in verdict["audits"].items() if audit["score"] == 0}
    assert problems.keys() == {"agent-accessibility-tree", "llms-txt", "ard-schema"}
    assert "Buttons must have discernible text" in problems["agent-accessibility-tree"]
    assert "missing a required H1 header" in problems["llms-txt"]
    assert "specVersion" in problems["ard-schema"]
    assert verdict["score"] < 0.5
