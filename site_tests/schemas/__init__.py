"""Schemas written from the specifications of discovery documents, and what a document has against its own.

`catalog.v1` is that of the catalog for programs as version 1 was first published: never write it anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentdocs.documents import DiscoveryDocument

SCHEMA_OF = {
    r"/\.well-known/api-catalog": "linkset-api-catalog",
    r"/\.well-known/oauth-authorization-server": "oauth-authorization-server",
    r"/\.well-known/openid-configuration": "openid-configuration",
    r"/\.well-known/oauth-protected-resource.*": "oauth-protected-resource",
    r"/\.well-known/mcp/server-card\.json": "mcp-server-card",
    r"/\.well-known/agent-skills/index\.json": "agent-skills-index",
    r"/\.well-known/status/.*": "health",
    r"/\.well-known/(ard|ai-catalog)\.json": "ai-catalog",
}
"""The name of the schema for each address, as a pattern."""


def errors(schema: str, document: object) -> list[str]:
    """Say where a document does not follow a schema."""
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(read(schema), format_checker=checker)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def read(schema: str) -> dict[str, Any]:
    """Read a schema by its name."""
    text = (Path(__file__).parent / f"{schema}.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def check(documents: Iterable[DiscoveryDocument]) -> set[str]:
    """Compare every published document that has a schema with it, and give the names of these schemas."""
    checked = set()
    for document in documents:
        schema = next((name for pattern, name in SCHEMA_OF.items() if re.fullmatch(pattern, document.url)), None)
        if schema:
            assert errors(schema, json.loads(document.body)) == [], document.url
            checked.add(schema)
    return checked
