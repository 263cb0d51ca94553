"""Programs from outside that tests run: where they are, and how a missing one is told."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

_HERE = Path(__file__).parent
_BIN = Path(sys.executable).parent


def find(name: str) -> Path | None:
    """Find a program by name, or None if it is missing or, for Node, too old."""
    match name:
        case "node":
            found = shutil.which(name, path=str(_BIN))
            return Path(found) if found and (_HERE / "node_modules" / "openai").is_dir() else None
        case "zensical":
            found = shutil.which(name, path=str(_BIN))
            return Path(found) if found else None
        case "chromium":
            found = shutil.which(name)
            return Path(found) if found and find_spec("playwright") else None
    found = shutil.which(name)
    return Path(found) if found else None


NODE_MODULES = _HERE / "node_modules"
