"""Finds and reads the files of a catalog's folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from agentdocs.catalog.source import SourceFile, read
from agentdocs.errors import CatalogError, Loc, OutputError, Problem
from agentdocs.schema.values import is_model_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDERS = ("clients", "models", "recordings")
"""Members of a catalog that are folders of files, each named after its entry. Only models lie in folders of these."""

_IN_FILE_NAMES = "/@+~"
"""What names of files have of an id as it is, beside letters, digits and `_.-`: Windows takes no colon."""

WHOLE = "catalog"
"""The file that takes any members of a catalog, which are files or folders otherwise: for a small provider one is
enough."""

BRAND = "brand"
"""The folder of pictures and a typeface, which are no YAML; `catalog/brand.yaml` names them."""
_BRAND_FILES = (".svg", ".woff2")

MOST_FILES = 5_000
"""Files and folders of a catalog. Every model is a file, and to read as many takes about two seconds."""
MOST_CHARACTERS = 8_000_000
"""Of all files together: twelve times what a thousand models take."""
MOST_NODES = 200_000
"""Names and values of all files together: four times those of a thousand models. Each takes up to 500 bytes of memory
while the catalog is read."""


def model_file(model: str) -> str:
    """Name the file of a model, from the folder of the catalog: its id, with `%3A` and the like (RFC 3986, section 2.1)
    for what no file name may have on every system."""
    return f"models/{quote(model, safe=_IN_FILE_NAMES)}.yaml"


def entry_of(name: str) -> Loc:
    """Say which member of a catalog, or which entry of one, a file holds: its path from there, without `.yaml`."""
    first, slash, rest = name.partition("/")
    return (first, unquote(rest) if first == "models" else rest) if slash else (first,)


@dataclass(frozen=True)
class Sources:
    """The files of a catalog."""

    files: dict[Loc, SourceFile]
    """By the member that each is; a member of the file `WHOLE` is a part of it."""
    problems: list[Problem]
    """What is wrong with files that cannot be read, or are in nobody's place."""
    unread: frozenset[str]
    """The names of files that are there and cannot be read, from the folder and without suffix: `clients/curl`."""
    whole: SourceFile | None
    """The file `WHOLE`, if it can be read."""
    brand: tuple[Path, ...]
    """Pictures and typefaces, which are not read yet."""


def files_of(folder: Path) -> Sources:
    """Read every file of a catalog, and say what is wrong with those that cannot be read.

    Names that begin with a dot are none of the catalog's business. Only regular files are read; a link may lead to
    one inside the project, which is the folder around the catalog: what lies elsewhere is not ours to show. Raises
    `OutputError` for a folder that cannot be read, and `CatalogError` for a catalog that is too large.
    """
    if not folder.is_dir():
        raise OutputError(
            f"{folder}: there is no such folder; run the command where catalog/ is, or name that place with --root; "
            "agentdocs init starts a project"
        )
    files: dict[str, SourceFile] = {}
    brand: list[Path] = []
    problems: list[Problem] = []
    characters = nodes = 0
    spelled: dict[str, Path] = {}
    for path in sorted(_paths(folder)):
        if wrong := _misplaced(folder, path):
            problems.append(wrong)
            continue
        if path.suffix in _BRAND_FILES:
            brand.append(path)
            continue
        if wrong := _misspelled(folder, path, spelled):
            problems.append(wrong)  # and yet it is read, so that nobody is told that what it holds is missing
        parsed = read(path)
        if isinstance(parsed, list):
            problems += parsed
            continue
        characters, nodes = characters + len(parsed.text), nodes + parsed.nodes
        if characters > MOST_CHARACTERS:
            raise _too_large(folder, f"{MOST_CHARACTERS:,} characters")
        if nodes > MOST_NODES:
            raise _too_large(folder, f"{MOST_NODES:,} names and values")
        # with_suffix would take ".5" of a model's version for a suffix, so the name is cut by hand.
        files[path.relative_to(folder).as_posix().removesuffix(".yaml")] = parsed
    names = (problem.file.removeprefix(f"{folder}/") for problem in problems)
    unread = {name.removesuffix(".yaml") for name in names if name.endswith(".yaml")}
    whole = files.pop(WHOLE, None)
    found = {owner: file for name, each in files.items() for owner, file in members(name, each)}
    if whole:
        problems += _unordered(whole, found)
        found |= {owner: part for owner, part in members(WHOLE, whole) if owner not in found}
    return Sources(found, problems, frozenset(unread), whole, tuple(brand))


def members(name: str, file: SourceFile) -> Iterator[tuple[Loc, SourceFile]]:
    """Yield the members of a catalog that a file holds; `name` is its path from the folder, without suffix."""
    if name != WHOLE:
        yield entry_of(name), file
    elif isinstance(file.data, dict):
        for member, value in file.data.items():
            if member not in FOLDERS:
                yield (member,), file.part(member)
            elif isinstance(value, dict):
                yield from (((member, entry), file.part(member, entry)) for entry in value)


def _unordered(whole: SourceFile, files: Mapping[Loc, SourceFile]) -> Iterator[Problem]:
    """Say what of the file `WHOLE` is no mapping, or is a file too."""
    right = "write its members below it, indented"
    if not isinstance(whole.data, dict):
        yield whole.problem((), "is not a mapping", right)
        return
    for member in FOLDERS:
        if not isinstance(whole.data.get(member, {}), dict):
            yield whole.problem((member,), "is not a mapping", right)
    for owner, _ in members(WHOLE, whole):
        if owner in files:
            yield whole.problem(owner, f"is also in {files[owner].name}", "keep one of the two", key=True)


def _too_large(folder: Path, limit: str) -> CatalogError:
    return CatalogError([Problem(str(folder), 0, 0, "", f"has more than {limit}", "remove what does not belong here")])


def _paths(folder: Path) -> Iterator[Path]:
    """Yield whatever lies in a folder and the folders in it, except folders that cannot be taken for files."""
    waiting, count = [folder], 0
    while waiting:
        inner = waiting.pop()
        if not os.access(inner, os.R_OK | os.X_OK):
            raise OutputError(f"{inner}: cannot be read: Permission denied; change its permissions")
        with os.scandir(inner) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                count += 1
                if count > MOST_FILES:
                    raise _too_large(folder, f"{MOST_FILES:,} files")
                path = inner / entry.name
                if not path.is_dir() or path.suffix == ".yaml":
                    yield path
                elif not entry.is_symlink():
                    waiting.append(path)


def _misplaced(folder: Path, path: Path) -> Problem | None:
    parts = path.relative_to(folder).parts
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return Problem(str(path), 0, 0, "", "the name of this file is not UTF-8", "rename it")
    if parts[0] == BRAND and len(parts) > 1:
        fits, right = len(parts) == 2 and path.suffix in _BRAND_FILES, "this folder has <name>.svg and <name>.woff2"
    else:
        depth = 1 + (parts[0].removesuffix(".yaml") in FOLDERS)
        fits = path.suffix == ".yaml" and (len(parts) == depth or (len(parts) > depth and parts[0] == "models"))
        right = "a catalog has <name>.yaml, clients/<name>.yaml, models/<id>.yaml, recordings/<name>.yaml"
    if not fits:
        return Problem(str(path), 0, 0, "", "this file has no place in a catalog", right)
    project = Path(os.path.realpath(folder)).parent
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(project):
        return Problem(str(path), 0, 0, "", "is a link that leads out of the project", "put the file itself here")
    return None


def _misspelled(folder: Path, path: Path, spelled: dict[str, Path]) -> Problem | None:
    """Find what keeps a name from standing for one file on every system.

    `spelled` has the paths so far, folders too, by their name without capitals.
    """
    inside = path.relative_to(folder)
    entry = entry_of(inside.as_posix().removesuffix(".yaml"))
    model = str(entry[-1]) if entry[0] == "models" else ""
    if is_model_id(model) and (right := model_file(model)) != inside.as_posix():
        wrong = f"the name of a file has '{model}' in another form"
        return Problem(str(path), 0, 0, "", wrong, f"rename it to {folder / right}")
    for each in (inside, *inside.parents[:-1]):
        here = folder / each
        if (other := spelled.setdefault(each.as_posix().casefold(), here)) != here:
            wrong = f"differs from {other} in capitals only, and some systems take the two for one"
            return Problem(
                str(here), 0, 0, "", wrong, "write both the same way; add a second id of a model to its aliases"
            )
    return None
