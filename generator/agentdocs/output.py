"""Output folders that are complete or untouched."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from agentdocs.errors import OutputError

try:
    import fcntl
except ModuleNotFoundError:  # Windows, where folders have no locks
    _POSIX = False
else:
    _POSIX = True

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from agentdocs.render import Rendering

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2

SIGNATURE = "_agentdocs.txt"
"""The file that says that a folder is ours. Hosts answer no file whose name begins with an underscore."""
_SIGNED = b"Written by agentdocs, which replaces this folder whole. Put nothing of your own here.\n"


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """Give a new, empty folder to fill; it takes the place of `output` if nothing fails.

    Whatever fails, `output` keeps every byte that it had, and nothing stays behind; what a killed process left is
    removed by the next one. Processes may fill the same output at once: each puts a whole folder in its place.
    Where `output` is a link, the folder that it leads to is replaced. A folder that has content but not our signature
    was not made here and is not replaced. Raises `OutputError`, also for files that cannot be read meanwhile.
    """
    with _placed(output, _refuse) as fresh:
        yield fresh
        (fresh / SIGNATURE).write_bytes(_SIGNED)


@contextmanager
def creating(output: Path) -> Iterator[Path]:
    """Give a new, empty folder to fill; it becomes `output`, which has nothing yet, if nothing fails.

    What fails or is killed leaves nothing, as with `replacing`. The folder is its owner's from then on: it is not
    signed, and no build replaces it. Raises `OutputError`.
    """
    with _placed(output, refuse_content) as fresh:
        yield fresh


@contextmanager
def _placed(output: Path, refuse: Callable[[Path, Path], None]) -> Iterator[Path]:
    """Give a new folder that takes the place of `output`, unless something fails or that place is refused."""
    target = Path(os.path.realpath(output))
    missing = [folder for folder in target.parents if not folder.exists()]
    try:
        refuse(target, output)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _workshop(target) as workshop:
            fresh = workshop / "fresh"
            fresh.mkdir()
            yield fresh
            with _locked(target.parent):
                refuse(target, output)  # again: to fill a folder takes long enough to put another one here
                _exchange(fresh, target, workshop / "previous")
    except OSError as error:
        raise OutputError(f"{_place(error, target, output)}: {error.strerror or error}") from error
    finally:
        for folder in missing:
            with suppress(OSError):  # by now something is in it
                folder.rmdir()


@contextmanager
def unchanged(output: Path) -> Iterator[None]:
    """Keep others from replacing an output while it is read. Raises `OutputError` if it is not there."""
    try:
        with _locked(Path(os.path.realpath(output)).parent):
            yield
    except OSError as error:
        raise OutputError(f"{error.filename or output}: {error.strerror or error}") from error


def refuse_content(target: Path, output: Path) -> None:
    """Refuse a folder that has anything in it; `output` is how somebody named it. Raises `OutputError`."""
    if target.is_dir() and any(target.iterdir()):
        raise OutputError(f"{output}: this folder is not empty; name a new or empty one")
    _refuse(target, output)


def _refuse(target: Path, output: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"{output}: this is a file; name a folder")
    if (target / ".git").exists():
        raise OutputError(f"{output}: this folder is a git repository; name another one, and copy the result here")
    if any(target.iterdir()) and not _is_signed(target):
        raise OutputError(
            f"{output}: this folder has content that may not be ours (no {SIGNATURE}, which every build leaves); "
            "name a new or empty folder, or delete this one if it is only the output of an earlier version"
        )
    if not os.access(target, os.W_OK):
        raise OutputError(f"{output}: this folder is write-protected; change that or name another folder")


def _is_signed(folder: Path) -> bool:
    signature = folder / SIGNATURE
    return signature.is_file() and signature.stat().st_size == len(_SIGNED) and signature.read_bytes() == _SIGNED


def _place(error: OSError, target: Path, output: Path) -> str:
    """Name the file of an error, with its place in `output` if it is in a workshop."""
    place = str(error.filename2 or error.filename or output)
    workshops = str(target.parent / _prefix(target))
    if not place.startswith(workshops):
        return place
    _, fresh, path = place.removeprefix(workshops).partition("/fresh")
    return f"{output}{path}" if fresh else f"{output}: cannot create a folder next to it"


def _prefix(target: Path) -> str:
    return f".{target.name}-agentdocs-"


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """Make a folder beside `target` for the time of this process, and remove those of processes that were killed."""
    with ExitStack() as stack:
        with _locked(target.parent):
            for other in target.parent.iterdir():
                if other.name.startswith(_prefix(target)):
                    _sweep(other, target)
            folder = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
            stack.callback(_remove, folder)
            stack.enter_context(_locked(folder))
        yield folder


def _sweep(workshop: Path, target: Path) -> None:
    """Remove a workshop, unless the process that made it still runs or another user owns it."""
    with suppress(OSError), _locked(workshop, wait=False):
        if not {path.name for path in workshop.iterdir()} <= {"fresh", "previous"}:
            return  # somebody's own folder, by a strange name
        if not target.exists() and (workshop / "previous").exists():
            (workshop / "previous").rename(target)
        _remove(workshop)


def _remove(folder: Path) -> None:
    for inner, _, _ in os.walk(folder):
        with suppress(OSError):
            Path(inner).chmod(0o700)  # an earlier output may have been write-protected in part
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a folder, which the system lifts when the process ends, however it ends."""
    if not _POSIX:
        raise OutputError("writing an output needs Linux, macOS or another POSIX system; on Windows use WSL")
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(descriptor)


def _exchange(fresh: Path, target: Path, previous: Path) -> None:
    """Swap two folders in one step where the system can, so that even a killed process leaves one whole."""
    if not target.exists():
        fresh.rename(target)
        return
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        if rename(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE) == 0:
            return
    except (AttributeError, OSError):
        pass
    try:
        target.rename(previous)
        fresh.rename(target)
    finally:
        if not target.exists():
            previous.rename(target)


def stored(rendering: Rendering) -> dict[str, bytes]:
    """Give the bytes of every artifact by its storage path."""
    from agentdocs.hosting import storage_paths

    return {path: rendering.artifacts[url].body for url, path in storage_paths(rendering.artifacts).items()}


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their paths below `folder`."""
    for path, body in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
