"""Builds the origin with MkDocs, into a folder that is complete or untouched."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from agentdocs import release as releases
from agentdocs.catalog.keys import KeyFinder
from agentdocs.errors import AgentdocsError, OutputError, RenderError
from agentdocs.hosting import answers
from agentdocs.hosting import files as hosting
from agentdocs.hosting.limits import exceeded
from agentdocs.mkdocs.messages import Messages, explain, one_line
from agentdocs.output import replacing
from agentdocs.project import Project
from agentdocs.site import departures
from agentdocs.text.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

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

    `probe` is a file with results of measuring the services. With `keep_published`, no path in the project's list of
    published paths may vanish silently, and the list is updated.

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
        right = "run the command where mkdocs.yml is, or start a project with agentdocs init"
        raise OutputError(f"{configuration}: there is no such file; {right}")
    collector = Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        with replacing(output) as folder:
            try:
                config = load_config(str(configuration), site_dir=str(folder), strict=True)
            except MkDocsException as error:
                problems = collector.messages or [one_line(error)]
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
            answered = hosting.write(folder, rendering, Templates(Project.at(root).shapes))
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
