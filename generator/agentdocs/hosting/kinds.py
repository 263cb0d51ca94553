"""What kinds of file there are, told apart by their URL, and the header fields of each kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

REVALIDATE = "public, max-age=0, must-revalidate"
"""Kept, but asked for again each time: what changes with a publication and belongs together."""

SECURITY = (
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
)
"""Header fields of every answer, errors and redirects included, beside the Content-Security-Policy.

Strict-Transport-Security speaks for this host only: other hosts of the domain are not ours to decide.
"""

READABLE = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "ETag, Link"))
"""Header fields with which scripts of other origins may read an answer."""

PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD"),
    ("Access-Control-Allow-Headers", "*"),
    ("Access-Control-Max-Age", "86400"),
)
"""Header fields only of the answer to OPTIONS. Some clients of MCP send a header field of their own with a GET."""

METHODS = "GET, HEAD, OPTIONS"
"""The methods that every URL knows."""


@dataclass(frozen=True)
class Kind:
    """Files that are answered alike."""

    name: str
    pattern: str
    """What their URLs match, as a regular expression that Python, JavaScript, PCRE and RE2 read alike."""
    cache: str
    readable: bool = False
    """Whether scripts of other origins may read them."""
    negotiated: bool = False
    """Whether the answer depends on the header field Accept."""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The header fields that come with the kind."""
        vary = (("Vary", "Accept"),) if self.negotiated else ()
        return (("Cache-Control", self.cache), *vary, *(READABLE if self.readable else ()))


SKILLS, DOCUMENTS = "/.well-known/agent-skills/", "/.well-known/"
"""Folders of documents for agents (RFC 8615), the narrower one first."""


def exact(path: str) -> str:
    """Write a path as part of a regular expression."""
    return re.escape(path).replace(r"\-", "-")  # special only inside of brackets


def alike(pattern: str) -> str:
    """Write what the URLs of files match that are alike, of which `*` is what differs, as a regular expression."""
    return f"^{'.+'.join(map(exact, pattern.split('*')))}$"


ERROR = Kind("error", r"^/404\.html$", REVALIDATE)
DEPARTED = Kind("departed", "", REVALIDATE, readable=True)
"""What leads elsewhere since it departed, whatever it was."""
PAGE = Kind("page", r"/$", REVALIDATE, negotiated=True)
HASHED = Kind(
    "hashed", r"\.[0-9a-f]{8}\.(?:min\.(?:css|js)|woff2)$", "public, max-age=31536000, immutable", readable=True
)
KINDS = (
    ERROR,
    PAGE,
    HASHED,
    # The index states digests of the skills: neither may be older than the other.
    Kind("skills", f"^{exact(SKILLS)}", REVALIDATE, readable=True),
    Kind("document", f"^{exact(DOCUMENTS)}", "public, max-age=3600", readable=True),
    Kind("file", r"^/", REVALIDATE, readable=True),
)
"""In the order in which they are tried; the last one matches everything."""


def kind_of(url: str) -> Kind:
    """Tell of which kind the file at a URL is."""
    return next(kind for kind in KINDS if re.search(kind.pattern, url))
