"""The catalog for programs: every published fact as JSON, the JSON Schema of it, and the models as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.artifact import JSON
from agentdocs.documents.document import DiscoveryDocument, Specification, json_bytes
from agentdocs.feed.listing import model_list
from agentdocs.feed.records import Records
from agentdocs.feed.values import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.site.edition import Edition

JSON_SCHEMA = Specification("JSON Schema draft 2020", "https://json-schema.org/draft/2020-12/schema")
MODEL_LIST = Specification("OpenAI models list", "https://platform.openai.com/docs/api-reference/models/list")
SCHEMA_MEDIA_TYPE = "application/schema+json"


def documents(edition: Edition) -> Iterator[DiscoveryDocument]:
    """Make the documents."""
    data = edition.facts.discovery.data
    if data is None:
        return
    schema_url = edition.absolute(data.json_schema.path)
    catalog = Records(edition).catalog(schema_url, data.version)
    described = ("Link", f'<{data.json_schema.path}>; rel="describedby"; type="{SCHEMA_MEDIA_TYPE}"')
    for entry, media_type, specification, value, headers in (
        (data.catalog, JSON, JSON_SCHEMA, catalog.model_dump(mode="json", by_alias=True), (described,)),
        (data.json_schema, SCHEMA_MEDIA_TYPE, JSON_SCHEMA, schema(type(catalog), schema_url), ()),
        (data.models, JSON, MODEL_LIST, model_list(edition.facts, edition.day), ()),
    ):
        body = json_bytes(value)
        yield DiscoveryDocument(entry.path, media_type, entry.purpose, specification, body, headers)
