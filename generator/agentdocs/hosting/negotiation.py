"""Whether a reader of a page prefers its Markdown (RFC 9110 section 12.5.1)."""

from __future__ import annotations

import re

import mimeparse

_HTML, _MARKDOWN = ("text", "html"), ("text", "markdown")


def prefers_markdown(accept: str) -> bool:
    """Read the field Accept of a request.

    Markdown needs a higher quality value than HTML, or the same if it is named: agents ask for
    `text/markdown, text/html, */*`, browsers never name it. What cannot be read is answered with HTML.
    """
    try:
        ranges = [mimeparse.parse_media_range(element) for element in accept.lower().split(",")]
    except mimeparse.MimeTypeParseException:
        return False
    markdown, html = (mimeparse.quality_parsed("/".join(kind), ranges) for kind in (_MARKDOWN, _HTML))
    named = any((kind, subkind) == _MARKDOWN for kind, subkind, _ in ranges)
    return bool(markdown > html or (markdown == html > 0 and named))


def range_pattern(media_range: str, group: str = "", *, optional: bool = False) -> str:
    """Write a regular expression that finds a media range in the field Accept, for hosts that cannot read it.

    Its group has the quality value and begins with `group`, such as `?<name>`. With `optional` the range is also
    found without a quality value. Letter case is left to the host.
    """
    value = rf";\s*q=({group}[01](?:\.\d*)?)"
    others = r"(?:;\s*[^q\s,;][^,;]*)*"
    return rf"(?:^|,)\s*{re.escape(media_range)}\s*{others}{f'(?:{value})?' if optional else value}\s*(?:[,;]|$)"
