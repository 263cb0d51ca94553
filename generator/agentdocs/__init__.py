"""One catalog of a provider's facts, rendered into everything that is published.

What a program may rely on has a name here; everything else may change with any version. `load` reads a catalog,
`Project.at(folder)` names the folders of a project, and `render_project(project)` gives its pages and artifacts as
plain data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agentdocs.artifact import Artifact, Page
    from agentdocs.catalog.reading import load
    from agentdocs.errors import AgentdocsError, CatalogError, Problem, RenderError
    from agentdocs.project import Project
    from agentdocs.render import Rendering
    from agentdocs.render import render as render_project

    __version__: str

_HOMES = {
    "Artifact": "artifact.Artifact",
    "Page": "artifact.Page",
    "load": "catalog.reading.load",
    "AgentdocsError": "errors.AgentdocsError",
    "CatalogError": "errors.CatalogError",
    "Problem": "errors.Problem",
    "RenderError": "errors.RenderError",
    "Project": "project.Project",
    "Rendering": "render.Rendering",
    "render_project": "render.render",  # `agentdocs.render` is the module
}
"""Where each name is, to be imported when it is first asked for: a command that needs none of it stays quick."""

__all__ = [
    "AgentdocsError", "Artifact", "CatalogError", "Page", "Problem", "Project", "RenderError", "Rendering",
    "__version__", "load", "render_project",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401
    from importlib import import_module, metadata

    if name == "__version__":
        return metadata.version("agentdocs")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, member = _HOMES[name].rpartition(".")
    return getattr(import_module(f"{__name__}.{module}"), member)
