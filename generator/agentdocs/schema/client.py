"""Clients, and the snippets that set them up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from agentdocs.schema.base import FactGroup, SourcedGroup
from agentdocs.schema.values import (
    ApiId,
    ClientKind,
    Count,
    FileName,
    Language,
    ModelId,
    SavePath,
    Slug,
    Text,
    TextOrUnknown,
    Version,
)

KEY = "key"
"""What the command line calls the step that sets the key, as if it were one of each client's snippets."""


class Snippet(FactGroup):
    """One block to copy: a file to save, or commands for bash, zsh and fish alike, and for PowerShell where it can."""

    id: Slug
    """Names the template: `templates/snippets/<client>/<id>.<language>`."""
    title: Text
    """What the reader does with it, such as `Apply it and check`; stands above the block."""
    language: Language
    """Decides how values are quoted, how the block is coloured, and the media type of the file. What is `bash` is typed
    into a shell; anything else is saved."""
    file: FileName
    """What the file of this snippet is called, and where the reader saves it unless `save_as` says otherwise."""
    powershell: FileName | None = None
    """What the file of the same step for PowerShell is called; its template is `<id>.ps1`. Left out where the commands
    are the same there."""
    save_as: SavePath | None = None
    """Where the reader saves it, if that is not the current folder."""
    note: Text | None = None
    """What the reader should know before, in one or two sentences."""
    run: Text | None = None
    """The command that runs the saved file; left out where a later snippet or the client itself reads it."""

    @property
    def forms(self) -> Mapping[str, tuple[str, str]]:
        """The languages and files of the step, by the shell that has one of its own, or `` for all others."""
        others = {"": (self.language, self.file)}
        return {**others, "powershell": ("powershell", self.powershell)} if self.powershell else others


class Folder(SourcedGroup):
    """Where a client keeps what its reader configures."""

    path: SavePath
    """On Linux and macOS, such as `~/.example`."""
    windows: TextOrUnknown
    """On Windows, with the variable that it begins with, such as `%USERPROFILE%\\.example`."""


class Proof(FactGroup):
    """The version with which the configuration was last seen to work."""

    version: Version
    """As the client tells it, in quotes; stands above its snippets with the day of `provenance.checked`."""


class Retries(FactGroup):
    """How a reader sets how often the client sends a request again that a limit refused."""

    setting: Text
    """The option, parameter or member of a file that sets it, as it is written there."""
    snippet: Slug | None = None
    """The snippet of this client that has it; left out where none does."""


class Suggestion(FactGroup):
    """A model that was proposed for the client."""

    model: ModelId
    """The model; pages pass over one that is not in the catalog any more or cannot be used."""
    fit: Text
    """What it is proposed for; a phrase without a full stop."""


class Suggestions(SourcedGroup):
    """Which models somebody proposed for the client."""

    models: tuple[Suggestion, ...]
    """The best first."""


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
    tested: Proof | None = None
    """What the snippets were last run with; left out until somebody has run them with this provider."""
    minimum_context_window: Count | None = None
    """In tokens: the client refuses models with less. A model of which it is unknown has the client's files, which say
    so."""
    when_unknown: Mapping[Slug, Text] = {}
    """What the client assumes where a snippet leaves out what nobody published, by the catalog's name of it."""
    folder: Folder | None = None
    """Where its configuration is; left out for what has none."""
    snippets: tuple[Snippet, ...]
    """In the order in which a reader needs them. No id is `key`: that part, which every client has, is the key's."""
    retries: Retries | None = None
    """Left out where nothing is known that sets how often the client tries again."""
    suggested: Suggestions | None = None
    """Left out where nobody proposed any model for this client in particular."""
    warnings: tuple[Text, ...] = ()
    """What goes wrong, each in one or two sentences."""

    def takes(self, context_window: int | Literal["unknown"]) -> bool:
        """Say whether so many tokens are enough for it, as far as that is known."""
        return context_window == "unknown" or context_window >= (self.minimum_context_window or 0)


class IncompatibleClient(SourcedGroup):
    """An entry of `catalog/incompatible.yaml`: a client that cannot be set up, so that nobody has to find out."""

    name: Text
    """What pages call the client."""
    tested: Proof
    """The version that was last seen to refuse."""
    reason: Text
    """Why it cannot be used, in one or two sentences."""
