"""Where facts come from: how old a source is, two sources that agree, and two that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from site_tests.changes import change, data, problems
from site_tests.projects import rendered

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

OLD = {"url": "https://exempla.ai/old/", "as_of": "before 2026-06-10"}
NEW = {"url": "https://exempla.ai/new/"}


def cite(*sources: dict[str, str], confidence: str = "vendor_page") -> dict[str, Any]:
    return {"sources": [*sources], "checked": "2026-11-22", "confidence": confidence}


def _page(rendering: Rendering, source: str) -> str:
    return rendering.pages[source].markdown


def test_the_age_of_a_source_stands_beside_it_on_pages_and_in_the_data(project: Path) -> None:
    source = {"source": OLD["url"], "as_of": "about 2026-06", "checked": "2026-11-22", "confidence": "vendor_page"}
    change(project, "limits.yaml", "browser_chat", provenance=source)
    rendering = rendered(project)
    line = "- [Old](https://exempla.ai/old/), from about 2026-06, checked on 2026-11-22\n"
    assert line in _page(rendering, "agents/rate-limits.md")
    origin = data(rendering)["limits"][0]["provenance"]
    assert origin["sources"] == [OLD["url"]]
    assert origin["details"] == [{"url": OLD["url"], "as_of": "about 2026-06", "says": []}]
    assert data(rendering)["limits"][1]["provenance"]["details"] == []


def test_several_sources_of_one_fact_all_stand_on_pages_and_in_the_data(project: Path) -> None:
    change(project, "limits.yaml", "browser_chat", provenance=cite(NEW, OLD))
    rendering = rendered(project)
    text = _page(rendering, "agents/rate-limits.md")
    assert "(https://exempla.ai/new/), checked on 2026-11-22\n" in text
    assert "(https://exempla.ai/old/), from before 2026-06-10, checked on 2026-11-22\n" in text
    assert data(rendering)["limits"][0]["provenance"]["sources"] == [NEW["url"], OLD["url"]]


def test_a_source_that_says_something_else_is_shown_with_what_it_says(project: Path) -> None:
    change(project, "limits.yaml", "browser_chat", provenance=cite(NEW, {**OLD, "says": "12 requests a minute"}))
    rendering = rendered(project)
    assert "says otherwise: 12 requests a minute" in _page(rendering, "agents/rate-limits.md")
    details = data(rendering)["limits"][0]["provenance"]["details"]
    assert details == [{"url": OLD["url"], "as_of": OLD["as_of"], "says": ["12 requests a minute"]}]


DISPUTE = cite({**NEW, "says": "Musterweg 1"}, {**OLD, "says": "Musterweg 7"})


def test_what_sources_disagree_about_is_shown_with_what_each_says_and_never_as_certain(project: Path) -> None:
    change(project, "provider.yaml", "operator", address="unknown", provenance=DISPUTE)
    text = _page(rendered(project), "agents/index.md")
    assert "Musterweg 1 according to [exempla.ai/new/](https://exempla.ai/new/) or " in text
    assert "Musterweg 7 according to [exempla.ai/old/](https://exempla.ai/old/), from before 2026-06-10" in text


def test_a_disputed_fact_cannot_be_stated(project: Path) -> None:
    change(project, "provider.yaml", "operator", provenance=DISPUTE)
    right = "write unknown for what they disagree about, or leave says out where a source states it"
    assert problems(project) == [f"operator: every source says something else; {right}"]


@pytest.mark.parametrize(
    ("provenance", "member", "problem"),
    [
        ({**cite(NEW), "source": NEW["url"]}, "", "has both source and sources"),
        (cite({"url": NEW["url"], "as_of": "2026-13"}), ".sources[0].as_of", "'2026-13' is neither a day nor a month"),
        (cite({"url": NEW["url"], "as_of": "lately"}), ".sources[0].as_of", "'lately' is neither a day nor a month"),
        (cite({"url": NEW["url"], "as_of": "after 2026-12"}), "", "as_of after 2026-12 is later than checked"),
        ({"as_of": "2026-06", "checked": "2026-11-22", "confidence": "inferred"}, "", "has an age but no source"),
        (cite(), "", "vendor_page without a source"),
        (cite({"says": "something"}), ".sources[0].url", "is missing"),
    ],
    ids=["both forms", "no month", "a word", "later than the check", "no page", "nothing", "no address"],
)  # fmt: skip
def test_a_source_that_cannot_be_is_refused_at_its_place(
    provenance: dict[str, Any], member: str, problem: str, project: Path
) -> None:
    change(project, "limits.yaml", "browser_chat", provenance=provenance)
    (found,) = problems(project)
    assert found.startswith(f"browser_chat.provenance{member}: {problem}")


def test_a_page_cites_neither_itself_nor_others_nor_what_it_does_not_show(project: Path) -> None:
    own = rendered(project).pages["agents/rate-limits.md"].url
    change(project, "limits.yaml", "browser_chat", provenance=cite({"url": f"https://exempla.ai{own}"}, NEW))
    other = {"source": "https://github.com/others/limits", "checked": "2026-11-22", "confidence": "third_party"}
    change(project, "limits.yaml", "agents_per_key", provenance=other)
    change(project, "provider.yaml", "operator", provenance=cite({"url": "https://exempla.ai/imprint/"}))
    rendering = rendered(project)
    limits, overview = rendering.pages["agents/rate-limits.md"], rendering.pages["agents/index.md"]
    assert "](https://exempla.ai/new/)" in limits.sources
    assert f"https://exempla.ai{own}" not in limits.sources
    assert "github.com/others" not in limits.sources
    assert "https://exempla.ai/imprint/" in overview.sources
    assert "https://exempla.ai/imprint/" not in limits.sources
    assert "https://github.com/others/limits" in str(data(rendering)["limits"])
