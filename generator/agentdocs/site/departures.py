"""Paths that were published once and are not any more: where each leads now, or that it is gone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from agentdocs.errors import CatalogError, OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.errors import Loc
    from agentdocs.schema import Facts

PUBLISHED = "published.txt"
"""The file beside the catalog with every path that the last release published: sorted, one a line."""

_PART, _REST = "[A-Za-z0-9._~-]+", "(?:[A-Za-z0-9._~-][A-Za-z0-9._~/-]*)?"
"""What `*` stands for, and what comes after a tree. No other letter is published, and none may end a header field."""


@dataclass(frozen=True)
class Departure:
    """What became of one path, or of all that a pattern matches."""

    path: str
    """As the catalog writes it: `*` stands for one part, and a slash at the end for everything below."""
    target: str = ""
    """Where it leads, with as many `*` at most; empty if it is gone."""

    def pattern(self, group: Callable[[int], str] = lambda _: "") -> str:
        """Write a regular expression that Python, JavaScript, PCRE and RE2 read alike.

        Each `*`, and the rest of a tree, is a group, which always takes part in a match and begins with what `group`
        gives for its number, such as `?<name>`.
        """
        parts = re.escape(self.path.removesuffix("/")).replace(r"\-", "-").split(r"\*")
        text = parts[0] + "".join(f"({group(n)}{_PART}){part}" for n, part in enumerate(parts[1:], 1))
        return f"^{text}(?:/|$)({group(len(parts))}{_REST})$" if self.path.endswith("/") else f"^{text}$"

    @property
    def is_exact(self) -> bool:
        """Whether it is a single path."""
        return not self.path.endswith("/") and "*" not in self.path

    def leads(self, group: Callable[[int], str]) -> str:
        """Write the target, given how the text of the group with a number is written."""
        first, *others = self.target.split("*")
        text = first + "".join(f"{group(number)}{other}" for number, other in enumerate(others, 1))
        keeps_rest = self.path.endswith("/") and self.target.endswith("/")
        return text + (group(self.path.count("*") + 1) if keeps_rest else "")

    def match(self, path: str) -> re.Match[str] | None:
        """Find the path in the pattern."""
        return self._expression.fullmatch(path)

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(self.pattern())


def departures(facts: Facts, day: date) -> tuple[Departure, ...]:
    """List what became of paths. The first that matches holds: single paths come first, then the longer patterns.

    A model's `retires_on` says already that its snippets are gone.
    """
    site = facts.site
    stated = [*(Departure(path, target) for path, target in site.moved.items()), *map(Departure, site.gone)]
    stated += _retired(facts, day)
    return tuple(sorted(stated, key=lambda departure: (not departure.is_exact, -len(departure.path))))


def _retired(facts: Facts, day: date) -> Iterator[Departure]:
    """Yield the trees of snippets of retired models, or the single files in one that has those of another model too."""
    snippets = facts.site.snippets
    left = [model.path for model in facts.models.values() if model.status(day) != "retired"]
    for path in (model.path for model in facts.models.values() if model.status(day) == "retired"):
        if not any(other.startswith(f"{path}/") for other in left):
            yield Departure(f"{snippets}*/{path}/")
            continue
        for name, client in facts.clients.items():
            yield from (Departure(f"{snippets}{name}/{path}/{shape.file}") for shape in client.snippets)


def departed(every: Iterable[Departure], path: str) -> tuple[str, bool]:
    """Say where a path leads, or nothing, and whether anything was published there once."""
    for departure in every:
        if match := departure.match(path):
            return departure.leads(match.group), True
    return "", False


def check(catalog: Catalog, every: Collection[Departure], urls: Collection[str]) -> None:
    """Raise `CatalogError` for whatever is written although it departed, and for targets that are not written.

    `urls` has all that a build writes.
    """
    site = catalog.facts.site
    pages = {form for url in urls if url.endswith("/") for form in (url[:-1], f"{url}index.html")}
    taken = [*sorted(urls), *sorted(pages), site.assets, "/404.html", "/sitemap.xml"]
    problems = []
    for departure in every:
        loc, key = _place(catalog, departure)
        start = departure.path.partition("*")[0].removesuffix("/")
        if found := next((url for url in taken if url.startswith(start) and departure.match(url)), None):
            right = "remove this line, or what is published there"
            problems.append(catalog.problem(loc, f"'{departure.path}' is published: {found}", right, key=key))
        if departure.target and not _leads_somewhere(departure, urls):
            right = "name a path that is, or list the old one under gone"
            problems.append(catalog.problem(loc, f"'{departure.target}' is not published", right))
    if problems:
        raise CatalogError(problems)


def _leads_somewhere(departure: Departure, urls: Collection[str]) -> bool:
    if departure.is_exact:
        return departure.target in urls
    targets = Departure(departure.target)
    return any(targets.match(url) for url in urls)


def _place(catalog: Catalog, departure: Departure) -> tuple[Loc, bool]:
    site = catalog.facts.site
    if departure.target:
        return ("site", "moved", departure.path), True
    if departure.path in site.gone:
        return ("site", "gone", site.gone.index(departure.path)), False
    return ("site", "snippets"), False


def read(root: Path) -> list[str] | None:
    """Read which paths the last release published; None before the first one. Raises `CatalogError`."""
    file = root / PUBLISHED
    try:
        lines = file.read_bytes().decode().splitlines()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        right = "restore it from the history"
        raise CatalogError([Problem(str(file), 0, 0, "", "this is not UTF-8", right)]) from None
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror}") from error
    wrong = [number for number, line in enumerate(lines, 1) if line and not line.startswith("/")]
    if wrong:
        right = "write the path from the root of the origin, or restore the file from the history"
        raise CatalogError([Problem(str(file), number, 1, "", "this is not a path", right) for number in wrong])
    return lines


def write(root: Path, urls: Iterable[str]) -> None:
    """Keep which paths a release publishes, for the next one."""
    fresh = root / f"{PUBLISHED}.new"
    fresh.write_text("".join(f"{url}\n" for url in sorted(urls)), encoding="utf-8")
    fresh.replace(root / PUBLISHED)


def check_published(catalog: Catalog, root: Path, every: Collection[Departure], urls: Collection[str]) -> None:
    """Raise `CatalogError` for each path of the last release that would vanish silently or lead nowhere."""
    problems = list(_vanished(catalog, root, every, urls))
    if problems:
        raise CatalogError(problems)


def _vanished(catalog: Catalog, root: Path, every: Collection[Departure], urls: Collection[str]) -> Iterator[Problem]:
    known = frozenset(urls)
    for number, path in enumerate(read(root) or (), 1):
        if not path or path in known:
            continue
        target, is_known = departed(every, path)
        if not is_known:
            site = catalog.files["site",].name
            right = f"publish it again, or say where it leads under moved in {site}, or list it there under gone"
            yield Problem(str(root / PUBLISHED), number, 1, "", f"{path} would vanish", right)
        elif target and target not in known:
            wrong = f"{path} would lead to {target}, which is not published"
            yield Problem(str(root / PUBLISHED), number, 1, "", wrong, "say where exactly it leads")
