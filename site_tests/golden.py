"""Golden files: what outputs are known to say, kept as files whose difference somebody reviews."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Texts = Mapping[str, str]
    """Texts by the path of their file."""

SHOWN = 3
"""How many lines of each file a summary quotes; `git diff` has the rest."""


@dataclass(frozen=True)
class Golden:
    """A folder of golden files, beside the texts that are rendered now."""

    folder: Path
    current: Texts

    def differences(self) -> list[str]:
        """Say of each file whose text is another one whether it is added, removed or changed, and how."""
        kept = dict(self._kept())
        found = []
        for path in sorted(kept.keys() | self.current.keys()):
            before, after = kept.get(path), self.current.get(path)
            if before is None:
                found.append(f"added    {path}")
            elif after is None:
                found.append(f"removed  {path}")
            elif before != after:
                found.append("\n".join([f"changed  {path}", *_lines(before, after)]))
        return found

    def write(self) -> None:
        """Put the texts in place of the files: all of them, and only once all of them are written."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}-", dir=self.folder.parent))
        try:
            for path, text in self.current.items():
                file = place / "new" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
            if self.folder.exists():
                self.folder.rename(place / "old")
            (place / "new").rename(self.folder)
        finally:
            if not self.folder.exists() and (place / "old").exists():
                (place / "old").rename(self.folder)
            shutil.rmtree(place)

    def _kept(self) -> Iterator[tuple[str, str]]:
        for file in self.folder.rglob("*"):
            if file.is_file():
                yield file.relative_to(self.folder).as_posix(), file.read_bytes().decode()


def _lines(before: str, after: str) -> list[str]:
    lines = [
        line
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@")) and line[1:].strip()
    ] or ["only blank lines or line ends differ"]
    more = len(lines) - SHOWN
    return [f"           {line[:160]}" for line in lines[:SHOWN]] + [f"           ({more} more lines)"] * (more > 0)


def summary(golden: Golden, root: Path) -> str:
    """Write all differences of a folder as one text; empty where there are none."""
    found = golden.differences()
    count = f"{len(found)} golden {'file differs' if len(found) == 1 else 'files differ'}"
    where = golden.folder.relative_to(root)
    return "\n".join([f"{count} in {where}:", *found]) if found else ""
