"""Errors that the APIs answer with."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.schema.base import SourcedGroup
from generator.schema.values import ApiId, Flag, Text, Token


class ApiError(SourcedGroup):
    """An entry of `catalog/errors.yaml`, in the envelope `{"error": {"message", "type", "code"}}`."""

    status: Annotated[int, Field(ge=400, le=599)]
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
