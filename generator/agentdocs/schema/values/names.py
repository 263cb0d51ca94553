"""Names and other words: of models and keys, of what APIs and standards call things."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from agentdocs.schema.values.numbers import error_status
from agentdocs.schema.values.refusal import refuse, shown
from agentdocs.schema.values.text import either_or, matching, text_type, unreserved

_PART = r"[@~]?[A-Za-z0-9_](?:[A-Za-z0-9._:@+~-]*[A-Za-z0-9_@+~])?"
_MODEL_ID = re.compile(rf"{_PART}(?:/{_PART})*")
_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?"
"""A name that an address and a file name may have on every system."""


def is_model_id(text: str) -> bool:
    """Tell whether a text can be the id of a model."""
    return bool(_MODEL_ID.fullmatch(text))


def _model_id(value: object) -> object:
    unreserved(value)
    if not isinstance(value, str) or not is_model_id(value):
        other = re.search(r"[^A-Za-z0-9._:@+~/-]", value) if isinstance(value, str) else None
        refused = f"{shown(value)} is not a model id" + (f", which cannot have {shown(other[0])}" if other else "")
        right = "write it as the API lists it: letters, digits and ._:@+~- in parts that begin and end with a letter "
        raise refuse(refused, f"{right}or digit, with one slash between two parts")
    return value


Slug = Annotated[str, *text_type(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", "an identifier in lower case")]
"""A name inside the catalog, such as `long_context` or `server-card`."""
ModelId = Annotated[
    str, BeforeValidator(_model_id), WithJsonSchema({"type": "string", "pattern": f"^{_MODEL_ID.pattern}$"})
]
"""What requests send to name a model, such as `author/name-1.5`, `name:free` or `@host/author/name`."""
ModelPath = Annotated[str, *text_type(rf"{_WORD}(?:/{_WORD})*", "a path such as author/name")]
"""What stands for a model in addresses, such as `author/name-1.5`."""
AuthorName = Annotated[str, *text_type(_WORD, "a name of letters, digits and ._-")]
"""The name of an author inside the catalog, as ids begin with it."""
_PREFIX = (r"[A-Za-z0-9][A-Za-z0-9_-]{2,}", "how keys begin")
KeyPrefix = Annotated[
    str | Literal["not_offered", "unknown"],
    either_or("not_offered", "unknown", check=matching(*_PREFIX, "not_offered", "unknown")),
]
"""How keys of one kind begin, such as `example_`; `not_offered` where keys begin as they like, or nothing looks at
them, and `unknown` where nobody published it."""
EnvironmentVariable = Annotated[str, *text_type(r"[A-Z][A-Z0-9_]*", "the name of an environment variable")]
"""An environment variable in capitals, such as `EXAMPLE_API_KEY`."""
HeaderName = Annotated[str, *text_type(r"[A-Za-z][A-Za-z0-9-]*", "the name of an HTTP header")]
"""An HTTP header, such as `X-Example`."""
_TOKEN = (r"[A-Za-z][A-Za-z0-9_.\[\]-]*", "a single word of an API")
Token = Annotated[str, *text_type(*_TOKEN)]
"""A word that an API sends or takes as it is written, such as `max_tokens`."""
TokenOrNone = Annotated[
    str | Literal["not_offered", "unknown"], either_or("not_offered", "unknown", check=matching(*_TOKEN))
]
"""A word that an API sends, `not_offered` where it sends null or nothing, or `unknown` where nobody published it."""


def _code(value: object) -> object:
    return error_status(value) if isinstance(value, int) else matching(*_TOKEN)(value)


ErrorCode = Annotated[
    int | str | Literal["not_offered", "unknown"],
    either_or("not_offered", "unknown", check=_code),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 400, "maximum": 599},
                {"type": "string", "pattern": f"^(?:{_TOKEN[0]})$"},
            ]
        }
    ),
]
"""A word that an API sends, or the HTTP status where it sends that number again, `not_offered` where it sends null or
nothing, or `unknown` where nobody published it."""


def _quoted(value: object) -> object:
    if value is None:
        raise refuse("an empty value is not a colour", "write it in quotes: YAML takes what follows a # for a comment")
    return value


Colour = Annotated[str, *text_type(r"#[0-9a-f]{6}", "a colour such as #1a2b3c"), BeforeValidator(_quoted)]
"""A colour by its red, green and blue in hexadecimal, in quotes since YAML takes what follows a `#` for a comment."""
Version = Annotated[str, *text_type(r"[0-9]+(?:\.[0-9A-Za-z-]+)*", "a version in quotes such as '1.2.0'")]
"""A version in quotes, since YAML reads 1.10 as a number."""
LanguageTag = Annotated[str, *text_type(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "a language tag such as en")]
"""A language (BCP 47), such as `en` or `de-AT`."""
Currency = Annotated[str, *text_type(r"[A-Z]{3}", "an ISO 4217 currency code")]
"""A currency by its three capitals (ISO 4217)."""
OAuthScope = Annotated[str, *text_type(r"[!#-\[\]-~]+", "a scope such as openid")]
"""What a token is for (RFC 6749 section 3.3)."""
GrantType = Annotated[
    str, *text_type(r"[a-z_]+|urn:[a-z0-9][a-z0-9-]*:\S+|https://\S+", "a grant type such as authorization_code")
]
"""What a token is given for: a word, a URN or a URL."""
ResponseType = Annotated[
    str, *text_type(r"none|(?:code|token|id_token)(?: (?:code|token|id_token)){0,2}", "a response type such as code")
]
"""What is asked for: `code`, `token` and `id_token`, with blanks between them, or `none`."""
Algorithm = Annotated[str, *text_type(r"[A-Za-z0-9][A-Za-z0-9+._-]*", "the name of an algorithm such as RS256")]
"""An algorithm by its name in the JOSE registry (RFC 7518)."""
