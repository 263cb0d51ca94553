"""The documents for agents of one catalog."""

from __future__ import annotations

from agentdocs import feed as data
from agentdocs.documents import linkset, mcp, oauth, openapi, resources, security, skills, status
from agentdocs.documents.context import Context
from agentdocs.documents.document import DiscoveryDocument, Specification, published
from agentdocs.documents.links import page_links
from agentdocs.documents.openapi import OPENAPI


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
