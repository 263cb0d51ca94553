"""A document for agents: where it is published, and what an agent finds in it."""

from __future__ import annotations

from agentdocs.schema.base import FactGroup
from agentdocs.schema.values import Text, UrlPath


class Document(FactGroup):
    """A discovery document: where it is published and what an agent finds in it."""

    path: UrlPath
    """Where it is published, counted from the origin; must lie on a path that the site owns."""
    purpose: Text
    """What an agent finds there; a phrase without a full stop, beside the address on the discovery page."""
