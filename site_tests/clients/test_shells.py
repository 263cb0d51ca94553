"""Shells: the key step asks and tells no history, the step for a file of keys keeps its other lines, and commands that
are said to be the same in PowerShell are."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
from typing import TYPE_CHECKING

import pytest
import tree_sitter_powershell
from agentdocs.site.snippets import SHELLS
from tree_sitter import Language, Parser

from site_tests.clients.conftest import HOMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agentdocs.render import Rendering

_POWERSHELL = Parser(Language(tree_sitter_powershell.language()))
_KEY = "typed-once-only"
_HISTORIES = {"bash": ".bash_history", "zsh": ".zsh_history", "fish": ".local/share/fish/fish_history"}
UNIX = [pytest.param(shell, marks=pytest.mark.program(shell)) if shell != "bash" else shell for shell in _HISTORIES]


def _at_a_terminal(shell: str, home: Path, turns: list[tuple[str, str]]) -> str:
    """Type lines into an interactive shell, each after the text that it waits for, and give what was shown."""
    starts = {
        ".bashrc": "PS1='ready> '\n",
        ".config/fish/config.fish": "function fish_prompt; echo -n 'ready> '; end\n",
    }
    starts[".zshrc"] = f"PS1='ready> '\nHISTFILE={home}/.zsh_history\nHISTSIZE=99\nSAVEHIST=99\n"
    for name, text in starts.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    process, terminal = pty.fork()
    if process == 0:
        variables = {"HOME": str(home), "PATH": "/usr/bin:/bin", "TERM": "dumb", "LANG": "C.UTF-8"}
        os.chdir(home)
        os.execvpe(shell, [shell, "-i"], variables)  # noqa: S606
    shown = ""
    try:
        for awaited, line in [*turns, ("", "exit\n")]:
            place = len(shown)
            while awaited not in shown[place:]:
                assert select.select([terminal], [], [], 60)[0], f"{shell} never showed {awaited!r}:\n{shown}"
                shown += os.read(terminal, 4096).decode(errors="replace")
            os.write(terminal, line.encode())
        with contextlib.suppress(OSError):  # Linux tells so that the other end is closed
            while rest := os.read(terminal, 4096):
                shown += rest.decode(errors="replace")
    finally:
        os.close(terminal)
        os.waitpid(process, 0)
    return shown


@pytest.mark.parametrize("shell", UNIX)
def test_the_key_step_asks_visibly_hides_the_key_and_leaves_it_out_of_the_history(
    shell: str, preview: Rendering, tmp_path: Path
) -> None:
    key = preview.facts.apis[next(iter(preview.facts.clients.values())).api].key
    variable, name = preview.facts.keys[key].environment_variable, preview.facts.keys[key].name
    step = preview.snippets.key_step(key, "fish" if shell == "fish" else "bash")
    assert step.count("\n") == 1, "a second line, pasted with the first, would be read as the key"
    shown = _at_a_terminal(shell, tmp_path, [
        ("ready> ", step),
        (f"{name} (not shown): ", f"{_KEY}\n"),
        ("", f"sh -c 'printf %s ${variable} > seen; echo do''ne'\n"),
        ("done", ""),
    ])  # fmt: skip
    assert (tmp_path / "seen").read_text(encoding="utf-8") == _KEY
    assert _KEY not in shown
    history = (tmp_path / _HISTORIES[shell]).read_text(encoding="utf-8")
    assert step.split()[0] in history
    assert _KEY not in history


@pytest.fixture
def kept(preview: Rendering) -> dict[str, str]:
    """The step that keeps the key in a file, by its client."""
    return {name: preview.snippets.render(name, shape.id) for name, client in preview.facts.clients.items()
            for shape in client.snippets if shape.id == "env"}  # fmt: skip


def _env_files(home: Path) -> Iterator[Path]:
    return home.rglob(".env")


@pytest.mark.parametrize("shell", UNIX)
def test_a_file_of_keys_keeps_its_other_lines_and_gets_the_key_once(
    shell: str, kept: dict[str, str], preview: Rendering, tmp_path: Path
) -> None:
    assert kept
    for client, script in kept.items():
        variable = preview.facts.keys[preview.facts.apis[preview.facts.clients[client].api].key].environment_variable
        (before,) = [file.read_text(encoding="utf-8") for file in _env_files(HOMES / client)]
        assert not before.endswith("\n"), "without a line break at its end it shows what two keys in one line would be"
        for own in ("", before):
            home = tmp_path / client / str(len(own))
            place = home / next(_env_files(HOMES / client)).relative_to(HOMES / client)
            if own:
                place.parent.mkdir(parents=True)
                place.write_text(own, encoding="utf-8")
            home.mkdir(parents=True, exist_ok=True)
            for value in ("old", _KEY, _KEY, ""):  # the last as if the variable were unset
                variables = {"HOME": str(home), "PATH": "/usr/bin:/bin", variable: value}
                subprocess.run([shell, "-c", script], env=variables, capture_output=True, check=False)
            assert place.read_text(encoding="utf-8") == (f"{own}\n" if own else "") + f"{variable}={_KEY}\n", client
            assert place.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("shell", UNIX)
def test_the_copy_for_undoing_is_made_once(shell: str, preview: Rendering, tmp_path: Path) -> None:
    for client in preview.facts.clients:
        if "backup" not in {shape.id for shape in preview.facts.clients[client].snippets}:
            continue
        script, home = preview.snippets.render(client, "backup"), tmp_path / client
        (own,) = [file for file in (HOMES / client).rglob("*") if file.is_file() and file.name != ".env"]
        place = home / own.relative_to(HOMES / client)
        place.parent.mkdir(parents=True)
        variables = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
        for text in (None, "first", "second"):
            if text:
                place.write_text(text, encoding="utf-8")
            run = subprocess.run([shell, "-c", script], env=variables, capture_output=True, text=True, check=False)
            assert run.stderr == "", client
        (copy,) = set(place.parent.iterdir()) - {place}
        assert (copy.read_text(encoding="utf-8"), place.read_text(encoding="utf-8")) == ("first", "second")


def _errors(text: str) -> list[str]:
    """Say what in commands is none of PowerShell's, or means something else there."""
    found = ["its grammar"] if _POWERSHELL.parse(text.encode()).root_node.has_error else []
    unlike = {"\\\n": "a line goes on", "&&": "since 7 only", "~/": "stays a tilde", " > ": "writes UTF-16 before 7"}
    return found + [why for sign, why in unlike.items() if sign in text]


def test_every_command_for_powershell_is_in_its_grammar(preview: Rendering) -> None:
    count = 0
    for name, client in preview.facts.clients.items():
        assert _errors(preview.snippets.key_step(preview.facts.apis[client.api].key, "powershell")) == []
        for shape in client.snippets:
            if shape.language in SHELLS:
                count += 1
                assert _errors(preview.snippets.render(name, shape.id, None, "powershell")) == [], (name, shape.id)
    assert count


@pytest.mark.parametrize("script", ["if [ 1 ]; then echo; fi", "test -e ~/a", "a \\\n b", "$env:A = ("])
def test_a_command_that_is_none_of_powershells_would_be_noticed(script: str) -> None:
    assert _errors(script) != []
