"""The API catalog (RFC 9727): a linkset (RFC 9264) of every API with its description, documentation and status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.discovery.document import Specification

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.schema import Facts

PROFILE = "https://www.rfc-editor.org/info/rfc9727"
MEDIA_TYPE = f'application/linkset+json; profile="{PROFILE}"'
SPECIFICATION = Specification("RFC 9727", "https://www.rfc-editor.org/rfc/rfc9727")

Link = dict[str, str]


def api_catalog(
    facts: Facts, links: Callable[[str], dict[str, list[Link]]], services: dict[str, str]
) -> dict[str, Any]:
    """Write the linkset.

    `services` names each service by its address; `links` gives the relations of the service at an address, with
    one or more targets each. Relations that have no target are left out (RFC 9264 section 4.2.2).
    """
    own = {
        "anchor": facts.site.origin + facts.discovery.api_catalog.path,
        "item": [{"href": address, "title": title} for address, title in services.items()],
    }
    contexts = [{"anchor": address, **links(address)} for address in services]
    return {"linkset": [own, *({name: value for name, value in context.items() if value} for context in contexts)]}
