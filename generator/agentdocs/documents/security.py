"""Whom to tell of a vulnerability: security.txt (RFC 9116)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.artifact import PLAIN
from agentdocs.documents.document import DiscoveryDocument, Specification
from agentdocs.schema.assumed import Assumed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.schema.discovery import SecurityContact
    from agentdocs.site.edition import Edition

RFC = Specification("RFC 9116", "https://www.rfc-editor.org/rfc/rfc9116")


def documents(edition: Edition) -> Iterator[DiscoveryDocument]:
    """Make the file, if the provider publishes a contact."""
    if security := edition.facts.discovery.security:
        entry = security.document
        fields = [*_fields(edition, security)]
        note = "# Assumed, published nowhere.\n" if any(isinstance(value, Assumed) for _, value in fields) else ""
        body = (note + "".join(f"{name}: {value}\n" for name, value in fields)).encode()
        yield DiscoveryDocument(entry.path, PLAIN, entry.purpose, RFC, body)


def _fields(edition: Edition, security: SecurityContact) -> Iterator[tuple[str, str]]:
    """Yield the fields of section 2.5; contacts come in the order of preference."""
    yield from (("Contact", contact) for contact in security.contacts)
    yield "Expires", f"{security.expires.isoformat()}T00:00:00Z"
    if security.languages:
        yield "Preferred-Languages", ", ".join(security.languages)
    yield "Canonical", edition.absolute(security.document.path)
    for name in ("policy", "acknowledgments", "encryption"):
        if page := getattr(security, name):
            yield name.capitalize(), page
