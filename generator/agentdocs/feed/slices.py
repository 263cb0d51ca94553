"""The parts of the published catalog that the tools of pages ask for, so that a first load is small."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.feed.records import SHAPES, Records
from agentdocs.text.quoting import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentdocs.feed.shape import Catalog
    from agentdocs.site.edition import Edition

_EACH = "__all__"

SLICES: Mapping[str, Any] = {
    "picker": {
        "models": {
            _EACH: {
                "id": True,
                "name": True,
                "aliases": True,
                "path": True,
                "page": True,
                "set_up": {_EACH: {"client", "reason", "left_out"}},
            }
        }
    },
    "explorer": {
        "models": {
            _EACH: {
                "id": True,
                "name": True,
                "aliases": True,
                "author": True,
                "status": True,
                "context_window": True,
                "price": {"currency", "per_tokens", "input", "output", "cache_read"},
                "pricing": {"currency": True, "charges": {_EACH: {"amount", "quantity", "unit", "above", "batch"}}},
                "capabilities": {
                    "max_output",
                    "input",
                    "tools",
                    "reasoning",
                    "json_mode",
                    "structured_outputs",
                    "logprobs",
                },
                "agents": {"available"},
                "prompt_cache": {"supported"},
            }
        }
    },
    "usage": {
        "estimates": {"classes": True},
        "limits": {_EACH: {"id", "api", "counted_per", "plans", "models", "rates", "active_requests"}},
    },
    "finder": {
        "errors": {_EACH: {"id", "status", "code", "type", "message", "title", "meaning", "remedy"}},
        "clients": {
            _EACH: {"id": True, "recording": {"outcomes": {_EACH: {"prints": True, "causes": {_EACH: {"error"}}}}}}
        },
    },
}
"""For each script of `assets/js/` that needs facts, the members of the published catalog that it asks for."""


def url(edition: Edition, name: str) -> str:
    """Say where a slice is published: beside the snippets."""
    return f"{edition.facts.site.snippets}{name}.json"


def whole(edition: Edition) -> Catalog:
    """Make the catalog to cut slices from."""
    return Records(edition).catalog(edition.facts.site.origin, max(SHAPES))


def cut(catalog: Catalog, name: str) -> bytes:
    """Write a slice as JSON."""
    return as_json(catalog.model_dump(mode="json", include=SLICES[name])).encode()
