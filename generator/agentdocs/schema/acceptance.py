"""Acceptances: what is unusual and right all the same."""

from __future__ import annotations

from agentdocs.schema.base import Record
from agentdocs.schema.values import Text, WarningKind


class Acceptance(Record):
    """An item of `catalog/accepted.yaml`: one warning that `agentdocs check` no longer gives."""

    warning: WarningKind
    """The kind of warning, which stands in brackets at its end."""
    file: Text
    """The file of the warning, from the folder of the project, such as `catalog/models/author/name.yaml`."""
    member: Text | None = None
    """The member that the warning names after the place; left out where it names none."""
    reason: Text
    """Why it is right, in one sentence, for anyone who wonders later."""
