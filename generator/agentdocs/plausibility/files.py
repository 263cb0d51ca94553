"""What is implausible about files: those that nothing reads."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from agentdocs.artifact import LANGUAGES
from agentdocs.catalog.folder import BRAND
from agentdocs.errors import Problem
from agentdocs.project import PAGES, Project, shipped
from agentdocs.schema.client import KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from agentdocs.plausibility.subject import Subject

_READ = {"catalog": re.compile(r"\.ya?ml"), "docs": re.compile(r"\.md")}
"""What the names of files have that are read, in the folders whose files are read without being named."""
_COPY = re.compile(r"~$|^#.*#$|\.(?:bak|orig|rej|tmp)$", re.IGNORECASE)
"""Names of editors' copies that are not hidden. In the catalog every one of them is refused."""
_TEXTS = frozenset((".md", ".html", ".txt", ".xml", *(f".{suffix}" for suffix, _ in LANGUAGES.values())))
"""What the names of templates end in that can name another one."""
_PUBLISHED = "theme/assets/"
"""Where files of the theme are published as they are, whatever they are called."""


def unused_template(subject: Subject) -> Iterator[Problem]:
    """A snippet is of no client, a skill of no entry, a table in no page; or a template stands for none that every
    provider shares, and nothing names it.

    Where `templates/` is a link, others have use for it too, and nothing in it is judged.
    """
    folder, facts = subject.root / "templates", subject.facts
    if folder.is_symlink():
        return
    used = {f"snippets/{KEY}.{suffix}" for suffix, _ in LANGUAGES.values()} | _named(subject)
    used |= {f"skills/{skill.template}.md" for skill in facts.discovery.skills.values()}
    for name, client in facts.clients.items():
        languages = {(shape.id, language) for shape in client.snippets for language, _ in shape.forms.values()}
        used |= {f"snippets/{name}/{shape}.{LANGUAGES[language][0]}" for shape, language in languages}
    others: set[Path] = set()
    for file in _files(folder):
        name = file.relative_to(folder).as_posix()
        kind, *rest = name.split("/")
        if kind == "snippets" and len(rest) > 1 and rest[0] not in facts.clients:
            others.add(folder / kind / rest[0])
        elif kind in ("snippets", "skills", "tables") and name not in used:
            yield _problem(file, "nothing uses this template", "name it in the catalog or on a page, or remove it")
        elif not (shipped() / name).is_file() and not name.startswith(_PUBLISHED):
            yield from _stands_for_nothing(file, name, used, {page.source for page in facts.site.pages.values()})
    for other in sorted(others):
        right = f"describe it in catalog/clients/{other.name}.yaml, or remove the folder"
        yield _problem(other, "these templates belong to no client", right)


def _stands_for_nothing(file: Path, name: str, used: Collection[str], pages: Collection[str]) -> Iterator[Problem]:
    """Tell of a template that is none of those that every provider shares, unless something names it."""
    kind, _, rest = name.partition("/")
    if name in used or (kind == PAGES and rest in pages) or (kind == "theme" and rest in used):
        return
    shared = (other.relative_to(shipped()).as_posix() for other in _files(shipped()))
    alike = difflib.get_close_matches(name, sorted(shared), n=1)
    hint = f"did you mean {alike[0]}?" if alike else "name it on a page or in a template, or remove it"
    yield _problem(file, "this replaces no shared template, and nothing uses it", hint)


def unlisted_page(subject: Subject) -> Iterator[Problem]:
    """A page of `docs/` is not in `catalog/site.yaml`, so that nobody can read it."""
    folder = subject.root / "docs"
    known = {page.source for page in subject.facts.site.pages.values()}
    pages = [file for file in _files(folder) if file.suffix == ".md"]
    unknown = [file for file in pages if file.relative_to(folder).as_posix() not in known]
    named = _named(subject) if unknown else frozenset()
    for file in unknown:
        if file.relative_to(folder).as_posix() not in named:
            yield _problem(file, "nobody can read this page", "list it in catalog/site.yaml, or remove it")


def stray_file(subject: Subject) -> Iterator[Problem]:
    """Nothing reads a file, which is hidden, below a link or not named, or one is an editor's copy to be published."""
    for room in _READ:
        for place, folders, files in os.walk(subject.root / room):
            for path in (Path(place, name) for name in sorted((*folders, *files))):
                if wrong := _stray(path, room):
                    yield _problem(path, wrong, "name and place it so that it is read, or remove it")
            folders[:] = [name for name in folders if not name.startswith(".")]
    for path in _files(subject.root / "catalog" / BRAND):
        if path.name not in subject.catalog.brand:
            yield _problem(path, "nothing names this file", "name it in catalog/brand.yaml, or remove it")


def _stray(path: Path, room: str) -> str:
    hidden, read = path.name.startswith("."), _READ[room]
    if path.is_dir():
        if path.is_symlink() and room == "catalog":
            return "nothing below a linked folder is read"
        inside = (
            hidden and os.access(path, os.R_OK | os.X_OK) and any(read.search(file.name) for file in path.iterdir())
        )
        return "nothing below a hidden folder is read" if inside else ""
    if hidden and read.search(path.name):
        return "a hidden file is not read"
    return "an editor's copy would be published as it is" if room == "docs" and _COPY.search(path.name) else ""


def _files(folder: Path) -> list[Path]:
    """List the regular files below a folder that are not hidden and can be read."""
    found = (Path(place, file) for place, _, files in os.walk(folder) for file in files)
    return sorted(
        file
        for file in found
        if file.is_file()
        and os.access(file, os.R_OK)
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def _named(subject: Subject) -> frozenset[str]:
    """Collect everything that pages and templates name in quotes, the files that they include among it."""
    project = Project.at(subject.root)
    pages = {project.page(page.source) for page in subject.facts.site.pages.values()}
    pages |= {file for file in _files(project.docs) if file.suffix == ".md"}
    shared = (file for file in _files(shipped()) if not file.is_relative_to(shipped() / PAGES))
    templates = (file for file in (*_files(project.templates), *shared) if file.suffix in _TEXTS)
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in {*pages, *templates} if file.is_file())
    return frozenset(name for text in texts for name in re.findall(r"[\"']([\w./-]+)[\"']", text))


def _problem(path: Path, wrong: str, right: str) -> Problem:
    name = os.fsencode(path.as_posix()).decode(errors="replace")  # a name need not be UTF-8
    return Problem(name, 0, 0, "", wrong, right)
