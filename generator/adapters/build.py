"""Builds the origin with MkDocs, into a folder that is complete or untouched."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, cast

from generator.adapters.output import replacing
from generator.errors import AgentdocsError, OutputError, RenderError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from generator.adapters.mkdocs_plugin import AgentdocsPlugin
    from generator.render import Rendering


def build(root: Path, output: Path, *, release: bool = False, day: date | None = None) -> Rendering:
    """Build the preview or the release of the project at `root` into `output`, in strict mode.

    Raises an `AgentdocsError` and leaves `output` as it was if anything is wrong. Returns what was rendered.
    """
    # Material tells at every start that it ends with MkDocs 1; the project pins both.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import BuildError, MkDocsException

    configuration = root / "mkdocs.yml"
    if not configuration.is_file():
        raise OutputError(f"{configuration}: there is no such file; run the command where mkdocs.yml is")
    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        with replacing(output, "llms.txt") as folder:
            config = load_config(str(configuration), site_dir=str(folder), strict=True)
            plugin = cast("AgentdocsPlugin", config.plugins["agentdocs"])
            plugin.config.release = release
            plugin.config.as_of = day.isoformat() if day else None
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
    except (AgentdocsError, OSError):
        raise
    except (BuildError, MkDocsException, SystemExit) as error:
        raise _cause(error) or RenderError("\n".join(collector.messages) or str(error)) from error
    except Exception as error:  # a defect in the theme or in a plugin: any exception may come out of it
        raise RenderError(f"MkDocs could not build the site: {type(error).__name__}: {error}") from error
    finally:
        logger.removeHandler(collector)
    return plugin.rendering


def _cause(error: BaseException | None) -> AgentdocsError | None:
    """Find the error of this project that MkDocs wrapped."""
    while error is not None and not isinstance(error, AgentdocsError):
        error = error.__cause__ or error.__context__
    return error


class _Collector(logging.Handler):
    """Keeps the warnings and errors that MkDocs would print."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.messages.append(record.getMessage())
