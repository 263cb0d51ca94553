"""Names of other entries of the catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, ValidationInfo

from agentdocs.schema.values.refusal import Nearest, refuse, shown


@dataclass(frozen=True)
class References:
    """What the members of a catalog may refer to, by kind; the context of a validation."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The known names of each kind; what lies in a file that cannot be read has no entry."""
    today: date | None = None
    """The last day of the past; left out where no day is refused as one of the future."""


def matches(pattern: str, name: str) -> bool:
    """Tell whether a name fits a pattern in which `*` stands for any part, such as that of a `ModelPattern`."""
    return bool(re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), name))


def _refers_to(kind: str, *specials: str, pattern: bool = False) -> BeforeValidator:
    def check(value: object, info: ValidationInfo) -> object:
        if value in specials and isinstance(value, str):
            return value
        known = info.context.ids.get(kind) if isinstance(info.context, References) else None
        if not isinstance(value, str):
            raise refuse(f"{shown(value)} names no {kind}", "write it as text")
        if known is None or value in known or (pattern and any(matches(value, name) for name in known)):
            return value
        right = "write an id, or one with * for a part of it" if pattern and "*" in value else Nearest(value, known)
        raise refuse(f"{shown(value)} names no {kind} of this catalog", right)
        return value

    return BeforeValidator(check)


PlanId = Annotated[str, _refers_to("plan")]
"""The name of an entry of `catalog/plans.yaml`."""
KeyId = Annotated[str, _refers_to("key")]
"""The name of an entry of `catalog/keys.yaml`."""
ApiId = Annotated[str, _refers_to("API")]
"""The name of an entry of `catalog/apis.yaml`."""
ErrorId = Annotated[str, _refers_to("error")]
"""The name of an entry of `catalog/errors.yaml`, not its code."""
ErrorIdOrUnknown = Annotated[str | Literal["unknown"], _refers_to("error", "unknown")]
"""The name of an entry of `catalog/errors.yaml`, or `unknown` where nobody published the error."""
ClientId = Annotated[str, _refers_to("client")]
"""The name of a file of `catalog/clients/`."""
AuthorId = Annotated[str, _refers_to("author")]
"""The name of an entry of `catalog/authors.yaml`."""
StatusId = Annotated[str, _refers_to("status")]
"""The name of a status document of `catalog/discovery.yaml`."""
ModelRef = Annotated[str, _refers_to("model")]
"""The id of a model that has a file in `catalog/models/`."""
ModelPattern = Annotated[str, _refers_to("model", pattern=True)]
"""The id of a model that has a file in `catalog/models/`, or one in which `*` stands for any part, such as `*-free`."""
