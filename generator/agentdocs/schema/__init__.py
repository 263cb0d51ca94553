"""The typed model of a catalog: which files it has and which members they take."""

from __future__ import annotations

from collections.abc import Mapping

from agentdocs.schema.acceptance import Acceptance
from agentdocs.schema.access import Api, Billing, Key
from agentdocs.schema.assistant import Assistant
from agentdocs.schema.base import Record
from agentdocs.schema.brand import Brand
from agentdocs.schema.client import Client, IncompatibleClient
from agentdocs.schema.discovery import Discovery
from agentdocs.schema.error import ApiError
from agentdocs.schema.limit import Limit
from agentdocs.schema.model import Author, Model, Recommendations
from agentdocs.schema.plan import Estimates, Plan
from agentdocs.schema.protocol import Protocol
from agentdocs.schema.provider import Provider
from agentdocs.schema.recording import Recording
from agentdocs.schema.site import Site
from agentdocs.schema.values import AuthorName, ClientId, ModelId, Slug


class Facts(Record):
    """Everything a catalog states. Each member is a file `catalog/<member>.yaml`, or a folder of files.

    For a small provider one file is enough: `catalog/catalog.yaml` takes any of these members, clients by name and
    models by id, which they need not repeat. What stands there stands in no other file.
    """

    provider: Provider
    """Who offers the models, and under which names."""
    site: Site
    """Where the documentation is published, and its pages."""
    brand: Brand = Brand()
    """How the pages look; left out for a neutral look."""
    apis: Mapping[Slug, Api]
    """By the name that keys, limits and errors refer to; pages list them in this order."""
    keys: Mapping[Slug, Key]
    """The kinds of key, by the name that an API refers to; each is a column of the table of keys."""
    billing: Billing
    """What pays for requests, and the unit of all prices of models."""
    plans: Mapping[Slug, Plan]
    """By the name that keys and estimates refer to; the columns of the estimates are in this order."""
    estimates: Estimates | None = None
    """Left out where the provider publishes none; pages then leave out the section."""
    limits: Mapping[Slug, Limit] = {}
    """By a name that only problems of the catalog show; each is a row of the table of limits."""
    errors: Mapping[Slug, ApiError]
    """By the name that limits refer to, which need not be the code; pages list them in this order."""
    protocol: Protocol
    """How requests and answers look, whichever API takes them."""
    discovery: Discovery
    """The documents under `/.well-known/` and what they state."""
    recommendations: Recommendations
    """The models that pages and snippets suggest."""
    assistants: Mapping[Slug, Assistant] = {}
    """By a name that only problems of the catalog show; links on every page open them in this order. Left out where
    pages offer none."""
    authors: Mapping[AuthorName, Author] = {}
    """By the part of model ids before the first slash, or a name that models give as `author`; left out where no model
    has one."""
    clients: Mapping[Slug, Client]
    """By the name of the file, which is also the folder of the client's templates."""
    recordings: Mapping[ClientId, Recording] = {}
    """By client; left out where nobody recorded how clients fail."""
    incompatible: Mapping[Slug, IncompatibleClient] = {}
    """By a name that only problems of the catalog show; left out where none is known."""
    models: Mapping[ModelId, Model]
    """By id, which is the path of the file, with `%3A` for a `:`."""
    accepted: tuple[Acceptance, ...] = ()
    """Warnings of `agentdocs check` that somebody has looked into; no output shows them. Left out where there are
    none."""

    def author_of(self, model: Model) -> str | None:
        """Name the entry of `authors` that a model belongs to, if there is one."""
        return model.author_among(self.authors)


__all__ = [
    "Acceptance", "Api", "ApiError", "Assistant", "Author", "Billing", "Brand", "Client", "Discovery", "Estimates",
    "Facts", "IncompatibleClient", "Key", "Limit", "Model", "Plan", "Protocol", "Provider", "Recommendations",
    "Recording", "Site",
]  # fmt: skip
