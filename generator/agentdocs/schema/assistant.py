"""Assistants in the browser that can be asked about a page."""

from __future__ import annotations

from agentdocs.schema.base import SourcedGroup
from agentdocs.schema.values import HttpsUrl, Text


class Assistant(SourcedGroup):
    """An assistant that a plain link opens with a question filled in; nothing is sent before it is followed."""

    name: Text
    """What the link on every page calls it."""
    url: HttpsUrl
    """The page that opens it."""
    parameter: Text
    """The query parameter of that page that fills in the question."""
