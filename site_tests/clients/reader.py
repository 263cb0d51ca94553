"""A reader who follows a page step by step, on a machine without a network."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from agentdocs.site.outcomes import error_for
from agentdocs.site.urls import client_source, model_source
from agentdocs.stub import Stub

from site_tests.clients.published import Block, section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from agentdocs.render import Rendering
    from agentdocs.schema import Facts

    from site_tests.clients.machine import Machine, Run

RETRY_AFTER = 2
"""What the stub writes into Retry-After, in seconds."""
SITUATIONS = ("wrong_key", "other_key", "unset_key", "plan", "model", "burst")


def everything(run: Run) -> list[str]:
    """Give every line that a run printed."""
    return [line.strip() for line in run.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Client:
    """What the tests have to know of a client beside its page."""

    name: str
    """In the catalog."""
    call: str
    """The snippet with which it is refused."""
    before: tuple[str, ...] = ()
    """The snippets that a reader needs first."""
    path: Callable[[], tuple[Path, ...]] = tuple
    """Folders of programs."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What only the tests need."""
    login: str = ""
    """The snippet that asks for the key, where it is not the variable that the client reads."""
    own_step: Callable[[Facts], str] = lambda _: ""
    """Commands after the steps before that no page has, since only the tests need them."""
    tells: Callable[[Run], list[str]] = everything
    """Picks the lines that tell the reader what is wrong."""
    installed: Callable[[Machine], None] = lambda machine: None
    """Puts into the working folder what the command for installing puts there."""


@dataclass
class Reader:
    """Follows the steps for one client and one model."""

    client: Client
    rendering: Rendering
    site: Path
    machine: Machine
    model: str | None = None
    """Another than the recommended one: then its own page is followed."""
    planted: tuple[str, str] | None = None
    """A mistake that a test plants into what the page says: what is replaced, and by what."""

    @property
    def facts(self) -> Facts:
        return self.rendering.facts

    def blocks(self) -> dict[str, Block]:
        """Give the published blocks by the catalog's names of the snippets."""
        entry = self.facts.clients[self.client.name]
        source, heading = client_source(self.facts, self.client.name), "files-and-commands"
        if self.model:
            source, heading = model_source(self.facts, self.model), re.sub(r"\s+", "-", entry.name.lower())
        page = self.site / self.rendering.pages[source].url.lstrip("/") / "index.html"
        found = {block.title: block for block in section(page, heading) if "bash" in (block.shells or "bash")}
        return {shape.id: self._with_mistake(found[shape.title]) for shape in entry.snippets}

    def _with_mistake(self, block: Block) -> Block:
        old, new = self.planted or ("", "")
        return replace(block, text=block.text.replace(old, new) if old else block.text)

    def key_step(self, shell: str) -> str:
        """Give the commands of the client's page that ask for the key."""
        source = client_source(self.facts, self.client.name)
        page = self.site / self.rendering.pages[source].url.lstrip("/") / "index.html"
        step = self.rendering.snippets.key_step(self.key, "fish" if shell == "fish" else "bash")
        every = [block.text for block in section(page, "-key", "$=")]
        assert step in every, f"the page does not show how {shell} takes the key"
        return step

    @property
    def api(self) -> str:
        return self.facts.clients[self.client.name].api

    @property
    def key(self) -> str:
        """The kind of key that the client's API takes."""
        return self.facts.apis[self.api].key

    @property
    def variable(self) -> str:
        """The variable that holds it."""
        return self.facts.keys[self.key].environment_variable

    def error(self, situation: str) -> str:
        """Name the error with which the client's API answers in a situation."""
        name = error_for(self.facts, self.api, situation)
        if name is None:
            pytest.skip(f"the catalog has no error of this API for the situation {situation}")
        return name

    def told(self, situation: str) -> str:
        """Write status and code of that error, as programs print them."""
        error = self.facts.errors[self.error(situation)]
        return f"{error.status} {error.code}"

    def another_model(self) -> str:
        """Choose a model that the client can use, other than the recommended one, with a dot in its id."""
        client, default = self.facts.clients[self.client.name], self.facts.recommendations.default
        fitting = (
            model.id
            for model in self.facts.models.values()
            if "." in model.id and model.id != default and not self.rendering.snippets.refusal(client, model)
        )
        return next(fitting, None) or pytest.skip("no other model has a dot in its id")

    def stub(self, refuse: str | None = None) -> Stub:
        """Make a stub that refuses with an error of the catalog."""
        return Stub(self.facts, refuse, RETRY_AFTER)

    def steps(self, *names: str) -> str:
        """Save the files of some snippets, and give the commands that the reader types."""
        blocks, commands = self.blocks(), []
        for name in names:
            block = blocks[name]
            if block.save_as:
                self.machine.save(block.save_as, block.text)
            commands += [block.run or "" if block.save_as else block.text]
        return "\n".join(command.rstrip("\n") for command in commands if command) + "\n"

    def follow(
        self, stub: Stub, *names: str, key: str | None = "", shell: str = "bash", more: str = "", seconds: float = 900
    ) -> Run:
        """Follow some steps in one shell, after the step that asks for the key.

        `key` is what the reader types, by default the one that the stub accepts; with None the step is left out.
        `more` are further commands.
        """
        self.client.installed(self.machine)
        script = self.steps(*names) + more
        typed = (stub.key(self.key) if key == "" else key) or ""
        if key is not None:
            script = (self.steps(self.client.login) if self.client.login else self.key_step(shell)) + script
        run = self.machine.run(stub, script, shell, f"{typed}\n" if typed else "", seconds)
        return replace(run, stderr=run.stderr.replace(f"{self.facts.keys[self.key].name} (not shown): \n", ""))

    def prepare(self) -> Run:
        """Follow the steps before the call."""
        key = None if self.client.login else ""
        return self.follow(self.stub(), *self.client.before, key=key, more=self.client.own_step(self.facts))

    def copy(self, folder: Path) -> Reader:
        """Give a reader whose machine is in the same state, in another folder."""
        shutil.copytree(self.machine.folder, folder, symlinks=True, dirs_exist_ok=True)
        return replace(self, machine=replace(self.machine, folder=folder))

    def refused(self, situation: str) -> tuple[Run, Stub]:
        """Make the call in a situation in which it is refused."""
        refuse = error_for(self.facts, self.api, situation) if situation in ("plan", "model", "burst") else None
        stub = self.stub(refuse)
        others = [name for name in self.facts.keys if name != self.key]
        keys = {
            "wrong_key": self.facts.keys[self.key].beginning + "wrong",
            "unset_key": None,
            "other_key": stub.key(others[0]),
        }
        key = keys.get(situation, "")
        return self.follow(stub, self.client.call, key=key), stub
