"""The documents for agents of one catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.documents import data, linkset, mcp, oauth, openapi, resources, security, skills, status
from agentdocs.documents.document import DiscoveryDocument, Specification, by_path
from agentdocs.documents.links import page_links
from agentdocs.documents.openapi import OPENAPI

if TYPE_CHECKING:
    from agentdocs.site.edition import Edition


def documents(edition: Edition) -> list[DiscoveryDocument]:
    """Give every document, in the order in which pages list them."""
    others = [
        *openapi.documents(edition),
        *status.documents(edition),
        *oauth.protected_resources(edition),
        *oauth.account_login(edition),
        *mcp.documents(edition),
        *data.documents(edition),
        *security.documents(edition),
    ]
    others += skills.documents(edition, others)  # they name what is published
    return [linkset.document(edition, others), *others, *resources.documents(edition, others)]


__all__ = [
    "OPENAPI", "DiscoveryDocument", "Specification", "by_path", "documents", "page_links",
]  # fmt: skip
