"""Who the provider is."""

from __future__ import annotations

from generator.schema.base import FactGroup, SourcedGroup
from generator.schema.values import BaseUrl, EmailAddress, HttpsUrl, ReverseDomain, Slug, Text


class Operator(FactGroup):
    """The company behind the brand."""

    name: Text
    address: tuple[Text, ...]
    """The lines of the postal address."""


class Legal(FactGroup):
    """The legal pages and whom to ask."""

    privacy_policy: HttpsUrl
    terms_of_service: HttpsUrl
    privacy_contact: EmailAddress


class Hosting(FactGroup):
    """Where requests are processed."""

    countries: tuple[Text, ...]


class Account(FactGroup):
    """What a person signs in to."""

    name: Text
    """What the sign-in is called, such as `Example account`."""
    dashboard: Text
    """What the place for subscription and keys is called."""
    data_processing_agreement: tuple[Text, ...]
    """The menu path, from the outermost entry, to the agreement on data processing."""


class Provider(SourcedGroup):
    """`catalog/provider.yaml`: the provider's names, operator, legal pages and account."""

    id: Slug
    """The provider's name in the configuration files of clients."""
    name: Text
    homepage: BaseUrl
    reverse_domain: ReverseDomain
    """Begins names that must be unique in the world, such as that of an MCP server."""
    operator: Operator
    legal: Legal
    hosting: Hosting
    account: Account
