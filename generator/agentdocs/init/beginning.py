"""From options and prompts to a project."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from agentdocs.errors import UsageError
from agentdocs.init import fetching, lists
from agentdocs.init.answers import ASKED, CONTEXT_WINDOW, ID, MODEL, SOURCE, Answers, Question
from agentdocs.init.lists import ListedModel, ModelList
from agentdocs.init.writing import Start, chosen_clients, write
from agentdocs.output import refuse_content
from agentdocs.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def begin(
    directory: Path,
    given: Mapping[str, str | None],
    clients: Sequence[str],
    listed: str | None,
    provider: str | None,
    ask: Callable[[Question], str] | None,
) -> Start:
    """Write a new project into `directory`, and say what it begins with.

    `given` has what options say, by the names of the questions; `listed` is the file or URL of a list of models, and
    `provider` the one of it that is meant. `ask` gives what a person answers; without it nobody can be asked. Raises
    `UsageError` for what is missing or wrong, `ModelListError`, or `OutputError`.
    """
    refuse_content(directory.resolve(), directory)
    here = directory.resolve() == Path.cwd()
    answers = answered(given, ask, listed=listed is not None)
    today = datetime.now(UTC).date()
    source = SOURCE.checked(page) if (page := given.get("source")) else None
    if listed is None:
        if provider or source:
            raise UsageError("--provider and --source belong to a list of models; name it with --from")
        window = answers.context_window if isinstance(answers.context_window, int) else None
        models: tuple[ListedModel, ...] = (ListedModel(answers.model, answers.model, window),)
    else:
        found = lists.read(listed, fetching.read(listed), answers, provider)
        models, source = found.models, source or _source(listed, found)
        window = _recommended(answers, models).context_window
    start = Start(answers, models, source, chosen_clients(clients, answers, window), today, here)
    write(start, directory)
    return start


def answered(given: Mapping[str, str | None], ask: Callable[[Question], str] | None, *, listed: bool) -> Answers:
    """Check what options say, and ask for the rest. A list of models knows the context window itself."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for question in ASKED:
        answer = given.get(question.name)
        if question is CONTEXT_WINDOW and listed:
            if answer is not None:
                raise UsageError("--context-window: the list of models has it; leave this option out")
            answer = question.unless
        elif answer is None and ask:
            values[question.name] = _asked(question, ask)
            continue
        if answer is None:
            answer = question.unless
        if answer is None:
            wrong.append(f"{question.option} is missing: {question.asked[0].lower()}{question.asked[1:]}")
            continue
        try:
            values[question.name] = question.checked(answer)
        except UsageError as error:
            wrong.append(str(error))
    if wrong:
        raise UsageError("\n".join(wrong))
    if given.get("id"):
        values["id"] = ID.checked(str(given["id"]))
    return Answers.of(values)


def _asked(question: Question, ask: Callable[[Question], str]) -> Any:  # noqa: ANN401
    """Ask until an answer is right."""
    while True:
        try:
            return question.checked(ask(question))
        except UsageError as error:
            click.echo(str(error).removeprefix(f"{question.option}: "), err=True)


def on_terminal(question: Question) -> str:
    """Ask a person."""
    return str(click.prompt(question.asked, default=question.unless, err=True))


def can_ask() -> bool:
    """Tell whether a person sits there, who reads and types."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _source(listed: str, found: ModelList) -> str | None:
    """Name the page that lists the models: what the list says, or where it was fetched, without a query, which can hold
    a key. What is not encrypted is nobody's page."""
    if fetching.is_url(listed):
        parts = urlsplit(listed)
        return parts._replace(query="", fragment="").geturl() if parts.scheme == "https" else found.source
    return found.source


def _recommended(answers: Answers, models: Sequence[ListedModel]) -> ListedModel:
    model = next((model for model in models if model.id == answers.model), None)
    if model is None:
        known = did_you_mean(answers.model, frozenset(each.id for each in models))
        raise UsageError(f"{MODEL.option}: '{answers.model}' is not in the list; {known}")
    if model.tools is False:
        raise UsageError(f"{MODEL.option}: '{model.id}' cannot call tools according to the list; name a model that can")
    return model
