"""Each snippet of two models and each well-known document of the shipped provider, byte for byte.

Snippets are kept for the two models that differ most: one of which much is known, and one of which little is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from agentdocs.hosting import storage_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agentdocs.render import Rendering
    from agentdocs.schema import Facts, Model


FOLDER = Path(__file__).parent / "golden"


def extremes(rendering: Rendering) -> set[str]:
    """Choose the usable models of which the most and the least is known; of several, what is recommended first."""
    facts = rendering.facts
    usable = [model for model in _recommended_first(facts) if model.for_agents]
    usable = [model for model in usable if model.status(rendering.day) == "available"]
    return {choose(usable, key=_known).id for choose in (max, min)}


def _recommended_first(facts: Facts) -> list[Model]:
    names = [facts.recommendations.default, *(name for task in facts.recommendations.tasks for name in task.models)]
    return [facts.models[name] for name in dict.fromkeys([*names, *facts.models])]


def _known(model: Model) -> int:
    return sum(value != "unknown" for name, value in model.known if name != "provenance")


def kept(preview: Rendering, release: Rendering) -> Mapping[str, str]:
    """Give the texts of which golden files are kept; of a release only what differs from the preview."""
    before = _kept(preview)
    texts = {f"preview/{path}": text for path, text in before.items()}
    return texts | {f"release/{path}": text for path, text in _kept(release).items() if before.get(path) != text}


def _kept(rendering: Rendering) -> Mapping[str, str]:
    snippets, models = rendering.facts.site.snippets, extremes(rendering)
    return {
        path.removeprefix("."): rendering.artifacts[url].body.decode()
        for url, path in storage_paths(rendering.artifacts).items()
        if url.startswith("/.well-known/") or (url.startswith(snippets) and any(f"/{m}/" in url for m in models))
    }


def test_snippets_and_documents_equal_their_golden_files(
    preview: Rendering, release: Rendering, golden: Callable[[Path, Mapping[str, str]], None]
) -> None:
    golden(FOLDER, kept(preview, release))
