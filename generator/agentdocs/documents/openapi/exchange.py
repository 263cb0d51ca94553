"""What a request sends and gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Exchange:
    """A request of one kind and the answer to it, where all goes well."""

    about: str
    """Sentences for the description of the operation."""
    answer: Mapping[str, Any]
    parameters: Sequence[Mapping[str, Any]] = ()
    body: Mapping[str, Any] | None = None


def json_content(schema: Mapping[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write the content of a request or an answer in JSON, with `example` or `examples` if there are any."""
    return {"application/json": {"schema": schema, **more}}
