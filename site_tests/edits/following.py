"""Does what `check` says: goes to each place that it names, and writes there what it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import AgentdocsError
from generator.render import Project, render
from site_tests.conftest import DAY

if TYPE_CHECKING:
    from site_tests.edits.copies import Copy


def refusal(copy: Copy) -> str:
    """Give what is said about a copy that does not render, or an empty text."""
    try:
        for release in (False, True):
            render(Project.at(copy.root), release=release, day=DAY)
    except AgentdocsError as error:
        return str(error)
    return ""


def follow(copy: Copy, kind: str, old: str, new: str) -> list[str]:
    """Write another name at each place of the catalog and in each page that is named, and give what was said."""
    told: list[str] = []
    while problems := refusal(copy):
        assert len(told) < 50, f"the same again and again: {problems}"
        for problem in problems.splitlines():
            told.append(problem.removeprefix(f"{copy.root}/"))
            place = re.match(r"((?:catalog|docs)/\S+?):(\d+):", told[-1])
            assert place, f"the message names no line: {problem}"
            file, line = copy.root / place[1], int(place[2])
            lines = file.read_text(encoding="utf-8").split("\n")
            if file.suffix == ".md":
                assert f"{kind}.{old}" in lines[line - 1], f"the line names something else: {problem}"
                lines = [re.sub(rf"\b{kind}\.{old}\b", f"{kind}.{new}", each) for each in lines]
            else:
                lines[line - 1] = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, lines[line - 1])
            file.write_text("\n".join(lines), encoding="utf-8")
    return told
