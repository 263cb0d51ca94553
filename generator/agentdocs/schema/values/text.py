"""Texts, and how a text is held to a pattern."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from agentdocs.schema.values.refusal import refuse, shown

_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""The characters that control the direction of text (Unicode Standard Annex 9, section 2)."""
_RESERVED = {
    "unlimited": "for what has no bound",
    "not_offered": "for what there is not",
    "unknown": "for what nobody published",
}


def unreserved(value: object) -> None:
    """Keep a text from being read as the absence of one, here and by the programs that read the published catalog."""
    if isinstance(value, str) and value in _RESERVED:
        raise refuse(f"{shown(value)} is reserved {_RESERVED[value]}", "write another text, or leave the member out")


def plain_text(value: object) -> object:
    """Refuse what is no text on one line, or does not show as it is."""
    unreserved(value)
    if not isinstance(value, str):
        raise refuse(f"{shown(value)} is not text", "write text, in quotes if YAML reads it as something else")
    if not value.strip():
        raise refuse("the text is empty", "write it or remove the member")
    if turn := _TURNS.search(value):
        refused = (
            f"{shown(value)} has U+{ord(turn[0]):04X}, which changes the direction of text, so that it looks different"
        )
        raise refuse(refused, "remove it; letters of any script keep their own direction")
    if value == value.strip() and "\n" not in value and not value.isprintable():
        raise refuse(f"{shown(value)} has an invisible character", "write a space instead or remove it")
    if value != value.strip() or not value.isprintable():
        raise refuse(f"{shown(value)} has line breaks, or spaces at its ends", "write it on one line")
    if "{{" in value or "{%" in value:
        raise refuse(f"{shown(value)} looks like a template", "write plain text, nothing here is evaluated")
    return value


Text = Annotated[str, BeforeValidator(plain_text)]
"""A short plain text on one line, and none of the three values that are no quantity."""


def matching(pattern: str, what: str, *specials: str) -> Callable[[object], object]:
    """Make the check of a text that a pattern matches as a whole; `what` says what such a text is."""
    expression = re.compile(pattern)

    def check(value: object) -> object:
        unreserved(value)
        if not isinstance(value, str) or not expression.fullmatch(value):
            lower = value.lower() if isinstance(value, str) else ""
            right = f"write {lower}" if expression.fullmatch(lower) else f"it must match {pattern}"
            raise refuse(f"{shown(value)} is not {what}", right + or_specials(specials))
        return value

    return check


def either_or(*specials: str, check: Callable[[object], object]) -> BeforeValidator:
    """Allow some of the three values that are none beside what `check` allows."""
    return BeforeValidator(lambda value: value if isinstance(value, str) and value in specials else check(value))


TextOrUnknown = Annotated[str | Literal["unknown"], either_or("unknown", check=plain_text)]
"""A short plain text on one line, or `unknown` where nobody published it."""


def text_type(pattern: str, what: str) -> tuple[BeforeValidator, WithJsonSchema]:
    """Make what annotates such a text: its check, and its JSON Schema."""
    return BeforeValidator(matching(pattern, what)), WithJsonSchema(
        {"type": "string", "pattern": f"^(?:{pattern})$", "description": f"{what[0].upper()}{what[1:]}"}
    )


def or_specials(specials: tuple[str, ...]) -> str:
    """Name what else may be written, after what would be right."""
    return ", or " + " or ".join(specials) if specials else ""
