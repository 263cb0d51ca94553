"""Quantities of what is paid for beside tokens of text, such as `image` or `1000 requests`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from agentdocs.schema.values import refuse, shown

_PLURALS: Mapping[str, str] = {
    "request": "requests", "search": "searches", "page": "pages", "character": "characters",
    "image": "images", "input_image": "input_images",
    "audio_second": "audio_seconds", "audio_minute": "audio_minutes", "audio_hour": "audio_hours",
    "video_second": "video_seconds",
    "audio_input_token": "audio_input_tokens", "audio_output_token": "audio_output_tokens",
    "image_input_token": "image_input_tokens", "image_output_token": "image_output_tokens",
}  # fmt: skip
_SINGULARS = {plural: unit for unit, plural in _PLURALS.items()}
_SECONDS: Mapping[str, int] = {"second": 1, "minute": 60, "hour": 3_600}
_PATTERN = rf"{'|'.join(_PLURALS)}|(?:[2-9]|[1-9]\d+) (?:{'|'.join(_SINGULARS)})"


def _quantity(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(_PATTERN, value):
        *first, last = _PLURALS
        count, _, word = str(value).rpartition(" ")
        unit = _SINGULARS.get(word, word)
        if unit in _PLURALS and re.fullmatch(r"\d*", count):
            right = f"write {unit if count in ('', '1') else f'{count} {_PLURALS[unit]}'}"
            raise refuse(f"{shown(value)} is not a quantity", right)
        right = f"write {', '.join(first)} or {last}, or several such as 1000 requests"
        raise refuse(f"{shown(value)} is nothing that is paid for", right)
    return value


Quantity = Annotated[
    str, BeforeValidator(_quantity), WithJsonSchema({"type": "string", "pattern": f"^(?:{_PATTERN})$"})
]
"""One of what is paid for, or several, such as `1000 requests`: `request`, `search`, `page`, `character`, `image` (one
that is made), `input_image`, `audio_second`, `audio_minute`, `audio_hour`, `video_second`, `audio_input_token`,
`audio_output_token`, `image_input_token` or `image_output_token`."""


def parts(quantity: str) -> tuple[int, str]:
    """Give how many of which unit there are, in the plural: 1000 and `requests`, or 1 and `images` for `image`."""
    count, _, word = quantity.rpartition(" ")
    return int(count or 1), _PLURALS.get(word, word)


def size(quantity: str) -> tuple[int, str]:
    """Give the same in the smallest unit: 60 and `audio_seconds` for `audio_minute`."""
    count, unit = parts(quantity)
    kind, _, time = _SINGULARS[unit].partition("_")
    return (count * _SECONDS[time], f"{kind}_seconds") if time in _SECONDS else (count, unit)


def in_words(quantity: str) -> str:
    """Write a quantity for the middle of a sentence: `1,000 requests`, `hour of audio`."""
    count, unit = parts(quantity)
    kind, _, time = _SINGULARS[unit].partition("_")
    if time in _SECONDS:
        return f"{f'{count:,} {time}s' if count > 1 else time} of {kind}"
    return f"{count:,} {unit.replace('_', ' ')}" if count > 1 else _SINGULARS[unit].replace("_", " ")
