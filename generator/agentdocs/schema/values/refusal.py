"""What is said of a wrong value, and of what would be right."""

from __future__ import annotations

import difflib

from pydantic_core import PydanticCustomError

SPECIALS = ("unlimited", "not_offered", "unknown")
"""The three values that are not a quantity, and never mean 0 or each other."""


def refuse(wrong: str, right: str | Nearest) -> PydanticCustomError:
    """Make the error of a value: what is wrong with it and what would be right."""
    # The texts travel as context: pydantic would read braces in them as placeholders.
    return PydanticCustomError("catalog", "{wrong}", {"wrong": wrong, "right": right})


class Nearest:
    """The advice `did_you_mean`, worked out only when it is shown: among thousands of names that takes long."""

    def __init__(self, value: str, known: frozenset[str]) -> None:
        self._value, self._known = value, known

    def told(self) -> str:
        """Give the advice."""
        return did_you_mean(self._value, self._known)


def shown(value: object) -> str:
    """Write a value the way it stands in YAML, short enough for a message."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "a mapping"
        case tuple():
            return "a list"
        case str():
            return repr(value if len(value) <= 60 else value[:57] + "...")
    return str(value)


def did_you_mean(value: str, known: frozenset[str]) -> str:
    """Say which known names come nearest to `value`, or list them."""
    near = difflib.get_close_matches(value, sorted(known), n=1)
    if near:
        return f"did you mean {near[0]}?"
    return "known: " + (", ".join(sorted(known)) or "none")
