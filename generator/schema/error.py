"""Errors that the APIs answer with."""

from __future__ import annotations

from generator.schema.base import SourcedGroup
from generator.schema.values import ApiId, ErrorStatus, Flag, Text, Token


class ApiError(SourcedGroup):
    """An entry of `catalog/errors.yaml`, in the envelope `{"error": {"message", "type", "code"}}`."""

    status: ErrorStatus
    """The HTTP status of the answer."""
    code: Token
    """`error.code`; `not_offered` where it is null, `unknown` where nobody published it."""
    type: Token
    """`error.type`, or `unknown`."""
    apis: tuple[ApiId, ...]
    """The APIs that send it, each once."""
    title: Text
    """What happened, in a few words; the heading on the errors page that limits and tables link to."""
    meaning: Text
    """Why the request failed, in one sentence."""
    remedy: Text
    """What the reader should do now, in one sentence."""
    retry: Flag
    """Whether the same request can succeed later without a change."""
