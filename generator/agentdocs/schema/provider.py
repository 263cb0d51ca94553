"""Who the provider is."""

from __future__ import annotations

from agentdocs.schema.base import FactGroup, SourcedGroup
from agentdocs.schema.values import (
    BaseUrl,
    EmailAddress,
    FlagOrUnknown,
    HttpsUrl,
    OrUnknown,
    ReverseDomain,
    Slug,
    Text,
)


class PublicPage(SourcedGroup):
    """A page of the provider's website, and who says that it is there."""

    url: HttpsUrl
    """Its address."""


class Operator(FactGroup):
    """The company behind the brand."""

    name: Text
    """The company as registered; stands in the footer, under privacy, and as contact of the APIs."""
    address: OrUnknown[tuple[Text, ...]] = ()
    """The lines of the postal address; left out where none is published, `unknown` where sources disagree on it."""


class Legal(FactGroup):
    """The legal pages and whom to ask."""

    privacy_policy: HttpsUrl | None = None
    """Linked in the footer and in documents for agents; left out where there is no such page."""
    terms_of_service: HttpsUrl | None = None
    """Linked in the footer and in documents for agents; left out where there is no such page."""
    privacy_contact: EmailAddress | None = None
    """Where the overview page sends questions on privacy; left out where nobody takes them by e-mail."""


class Hosting(FactGroup):
    """Where requests are processed."""

    countries: tuple[Text, ...]
    """Every country that the provider names, in English."""
    outside_labs: FlagOrUnknown = "unknown"
    """Whether requests go to AI labs outside the provider, too."""


class Account(FactGroup):
    """What a person signs in to."""

    name: Text
    """What the sign-in is called, such as `Example account`."""
    dashboard: Text
    """What the place for subscription and keys is called."""
    dashboard_page: PublicPage | None = None
    """Where that place is; left out where nobody says."""
    data_processing_agreement: tuple[Text, ...] = ()
    """The menu path, from the outermost entry, to the agreement on data processing; left out where there is none."""


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
    publishes_at: tuple[HttpsUrl, ...] = ()
    """Where the provider publishes besides its own hosts: what addresses begin with, such as
    `https://github.com/example/`. A source that is a `vendor_page` lies there, or on the host of the homepage, the
    origin, a base URL, the reversed domain, or below one of them."""
    operator: OrUnknown[Operator]
    """Who is responsible; `unknown` where nobody published it."""
    legal: OrUnknown[Legal] = Legal()
    """The legal pages in every footer, and whom to ask; left out where there are none, `unknown` where nobody knows."""
    hosting: Hosting | None = None
    """What the overview page says of where data goes; left out where the provider does not say."""
    pricing_page: PublicPage | None = None
    """Where the provider tells the prices of its plans; left out where nobody says."""
    account: Account | None = None
    """What pages call the account and the places in its menus; left out where pages need not name them."""

    @property
    def legal_pages(self) -> Legal:
        """The legal pages that are known."""
        return Legal() if isinstance(self.legal, str) else self.legal
