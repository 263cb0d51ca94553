"""Rules of pages, folders and addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.catalog.rules.finding import Finding
from agentdocs.catalog.source import member_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.errors import Loc
    from agentdocs.schema.site import Site


def departures_are_ours(site: Site) -> Iterator[Finding]:
    """What moved or is gone was ours, and no path is both."""
    stated: list[tuple[Loc, str, bool]] = [(("site", "moved", path), path, True) for path in site.moved]
    stated += [(("site", "gone", index), path, False) for index, path in enumerate(site.gone)]
    seen: dict[str, Loc] = {}
    for loc, path, key in stated:
        if path in seen:
            yield Finding(loc, f"'{path}' is also at {member_path(seen[path])}", "keep one of the two", key=key)
        seen.setdefault(path, loc)
        if not site.publishes(path):
            right = "add it to owns or stand_alone"
            yield Finding(loc, f"'{path}' is not among the paths that this build owns", right, key=key)
    for path, target in site.moved.items():
        if target.count("*") > path.count("*"):
            right = f"write at most {path.count('*')}, each repeats what the same one in the path matches"
            yield Finding(("site", "moved", path), f"'{target}' has more * than '{path}'", right)


def pages_are_published(site: Site) -> Iterator[Finding]:
    """Every folder belongs to this build, every page has a section, and some page is released."""
    released = False
    for name, page in site.pages.items():
        around = site.sections_around(page.source)
        released |= bool(around) and around[0].released
        if not around:
            source = ("site", "pages", name, "source")
            yield Finding(
                source, f"'{page.source}' is in no section", "add a section for its folder, or one without a folder"
            )
    if not released:
        yield Finding(("site", "pages"), "a release would have no page", "list one in a section that is released")
    places = [(("site", "sections", name, "path"), section.path) for name, section in site.sections.items()]
    for loc, path in [*places, (("site", "snippets"), site.snippets), (("site", "assets"), site.assets)]:
        if not path.endswith("/"):
            yield Finding(loc, f"'{path}' is not a folder", "let it end in a slash")
        elif not site.publishes(path):
            yield Finding(loc, f"'{path}' is not among the paths that this build owns", "add it to owns or stand_alone")
