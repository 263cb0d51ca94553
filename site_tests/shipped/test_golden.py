"""Golden files: each snippet and each discovery document, and the texts of an invented provider, byte for byte.

`make golden` writes them anew; the difference is reviewed like any other change. Snippets are kept for the two
models that differ most: one of which everything is known, and one of which little is. Pages, tools,
skills and the snippets of one model are kept for a provider whose facts never change, so that only a change of
`docs/` or `templates/` shows. Its facts differ from the shipped ones wherever a fact has few possible values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator import marks
from generator.hosting import storage_paths
from generator.render import Project
from site_tests.conftest import ROOT
from site_tests.projects import source_of

if TYPE_CHECKING:
    import pytest

    from generator.render import Rendering

GOLDEN = Path(__file__).parent / "golden"
MODELS = ("deepseek/deepseek-v4-flash", "z-ai/glm-5.1")


def _expected(rendering: Rendering) -> dict[str, bytes]:
    snippets = rendering.facts.site.snippets
    return {
        path.lstrip("."): rendering.artifacts[url].body
        for url, path in storage_paths(rendering.artifacts).items()
        if url.startswith("/.well-known/") or (url.startswith(snippets) and any(f"/{m}/" in url for m in MODELS))
    }


def test_snippets_and_documents_equal_their_golden_files(
    preview: Rendering, release: Rendering, request: pytest.FixtureRequest
) -> None:
    current = {f"preview/{path}": body for path, body in _expected(preview).items()}
    for path, body in _expected(release).items():
        if current[f"preview/{path}"] != body:
            current[f"release/{path}"] = body
    current |= {path: body.encode() for path, body in invented(ROOT / "docs", ROOT / "templates").items()}
    if request.config.getoption("--golden"):
        _write(current)
    kept = {file.relative_to(GOLDEN).as_posix(): file for file in GOLDEN.rglob("*") if file.is_file()}
    advice = "make golden writes the files anew"
    assert sorted(kept) == sorted(current), f"other files than before; {advice}"
    for path, body in current.items():
        assert kept[path].read_text(encoding="utf-8") == body.decode(), f"{path} differs; {advice}"


INVENTED_MODELS = ("minimax", "z-ai", "paddlepaddle")
"""Authors whose pages are kept: one of a model of which everything is known, one of models of which little is, and one
of a model that no client can use."""


def invented(docs: Path, templates: Path) -> dict[str, str]:
    """Render the texts of the invented provider: its pages, its skills, and the snippets of one model."""
    folder = ROOT / "site_tests" / "providers" / "exempla"
    rendering = source_of(Project(folder, folder / "catalog", docs, templates)).preview()
    authors = tuple(f"agents/models/{author}" for author in INVENTED_MODELS)
    kept = [page for page in rendering.pages.values() if page.navigation or page.source.startswith(authors)]
    texts = {f"pages/{page.source}": marks.without(page.markdown) for page in kept if "maintaining" not in page.source}
    for page in kept:
        if not page.navigation and INVENTED_MODELS[-1] not in page.source:
            continue  # its tools differ in the name of the model only
        texts |= {f"tools/{Path(page.source).stem}-{name}.html": f"{html}\n" for name, html in page.tools.items()}
    snippets = rendering.facts.site.snippets
    for url, artifact in rendering.artifacts.items():
        if url.endswith("/SKILL.md") or (url.startswith(snippets) and f"/{INVENTED_MODELS[0]}/" in url):
            texts[f"invented{url.replace('/.', '/')}"] = artifact.body.decode()
    return texts


def _write(current: dict[str, bytes]) -> None:
    for file in GOLDEN.rglob("*"):
        if file.is_file():
            file.unlink()
    for path, body in current.items():
        file = GOLDEN / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
