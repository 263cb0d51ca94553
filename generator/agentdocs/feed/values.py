"""The four kinds of value in the published catalog, and what all of its records have in common.

A quantity is a number, a flag, a list, a record or a text. What is none is one of three words, each with a type of
its own. A text is never one of these words, so that a reader who compares with them cannot be wrong.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from typing_extensions import TypeAliasType  # Python 3.11 has none; pydantic brings the package

from agentdocs.schema.values import SPECIALS

if TYPE_CHECKING:
    from pydantic_core import core_schema

Unknown = TypeAliasType(
    "Unknown",
    Annotated[
        Literal["unknown"],
        Field(description="Nobody published the value. It does not mean 0, no, or unlimited, and may be anything."),
    ],
)
NotOffered = TypeAliasType(
    "NotOffered",
    Annotated[
        Literal["not_offered"], Field(description="There is no such thing: it is known that the provider has none.")
    ],
)
Unlimited = TypeAliasType(
    "Unlimited", Annotated[Literal["unlimited"], Field(description="It is known that there is no bound.")]
)


def _not_reserved(text: str) -> str:
    if text in SPECIALS:
        raise ValueError(f"{text!r} is reserved and cannot be a text")
    return text


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


Text = TypeAliasType(
    "Text",
    Annotated[
        str,
        AfterValidator(_not_reserved),
        WithJsonSchema(
            {
                "description": "Plain text on one line, and never one of the three words that are no quantity.",
                "type": "string",
                "minLength": 1,
                "not": {"enum": [*SPECIALS]},
            }
        ),
    ],
)
Uri = TypeAliasType(
    "Uri",
    Annotated[
        str,
        # The pattern tells it from the three words where a reader's validator ignores formats.
        WithJsonSchema({"description": "An absolute URL.", "type": "string", "format": "uri", "pattern": "^https://"}),
    ],
)
UriTemplate = TypeAliasType(
    "UriTemplate",
    Annotated[
        str,
        WithJsonSchema(
            {
                "description": "An absolute URL, with what is to be filled in as names in braces.",
                "type": "string",
                "format": "uri-template",
                "pattern": "^https?://",
            }
        ),
    ],
)
OwnUri = TypeAliasType(
    "OwnUri",
    Annotated[
        str,
        WithJsonSchema(
            {
                "description": "An absolute URL; without https only on the reader's own machine.",
                "type": "string",
                "format": "uri",
                "pattern": "^https?://",
            }
        ),
    ],
)
Day = TypeAliasType(
    "Day",
    Annotated[
        date,
        WithJsonSchema(
            {
                "description": "A calendar day in UTC, written YYYY-MM-DD.",
                "type": "string",
                "format": "date",
                "pattern": r"^\d{4}-\d\d-\d\d$",
            }
        ),
    ],
)
Count = Annotated[int, WithJsonSchema({"type": "integer", "minimum": 1})]
"""A whole number from 1."""
WholeNumber = Annotated[int, WithJsonSchema({"type": "integer", "minimum": 0})]
"""A whole number from 0."""
Status = Annotated[int, WithJsonSchema({"type": "integer", "minimum": 400, "maximum": 599})]
"""The HTTP status of an error."""
Number = Annotated[Decimal, PlainSerializer(_number, when_used="json"), WithJsonSchema({"type": "number"})]
"""Any number."""
Amount = Annotated[
    Decimal, PlainSerializer(_number, when_used="json"), WithJsonSchema({"type": "number", "minimum": 0})
]
"""An amount of money from 0, as a decimal number; the record says in which currency and for what."""


class Record(BaseModel):
    """A JSON object. Every member is always there; what the catalog gains besides is not published by itself."""

    model_config = ConfigDict(extra="ignore", frozen=True, use_attribute_docstrings=True)


class SourceDetail(Record):
    """What is known of a source beyond its address."""

    url: Uri
    """The page, which is among `sources`."""
    as_of: Text | Unknown
    """How old its words are: a day or a month, or one that they are `before`, `about` or `after`. Unknown for a page
    as it stood on the day `checked`."""
    says: tuple[Text, ...]
    """What it says instead of the facts; empty where it states them."""


class Provenance(Record):
    """Where the facts of a record come from, and those of its inner records that do not say it themselves."""

    sources: tuple[Uri, ...]
    """The pages that state the facts, or that say something else; empty where none does."""
    details: tuple[SourceDetail, ...]
    """Those sources that are of some age, or say something else than the facts."""
    checked: Day
    """The day on which somebody last compared the facts with the source."""
    confidence: Literal["vendor_page", "vendor_pr", "third_party", "measured", "inferred", "assumed"]
    """`vendor_page`: the provider's own page states it. `vendor_pr`: a change that the provider proposed to another
    project states it. `third_party`: somebody else states it. `measured`: seen by running the program in question.
    `inferred`: follows from other facts. `assumed`: a stand-in for what nobody published, in previews only."""


class Sourced(Record):
    """A record that says where its facts come from."""

    provenance: Provenance
    """Where these facts come from."""


class SchemaWriter(GenerateJsonSchema):
    """Writes the schema as readers need it: without titles that repeat names, and with alternatives that exclude each
    other. Objects stay open: adding a member is a compatible change."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401
        """Leave out titles: they repeat the names of members."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Leave out the title, which repeats the name of the definition."""
        written = super().model_schema(schema)
        written.pop("title", None)
        return written

    def get_union_of_schemas(self, schemas: list[JsonSchemaValue]) -> JsonSchemaValue:
        """Let each value be of exactly one kind."""
        written = super().get_union_of_schemas(schemas)
        return {"oneOf": written.pop("anyOf"), **written} if "anyOf" in written else written


def schema(document: type[Record], identifier: str) -> dict[str, Any]:
    """Write the JSON Schema (draft 2020-12) of a document, published at `identifier`."""
    return {"$schema": SchemaWriter.schema_dialect, "$id": identifier, **_written(document)}


@cache
def _written(document: type[Record]) -> dict[str, Any]:
    return document.model_json_schema(mode="serialization", schema_generator=SchemaWriter)
