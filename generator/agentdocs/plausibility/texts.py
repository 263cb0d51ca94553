"""What is implausible about texts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.errors import Problem
    from agentdocs.plausibility.subject import Subject

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"), ("«", "»"))


def cut_text(subject: Subject) -> Iterator[Problem]:
    """A text ends before a `#` that looks like a part of it, though YAML takes it for a comment."""
    for owner, file in subject.catalog.files.items():
        for found in file.comments:
            if _continues(found.text, found.comment):
                wrong = f"the text ends before '{found.comment.strip()[:30]}', which YAML takes for a comment"
                right = "put the text in quotes, or the comment on a line of its own"
                problem = subject.catalog.problem((*owner, *found.loc), wrong, right)
                yield replace(problem, line=found.line, column=found.column)


def _continues(text: str, comment: str) -> bool:
    """Tell whether a comment goes on with the text before it.

    It does if there is no blank after the sign, as comments have it (`in #help`), if it closes a bracket, or if it ends
    the sentence that the text began (`Wait for # of requests to end.`).
    """
    if re.match(r"\s+#[^\s#!]", comment):
        return True
    if any(text.count(start) > text.count(end) and end in comment for start, end in _PAIRS):
        return True
    return text[-1] not in ".!?" and bool(re.fullmatch(r" # [a-z].*[.!?]", comment))
