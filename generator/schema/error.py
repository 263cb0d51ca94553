"""Errors that the APIs answer with."""

from __future__ import annotations

from generator.schema.base import SourcedGroup
from generator.schema.values import ApiId, ErrorStatus, Flag, Text, Token


class ApiError(SourcedGroup):
    """An entry of `catalog/errors.yaml`, in the envelope `{"error": {"message", "type", "code"}}`."""

    status: ErrorStatus
    code: Token
    """`error.code`; `not_offered` where it is null, `unknown` where nobody published it."""
    type: Token
    """`error.type`, or `unknown`."""
    apis: tuple[ApiId, ...]
    title: Text
    meaning: Text
    remedy: Text
    retry: Flag
    """Whether the same request can succeed later without a change."""
