"""Errors that the APIs answer with."""

from __future__ import annotations

from generator.schema.base import SourcedGroup
from generator.schema.values import ApiId, Cause, ErrorStatus, Flag, Text, TokenOrNone, TokenOrUnknown


class ApiError(SourcedGroup):
    """An entry of `catalog/errors.yaml`, in the envelope `{"error": {"message", "type", "code"}}`."""

    status: ErrorStatus
    """The HTTP status of the answer."""
    code: TokenOrNone
    """`error.code`; `not_offered` where it is null, `unknown` where nobody published it."""
    type: TokenOrUnknown
    """`error.type`, or `unknown`."""
    apis: tuple[ApiId, ...]
    """The APIs that send it, each once."""
    causes: tuple[Cause, ...] = ()
    """What the API answers with this error: `no_key`, `wrong_key` (the other product's too), `plan` (the account's does
    not include the key), `model` (not for agents) or `capability` (that the model does not have). The stub answers so,
    and what clients print is explained by it; left out for errors of limits and budgets, and for all others."""
    title: Text
    """What happened, in a few words; the heading on the errors page that limits and tables link to."""
    meaning: Text
    """Why the request failed, in one sentence."""
    remedy: Text
    """What the reader should do now, in one sentence."""
    retry: Flag
    """Whether the same request can succeed later without a change."""
