"""The files of a catalog that are not YAML, pictures and a typeface."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from agentdocs.brand import picture, typeface
from agentdocs.brand.picture import Picture
from agentdocs.brand.typeface import Typeface
from agentdocs.catalog.rules.finding import Finding
from agentdocs.catalog.source import contents
from agentdocs.errors import Problem
from agentdocs.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from agentdocs.errors import Loc
    from agentdocs.schema import Brand

BrandFile = Picture | Typeface


def read(
    folder: Path, paths: Iterable[Path], brand: Brand
) -> tuple[dict[str, BrandFile], list[Problem], list[Finding]]:
    """Read those of some files that a catalog names, by their names, and say what is wrong with each.

    Problems are about files, findings about members that name none of `folder`.
    """
    there = {path.name: path for path in paths}
    named, known = dict(_named(brand)), frozenset(there)
    missing = [
        Finding(
            loc, f"there is no file {name} in catalog/brand/", did_you_mean(name, known) if known else "put it there"
        )
        for loc, name in named.items()
        if not os.path.lexists(folder / name)
    ]
    files: dict[str, BrandFile] = {}
    problems: list[Problem] = []
    for name in {*named.values()} & known:
        found = _read(there[name])
        if isinstance(found, list):
            problems += found
        else:
            files[name] = found
    return files, problems, missing


def _named(brand: Brand) -> Iterator[tuple[Loc, str]]:
    """Yield each member that names a file, and the file."""
    for name in ("logo", "wordmark"):
        for scheme, file in getattr(brand, name) or ():
            if file:
                yield ("brand", name, scheme), file
    for name in ("icon", "typeface"):
        if file := getattr(brand, name):
            yield ("brand", name), file


def _read(path: Path) -> BrandFile | list[Problem]:
    if path.suffix == ".svg":
        body = contents(path, picture.MOST_BYTES, "simplify it, or shrink it with a program such as svgo")
        return [body] if isinstance(body, Problem) else picture.read(str(path), body)
    body = contents(path, typeface.MOST_BYTES, "leave out the characters that your pages do not use")
    return [body] if isinstance(body, Problem) else typeface.read(str(path), body)
