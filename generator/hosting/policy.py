"""The Content-Security-Policy of a built site: its own files, and the inline scripts that the theme has, by hash."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING

from generator.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_INLINE = re.compile(rb"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_DATA = re.compile(rb"""\s(?:src=|type=["']?(?!text/javascript|application/javascript|module)[^"'\s>])""")
"""Of a script that is fetched, or no script at all but data, which no policy restricts."""
_ATTRIBUTE = re.compile(rb"<[a-zA-Z][^<>]*?\s(style|on[a-z]+)\s*=")


def content_security_policy(folder: Path, pages: Iterable[str]) -> str:
    """Write the policy (CSP Level 3) under which the given HTML files of a folder work.

    No file may have a `style` attribute or an event handler, which only `unsafe-inline` would allow. Raises
    `RenderError` with every file that has one.
    """
    hashes: dict[str, set[str]] = {"script": set(), "style": set()}
    refused = []
    for page in pages:
        body = (folder / page).read_bytes()
        for element, attributes, text in _INLINE.findall(body):
            if not _DATA.search(attributes):
                hashes[element.decode()].add(f"'sha256-{b64encode(hashlib.sha256(text).digest()).decode()}'")
        if match := _ATTRIBUTE.search(_INLINE.sub(b"", body)):
            line = body.count(b"\n", 0, body.find(match[0])) + 1
            name = match[1].decode()
            refused.append(f"{page}:{line}: the attribute {name} needs unsafe-inline; use a class or a script")
    if refused:
        raise RenderError("\n".join(refused))
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *sorted(hashes["script"]))),
            " ".join(("style-src 'self'", *sorted(hashes["style"]))),
            "img-src 'self' data:",  # the theme's style sheet holds its icons
            "font-src 'self'",
            "connect-src 'self'",  # the search index
            "worker-src 'self'",  # the search
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
