"""A discovery document: what is published, where, as what, and by which specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agentdocs.schema.assumed import MEMBER, places
from agentdocs.text.quoting import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Specification:
    """The text that says what a document must look like."""

    title: str
    url: str


@dataclass(frozen=True)
class DiscoveryDocument:
    """One document for agents."""

    url: str
    """Absolute path on the origin."""
    media_type: str
    purpose: str
    specification: Specification
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    """Header fields beyond those of its kind in `agentdocs.hosting.kinds`, which let other origins read it."""


def by_path(documents: Iterable[DiscoveryDocument]) -> dict[str, DiscoveryDocument]:
    """Give documents by path."""
    return {document.url: document for document in documents}


def json_bytes(value: Mapping[str, Any], *, open_ended: bool = True) -> bytes:
    """Write a JSON document: UTF-8, two blanks a level, a line break at the end.

    A member of its own lists where assumed values stand, unless the form is not `open_ended` and takes no such member.
    """
    if open_ended and (assumed := [*places(value)]):
        value = {**value, MEMBER: assumed}
    return (as_json(value, indented=True) + "\n").encode()
