"""Recordings: what clients do when an API refuses them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from agentdocs.schema.base import FactGroup, SourcedGroup
from agentdocs.schema.values import ExitCode, Flag, HostName, Situation, Text, WholeNumber, did_you_mean, refuse

PLACEHOLDER = re.compile(r"<(\w+)>")
"""A word of a recorded line that stands for what comes from the answer or from the setup."""
PLACEHOLDERS = frozenset({"status", "code", "type", "message", "seconds", "model", "base_url", "provider", "variable"})


def _known_placeholders(line: str) -> str:
    for name in PLACEHOLDER.findall(line):
        if name not in PLACEHOLDERS:
            raise refuse(f"<{name}> stands for nothing", did_you_mean(name, PLACEHOLDERS))
    return line


class Outcome(FactGroup):
    """What a client did in one situation."""

    prints: tuple[Annotated[Text, AfterValidator(_known_placeholders)], ...]
    """The lines that tell the reader what is wrong, without indentation and without the lines around them. What comes
    from the answer or from the setup stands as `<status>`, `<code>`, `<type>`, `<message>`, `<seconds>`,
    `<model>`, `<base_url>`, `<provider>` or `<variable>`."""
    exit_code: ExitCode | None = None
    """Left out where the client does not end by itself; then it was stopped after `requests`."""
    requests: WholeNumber
    """How many requests reached the API."""


class Recording(SourcedGroup):
    """A file of `catalog/recordings/`, named after the client. `make recordings` writes it; nobody edits it."""

    waits: Flag | None = None
    """Whether the client waits as long as `Retry-After` says before it tries again; left out where it never does."""
    other_domains: tuple[HostName, ...] = ()
    """Domains besides the API's of which the client looks up a host while it answers one prompt."""
    outcomes: Mapping[Situation, Outcome]
    """By what is wrong."""
