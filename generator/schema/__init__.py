"""The typed model of a catalog: which files it has and which members they take."""

from __future__ import annotations

from collections.abc import Mapping

from generator.schema.access import Api, Billing, Key
from generator.schema.base import Record
from generator.schema.client import Client
from generator.schema.discovery import Discovery
from generator.schema.error import ApiError
from generator.schema.limit import Limit
from generator.schema.model import Author, Model, Recommendations
from generator.schema.plan import Estimates, Plan
from generator.schema.protocol import Protocol
from generator.schema.provider import Provider
from generator.schema.site import Site
from generator.schema.values import ModelId, Slug


class Facts(Record):
    """Everything a catalog states. Each member is a file `catalog/<member>.yaml`, or a folder of files."""

    provider: Provider
    site: Site
    apis: Mapping[Slug, Api]
    keys: Mapping[Slug, Key]
    billing: Billing
    plans: Mapping[Slug, Plan]
    estimates: Estimates | None = None
    limits: Mapping[Slug, Limit] = {}
    errors: Mapping[Slug, ApiError]
    protocol: Protocol
    discovery: Discovery
    recommendations: Recommendations
    authors: Mapping[Slug, Author]
    clients: Mapping[Slug, Client]
    models: Mapping[ModelId, Model]


__all__ = [
    "Api", "ApiError", "Author", "Billing", "Client", "Discovery", "Estimates", "Facts", "Key", "Limit",
    "Model", "Plan", "Protocol", "Provider", "Recommendations", "Site",
]  # fmt: skip
