"""Runs the command and interferes at an exact moment: `python -m site_tests.interrupted WHAT... -- COMMAND...`.

WHAT is `ACTION:EVENT:TEXT`, such as `SIGKILL:open:/llms.txt`. EVENT is an audit event of the interpreter (PEP 578),
and the moment is the first one with TEXT among its arguments. ACTION is the name of a signal that the process then
gets, or `fail`, which makes the operation fail. So no test has to guess how long a build takes to get somewhere.
"""

from __future__ import annotations

import errno
import os
import signal
import sys

from agentdocs.cli import main


def interrupt(action: str, event: str, text: str) -> None:
    armed = True

    def hook(name: str, arguments: tuple[object, ...]) -> None:
        nonlocal armed
        if armed and name == event and any(text in str(argument) for argument in arguments):
            armed = False
            if action == "fail":
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            os.kill(os.getpid(), signal.Signals[action])

    sys.addaudithook(hook)


if __name__ == "__main__":
    separator = sys.argv.index("--")
    for what in sys.argv[1:separator]:
        interrupt(*what.split(":"))
    main(sys.argv[separator + 1 :])
