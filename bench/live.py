"""Measures how long an edit takes until a reader sees it, beside plain `mkdocs serve` of the same pages, in one run.

The reader is what a browser with the page open does: it waits for the server's word, then loads the page again.
Prints the median and the longest of several edits, each undone before the next.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
EDITS = 7
LIMIT = 120
"""Seconds after which the measurement is given up."""


@contextmanager
def serving(folder: Path) -> Iterator[httpx.Client]:
    """Run `mkdocs serve` in a folder, and give a client that knows its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    command = [str(BIN / "mkdocs"), "serve", "--quiet", "--dev-addr", address]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=folder, env=environment) as process:
        try:
            with httpx.Client(base_url=f"http://{address}", timeout=LIMIT) as client:
                for _ in range(LIMIT * 10):
                    try:
                        client.get("/llms.txt")
                        break
                    except httpx.ConnectError:
                        time.sleep(0.1)
                yield client
        finally:
            process.terminate()


def wait(client: httpx.Client, path: str, text: str, *, there: bool) -> None:
    """Do as the script in the page does, until the page has a text or has it no more."""
    while (text in (page := client.get(path).text)) != there:
        (stamps,) = re.findall(r"livereload\((\d+), (\d+)\)", page)
        client.get("/livereload/{}/{}".format(*stamps))


def measure(name: str, client: httpx.Client, file: Path, before: str, path: str) -> None:
    """Put a word into a file several times, after one time that does not count, and print the seconds."""
    original, seconds = file.read_text(encoding="utf-8"), []
    start, found, rest = original.partition(before)
    if not found:
        raise ValueError(f"{file} has no {before!r} to edit")
    for number in range(EDITS + 1):
        word = f"Edited{number}"
        saved = time.perf_counter()
        file.write_text(f"{start}{word} {before}{rest}", encoding="utf-8")
        wait(client, path, word, there=True)
        if number:
            seconds.append(time.perf_counter() - saved)
        file.write_text(original, encoding="utf-8")
        wait(client, path, word, there=False)
    print(f"{name:<52} {statistics.median(seconds):8.2f} {max(seconds):9.2f}")


def main() -> None:
    """Print the table."""
    print(f"{'from saving to seeing, ' + str(EDITS) + ' edits':<52} {'median s':>8} {'longest s':>9}")
    with tempfile.TemporaryDirectory() as temporary:
        staged, project = Path(temporary) / "staged", Path(temporary) / "project"
        subprocess.run([BIN / "agentdocs", "stage", staged], cwd=ROOT, check=True, capture_output=True)
        for name in ("catalog", "docs", "templates"):
            shutil.copytree(ROOT / name, project / name)
        shutil.copy(ROOT / "mkdocs.yml", project)
        models, provider = project / "catalog/models", project / "catalog/provider.yaml"
        model = min(models.glob("*/*.yaml"))
        setup, page = "/docs/agents/setup/", f"/docs/agents/models/{str(model.relative_to(models))[:-5]}/"
        shape, theme = project / "templates/pages/model.md", project / "templates/theme/main.html"
        with serving(project) as client:
            measure("make edit: a model in the catalog", client, model, _name(model), page)
            measure("make edit: the provider's name, on every page", client, provider, _name(provider), setup)
            measure("make edit: the template of every model's page", client, shape, "## Facts", page)
            measure("make edit: the template around every page", client, theme, "This is", setup)
            measure("make edit: a page", client, project / "docs/agents/setup.md", "## ", setup)
        with serving(staged) as client:
            peer = "  peer: mkdocs serve of the staged pages: a page"
            measure(peer, client, staged / "docs/docs/agents/setup.md", "## ", setup)


def _name(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix("name: ") for line in lines if line.startswith("name: "))


if __name__ == "__main__":
    main()
