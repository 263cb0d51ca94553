"""Snippets: what a reader copies to set up a client for a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from agentdocs.artifact import LANGUAGES, Artifact
from agentdocs.errors import UsageError
from agentdocs.schema.values import SPECIALS, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from agentdocs.errors import Loc
    from agentdocs.schema import Client, Facts, Model
    from agentdocs.schema.client import Snippet
    from agentdocs.text.templates import Templates


SHELLS = ("bash", "fish", "powershell")
"""The languages of the steps that differ between shells; zsh takes that of bash."""
_T = TypeVar("_T")


@dataclass(frozen=True)
class Written:
    """One snippet for one model."""

    text: str
    owners: frozenset[Loc]
    """The places in the catalog of the facts in it."""


@dataclass(frozen=True)
class Snippets:
    """Makes every snippet of a catalog, as of one day."""

    facts: Facts
    templates: Templates
    day: date
    _written: dict[tuple[str, str, str, str], Written] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What is written already: pages show what artifacts hold."""

    def render(self, client: str, snippet: str | None = None, model: str | None = None, shell: str = "") -> str:
        """Give the text of what `written` writes."""
        return self.written(client, snippet, model, shell).text

    def written(self, client: str, snippet: str | None = None, model: str | None = None, shell: str = "") -> Written:
        """Write one snippet for one model; without names the client's first one and the recommended model.

        `shell` names one for which the snippet may have another form.

        Raises `UsageError` if one of the names is unknown or the client cannot use the model.
        """
        entry = self.client(client)
        shape = self.snippet(client, snippet or entry.snippets[0].id)
        target = self.model(model or self.facts.recommendations.default)
        if reason := self.refusal(entry, target):
            raise UsageError(f"{entry.name} cannot use {target.id}: {reason}")
        form = shell if shell in shape.forms else ""
        name = (client, shape.id, target.id, form)
        if name not in self._written:
            language, _ = shape.forms[form]
            suffix, _ = LANGUAGES[language]
            template = f"snippets/{client}/{shape.id}.{suffix}"
            self.templates.demand(template, ("clients", client, "snippets", entry.snippets.index(shape), "id"))
            with self.templates.noting() as named:
                text = self.templates.render(template, language, self._values(entry, target))
            self._written[name] = Written(text, _owners(named, client, target.id))
        return self._written[name]

    def key_step(self, key: str, shell: str = "bash") -> str:
        """Write the commands that ask for a key and put it into its variable, for `bash` and zsh, or for another
        of `SHELLS`."""
        suffix, _ = LANGUAGES[shell]
        return self.templates.render(f"snippets/key.{suffix}", shell, {"key": _find(self.facts.keys, key, "key")})

    def key_url(self, key: str, shell: str) -> str:
        """Say where the commands are published: under the name of the variable."""
        return f"{self.facts.site.snippets}key/{self.facts.keys[key].environment_variable}.{LANGUAGES[shell][0]}"

    def refusal(self, client: Client, model: Model) -> str | None:
        """Say why a client cannot use a model through its API, or None if it can."""
        if model.for_agents == "unknown":
            return "nobody published whether agents may use the model"
        if not model.for_agents:
            return "the model is not available to agents"
        if not model.usable(self.day):
            return f"the model is {model.status(self.day)}"
        if not client.takes(model.context_window):
            least = f"below the client's minimum of {client.minimum_context_window:,}"
            return f"its context window of {model.context_window:,} tokens is {least}"
        return None

    def left_out(self, client: Client, model: Model) -> tuple[str, ...]:
        """Name what the client's snippets leave out for a model, as far as the client is known to assume something.

        That is what nobody published of the model, and an output limit where the API has no parameter for it.
        """
        price = self._price_per_million(model) or {}
        known: dict[str, object] = {
            **dict(iter(model.known)),
            **model.features,
            "context_window": model.context_window,
            "cache_read": price.get("cache_read", "unknown"),
            "cache_write": price.get("cache_write", 0 if price else "unknown"),
        }
        if not self.facts.protocol.chat.output_limit:
            known["max_output"] = "unknown"
        names = [*client.when_unknown]
        if client.minimum_context_window and "context_window" not in names:
            names.append("context_window")
        return tuple(name for name in names if known.get(name, "unknown") in SPECIALS)

    def client(self, name: str) -> Client:
        """Find a client by name."""
        return _find(self.facts.clients, name, "client")

    def model(self, name: str) -> Model:
        """Find a model by its id or by an alias."""
        if name not in self.facts.models:
            named = (model.id for model in self.facts.models.values() if name in model.aliases)
            name = next(named, name)
        return _find(self.facts.models, name, "model")

    def snippet(self, client: str, name: str) -> Snippet:
        """Find one of a client's snippets."""
        return _find({shape.id: shape for shape in self.client(client).snippets}, name, f"snippet of {client}")

    def url(self, client: str, snippet: Snippet, model: str, shell: str = "") -> str:
        """Say where the snippet is published, for the id of a model or for what stands for the path of any, in the form
        of a shell."""
        path = self.facts.models[model].path if model in self.facts.models else model
        return f"{self.facts.site.snippets}{client}/{path}/{snippet.forms[shell][1]}"

    def guide_url(self, client: str, model: str) -> str:
        """Say where the client's page for a model is published as Markdown, by the model as `url` takes it."""
        path = self.facts.models[model].path if model in self.facts.models else model
        return f"{self.facts.site.snippets}{client}/{path}/setup.md"

    def artifacts(self) -> Iterator[Artifact]:
        """Make every snippet of every client for every model that it can use, and the step of every key."""
        for key in dict.fromkeys(self.facts.apis[client.api].key for client in self.facts.clients.values()):
            for shell in SHELLS:
                yield Artifact(self.key_url(key, shell), self.key_step(key, shell).encode(), LANGUAGES[shell][1])
        for name, client in self.facts.clients.items():
            for model in self.facts.models.values():
                for shape in () if self.refusal(client, model) else client.snippets:
                    for shell, (language, _) in shape.forms.items():
                        body = self.render(name, shape.id, model.id, shell).encode()
                        url, alike = (self.url(name, shape, each, shell) for each in (model.id, "*"))
                        yield Artifact(url, body, LANGUAGES[language][1], alike=alike)

    def _values(self, client: Client, model: Model) -> dict[str, Any]:
        api = self.facts.apis[client.api]
        return {
            "client": client,
            "provider": self.facts.provider,
            "api": api,
            "key": self.facts.keys[api.key],
            "authentication": self.facts.protocol.authentication,
            "output_limit": self.facts.protocol.chat.output_limit,
            "files": {shape.id: shape.save_as or shape.file for shape in client.snippets},
            "model": model,
            "price": self._price_per_million(model),
        }

    def _price_per_million(self, model: Model) -> Mapping[str, Any] | None:
        """Give the model's price in US dollars per million tokens, as clients count, if it is known so.

        It is that of single requests with prompts of `up_to` so many tokens, if not None, and without the `fees`.
        """
        prepaid, price = self.facts.billing.credits, model.price(self.day)
        if price is None or not price.of_tokens or prepaid is None or prepaid.currency != "USD":
            return None
        return {**prepaid.per_million(price), "up_to": price.cases[0].up_to, "fees": price.fees}


def _owners(named: Iterable[str], client: str, model: str) -> frozenset[Loc]:
    """Give the places in the catalog behind the names of a snippet's template."""
    its_client, its_model = ("clients", client), ("models", model)
    behind: Mapping[str, tuple[Loc, ...]] = {
        "client": (its_client,),
        "files": (its_client,),
        "provider": (("provider",),),
        "api": (("apis",),),
        "key": (("keys",),),
        "authentication": (("protocol",),),
        "output_limit": (("protocol",),),
        "model": (its_model,),
        "price": (its_model, ("billing",)),
    }
    return frozenset(owner for name in named for owner in behind.get(name, ()))


def _find(entries: Mapping[str, _T], name: str, kind: str) -> _T:
    if name not in entries:
        raise UsageError(f"there is no {kind} '{name}'; {did_you_mean(name, frozenset(entries))}")
    return entries[name]
