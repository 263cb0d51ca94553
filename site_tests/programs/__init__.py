"""Programs from outside that tests run: where they are, and how a missing one is told.

Each folder here with a `package.json` is a group of Node packages, installed from its own lock file. Programs of
Debian and how to install them are in `install`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_BIN = Path(sys.executable).parent


def find(name: str) -> Path | None:
    """Find a program by name: in a group of Node packages, in the virtual environment, or on the system.

    Node is taken from the virtual environment only, since the system's may be too old. A group's own name, such as
    `clients`, stands for all of its packages.
    """
    if (folder(name) / "package.json").is_file():
        return installed if (installed := node_modules(name)).is_dir() and find("node") else None
    candidates = [str(path) for path in sorted(_HERE.glob("*/node_modules/.bin"))]
    candidates += [str(_BIN)]
    found = shutil.which(name, path=":".join(candidates)) or (shutil.which(name) if name != "node" else None)
    return Path(found) if found else None


def folder(group: str) -> Path:
    """Say where the package list of a group and its scripts are."""
    return _HERE / group


def node_modules(group: str) -> Path:
    """Say where the packages of a group are installed."""
    return folder(group) / "node_modules"
