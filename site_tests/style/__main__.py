"""`python -m site_tests.style [FILE ...]`: reads the project's prose or that of the files, and says what to reword."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from site_tests.style.editor import Editor
from site_tests.style.passages import passages

READ = (
    "*.md",
    "catalog/**/*.yaml",
    "templates/**/*.yaml",
    "templates/**/*.html",
    "templates/**/*.txt",
    "generator/agentdocs/**/*.py",
)
"""Where prose is. Golden files are outputs of it, recordings are what clients print, and providers are invented."""
LEFT_OUT = ("site_tests/*/golden*/**", "site_tests/providers/**", "catalog/recordings/*")


def main(names: list[str]) -> int:
    """Print one line a slip, and return the exit code."""
    if not names:
        patterns = [f":(glob,exclude){each}" for each in LEFT_OUT]
        tracked = ["git", "ls-files", "--", *READ, *patterns]
        names = subprocess.run(tracked, check=True, capture_output=True, text=True).stdout.splitlines()
    editor, slips = Editor(), 0
    for name in names:
        for passage in passages(Path(name), Path(name).read_text("utf-8")):
            for slip in editor.slips(passage):
                print(f"{name}:{slip}")
                slips += 1
    return 1 if slips else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
