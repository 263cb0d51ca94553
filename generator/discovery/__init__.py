"""The documents for agents of one catalog."""

from __future__ import annotations

from generator import data
from generator.discovery import linkset, mcp, oauth, openapi, resources, security, skills, status
from generator.discovery.context import Context
from generator.discovery.document import DiscoveryDocument, Specification, published
from generator.discovery.links import page_links
from generator.discovery.openapi import OPENAPI


def documents(context: Context) -> list[DiscoveryDocument]:
    """Give every document, in the order in which pages list them."""
    others = [
        *openapi.documents(context),
        *status.documents(context),
        *oauth.protected_resources(context),
        *oauth.account_login(context),
        *mcp.documents(context),
        *data.documents(context),
        *security.documents(context),
    ]
    others += skills.documents(context, others)  # they name what is published
    return [linkset.document(context, others), *others, *resources.documents(context, others)]


__all__ = [
    "OPENAPI", "Context", "DiscoveryDocument", "Specification", "documents", "page_links", "published",
]  # fmt: skip
