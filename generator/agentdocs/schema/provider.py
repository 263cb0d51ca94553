"""Who the provider is."""

from __future__ import annotations

from collections.abc import Mapping

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
    dashboard_page: OrUnknown[PublicPage] | None = None
    """Where that place is; left out where there is none, `unknown` where nobody published it."""
    account_page: OrUnknown[PublicPage] | None = None
    """Where people change their plan and see what is left of it; left out where the dashboard's own page is that
    place, `unknown` where nobody published it."""
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
    pricing_page: OrUnknown[PublicPage] | None = None
    """Where the provider tells the prices of its plans; left out where there is none, `unknown` where nobody published
    it."""
    support_page: OrUnknown[PublicPage] | None = None
    """Where people get help from the provider; left out where there is none, `unknown` where nobody published it."""
    status_page: OrUnknown[PublicPage] | None = None
    """Where the provider tells people whether its services work; left out where there is none, `unknown` where nobody
    published it."""
    account: Account | None = None
    """What pages call the account and the places in its menus; left out where pages need not name them."""

    @property
    def legal_pages(self) -> Legal:
        """The legal pages that are known."""
        return Legal() if isinstance(self.legal, str) else self.legal

    @property
    def pages(self) -> Mapping[str, PublicPage]:
        """The pages of the website that are known: `dashboard`, `account`, `pricing`, `support` and `status`."""
        return {name: page for name, page in self._pages.items() if isinstance(page, PublicPage)}

    @property
    def unpublished_pages(self) -> tuple[str, ...]:
        """The names of those that are there and that nobody published."""
        return tuple(name for name, page in self._pages.items() if page == "unknown")

    @property
    def _pages(self) -> Mapping[str, PublicPage | str | None]:
        account = self.account
        return {
            "dashboard": account.dashboard_page if account else None,
            "account": account.account_page if account else None,
            "pricing": self.pricing_page,
            "support": self.support_page,
            "status": self.status_page,
        }

    def page(self, *names: str) -> PublicPage | None:
        """Find the first known page among some names."""
        return next((self.pages[name] for name in names if name in self.pages), None)
