"""Measures `agentdocs check` and a full build beside named peers, each as a fresh process, in one run.

Prints the median of several runs: wall seconds, and processor seconds of the process and its children. The peers
of `check` are what it cannot go below; those of the build render the same Markdown pages without this project.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
RUNS = 5

READ_YAML = "import pathlib, yaml; [yaml.safe_load(p.read_bytes()) for p in pathlib.Path('catalog').rglob('*.yaml')]"


def measure(name: str, command: list[str], folder: Path) -> None:
    """Run a command several times, after one run that does not count, and print the medians."""
    walls, processors = [], []
    for number in range(RUNS + 1):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if number:
            walls.append(wall)
            processors.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"{name:<52} {statistics.median(walls):7.2f} {statistics.median(processors):9.2f}")


def main() -> None:
    """Print the table."""
    python = sys.executable
    print(f"{'median of ' + str(RUNS) + ' runs':<52} {'wall s':>7} {'process s':>9}")
    measure("agentdocs check", [str(BIN / "agentdocs"), "check"], ROOT)
    measure("  peer: import pydantic and click", [python, "-c", "import pydantic, click"], ROOT)
    measure("  peer: PyYAML safe_load of the same files", [python, "-c", READ_YAML], ROOT)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        staged = folder / "staged"
        subprocess.run([BIN / "agentdocs", "stage", staged], cwd=ROOT, check=True, capture_output=True)
        measure("agentdocs build", [str(BIN / "agentdocs"), "build", "--output", str(folder / "site")], ROOT)
        release = [str(BIN / "agentdocs"), "build", "--release", "--output", str(folder / "release")]
        measure("agentdocs build --release", release, ROOT)
        measure("  peer: mkdocs build of the staged pages", [str(BIN / "mkdocs"), "build", "--clean"], staged)
        if (BIN / "zensical").exists():
            measure("  peer: zensical build of the staged pages", [str(BIN / "zensical"), "build", "--clean"], staged)


if __name__ == "__main__":
    main()
