"""What is implausible about names, and about entries that are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.text.quoting import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.errors import Loc, Problem
    from agentdocs.plausibility.subject import Subject


def same_name(subject: Subject) -> Iterator[Problem]:
    """Two clients, models, authors, APIs, keys or plans have one name, which readers cannot tell apart."""
    for kinds in (("clients", "incompatible"), ("models",), ("authors",), ("apis",), ("keys",), ("plans",)):
        names: dict[Loc, tuple[str, str]] = {
            (kind, name, "name"): (entry.name.casefold(), entry.name)
            for kind in kinds
            for name, entry in getattr(subject.facts, kind).items()
        }
        for loc, first, name in _again(names):
            yield subject.catalog.problem(loc, f"'{name}' is the name of {first[1]} too", "give each its own")


def same_title(subject: Subject) -> Iterator[Problem]:
    """Two errors have one title, or titles whose headings get one address, so that links lead to the first."""
    titles: dict[Loc, tuple[str, str]] = {
        ("errors", name, "title"): (anchor(error.title), error.title) for name, error in subject.facts.errors.items()
    }
    for loc, first, title in _again(titles):
        wrong = f"'{title}' gets the same address as the title of {first[1]}"
        yield subject.catalog.problem(loc, wrong, "give each error its own title")


def copied_model(subject: Subject) -> Iterator[Problem]:
    """A model says the same as another one, in all but its names: a copy that nobody has filled in."""
    said: dict[Loc, tuple[str, str]] = {
        ("models", path): (repr(model.model_copy(update={"id": "", "name": "", "aliases": (), "address": None})), path)
        for path, model in subject.facts.models.items()
    }
    for loc, first, _ in _again(said):
        wrong = f"this file says the same as that of {first[1]}, except for id and name"
        yield subject.catalog.problem(loc, wrong, "write the values of this model")


def unnamed_author(subject: Subject) -> Iterator[Problem]:
    """Ids begin with what could be an author and is none of `catalog/authors.yaml`, which names others."""
    facts, seen = subject.facts, set[str]()
    for name, model in facts.models.items():
        first, slash, _ = name.partition("/")
        if facts.authors and slash and first not in seen and not facts.author_of(model):
            seen.add(first)
            right = "add it to authors.yaml with its name, or name another one as author of the model"
            yield subject.catalog.problem(("models", name, "id"), f"'{first}' is not an author in this catalog", right)


def _again(entries: Mapping[Loc, tuple[str, str]]) -> Iterator[tuple[Loc, Loc, str]]:
    """Yield each entry that compares equal to an earlier one: its place, that of the earlier one, and how it reads."""
    seen: dict[str, Loc] = {}
    for loc, (compared, shown) in entries.items():
        if compared in seen:
            yield loc, seen[compared], shown
        seen.setdefault(compared, loc)
