"""Hosts and addresses on the web, and where people can be reached."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, WithJsonSchema

from agentdocs.schema.values.refusal import refuse, shown
from agentdocs.schema.values.text import matching, text_type

ReverseDomain = Annotated[str, *text_type(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", "a reversed domain such as com.example")]
"""A domain from its end, such as `com.example`."""
HostName = Annotated[str, *text_type(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", "a host name")]
"""A host, such as `example.com`."""
_EMAIL = r"[A-Za-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
EmailAddress = Annotated[str, *text_type(_EMAIL, "an e-mail address")]
"""A plain e-mail address, without a name beside it."""
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
        raise refuse(f"{shown(value)} is not a URL with https", example + or_own)
    if not own and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host or ""):
        raise refuse(f"{shown(value)} has no host name", example)
    if "#" in value:  # an empty fragment too: paths are appended to URLs
        raise refuse(f"{shown(value)} has a fragment", "remove the # and what follows it")
    return value


def _contact(value: object) -> object:
    if isinstance(value, str) and "//" not in value:
        address = value.removeprefix("mailto:")
        return f"mailto:{matching(_EMAIL, 'an e-mail address or a URL with https')(address)}"
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
"""A URL with https and without a slash at its end, since paths are appended to it."""
ApiUrl = Annotated[
    str, BeforeValidator(partial(_base_url, own_machine=True)), WithJsonSchema({"type": "string", "format": "uri"})
]
"""A base URL, which may be one on the reader's own machine, such as `http://localhost:8000/v1`."""


def _issuer(value: object) -> object:
    if "?" in str(_https_url(value)):
        raise refuse(f"{shown(value)} has a query", "write the issuer without it (RFC 8414 section 2)")
    return value


Issuer = Annotated[str, BeforeValidator(_issuer), WithJsonSchema({"type": "string", "format": "uri"})]
"""Who issues tokens: a URL with https and without a query."""
