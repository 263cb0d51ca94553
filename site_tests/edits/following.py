"""Does what `check` says: goes to each place that it names, and writes there what it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentdocs.errors import AgentdocsError, CatalogError
from agentdocs.project import Project
from agentdocs.render import render
from agentdocs.site import departures

from site_tests.conftest import DAY

if TYPE_CHECKING:
    from site_tests.edits.copies import Copy


def refusal(copy: Copy) -> str:
    """Give what is said about a copy that does not render, or an empty text."""
    try:
        for release in (False, True):
            render(Project.at(copy.root), release=release, day=DAY)
    except AgentdocsError as error:
        return str(error)
    return ""


def publish(copy: Copy) -> None:
    """Keep which paths a release of a copy publishes, as `make release` does."""
    departures.write(copy.root, render(Project.at(copy.root), release=True, day=DAY).urls)


def take_leave(copy: Copy) -> None:
    """Say of every path that would vanish that it is gone, with one line for a folder of which nothing is left."""
    release = render(Project.at(copy.root), release=True, day=DAY)
    try:
        departures.check_published(release.catalog, copy.root, release.departures, release.urls)
    except CatalogError as error:
        lost = {problem.wrong.removesuffix(" would vanish") for problem in error.problems}
        urls = {*(departures.read(copy.root) or ()), *release.urls}
        with copy.data("catalog/site.yaml") as data:
            data["gone"] = sorted({*data.get("gone", ()), *(_whole(path, lost, urls) for path in lost)})


def _whole(path: str, lost: set[str], urls: set[str]) -> str:
    """Give the uppermost folder around a path of which everything is lost, or the path."""
    parts = path.split("/")
    folders = ("/".join(parts[:n]) for n in range(2, len(parts)))
    whole = (folder for folder in folders if {url for url in urls if f"{url}/".startswith(f"{folder}/")} <= lost)
    return next((f"{folder}/" for folder in whole), path)


def follow(copy: Copy, kind: str, old: str, new: str) -> list[str]:
    """Write another name at each place of the catalog and in each page that is named, and give what was said."""
    told: list[str] = []
    while problems := refusal(copy):
        assert len(told) < 50, f"the same again and again: {problems}"
        for problem in problems.splitlines():
            told.append(problem.removeprefix(f"{copy.root}/"))
            place = re.search(r"which \S*?(docs/\S+?):(\d+) names", problem)
            place = place or re.match(r"((?:catalog|docs)/\S+?):(\d+):", told[-1])
            assert place, f"the message names no line: {problem}"
            file, line = copy.root / place[1], int(place[2])
            lines = file.read_text(encoding="utf-8").split("\n")
            if file.suffix == ".md":
                assert f"{kind}.{old}" in lines[line - 1], f"the line names something else: {problem}"
                lines = [re.sub(rf"\b{kind}\.{old}\b", f"{kind}.{new}", each) for each in lines]
            else:
                lines[line - 1] = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, lines[line - 1])
            file.write_text("\n".join(lines), encoding="utf-8")
    return told
