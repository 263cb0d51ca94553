"""Clients, and the snippets that set them up."""

from __future__ import annotations

from collections.abc import Mapping

from generator.schema.base import FactGroup, SourcedGroup
from generator.schema.values import ApiId, ClientKind, Count, FileName, Language, Slug, Text, Version


class Snippet(FactGroup):
    """One block to copy: a file to save, or commands to run."""

    id: Slug
    """Names the template: `templates/snippets/<client>/<id>.<language>`."""
    title: Text
    """What the reader does with it, such as `Apply it and check`; stands above the block."""
    language: Language
    """Decides how values are quoted, how the block is coloured, and the media type of the file."""
    file: FileName
    """What the file of this snippet is called."""
    save_as: Text | None = None
    """Where the reader saves it, when that is not simply the current folder."""


class Proof(FactGroup):
    """The version with which the configuration was last seen to work."""

    version: Version
    """As the client tells it, in quotes; stands above its snippets with the day of `provenance.checked`."""


class Client(SourcedGroup):
    """A file of `catalog/clients/`, named after the client."""

    name: Text
    """What pages call the client; the heading above its snippets."""
    order: Count
    """Where the client stands among the others; smaller comes first."""
    kind: ClientKind
    """What sort of program it is; the setup page lists clients by it."""
    api: ApiId
    """The API that the snippets set up."""
    summary: Text
    """What the client is, in one sentence; opens its section of the setup page."""
    requires: Text | None = None
    """What must be there first."""
    install: Text | None = None
    """The command that installs it."""
    tested: Proof
    """What the snippets were last run with."""
    minimum_context_window: Count | None = None
    """In tokens: the client refuses models with less."""
    when_unknown: Mapping[Slug, Text] = {}
    """What the client assumes where a snippet leaves out what nobody published, by the catalog's name of it."""
    snippets: tuple[Snippet, ...]
    """In the order in which a reader needs them."""
    warnings: tuple[Text, ...] = ()
    """What goes wrong, each in one or two sentences."""
