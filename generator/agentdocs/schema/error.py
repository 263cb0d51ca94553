"""Errors that the APIs answer with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Discriminator, Tag

from agentdocs.schema.base import FactGroup, Provenance, SourcedGroup
from agentdocs.schema.values import (
    GROUP,
    SPECIAL,
    ApiId,
    Cause,
    ErrorCode,
    ErrorStatus,
    Flag,
    Text,
    TokenOrNone,
)

Senders = Annotated[
    Annotated[tuple[ApiId, ...], Tag(SPECIAL)] | Annotated[Mapping[ApiId, FactGroup], Tag(GROUP)],
    Discriminator(lambda value: GROUP if isinstance(value, Mapping) else SPECIAL),
]
"""Names of APIs: as a list, or each with where it is known from if that differs."""


class ApiError(SourcedGroup):
    """An entry of `catalog/errors.yaml`, in the envelope `{"error": {"message", "type", "code"}}`."""

    status: ErrorStatus
    """The HTTP status of the answer."""
    code: ErrorCode
    """`error.code`, a word or the status as a number; `not_offered` where it is null, `unknown` where nobody published
    it."""
    type: TokenOrNone
    """`error.type`; `not_offered` where there is none, `unknown` where nobody published it."""
    message: Text = "unknown"
    """`error.message`, word for word, as those of `apis` say it that have no provenance of their own; `unknown` where
    nobody published it. No program decides by it."""
    apis: Senders
    """The APIs that send it, each once. Written as a mapping, each has a `provenance` of its own where that of the
    error does not speak of it, and is `{}` otherwise."""
    causes: tuple[Cause, ...] = ()
    """What the API answers with this error: `no_key`, `wrong_key` (the other product's too), `plan` (the account's does
    not include the key), `model` (not for agents), `capability` (that the model does not have), `budget` (what pays is
    used up) or `limit` (too many requests). The stub answers so, what clients print is explained by it, and pages tell
    by it which step fixes the error. Left out for all others, and where a limit or the budget names the error."""
    title: Text
    """What happened, in a few words; the heading on the errors page that limits and tables link to."""
    meaning: Text
    """Why the request failed, in one sentence."""
    remedy: Text
    """What the reader should do now, in one sentence."""
    retry: Flag
    """Whether the same request can succeed later without a change."""

    def words(self, api: str) -> str:
        """Give the message of an API, or the meaning where nobody published the message."""
        return self.message if self.message != "unknown" and api in self.stated else self.meaning

    @property
    def own_code(self) -> int | str:
        """The code where it says more than the status; `not_offered` where it is the same number, too."""
        return "not_offered" if self.code == self.status else self.code

    @property
    def stated(self) -> list[str]:
        """The APIs of which the provenance of the error speaks."""
        return [api for api in self.apis if self.origin(api) == self.provenance]

    def origin(self, api: str) -> Provenance:
        """Say where it is known from that an API sends the error."""
        sender = self.apis[api] if isinstance(self.apis, Mapping) else None
        return (sender and sender.provenance) or self.provenance
