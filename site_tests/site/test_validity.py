"""Every built page before two validators of HTML: the one of the W3C, and html-validate."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_tests import programs

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.program("pages")

CONFIGURATION = Path(__file__).with_name("htmlvalidate.json")
"""Everything of HTML and of accessibility, except that a form needs a button: here every entry takes effect at once.

And a list that typing filters cannot be the native one.
"""


def nu(folder: Path) -> list[str]:
    """Ask the Nu HTML checker for everything that it has to say about the pages of a folder."""
    jar = programs.node_modules("pages") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", str(folder)]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)
    return [f"{message['url']}: {message['message']}" for message in said["messages"]]


def html_validate(folder: Path) -> list[str]:
    """Ask html-validate the same. It cuts off what does not fit into a pipe, so it writes into a file."""
    command = [str(programs.find("node")), str(programs.find("html-validate")), "--config", str(CONFIGURATION)]
    command += ["--formatter", "json", f"{folder}/**/*.html"]
    with tempfile.TemporaryFile("w+") as output:
        subprocess.run(command, stdout=output, check=False)
        output.seek(0)
        said = json.load(output)
    return [f"{file['filePath']}: {message['message']}" for file in said for message in file["messages"]]


VALIDATORS = [
    pytest.param(nu, marks=pytest.mark.program("java"), id="Nu HTML checker"),
    pytest.param(html_validate, id="html-validate"),
]


@pytest.mark.parametrize("validate", VALIDATORS)
@pytest.mark.parametrize("build", ["preview", "release"])
def test_every_page_is_valid(build: str, validate: Callable[[Path], list[str]], request: pytest.FixtureRequest) -> None:
    assert validate(request.getfixturevalue(f"{build}_site")) == []


@pytest.mark.parametrize("validate", VALIDATORS)
def test_planted_faults_are_found(validate: Callable[[Path], list[str]], preview_site: Path, tmp_path: Path) -> None:
    page = (preview_site / "index.html").read_text(encoding="utf-8")
    for name, fault in {
        "twice": '<p id="content"></p>',
        "stray": "</p>",
        "checkbox": '<input type="checkbox" autocomplete="off" aria-label="x">',
        "nested": '<a href="/"><a href="/">x</a></a>',
    }.items():
        (tmp_path / f"{name}.html").write_text(page.replace("</main>", f"{fault}</main>"), encoding="utf-8")
    (tmp_path / "sound.html").write_text(page, encoding="utf-8")
    found = {Path(line.partition(": ")[0].removeprefix("file:")).stem for line in validate(tmp_path)}
    assert found == {"twice", "stray", "checkbox", "nested"}
