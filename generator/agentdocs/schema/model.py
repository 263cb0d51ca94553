"""Models, their prices and their life."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from agentdocs.schema.base import FactGroup, Record, SourcedGroup
from agentdocs.schema.price import Price, in_order, price_on
from agentdocs.schema.values import (
    AuthorId,
    CountOrUnknown,
    Flag,
    FlagOrUnknown,
    IsoDate,
    IsoDateOrUnknown,
    ModelId,
    ModelPath,
    ModelRef,
    OrUnknown,
    Text,
    Token,
    refuse,
)

Status = Literal["available", "deprecated", "retired", "announced"]
"""Where a model is in its life on a given day."""


class Author(Record):
    """An entry of `catalog/authors.yaml`: who trained a model. The name is a label of this documentation."""

    name: Text
    """What pages call the author, and the title of the page with the author's models."""


class Capabilities(FactGroup):
    """What a model can do beyond answering a chat."""

    max_output: CountOrUnknown = "unknown"
    """The most tokens of one answer; where it is `unknown`, snippets tell what the client assumes."""
    input: OrUnknown[tuple[Token, ...]] = "unknown"
    """Modalities of the prompt, such as `text` and `image`; `unknown` where nobody published them."""
    reasoning: FlagOrUnknown = "unknown"
    """Whether it can reason before it answers."""
    json_mode: FlagOrUnknown = "unknown"
    """Whether its answer can be forced to be JSON."""
    structured_outputs: FlagOrUnknown = "unknown"
    """Whether its answer can be forced to follow a JSON schema."""
    logprobs: FlagOrUnknown = "unknown"
    """Whether its answer can come with the log probabilities of its tokens."""


class AgentUse(FactGroup):
    """Whether agents may use the model."""

    available: Flag
    """Only then the model has snippets, can be recommended, and is taken to call tools."""


class PromptCacheUse(FactGroup):
    """Whether the beginnings of prompts to the model can be cached."""

    supported: Flag
    """Whether they can."""


class Lifecycle(FactGroup):
    """The days on which a model's status changes; the days themselves are included."""

    released: IsoDateOrUnknown
    """Before this day the model is announced; `unknown` counts as long ago."""
    deprecated_on: IsoDate | None = None
    """From this day its page warns; left out while no such day is announced."""
    retires_on: IsoDate | None = None
    """From this day it answers no more and has no snippets; left out while no such day is announced."""
    replaced_by: ModelRef | None = None
    """The model to use instead, which the warning names."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [(name, getattr(self, name)) for name in ("released", "deprecated_on", "retires_on")]
        known = [(name, day) for name, day in days if isinstance(day, date)]
        for (earlier, first), (later, second) in pairwise(known):
            if second < first:
                raise refuse(f"{later} {second} is before {earlier} {first}", "put the dates in order")
        return self


def _in_addresses(part: str) -> str:
    """Write a part of an id as links, hosts and file systems take it: a colon may begin a scheme or a placeholder."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", part).strip("-").rstrip("-.")


class Model(SourcedGroup):
    """A file of `catalog/models/`: `author/name.yaml` holds the model `author/name`.

    File names have `%3A` for the `:` of an id, which not every system takes.
    """

    id: ModelId
    """What requests send; must be the path of the file."""
    name: Text
    """What readers see beside the id; a label of this documentation."""
    author: AuthorId | None = None
    """Who trained it; left out where the part of the id before its first slash says so, and for a model without."""
    address: ModelPath | None = None
    """What stands for the id in the addresses of its page and files; left out unless two models would get one address.
    Without it that is the id, with `-` for what no address has."""
    aliases: tuple[ModelId, ...] = ()
    """Other ids that the API takes for this model; its page lists them and `agentdocs snippet` takes them."""
    context_window: CountOrUnknown
    """Tokens of prompt and answer together; `unknown` where nobody published it. Snippets then leave it to the client,
    and say what that assumes."""
    prices: OrUnknown[Annotated[tuple[Price, ...], Field(min_length=1), AfterValidator(in_order)]] = ()
    """Oldest first; left out where use of the model is not paid for, `unknown` where nobody published what it costs."""
    capabilities: OrUnknown[Capabilities]
    """`unknown` where nothing is published of any of them. No unknown capability is shown as missing."""
    agents: OrUnknown[AgentUse]
    """The column *For agents* of the list of models; `unknown` where nobody says whether agents may use it."""
    prompt_cache: OrUnknown[PromptCacheUse] = "unknown"
    """`unknown` where nothing is published of it."""
    lifecycle: OrUnknown[Lifecycle]
    """What status the model has on which day; `unknown` where nothing is published of it, which counts as available."""

    def author_among(self, authors: Container[str]) -> str | None:
        """Name the author by whom it is, given the names of those in `catalog/authors.yaml`."""
        first, slash, _ = self.id.partition("/")
        return self.author or (first if slash and first in authors else None)

    @property
    def path(self) -> str:
        """What stands for the id in the addresses of its page and files."""
        return self.address or "/".join(_in_addresses(part) for part in self.id.split("/"))

    @property
    def known(self) -> Capabilities:
        """The capabilities, each `unknown` where nothing is known of them at all."""
        return Capabilities() if isinstance(self.capabilities, str) else self.capabilities

    @property
    def features(self) -> dict[str, bool | Literal["unknown"]]:
        """Whether it calls tools, reasons, forces JSON, and so on, by the names that APIs use.

        A model for agents is one that calls tools; of another nobody says whether it does.
        """
        known = self.known
        tools: bool | Literal["unknown"] = "unknown"
        if self.for_agents == True:  # noqa: E712 - an assumed flag is another object
            tools = self.for_agents
        return {
            "tools": tools,
            "reasoning": known.reasoning,
            "json_mode": known.json_mode,
            "structured_outputs": known.structured_outputs,
            "logprobs": known.logprobs,
        }

    @property
    def life(self) -> Lifecycle:
        """The days of its life, of which nothing is known where nobody published any."""
        return Lifecycle(released="unknown") if isinstance(self.lifecycle, str) else self.lifecycle

    @property
    def for_agents(self) -> bool | Literal["unknown"]:
        """Whether agents may use it."""
        return "unknown" if isinstance(self.agents, str) else self.agents.available

    @property
    def price_history(self) -> tuple[Price, ...]:
        """What is known of its prices, oldest first."""
        return () if isinstance(self.prices, str) else self.prices

    def price(self, day: date) -> Price | None:
        """Give the price that applies on `day`, or None if none is known; `no_price` then says why."""
        return price_on(self.price_history, day)

    @property
    def no_price(self) -> Literal["unknown", "not_offered"]:
        """What to say where no price is known: that nobody published it, or that use of the model is not paid for."""
        return "unknown" if self.prices else "not_offered"

    def status(self, day: date) -> Status:
        """Say where the model is in its life on `day`."""
        life = self.life
        if life.retires_on and day >= life.retires_on:
            return "retired"
        if life.deprecated_on and day >= life.deprecated_on:
            return "deprecated"
        if isinstance(life.released, date) and day < life.released:
            return "announced"
        return "available"

    def usable(self, day: date) -> bool:
        """Say whether it answers on `day`: it is released, and not retired."""
        return self.status(day) in ("available", "deprecated")


class Task(FactGroup):
    """Models to start with for one kind of work, best first."""

    title: Text
    """The kind of work, such as `Long documents`."""
    models: Annotated[tuple[ModelRef, ...], Field(min_length=1)]
    """Each must be available, to agents too."""


class Recommendations(SourcedGroup):
    """`catalog/recommendations.yaml`."""

    default: ModelRef
    """The model that snippets name unless a reader chooses another."""
    tasks: Annotated[tuple[Task, ...], Field(min_length=1)] = ()
    """The rows of *Models to start with*, in this order; left out where the provider recommends none."""
