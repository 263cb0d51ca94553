"""What a merge leaves in files where nobody has decided yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentdocs.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MARKER = re.compile(rb"^(?:<{7}|>{7}) .*", re.MULTILINE)


def refuse(folders: Iterable[Path]) -> None:
    """Raise `RenderError` with every mark of a conflict (git-merge) in a file of the folders, with file and line."""
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    told = []
    for file in files:
        text = file.read_bytes()
        for marker in _MARKER.finditer(text):
            line = text.count(b"\n", 0, marker.start()) + 1
            shown = marker[0].decode(errors="replace").rstrip()
            told.append(f"{file}:{line}: {shown!r} is left over from a merge; resolve the conflict and remove it")
    if told:
        raise RenderError("\n".join(told))
