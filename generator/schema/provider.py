"""Who the provider is."""

from __future__ import annotations

from generator.schema.base import FactGroup, SourcedGroup
from generator.schema.values import BaseUrl, EmailAddress, HttpsUrl, ReverseDomain, Slug, Text


class Operator(FactGroup):
    """The company behind the brand."""

    name: Text
    """The company as registered; stands in the footer, under privacy, and as contact of the APIs."""
    address: tuple[Text, ...]
    """The lines of the postal address."""


class Legal(FactGroup):
    """The legal pages and whom to ask."""

    privacy_policy: HttpsUrl
    """Linked in the footer and in documents for agents."""
    terms_of_service: HttpsUrl
    """Linked in the footer and in documents for agents."""
    privacy_contact: EmailAddress
    """Where the overview page sends questions on privacy."""


class Hosting(FactGroup):
    """Where requests are processed."""

    countries: tuple[Text, ...]
    """Every country that the provider names, in English."""


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
    """What pages, and the settings of clients, call the provider."""
    homepage: BaseUrl
    """Where people sign in, and the contact address of the APIs."""
    reverse_domain: ReverseDomain
    """Begins names that must be unique in the world, such as that of an MCP server."""
    operator: Operator
    """Who is responsible."""
    legal: Legal
    """The legal pages in every footer, and whom to ask."""
    hosting: Hosting
    """What the overview page says of where data goes."""
    account: Account
    """What pages call the account and the places in its menus."""
