"""Consumers that run on Node."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

from site_tests import programs

if TYPE_CHECKING:
    from pathlib import Path

GROUP = "consumers"
QUIET = {
    "DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "NO_COLOR": "1",
}
"""Consumers tell nobody that they ran, and ask nobody whether there is a newer one."""


def verdicts(script: str, *arguments: str, group: str = GROUP) -> Any:  # noqa: ANN401
    """Run a script of a group with Node and give the JSON that it prints."""
    result = _run(programs.folder(group) / f"{script}.mjs", *arguments)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def run(program: str, *arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the group in a folder, and give what it says and its exit code."""
    found = programs.node_modules(GROUP) / ".bin" / program
    return _run(found, *arguments, cwd=folder, environment=environment)


def _run(
    script: Path, *arguments: str, cwd: Path | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(programs.find("node")), str(script), *arguments],
        cwd=cwd,
        env={**os.environ, **QUIET, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
