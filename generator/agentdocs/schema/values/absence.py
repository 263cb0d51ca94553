"""Groups and lists that may say why they are absent."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import Discriminator, Tag

from agentdocs.schema.values.choices import Choices

_T = TypeVar("_T")
GROUP, SPECIAL = "<group>", "<special>"
"""Tags of the two sides of a union; they appear in pydantic's locations and are left out of messages."""
_GROUP_TOO = ", a list or a mapping"


def _side(value: Any) -> str:  # noqa: ANN401
    return SPECIAL if isinstance(value, str) else GROUP


OrUnknown = Annotated[
    Annotated[_T, Tag(GROUP)] | Annotated[Literal["unknown"], Choices(_GROUP_TOO), Tag(SPECIAL)],
    Discriminator(_side),
]
"""A group of facts, or `unknown`."""
OrNotOffered = Annotated[
    Annotated[_T, Tag(GROUP)] | Annotated[Literal["not_offered", "unknown"], Choices(_GROUP_TOO), Tag(SPECIAL)],
    Discriminator(_side),
]
"""A group of facts, or `not_offered`, or `unknown`."""
