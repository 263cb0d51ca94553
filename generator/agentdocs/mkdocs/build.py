"""Builds the origin with MkDocs, into a folder that is complete or untouched."""

from __future__ import annotations

import logging
import os
import traceback
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from agentdocs import release as releases
from agentdocs.errors import AgentdocsError, OutputError, RenderError
from agentdocs.hosting import answers
from agentdocs.hosting import files as hosting
from agentdocs.hosting.limits import exceeded
from agentdocs.keys import KeyFinder
from agentdocs.output import replacing
from agentdocs.render import Project
from agentdocs.site import departures
from agentdocs.text.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from agentdocs.mkdocs.plugin import AgentdocsPlugin
    from agentdocs.render import Rendering


def build(
    root: Path,
    output: Path,
    *,
    release: bool = False,
    day: date | None = None,
    probe: Path | None = None,
    keep_published: bool = False,
) -> Rendering:
    """Build the preview or the release of the project at `root` into `output`, in strict mode.

    `probe` is a file with results of measuring the services. With `keep_published` no path may vanish in silence that
    the project's list of published paths has, and the list is written anew.

    Raises an `AgentdocsError` and leaves `output` as it was if anything is wrong. Returns what was rendered.
    """
    asked = building(root, output, release=release, day=day, probe=probe, keep_published=keep_published)
    with asked as (_, rendering):
        pass
    if keep_published:
        departures.write(root, rendering.urls)
    return rendering


@contextmanager
def building(
    root: Path,
    output: Path,
    *,
    release: bool = False,
    day: date | None = None,
    probe: Path | None = None,
    keep_published: bool = False,
) -> Iterator[tuple[Path, Rendering]]:
    """Build as `build` does, and give the complete folder and what was rendered before it takes the place of `output`.

    From then on another build may replace it at any time.
    """
    # Material tells at every start that it ends with MkDocs 1; the project pins both.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    configuration = root / "mkdocs.yml"
    if not configuration.is_file():
        raise OutputError(f"{configuration}: there is no such file; run the command where mkdocs.yml is")
    collector = Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        with replacing(output) as folder:
            try:
                config = load_config(str(configuration), site_dir=str(folder), strict=True)
            except MkDocsException as error:
                problems = collector.messages or [_one_line(error)]
                raise RenderError("\n".join(f"{configuration}: {problem}" for problem in problems)) from error
            if "agentdocs" not in config.plugins:
                raise RenderError(f"{configuration}: plugins has no agentdocs; add it")
            plugin = cast("AgentdocsPlugin", config.plugins["agentdocs"])
            plugin.config.release = release
            plugin.config.as_of = day.isoformat() if day else None
            plugin.config.probe = str(probe) if probe else None
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
            rendering = plugin.rendering
            if keep_published:
                departures.check_published(rendering.catalog, root, rendering.departures, rendering.urls)
            answered = hosting.write(folder, rendering, Templates([Project.at(root).templates]))
            if release:
                answers.write(answered, folder)
                releases.write(releases.planned(root, rendering.day), folder)
            excess = exceeded(rendering, answered.entries, folder)
            rendering = replace(rendering, warnings=(*rendering.warnings, *excess))
            KeyFinder.of(rendering.catalog.files).refuse(folder, shown=output)
            yield folder, rendering
    except AgentdocsError:
        raise
    except (Exception, SystemExit) as error:  # whatever comes out of the theme, a plugin or a Markdown extension
        raise explain(error, root, collector.messages) from error
    finally:
        logger.removeHandler(collector)


def explain(error: BaseException, root: Path, messages: list[str]) -> AgentdocsError:
    """Say what went wrong in MkDocs, and where, given the `messages` that it printed."""
    from mkdocs.exceptions import MkDocsException

    if own := _cause(error):
        return own
    # One message that ends in a colon is continued by the next.
    told = "\n".join(messages).replace(":\n", ": ")
    if isinstance(error, MkDocsException):
        return RenderError(told or _one_line(error))
    problem = f"{_place(error, root)}: {type(error).__name__}: {_one_line(error)}"
    return RenderError("; ".join([problem, *messages]))


def _place(error: BaseException, root: Path) -> str:
    """Say where an error arose: in the project's own file that was last at work, or else in a package."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for name, line in reversed(places):
        file = Path(name)
        if file.is_relative_to(root.resolve()) and "site-packages" not in file.parts and name != __file__:
            return f"{root / file.relative_to(root.resolve())}:{line}"
    return f"{places[-1][0]}:{places[-1][1]}"


def _one_line(message: object) -> str:
    return " ".join(str(message).split())


def _cause(error: BaseException | None) -> AgentdocsError | None:
    """Find the error of this project that MkDocs wrapped."""
    while error is not None and not isinstance(error, AgentdocsError):
        error = error.__cause__ or error.__context__
    return error


class Messages(logging.Handler):
    """Keeps what MkDocs prints from some level on."""

    def __init__(self, level: int = logging.WARNING) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.messages.append(_one_line(record.getMessage()))
