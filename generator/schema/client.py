"""Clients, and the snippets that set them up."""

from __future__ import annotations

from generator.schema.base import FactGroup, SourcedGroup
from generator.schema.values import ApiId, ClientKind, Count, FileName, Language, Slug, Text, Version


class Snippet(FactGroup):
    """One block to copy: a file to save, or commands to run."""

    id: Slug
    """Names the template: `templates/snippets/<client>/<id>.<language>`."""
    title: Text
    language: Language
    file: FileName
    """What the file of this snippet is called."""
    save_as: Text | None = None
    """Where the reader saves it, when that is not simply the current folder."""


class Proof(FactGroup):
    """The version with which the configuration was last seen to work."""

    version: Version


class Client(SourcedGroup):
    """A file of `catalog/clients/`, named after the client."""

    name: Text
    order: Count
    """Where the client stands among the others; smaller comes first."""
    kind: ClientKind
    api: ApiId
    """The API that the snippets set up."""
    summary: Text
    requires: Text | None = None
    """What must be there first."""
    install: Text | None = None
    """The command that installs it."""
    tested: Proof
    minimum_context_window: Count | None = None
    """In tokens: the client refuses models with less."""
    snippets: tuple[Snippet, ...]
    """In the order in which a reader needs them."""
    warnings: tuple[Text, ...] = ()
    """What goes wrong, each in one or two sentences."""
