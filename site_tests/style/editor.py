"""Reads passages with Harper, and says where a passage breaks a rule and what to write instead."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from harper import Dialect, Linter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_tests.style.passages import Passage

RULES = Path(__file__).parent / "rules"
"""Our rules in Weir, Harper's language for them, each with texts that it corrects and texts that it lets pass."""

ON = (
    "AnA",
    "AnAnother",
    "DespiteOf",
    "EnvironmentVariable",
    "IsBeenAuxSequence",
    "LongSentences",
    "ModalOf",
    "PhrasalVerbAsCompoundNoun",
    "PronounVerbAgreement",
    "RedundantAcronyms",
    "RepeatedWords",
    "TheAnother",
    "ThereIsAgreement",
)
"""Harper's own rules that are right about technical prose. Most others know too little of it, and each takes time."""


class Slip(NamedTuple):
    """What is wrong in a passage, on which line of its file, and what would be right."""

    line: int
    text: str
    wrong: str
    right: str
    rule: str

    def __str__(self) -> str:
        return f"{self.line}: {self.text!r}: {self.wrong}{f'; write {self.right}' if self.right else ''} [{self.rule}]"


class Editor:
    """Harper with our rules. Making one takes seconds, reading a passage milliseconds."""

    def __init__(self) -> None:
        self._linter = Linter(Dialect.BRITISH)
        rules = self._linter.get_lint_config()
        if unknown := {*ON} - {*rules}:
            raise ValueError(f"Harper has no rules {sorted(unknown)}")
        self._linter.set_lint_config({rule: rule in ON for rule in rules})
        failed = self._linter.load_weirpack(_packed(RULES))
        if failed:
            raise ValueError(f"rules in {RULES} fail their own tests: {failed}")

    def slips(self, passage: Passage) -> Iterator[Slip]:
        """Yield what breaks a rule, in the order of the text."""
        if not self._linter.lint(passage.text):
            return  # much faster than to ask by rules, of which most passages break none
        found = [
            (lint.span.start, rule, lint)
            for rule, lints in self._linter.organized_lints(passage.text).items()
            for lint in lints
        ]
        for start, rule, lint in sorted(found, key=lambda entry: entry[:2]):
            right = " or ".join(repr(each.replacement_text) for each in lint.suggestions if each.replacement_text)
            line = passage.line + passage.text.count("\n", 0, start)
            yield Slip(line, lint.problem_text[:80], lint.message.removesuffix("."), right, rule)


def _packed(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as pack:
        for file in sorted(folder.iterdir()):
            pack.writestr(file.name, file.read_text("utf-8"))
    return packed.getvalue()
