"""What MkDocs prints and raises, in the words of this project's errors."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from agentdocs.errors import AgentdocsError, RenderError

_FRAME = [Path(__file__).with_name(name) for name in ("build.py", "live.py")]
"""What calls MkDocs, and is at work in every build."""


def explain(error: BaseException, root: Path, messages: list[str]) -> AgentdocsError:
    """Say what went wrong in MkDocs, and where, given the `messages` that it printed."""
    from mkdocs.exceptions import MkDocsException

    if own := _cause(error):
        return own
    # One message that ends in a colon is continued by the next.
    told = "\n".join(messages).replace(":\n", ": ")
    if isinstance(error, MkDocsException):
        return RenderError(told or one_line(error))
    problem = f"{_place(error, root)}: {type(error).__name__}: {one_line(error)}"
    return RenderError("; ".join([problem, *messages]))


def _place(error: BaseException, root: Path) -> str:
    """Say where an error arose: in the project's own file that was last at work, or else in a package."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for name, line in reversed(places):
        file = Path(name)
        if file.is_relative_to(root.resolve()) and "site-packages" not in file.parts and Path(name) not in _FRAME:
            return f"{root / file.relative_to(root.resolve())}:{line}"
    return f"{places[-1][0]}:{places[-1][1]}"


def one_line(message: object) -> str:
    """Write a message without line breaks."""
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
        self.messages.append(one_line(record.getMessage()))
