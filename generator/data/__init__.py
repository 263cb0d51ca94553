"""The catalog for programs: every published fact as JSON, the JSON Schema of it, and the models as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.artifact import JSON
from generator.data.confirmed import confirmed
from generator.data.kinds import schema
from generator.data.listing import model_list
from generator.data.published import Addresses, Published
from generator.data.shape import Catalog
from generator.discovery.document import CORS, DiscoveryDocument, Specification, json_bytes
from generator.errors import WithheldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.schema import Facts
    from generator.snippets import Snippets

JSON_SCHEMA = Specification("JSON Schema draft 2020", "https://json-schema.org/draft/2020-12/schema")
MODEL_LIST = Specification("OpenAI models list", "https://platform.openai.com/docs/api-reference/models/list")
SCHEMA_MEDIA_TYPE = "application/schema+json"


def documents(facts: Facts, snippets: Snippets, addresses: Addresses, *, release: bool) -> Iterator[DiscoveryDocument]:
    """Make the documents, without what is assumed in a release."""
    data = facts.discovery.data
    if data is None:
        return
    schema_url = facts.site.origin + data.json_schema.path
    withheld = ""
    try:
        shown = confirmed(facts) if release else facts
    except WithheldError as error:
        shown, withheld = facts, str(error)
    catalog = Published(shown, snippets, addresses, release).catalog(schema_url)
    described = ("Link", f'<{data.json_schema.path}>; rel="describedby"; type="{SCHEMA_MEDIA_TYPE}"')
    yield DiscoveryDocument(
        data.catalog.path,
        JSON,
        data.catalog.purpose,
        JSON_SCHEMA,
        json_bytes(catalog.model_dump(mode="json", by_alias=True)),
        withheld,
        (described, *CORS),
    )
    yield DiscoveryDocument(
        data.json_schema.path,
        SCHEMA_MEDIA_TYPE,
        data.json_schema.purpose,
        JSON_SCHEMA,
        json_bytes(schema(Catalog, schema_url)),
        withheld,
        CORS,
    )
    listed = json_bytes(model_list(shown, snippets.day))
    yield DiscoveryDocument(data.models.path, JSON, data.models.purpose, MODEL_LIST, listed, withheld, CORS)


__all__ = ["Addresses", "documents"]
