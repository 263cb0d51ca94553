"""Output folders that are complete or untouched."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.render import Rendering

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def replacing(output: Path, signature: str) -> Iterator[Path]:
    """Give a new, empty folder beside `output` to fill; it takes the place of `output` if nothing fails.

    Whatever fails, `output` keeps every byte that it had. A folder that has content but no file `signature` was
    not made here and is not replaced. Raises `OutputError`.
    """
    if output.exists() and not output.is_dir():
        raise OutputError(f"{output}: this is a file; name a folder")
    if output.is_dir() and any(output.iterdir()) and not (output / signature).is_file():
        raise OutputError(f"{output}: this folder has other content (no {signature}); name a new or empty folder")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror}") from error
    try:
        fresh.chmod(0o755)
        yield fresh
        _exchange(fresh, output)
    except OSError as error:
        raise OutputError(f"{error.filename or output}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _exchange(fresh: Path, output: Path) -> None:
    """Swap two folders in one step where the system can, so that even a killed process leaves one whole."""
    if not output.exists():
        fresh.rename(output)
        return
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        if rename(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(output), _RENAME_EXCHANGE) == 0:
            return
    except (AttributeError, OSError):
        pass
    aside = fresh.with_name(fresh.name + "-previous")
    output.rename(aside)
    try:
        fresh.rename(output)
    except OSError:
        aside.rename(output)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def write_artifacts(rendering: Rendering, folder: Path) -> None:
    """Write every artifact to its storage path below `folder`."""
    from generator.hosting import storage_paths

    for url, path in storage_paths(rendering.artifacts).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(rendering.artifacts[url].body)
