"""A discovery document: what is published, where, as what, and by which specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.quoting import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CORS = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "ETag, Link"))
"""Header fields with which programs in a browser may read a document, wherever they come from."""


@dataclass(frozen=True)
class Specification:
    """The text that says what a document must look like."""

    title: str
    url: str


@dataclass(frozen=True)
class DiscoveryDocument:
    """One document for agents, or the reason why a release leaves it out."""

    url: str
    """Absolute path on the origin."""
    media_type: str
    purpose: str
    specification: Specification
    body: bytes
    withheld: str = ""
    """Why a release does not publish it; empty if it does."""
    headers: tuple[tuple[str, str], ...] = ()


def published(documents: Iterable[DiscoveryDocument]) -> dict[str, DiscoveryDocument]:
    """Give the documents that are published, by path."""
    return {document.url: document for document in documents if not document.withheld}


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """Write a JSON document: UTF-8, two blanks a level, a line break at the end."""
    return (as_json(value, indented=True) + "\n").encode()
