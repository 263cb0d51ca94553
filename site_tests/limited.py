"""Runs the command and tells what it took: `python -m site_tests.limited FILE -- COMMAND...`, or `run` from a test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from agentdocs.cli import main

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    """Its exit code; negative for the number of the signal that ended it."""
    told: str
    """What it printed on either output."""
    seconds: float
    """Of a processor, in the process and its children: how busy the machine was does not count."""
    megabytes: float
    """The most memory that the process had at any time; 0 where the system does not tell, or it crashed."""


def run(*arguments: str, patience: float = 60) -> Ended:
    """Run the command. One that has not ended after `patience` seconds waits for something, and is killed."""
    with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile() as memory:
        command = [sys.executable, "-m", "site_tests.limited", memory.name, "--", *arguments]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        timer = threading.Timer(patience, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        told = output.read().decode(errors="backslashreplace")
        megabytes = float(memory.read() or 0)
    return Ended(process.returncode, told, usage.ru_utime + usage.ru_stime, megabytes)


def _most_memory() -> float:
    """Give the most megabytes of this process. What the system tells its parent counts the parent's own, too."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0


if __name__ == "__main__":
    try:
        main(sys.argv[3:])
    finally:
        Path(sys.argv[1]).write_text(f"{_most_memory():.1f}")
