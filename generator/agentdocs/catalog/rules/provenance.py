"""Rules that keep facts from standing under a wrong origin: guessed, or brought along from another provider."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agentdocs.catalog.rules.finding import Finding
from agentdocs.schema.base import groups, leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from agentdocs.schema import Api, Provider, Site

STAND_IN = "invalid"
"""The domain of addresses that nobody published. It never resolves (RFC 2606), so no credential can reach them."""
PLACEHOLDERS = ("example", "test", "localhost", "example.com", "example.net", "example.org")
"""Domains that RFC 2606 and RFC 6761 keep for examples and tests, so that no provider has a host there."""
_HOST = re.compile(r"(?:https?://|@)([A-Za-z0-9.-]+)")


def reserved_hosts_are_assumed(members: Mapping[str, Any], site: Site) -> Iterator[Finding]:
    """No address lies on a host that cannot exist, unless it is assumed.

    An invented provider, whose own origin is a placeholder, may name other placeholders as if they were real. Even it
    marks by `.invalid` what is not known of it.
    """
    invented = _on(site.origin, PLACEHOLDERS)
    for loc, value, origin in leaves(members):
        if not isinstance(value, str) or (origin and origin.confidence == "assumed"):
            continue
        for host in _HOST.findall(value):
            if _below(host, (STAND_IN,)):
                wrong = f"the host {host} stands in for an unpublished one, but this is not assumed"
                yield Finding(loc, wrong, "write the real address, or confidence: assumed")
            elif not invented and host != "localhost" and _below(host, PLACEHOLDERS):  # it is each reader's own
                wrong = f"the host {host} is a placeholder that nobody can own"
                yield Finding(
                    loc, wrong, f"write the real address; until it is known, one below .{STAND_IN}, as assumed"
                )


def measured_facts_were_measured_here(members: Mapping[str, Any], provider: Provider) -> Iterator[Finding]:
    """Nothing counts as measured that was measured with another provider."""
    for loc, group, _ in groups(members):
        origin = group.provenance
        if origin and origin.provider not in (None, provider.id):
            yield Finding(
                (*loc, "provenance", "provider"),
                f"this was measured with '{origin.provider}', but this catalog is for {provider.id}",
                f"measure it with {provider.id} and write that, or say that it is inferred",
            )


def vendors(provider: Provider, site: Site, apis: Mapping[str, Api]) -> Callable[[str], bool]:
    """Give what tells whether an address is one of the provider's own."""
    urls = [url for api in apis.values() for url in (api.base_url, *api.legacy_base_urls)]
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (provider.homepage, site.origin, *urls)]
    own = (*hosts, ".".join(reversed(provider.reverse_domain.split("."))))
    return lambda url: _on(url, own) or any(_begins(url, start) for start in provider.publishes_at)


def vendor_pages_are_the_vendors(
    members: Mapping[str, Any], provider: Provider, site: Site, apis: Mapping[str, Api]
) -> Iterator[Finding]:
    """What the provider itself is said to state stands on one of its own hosts."""
    its_own = vendors(provider, site, apis)
    for loc, group, _ in groups(members):
        origin = group.provenance
        if origin is None or origin.confidence != "vendor_page":
            continue
        # One page of the provider is enough; others may say the same, or something else.
        pages = [source.url for source in origin.cited]
        if not any(map(its_own, pages)):
            yield Finding(
                (*loc, "provenance", "source" if origin.source else "sources"),
                f"{urlsplit(pages[0]).netloc} is not a host of {provider.name}",
                "name a page of the provider, say third_party, or add the place to publishes_at in provider.yaml",
            )


def _on(url: str, domains: tuple[str, ...]) -> bool:
    return _below(urlsplit(url).hostname or "", domains)


def _below(host: str, domains: tuple[str, ...]) -> bool:
    """Tell whether a host is one of some domains, or lies below one."""
    host = host.lower().rstrip(".")
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _begins(url: str, place: str) -> bool:
    """Tell whether a URL is a place or lies below it: `/example` does not begin `/examples`."""
    return url == place or url.startswith((place.rstrip("/") + "/", place + "?"))
