"""When files last changed, from the commits of the repository."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class History:
    """The day of the newest commit of each file, in UTC."""

    days: Mapping[str, date]
    """By path from the folder that was asked about; empty where there is no complete history."""
    gap: str
    """Why days are missing; empty when the history is complete."""

    def newest(self, paths: Iterable[str]) -> date | None:
        """Give the day of the newest commit among `paths`, or None if none of them has one."""
        return max((self.days[path] for path in paths if path in self.days), default=None)

    @property
    def last(self) -> date | None:
        """The day of the newest commit of all."""
        return max(self.days.values(), default=None)


def read(folder: Path) -> History:
    """Read the history of the files below `folder`.

    A shallow clone knows only its youngest commits and would date every older file wrongly, so it counts as
    no history at all.
    """
    try:
        if _git(folder, "rev-parse", "--is-shallow-repository").strip() != "false":
            return History({}, "the clone is shallow; fetch the whole history with git fetch --unshallow")
        log = _git(folder, "log", "--format=%x00%ct", "--name-only", "--no-renames", "--relative", "--", ".")
    except FileNotFoundError:
        return History({}, "git is not installed")
    except subprocess.CalledProcessError:
        return History({}, "this is not a git repository, or it has no commit yet")
    days: dict[str, date] = {}
    for commit in log.split("\0")[1:]:
        stamp, *paths = commit.split("\n")
        day = datetime.fromtimestamp(int(stamp), UTC).date()
        for path in filter(None, paths):
            days[path] = max(day, days.get(path, day))
    return History(days, "")


def committed(folder: Path) -> Mapping[str, bytes]:
    """Give what the newest commit has of the files below `folder` that are different now, by path from there.

    Files that are new, renamed or removed are left out. There are none where there is no history.
    """
    try:
        changed = _git(folder, "diff", "--name-only", "--relative", "-z", "--diff-filter=M", "HEAD", "--", ".")
        names = [name for name in changed.split("\0") if name and "\n" not in name]
        asked = "".join(f"HEAD:./{name}\n" for name in names)
        command = ["git", "-C", str(folder), "cat-file", "--batch"]
        answer = subprocess.run(command, input=asked.encode(), capture_output=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return {}
    contents: dict[str, bytes] = {}
    for name in names:  # each answer is `<object> <type> <size>`, and so many bytes on the lines after it
        head, _, answer = answer.partition(b"\n")
        if not (size := head.rpartition(b" ")[2]).isdigit():
            continue  # `<name> missing`, such as a repository inside this one
        contents[name], answer = answer[: int(size)], answer[int(size) + 1 :]
    return contents


def commit(folder: Path) -> str:
    """Name the newest commit of a folder; empty where there is none."""
    try:
        return _git(folder, "rev-parse", "HEAD").strip()
    except (FileNotFoundError, subprocess.CalledProcessError):
        return ""


def changed(folder: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """List files below some paths that are not as the newest commit has them, from `folder`."""
    listed = _git(folder, "status", "--porcelain", "--no-renames", "--untracked-files=all", "-z", "--", *paths)
    start = _git(folder, "rev-parse", "--show-prefix").strip()
    return tuple(sorted(line[3:].removeprefix(start) for line in listed.split("\0") if line))


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "core.quotePath=off", *arguments]
    return os.fsdecode(
        subprocess.run(command, capture_output=True, check=True).stdout
    )  # as paths are: not all is UTF-8
