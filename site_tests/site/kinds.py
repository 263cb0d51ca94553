"""Kinds of page, each with one page that stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from agentdocs.site.urls import client_source

if TYPE_CHECKING:
    from agentdocs.render import Rendering

Scheme = Literal["light", "dark"]
"""Which colours a reader prefers."""
KINDS = (
    "home",
    "overview",
    "setup",
    "client",
    "models",
    "limits",
    "errors",
    "troubleshooting",
    "discovery",
    "author",
    "model",
    "maintaining",
    "publishing",
    "testing",
    "style",
    "catalog_reference",
    "template_reference",
    "architecture",
    "generator_reference",
    "missing",
)
"""The pages of the navigation by their names in the catalog, those made for clients, authors and models, and a missing
one."""

PUBLISHED = tuple(
    kind
    for kind in KINDS
    if kind not in ("maintaining", "publishing", "testing", "style", "architecture") and not kind.endswith("_reference")
)
"""Those of them that a release has, too."""


def path_of(kind: str, rendering: Rendering) -> str:
    """Say where the page of a kind is."""
    site = rendering.facts.site
    if kind in site.pages:
        return rendering.pages[site.pages[kind].source].url
    if kind == "missing":
        return "/no/such/page/"
    if kind == "client":
        return rendering.pages[client_source(rendering.facts, next(iter(rendering.facts.clients)))].url
    model = rendering.facts.recommendations.default
    models = rendering.pages[site.pages["models"].source].url
    return models + (model if kind == "model" else model.partition("/")[0]) + "/"
