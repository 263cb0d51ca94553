"""The files of a new project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from agentdocs.catalog.folder import model_file
from agentdocs.errors import AgentdocsError, OutputError, UsageError
from agentdocs.init.installed import Installed
from agentdocs.output import creating, write_files
from agentdocs.project import Project, shipped
from agentdocs.render import Source
from agentdocs.schema.values import did_you_mean
from agentdocs.text.quoting import as_shell, as_yaml
from agentdocs.text.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from agentdocs.init.answers import Answers
    from agentdocs.init.lists import ListedModel

FILES = {
    "mkdocs.yml": ("mkdocs.yml", "yaml"),
    "gitignore": (".gitignore", "plain"),
    "requirements.txt": ("requirements.txt", "plain"),
    "Makefile": ("Makefile", "plain"),
    "README.md": ("README.md", "markdown"),
    "workflows/github.yml": (".github/workflows/docs.yml", "yaml"),
    "workflows/gitlab.yml": (".gitlab-ci.yml", "yaml"),
}
"""By template the file that it makes, and its language."""
CATALOG = "catalog/catalog.yaml"
MOST_IN_ONE_FILE = 50
"""Models of the one file of the catalog; more of them get files of their own, which people find their way in."""


@dataclass(frozen=True)
class Start:
    """What a project begins with."""

    answers: Answers
    models: Sequence[ListedModel]
    """Those of a list, or the one that was typed."""
    source: str | None
    """The page that lists them; None where they were typed, or nobody names the page."""
    clients: Sequence[str]
    """Clients that the documentation sets up."""
    today: date
    here: bool
    """Whether it takes the place of the folder that the command runs in, where a shell stays in what was there."""

    def next_steps(self, directory: Path) -> list[str]:
        """Say what was written, and what a person does next."""
        count = len(self.models)
        lines = [f"Wrote a project for {self.answers.name} to {directory}: {count} model{'s' if count > 1 else ''}."]
        if self.source is None and count > 1:
            lines.append(
                "The list does not say which page it comes from, so its models count as inferred; see --source."
            )
        if Installed.here().local:
            lines.append(
                "agentdocs is installed from this machine. In requirements.txt, name a place that CI can reach."
            )
        return [*lines, "Next:", *(f"  {step}" for step in self._steps(directory))]

    def _steps(self, directory: Path) -> list[str]:
        place = '"$PWD"' if self.here else as_shell(str(directory))
        return [
            f"cd {place}",
            "git init && git add . && git commit -m 'Begin'   # a release dates pages by their history",
            "make check   # lists what to fill in",
            "make serve   # shows the pages",
        ]


def known_clients() -> list[str]:
    """Name the clients that come with this package."""
    return sorted(file.stem for file in (shipped() / "init" / "clients").glob("*.yaml"))


def chosen_clients(asked: Sequence[str], answers: Answers, window: int | None) -> list[str]:
    """Check the clients that somebody wants, or choose those that take the model, as far as that is known.

    `window` is the model's context window in tokens. Raises `UsageError` for a client that is not known, or that
    refuses the model.
    """
    templates, known = Templates([shipped() / "init"]), known_clients()
    wanted = []
    for client in asked or known:
        if client not in known:
            raise UsageError(f"--client: there is no '{client}'; {did_you_mean(client, frozenset(known))}")
        entry = yaml.safe_load(templates.render(f"clients/{client}.yaml", "yaml", {"id": answers.id}))
        least = entry.get("minimum_context_window", 0)
        if window is None or least <= window:
            wanted.append(client)
        elif asked:
            wrong = f"{client} needs a context window of {least:,} tokens, and {answers.model} has {window:,}"
            raise UsageError(f"--client: {wrong}")
    return [*dict.fromkeys(wanted)]


def write(start: Start, directory: Path) -> None:
    """Write the project of a provider into `directory`, which is new or empty, and see that it is sound.

    Raises `OutputError` for a folder that has anything in it, and leaves nothing if anything is wrong.
    """
    with creating(directory) as folder:
        write_files({path: text.encode() for path, text in files(start).items()}, folder)
        try:
            source = Source.read(Project.at(folder), start.today)
            source.preview()
            source.release()
        except AgentdocsError as error:
            raise OutputError(str(error).replace(str(folder), str(directory))) from error


def files(start: Start) -> dict[str, str]:
    """Give the text of each file of a project, by path."""
    templates, answers = Templates([shipped() / "init"]), start.answers
    divided = len(start.models) > MOST_IN_ONE_FILE
    values: dict[str, Any] = {
        **vars(answers),
        "reverse_domain": answers.reverse_domain,
        "variable": answers.variable,
        "default": answers.model,
        "clients": start.clients,
        "models": start.models,
        "divided": divided,
        "priced": any(model.price for model in start.models),
        "installed": Installed.here(),
        "today": start.today,
        "provenance": _provenance(start),
    }
    texts = {path: templates.render(name, language, values) for name, (path, language) in FILES.items()}
    texts["docs/.gitkeep"] = ""  # MkDocs wants the folder, and git keeps no empty one
    texts[CATALOG] = templates.render("catalog.yaml", "yaml", values)
    for model in start.models if divided else ():
        path = f"catalog/{model_file(model.id)}"
        texts[path] = templates.render("model.yaml", "yaml", {**values, "model": model})
    return texts


def _provenance(start: Start) -> str:
    """Write where the models are known from: a page of the provider, somebody else's, or what was typed."""
    if start.source is None:
        return f"{{checked: {start.today}, confidence: inferred}}"
    confidence = "vendor_page" if start.answers.is_own(start.source) else "third_party"
    return f"{{source: {as_yaml(start.source)}, checked: {start.today}, confidence: {confidence}}}"
