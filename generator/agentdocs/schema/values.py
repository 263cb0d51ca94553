"""The kinds of single value that a catalog is made of.

Each type refuses a wrong value itself, with one sentence that says what would be right, so that a maintainer
never reads a validator's internal words.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin
from urllib.parse import quote, urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    GetCoreSchemaHandler,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

SPECIALS = ("unlimited", "not_offered", "unknown")
"""The three values that are not a quantity, and never mean 0 or each other."""


@dataclass(frozen=True)
class References:
    """What the members of a catalog may refer to, by kind; the context of a validation."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The known names of each kind; what lies in a file that cannot be read has no entry."""
    today: date | None = None
    """The last day of the past; left out where no day is refused as one of the future."""


def refuse(wrong: str, right: str | Nearest) -> PydanticCustomError:
    """Make the error of a value: what is wrong with it and what would be right."""
    # The texts travel as context: pydantic would read braces in them as placeholders.
    return PydanticCustomError("catalog", "{wrong}", {"wrong": wrong, "right": right})


class Nearest:
    """The advice `did_you_mean`, worked out only if it is told: among thousands of names that takes long."""

    def __init__(self, value: str, known: frozenset[str]) -> None:
        self._value, self._known = value, known

    def told(self) -> str:
        """Give the advice."""
        return did_you_mean(self._value, self._known)


def shown(value: object) -> str:
    """Write a value the way it stands in YAML, short enough for a message."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "a mapping"
        case tuple():
            return "a list"
        case str():
            return repr(value if len(value) <= 60 else value[:57] + "...")
    return str(value)


_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""The characters that control the direction of text (Unicode Standard Annex 9, section 2)."""

_RESERVED = {
    "unlimited": "for what has no bound",
    "not_offered": "for what there is not",
    "unknown": "for what nobody published",
}


def _unreserved(value: object) -> None:
    """Keep a text from being read as the absence of one, here and by the programs that read the published catalog."""
    if isinstance(value, str) and value in _RESERVED:
        raise refuse(f"{shown(value)} is reserved {_RESERVED[value]}", "write another text, or leave the member out")


def _plain_text(value: object) -> object:
    _unreserved(value)
    if not isinstance(value, str):
        raise refuse(f"{shown(value)} is not text", "write text, in quotes if YAML reads it as something else")
    if not value.strip():
        raise refuse("the text is empty", "write it or remove the member")
    if turn := _TURNS.search(value):
        refused = (
            f"{shown(value)} has U+{ord(turn[0]):04X}, which turns the direction of text, so that it shows otherwise"
        )
        raise refuse(refused, "remove it; letters of any script keep their own direction")
    if value == value.strip() and "\n" not in value and not value.isprintable():
        raise refuse(f"{shown(value)} has an invisible character", "write a blank instead or remove it")
    if value != value.strip() or not value.isprintable():
        raise refuse(f"{shown(value)} has line breaks or blanks at its ends", "write it on one line")
    if "{{" in value or "{%" in value:
        raise refuse(f"{shown(value)} looks like a template", "write plain text, nothing here is evaluated")
    return value


Text = Annotated[str, BeforeValidator(_plain_text)]
"""A short plain text on one line, and none of the three values that are no quantity."""


def _matching(pattern: str, what: str, *specials: str) -> Callable[[object], object]:
    expression = re.compile(pattern)

    def check(value: object) -> object:
        _unreserved(value)
        if not isinstance(value, str) or not expression.fullmatch(value):
            lower = value.lower() if isinstance(value, str) else ""
            right = f"write {lower}" if expression.fullmatch(lower) else f"it must match {pattern}"
            raise refuse(f"{shown(value)} is not {what}", right + _or_specials(specials))
        return value

    return check


def _or(*specials: str, check: Callable[[object], object]) -> BeforeValidator:
    """Allow some of the three values that are none beside what `check` allows."""
    return BeforeValidator(lambda value: value if isinstance(value, str) and value in specials else check(value))


TextOrUnknown = Annotated[str | Literal["unknown"], _or("unknown", check=_plain_text)]
"""A short plain text on one line, or `unknown` where nobody published it."""


def _text_type(pattern: str, what: str) -> tuple[BeforeValidator, WithJsonSchema]:
    return BeforeValidator(_matching(pattern, what)), WithJsonSchema(
        {"type": "string", "pattern": f"^(?:{pattern})$", "description": f"{what[0].upper()}{what[1:]}"}
    )


def _without_dots(path: str) -> str:
    """Keep a path inside the folder that it counts from."""
    if {".", ".."} & set(path.split("/")):
        raise refuse(f"{shown(path)} contains . or .. as a part", "write the path that it stands for")
    return path


_PART = r"[@~]?[A-Za-z0-9_](?:[A-Za-z0-9._:@+~-]*[A-Za-z0-9_@+~])?"
_MODEL_ID = re.compile(rf"{_PART}(?:/{_PART})*")
_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?"
"""A name that an address and a file name may have on every system."""


def is_model_id(text: str) -> bool:
    """Tell whether a text can be the id of a model."""
    return bool(_MODEL_ID.fullmatch(text))


def _model_id(value: object) -> object:
    _unreserved(value)
    if not isinstance(value, str) or not is_model_id(value):
        other = re.search(r"[^A-Za-z0-9._:@+~/-]", value) if isinstance(value, str) else None
        refused = f"{shown(value)} is not a model id" + (f", which cannot have {shown(other[0])}" if other else "")
        right = "write it as the API lists it: letters, digits and ._:@+~- in parts that begin and end with a letter "
        raise refuse(refused, f"{right}or digit, with one slash between two parts")
    return value


Slug = Annotated[str, *_text_type(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", "an identifier in lower case")]
"""A name inside the catalog, such as `long_context` or `server-card`."""
ModelId = Annotated[
    str, BeforeValidator(_model_id), WithJsonSchema({"type": "string", "pattern": f"^{_MODEL_ID.pattern}$"})
]
"""What requests send to name a model, such as `author/name-1.5`, `name:free` or `@host/author/name`."""
ModelPath = Annotated[str, *_text_type(rf"{_WORD}(?:/{_WORD})*", "a path such as author/name")]
"""What stands for a model in addresses, such as `author/name-1.5`."""
AuthorName = Annotated[str, *_text_type(_WORD, "a name of letters, digits and ._-")]
"""The name of an author inside the catalog, as ids begin with it."""
_PREFIX = (r"[A-Za-z0-9][A-Za-z0-9_-]{2,}", "how keys begin")
KeyPrefix = Annotated[
    str | Literal["not_offered", "unknown"],
    _or("not_offered", "unknown", check=_matching(*_PREFIX, "not_offered", "unknown")),
]
"""How keys of one kind begin, such as `example_`; `not_offered` where keys begin as they like, or nothing looks at
them, and `unknown` where nobody published it."""
EnvironmentVariable = Annotated[str, *_text_type(r"[A-Z][A-Z0-9_]*", "the name of an environment variable")]
"""An environment variable in capitals, such as `EXAMPLE_API_KEY`."""
HeaderName = Annotated[str, *_text_type(r"[A-Za-z][A-Za-z0-9-]*", "the name of an HTTP header")]
"""An HTTP header, such as `X-Example`."""
_TOKEN = (r"[A-Za-z][A-Za-z0-9_.\[\]-]*", "a single word of an API")
Token = Annotated[str, *_text_type(*_TOKEN)]
"""A word that an API sends or takes as it is written, such as `max_tokens`."""
TokenOrNone = Annotated[
    str | Literal["not_offered", "unknown"], _or("not_offered", "unknown", check=_matching(*_TOKEN))
]
"""A word that an API sends, `not_offered` where it sends null or nothing, or `unknown` where nobody published it."""


def _code(value: object) -> object:
    return _error_status(value) if isinstance(value, int) else _matching(*_TOKEN)(value)


ErrorCode = Annotated[
    int | str | Literal["not_offered", "unknown"],
    _or("not_offered", "unknown", check=_code),
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
UrlPath = Annotated[
    str,
    *_text_type(r"/(?:[A-Za-z0-9._~-]+/)*[A-Za-z0-9._~-]*", "an absolute URL path"),
    AfterValidator(_without_dots),
]
"""A path from the root of the origin, such as `/docs/`; a slash at the end makes it a folder."""
_SEGMENT = r"(?:[A-Za-z0-9._~-]|\{[A-Za-z][A-Za-z0-9_]*\})"
OperationPath = Annotated[
    str,
    *_text_type(rf"/(?:{_SEGMENT}+/)*{_SEGMENT}*", "a path of requests, with each parameter as a name in braces"),
    AfterValidator(_without_dots),
]
"""A path below a base URL, such as `/models` or `/models/{id}`; a name in braces stands for what a request fills in."""
PathPattern = Annotated[
    str,
    *_text_type(
        r"/(?:(?:[A-Za-z0-9._~-]+|\*)/)*(?:[A-Za-z0-9._~-]*|\*)", "an absolute URL path, or one with * for a part of it"
    ),
    AfterValidator(_without_dots),
]
"""A path from the root of the origin in which `*` may stand for a part; a slash at the end makes it a whole tree."""
FileName = Annotated[
    str,
    *_text_type(r"(?:[A-Za-z0-9._~-]+/)*[A-Za-z0-9._-]+", "a relative path of a file"),
    AfterValidator(_without_dots),
]
"""A file or folder below one that the member names, such as `guide/index.md`."""


def _quoted(value: object) -> object:
    if value is None:
        raise refuse("nothing is not a colour", "write it in quotes: YAML takes what follows a # for a comment")
    return value


Colour = Annotated[str, *_text_type(r"#[0-9a-f]{6}", "a colour such as #1a2b3c"), BeforeValidator(_quoted)]
"""A colour by its red, green and blue in hexadecimal, in quotes since YAML takes what follows a `#` for a comment."""
PictureFile = Annotated[str, *_text_type(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\.svg", "the name of an SVG file")]
"""A picture in `catalog/brand/`, such as `logo.svg`."""
TypefaceFile = Annotated[str, *_text_type(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\.woff2", "the name of a WOFF2 file")]
"""A font in `catalog/brand/`, such as `sans.woff2`."""
ReverseDomain = Annotated[str, *_text_type(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", "a reversed domain such as com.example")]
"""A domain from its end, such as `com.example`."""
SavePath = Annotated[
    str,
    *_text_type(r"(?:~/)?(?:[A-Za-z0-9._-]+/)*[A-Za-z0-9._-]+", "a relative path of a file, or one below ~/"),
    AfterValidator(_without_dots),
]
"""Where a reader saves a file: `~/.example/config.yaml` below the home, or a path below the current folder."""
HostName = Annotated[str, *_text_type(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", "a host name")]
"""A host, such as `example.com`."""
Version = Annotated[str, *_text_type(r"[0-9]+(?:\.[0-9A-Za-z-]+)*", "a version in quotes such as '1.2.0'")]
"""A version in quotes, since YAML reads 1.10 as a number."""
_EMAIL = r"[A-Za-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
EmailAddress = Annotated[str, *_text_type(_EMAIL, "an e-mail address")]
"""A plain e-mail address, without a name beside it."""
LanguageTag = Annotated[str, *_text_type(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "a language tag such as en")]
"""A language (BCP 47), such as `en` or `de-AT`."""
Currency = Annotated[str, *_text_type(r"[A-Z]{3}", "an ISO 4217 currency code")]
"""A currency by its three capitals (ISO 4217)."""


_OWN_MACHINE = re.compile(r"http://(?:localhost|127\.0\.0\.1)(?=[:/]|$)")
"""What addresses on the reader's own machine begin with, where nobody listens in and no certificate is needed."""


def _https_url(value: object, *, own_machine: bool = False) -> object:
    example = "write an absolute URL such as https://example.com/path"
    # First, so that no other message repeats them.
    if isinstance(value, str) and "@" in value.partition("//")[2].partition("/")[0]:
        raise refuse("the URL carries credentials", "remove the part before the @")
    if not isinstance(value, str) or not value:
        raise refuse(f"{shown(value)} is not a URL", example)
    if wrong := re.search(r"[^A-Za-z0-9._~:/?#@!$&()*+,;=%-]|%(?![0-9A-Fa-f]{2})", value):
        refused = f"{shown(value)} is not a URL, which cannot have {shown(wrong[0])}"
        raise refuse(refused, f"{example}, and other characters as {quote(wrong[0], errors='replace')}")
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port  # an impossible port raises only when it is asked for
    except ValueError:
        raise refuse(f"{shown(value)} is not a URL", example) from None
    own = own_machine and _OWN_MACHINE.match(value)
    if parts.scheme != "https" and not own:
        or_own = ", or one on the reader's own machine such as http://localhost:8000/v1" if own_machine else ""
        raise refuse(f"{shown(value)} is not an https URL", example + or_own)
    if not own and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host or ""):
        raise refuse(f"{shown(value)} has no host name", example)
    if "#" in value:  # an empty fragment too: paths are appended to URLs
        raise refuse(f"{shown(value)} has a fragment", "remove the part from the # on")
    return value


def _contact(value: object) -> object:
    if isinstance(value, str) and "//" not in value:
        address = value.removeprefix("mailto:")
        return f"mailto:{_matching(_EMAIL, 'an e-mail address or an https URL')(address)}"
    return _https_url(value)


def _origin(value: object) -> object:
    if urlsplit(str(_https_url(value))).path or "?" in str(value):
        raise refuse(f"{shown(value)} is not an origin", "write scheme and host only, such as https://example.com")
    return value


def _base_url(value: object, *, own_machine: bool = False) -> object:
    if isinstance(value, str) and set("{}") & {*value}:
        right = "write the address as it stands in a configuration; paths of operations may have parameters"
        raise refuse(f"{shown(value)} has a parameter, and clients take a base URL as it is", right)
    if str(_https_url(value, own_machine=own_machine)).endswith("/") or "?" in str(value):
        raise refuse(f"{shown(value)} is not a base URL", "remove the slash or the query at its end")
    return value


HttpsUrl = Annotated[str, BeforeValidator(_https_url), WithJsonSchema({"type": "string", "format": "uri"})]
"""An absolute https URL, without credentials and without a fragment."""
Contact = Annotated[str, BeforeValidator(_contact), WithJsonSchema({"type": "string"})]
"""An e-mail address, or the https URL of a page; the address becomes a `mailto:` URI."""
Origin = Annotated[str, BeforeValidator(_origin), WithJsonSchema({"type": "string", "format": "uri"})]
"""Scheme and host, such as `https://example.com`."""
BaseUrl = Annotated[str, BeforeValidator(_base_url), WithJsonSchema({"type": "string", "format": "uri"})]
"""An https URL without a slash at its end, since paths are appended to it."""
ApiUrl = Annotated[
    str, BeforeValidator(partial(_base_url, own_machine=True)), WithJsonSchema({"type": "string", "format": "uri"})
]
"""A base URL, which may be one on the reader's own machine, such as `http://localhost:8000/v1`."""


def _issuer(value: object) -> object:
    if "?" in str(_https_url(value)):
        raise refuse(f"{shown(value)} has a query", "write the issuer without it (RFC 8414 section 2)")
    return value


Issuer = Annotated[str, BeforeValidator(_issuer), WithJsonSchema({"type": "string", "format": "uri"})]
"""Who issues tokens: an https URL without a query."""
OAuthScope = Annotated[str, *_text_type(r"[!#-\[\]-~]+", "a scope such as openid")]
"""What a token is for (RFC 6749 section 3.3)."""
GrantType = Annotated[
    str, *_text_type(r"[a-z_]+|urn:[a-z0-9][a-z0-9-]*:\S+|https://\S+", "a grant type such as authorization_code")
]
"""What a token is given for: a word, a URN or a URL."""
ResponseType = Annotated[
    str, *_text_type(r"none|(?:code|token|id_token)(?: (?:code|token|id_token)){0,2}", "a response type such as code")
]
"""What is asked for: `code`, `token` and `id_token`, with blanks between them, or `none`."""
Algorithm = Annotated[str, *_text_type(r"[A-Za-z0-9][A-Za-z0-9+._-]*", "the name of an algorithm such as RS256")]
"""An algorithm by its name in the JOSE registry (RFC 7518)."""


def _or_specials(specials: tuple[str, ...]) -> str:
    return ", or " + " or ".join(specials) if specials else ""


def _iso_date(*specials: str) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, date) or (value in specials and isinstance(value, str)):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise refuse(f"{shown(value)} is not a date", f"write it as YYYY-MM-DD{_or_specials(specials)}")

    return BeforeValidator(check)


IsoDate = Annotated[date, _iso_date()]
"""A calendar day in UTC, written YYYY-MM-DD."""
IsoDateOrUnknown = Annotated[date | Literal["unknown"], _iso_date("unknown")]
"""A calendar day in UTC, or `unknown` where nobody published it."""


def _in_the_past(day: date, info: ValidationInfo) -> date:
    today = info.context.today if isinstance(info.context, References) else None
    if today and day > today:
        raise refuse(f"{day} lies in the future", f"write the day on which it happened, {today} at the latest")
    return day


PastDay = Annotated[date, _iso_date(), AfterValidator(_in_the_past)]
"""A calendar day in UTC on which something has happened, written YYYY-MM-DD."""


_AS_OF = re.compile(r"(?:(?:before|about|after) )?(\d{4}-\d\d)(-\d\d)?")


def first_day(as_of: str) -> date:
    """Give the day that an `AsOf` names, or the first one of its month."""
    match = _AS_OF.fullmatch(as_of)
    if match is None:
        raise ValueError(f"{as_of!r} names no day and no month")
    return date.fromisoformat(match[1] + (match[2] or "-01"))


def _as_of(value: object) -> object:
    text = value.isoformat() if isinstance(value, date) else value
    try:
        first_day(str(text))
    except ValueError:
        right = "write it as YYYY-MM-DD or YYYY-MM, with before, about or after in front if it is not exact"
        raise refuse(f"{shown(value)} is no day and no month", right) from None
    return text


AsOf = Annotated[str, BeforeValidator(_as_of), WithJsonSchema({"type": "string", "pattern": f"^{_AS_OF.pattern}$"})]
"""A calendar day or month, or one that something is `before`, `about` or `after`: `2026-01-31`, `before 2026-01`."""


def _count(*specials: str) -> BeforeValidator:
    def check(value: object) -> object:
        if value in specials and isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            right = f"write a whole number from 1, without separators{_or_specials(specials)}"
            raise refuse(f"{shown(value)} is not a positive integer", right)
        return value

    return BeforeValidator(check)


def _error_status(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or not 400 <= value <= 599:
        raise refuse(f"{shown(value)} is not the status of an error", "write a whole number from 400 to 599")
    return value


ErrorStatus = Annotated[
    int, BeforeValidator(_error_status), WithJsonSchema({"type": "integer", "minimum": 400, "maximum": 599})
]
"""An HTTP status from 400 to 599."""


def _whole(value: object, most: int | None = None) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0 or (most and value > most):
        kind = f"a whole number from 0 to {most}" if most else "a whole number from 0"
        raise refuse(f"{shown(value)} is not {kind}", "write one, without separators")
    return value


WholeNumber = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
"""A whole number from 0; the member says of what."""
ExitCode = Annotated[
    int,
    BeforeValidator(lambda value: _whole(value, 255)),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 255}),
]
"""What a process tells its shell when it ends: 0 for success."""
Count = Annotated[int, _count()]
"""A whole number from 1; the member says of what."""
CountOrUnknown = Annotated[int | Literal["unknown"], _count("unknown")]
"""A whole number from 1, or `unknown` where nobody published it."""
CountOrUnlimited = Annotated[int | Literal["unlimited", "unknown"], _count("unlimited", "unknown")]
"""A whole number from 1, `unlimited` where there is no bound, or `unknown` where nobody published it."""


def _amount(*specials: str) -> BeforeValidator:
    def check(value: object) -> object:
        if value in specials and isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise refuse(f"{shown(value)} is not an amount", f"write a number such as 0.30{_or_specials(specials)}")
        if value < 0:
            raise refuse(f"{shown(value)} is negative", f"write 0 or more{_or_specials(specials)}")
        return Decimal(value)

    return BeforeValidator(check)


Amount = Annotated[Decimal, _amount()]
"""An amount of money from 0, such as 0.30; the member says in which currency."""
AmountOrNone = Annotated[Decimal | Literal["not_offered", "unknown"], _amount("not_offered", "unknown")]
"""An amount of money from 0, `not_offered` where nothing is sold, or `unknown` where nobody published it; 0 means
free."""
AmountOrUnknown = Annotated[Decimal | Literal["unknown"], _amount("unknown")]
"""An amount of money from 0, or `unknown` where nobody published it; 0 means free."""


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refuse(f"{shown(value)} is not a number", "write a number such as 2 or -0.5")
    return Decimal(value)


Number = Annotated[Decimal, BeforeValidator(_number)]
"""Any number, such as -0.5."""


def _default(value: object) -> object:
    if isinstance(value, bool):
        return value
    return _plain_text(value) if isinstance(value, str) else _number(value)


Default = Annotated[bool | Decimal | str, BeforeValidator(_default)]
"""What stands for a value that is left out: `true`, `false`, a number, or words."""


def _chosen(value: object, choices: tuple[object, ...], or_else: str = "") -> object:
    if not any(value == choice and type(value) is type(choice) for choice in choices):
        right = "write " + " or ".join(shown(choice).strip("'") for choice in choices) + or_else
        raise refuse(f"{shown(value)} is not known here", right)
    return value


class _Choices:
    """Says of a wrong value which ones are right: those of the `Literal`, or the two of `bool`, that it annotates."""

    def __init__(self, or_else: str = "") -> None:
        self._or_else = or_else

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        choices = tuple(_choices(source))
        check = partial(_chosen, choices=choices, or_else=self._or_else)
        return no_info_before_validator_function(check, handler(source))


def _choices(annotation: Any) -> Iterator[object]:  # noqa: ANN401
    if annotation is bool:
        yield from (True, False)
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for alternative in get_args(annotation):
            yield from _choices(alternative)


_CHOICE = _Choices()


Flag = Annotated[bool, _CHOICE]
"""`true` or `false`."""


FlagOrUnknown = Annotated[bool | Literal["unknown"], _CHOICE]
"""`true`, `false`, or `unknown` where nobody published it."""
Host = Annotated[Literal["nginx", "caddy", "cloudflare"], _CHOICE]
"""A host that a build can write files for."""
Confidence = Annotated[Literal["vendor_page", "vendor_pr", "third_party", "measured", "inferred", "assumed"], _CHOICE]
"""How a fact is known."""
Method = Annotated[Literal["GET", "POST"], _CHOICE]
"""The HTTP method of an operation."""
Scope = Literal["account", "project", "key", "model"]
"""What a limit is counted for: each account, each project or key of one, or each model."""


def _scopes(value: object) -> object:
    scopes, known = value if isinstance(value, tuple) else (value,), get_args(Scope)
    right = "write account, project, key or model, or one of the first three beside model, as in [account, model]"
    if wrong := [scope for scope in scopes if scope not in known]:
        raise refuse(f"{shown(wrong[0])} is not known here", right)
    if not scopes or len({*scopes}) < len(scopes) or len({"model", *scopes}) > 2:
        raise refuse(f"nothing is counted per [{', '.join(scopes)}]", right)
    return tuple(sorted(scopes, key=known.index))


Scopes = Annotated[tuple[Scope, ...], BeforeValidator(_scopes)]
"""What a limit is counted for: `account`, `project`, `key` or `model`, or one of the first three beside `model`, as in
`[account, model]`."""
Unit = Annotated[Literal["requests", "tokens", "input_tokens", "output_tokens", "images", "audio_seconds"], _CHOICE]
"""What a rate limit counts. Tokens are those of prompt and answer together; `input_tokens` are those of the prompt and
`output_tokens` those of the answer."""
Period = Annotated[Literal["day", "week", "month", "year"], _CHOICE]
"""The span of time that a price or a cap is for."""
Payer = Annotated[Literal["account", "seat"], _CHOICE]
"""For what the price of a plan is paid: the account, or each seat in it."""
Answer = Annotated[Literal["yes", "limited", "no"], _CHOICE]
"""Whether a plan is meant for a use; `no` needs no quotes here."""
Language = Annotated[Literal["bash", "json5", "yaml", "python", "javascript"], _CHOICE]
"""The language of a snippet."""
Situation = Annotated[Literal["wrong_key", "other_key", "unset_key", "plan", "model", "burst"], _CHOICE]
"""What is wrong when a client is refused: an unknown key, the other product's, none, the plan, the model, a limit."""
ClientKind = Annotated[Literal["agent", "sdk", "command"], _CHOICE]
"""What sort of program a client is: an `agent`, a library (`sdk`), or a `command`."""
Cause = Annotated[Literal["no_key", "wrong_key", "plan", "model", "capability"], _CHOICE]
"""What is wrong with a request. A used-up budget and a limit name their errors themselves."""
Requirement = Annotated[Literal["required", "recommended"], _CHOICE]
"""Whether a request needs a key, or is answered without one too."""
Wallet = Annotated[Literal["subscription", "prepaid", "not_offered", "unknown"], _CHOICE]
"""Which part of `catalog/billing.yaml` pays; `not_offered` where requests cost nothing, `unknown` where nobody says."""
WarningKind = Annotated[
    Literal[
        "base_url_endpoint",
        "batch_dearer",
        "breaks_later",
        "cache_dearer",
        "copied_model",
        "cut_text",
        "foreign_variable",
        "host_capitals",
        "price_jump",
        "price_outlier",
        "same_name",
        "same_title",
        "stray_file",
        "unlisted_page",
        "unnamed_author",
        "unused_template",
        "year_price",
    ],
    _CHOICE,
]
"""What `agentdocs check` finds implausible; each is a function of that name in `agentdocs.plausibility`."""


def matches(pattern: str, name: str) -> bool:
    """Tell whether a name fits a pattern in which `*` stands for any part, such as that of a `ModelPattern`."""
    return bool(re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), name))


def _refers_to(kind: str, *specials: str, pattern: bool = False) -> BeforeValidator:
    def check(value: object, info: ValidationInfo) -> object:
        if value in specials and isinstance(value, str):
            return value
        known = info.context.ids.get(kind) if isinstance(info.context, References) else None
        if not isinstance(value, str):
            raise refuse(f"{shown(value)} names no {kind}", "write it as text")
        if known is None or value in known or (pattern and any(matches(value, name) for name in known)):
            return value
        right = "write an id, or one with * for a part of it" if pattern and "*" in value else Nearest(value, known)
        raise refuse(f"{shown(value)} names no {kind} of this catalog", right)
        return value

    return BeforeValidator(check)


def did_you_mean(value: str, known: frozenset[str]) -> str:
    """Say which known names come nearest to `value`, or list them."""
    near = difflib.get_close_matches(value, sorted(known), n=1)
    if near:
        return f"did you mean {near[0]}?"
    return "known: " + (", ".join(sorted(known)) or "none")


PlanId = Annotated[str, _refers_to("plan")]
"""The name of an entry of `catalog/plans.yaml`."""
KeyId = Annotated[str, _refers_to("key")]
"""The name of an entry of `catalog/keys.yaml`."""
ApiId = Annotated[str, _refers_to("API")]
"""The name of an entry of `catalog/apis.yaml`."""
ErrorId = Annotated[str, _refers_to("error")]
"""The name of an entry of `catalog/errors.yaml`, not its code."""
ErrorIdOrUnknown = Annotated[str | Literal["unknown"], _refers_to("error", "unknown")]
"""The name of an entry of `catalog/errors.yaml`, or `unknown` where nobody published the error."""
ClientId = Annotated[str, _refers_to("client")]
"""The name of a file of `catalog/clients/`."""
AuthorId = Annotated[str, _refers_to("author")]
"""The name of an entry of `catalog/authors.yaml`."""
StatusId = Annotated[str, _refers_to("status")]
"""The name of a status document of `catalog/discovery.yaml`."""
ModelRef = Annotated[str, _refers_to("model")]
"""The id of a model that has a file in `catalog/models/`."""

ModelPattern = Annotated[str, _refers_to("model", pattern=True)]
"""The id of a model that has a file in `catalog/models/`, or one in which `*` stands for any part, such as `*-free`."""

_T = TypeVar("_T")

GROUP, SPECIAL = "<group>", "<special>"
"""Tags of the two sides of a union; they appear in pydantic's locations and are left out of messages."""


_GROUP_TOO = ", a list or a mapping"


def _side(value: Any) -> str:  # noqa: ANN401
    return SPECIAL if isinstance(value, str) else GROUP


OrUnknown = Annotated[
    Annotated[_T, Tag(GROUP)] | Annotated[Literal["unknown"], _Choices(_GROUP_TOO), Tag(SPECIAL)],
    Discriminator(_side),
]
"""A group of facts, or `unknown`."""
OrNotOffered = Annotated[
    Annotated[_T, Tag(GROUP)] | Annotated[Literal["not_offered", "unknown"], _Choices(_GROUP_TOO), Tag(SPECIAL)],
    Discriminator(_side),
]
"""A group of facts, or `not_offered`, or `unknown`."""
