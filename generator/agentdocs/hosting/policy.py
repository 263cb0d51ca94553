"""The Content-Security-Policy of a built site: its own files, and by hash the inline scripts that the theme ships."""

from __future__ import annotations

import hashlib
import html
import re
from base64 import b64encode
from typing import TYPE_CHECKING

from agentdocs.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_NAME, _VALUE = rb"[^\s/>][^\s/>=]*+", rb"""\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*+)"""
_WRITTEN = rb"(?:[\s/]++|" + _NAME + rb"(?:" + _VALUE + rb")?+)*+"
_TAG = re.compile(
    rb"<!--.*?-->"
    rb"|<(?P<raw>script|style|textarea|title)(?P<of_raw>" + _WRITTEN + rb")>(?P<text>.*?)</(?P=raw)\b[^>]*>"
    rb"|<(?!span class=\"[\w -]*\">)[a-z][^\s/>]*+(?P<of_other>" + _WRITTEN + rb")>",
    re.DOTALL | re.IGNORECASE,
)
"""A tag with its attributes, and the text after it where no other tag can stand in that (HTML, section 13.2.5). Of
colored code there is so much that it is passed over here."""
_ATTRIBUTE = re.compile(rb"(" + _NAME + rb")(" + _VALUE + rb")?+")
_LEADS = ("href", "src", "action", "formaction", "data", "xlink:href")
"""Attributes whose value is a URL that a browser follows or loads."""
_SUSPECT = re.compile(rb"\bon|style|script|&", re.IGNORECASE)
"""What attributes have of which one may be refused; most have nothing of it and need no second look."""


def content_security_policy(
    folder: Path, pages: Iterable[str], themes: Sequence[Path], sources: Mapping[str, Path]
) -> str:
    """Write the policy (CSP Level 3) under which the given HTML files of a folder work.

    `themes` are the folders of the theme's own templates: the policy allows the scripts and styles that these have,
    and no other. `sources` has the Markdown file behind a page, if there is one. Raises `RenderError` with every place
    where a page has anything else that only `unsafe-inline` or another origin would allow.
    """
    shipped = _Shipped(themes)
    refused = [told for page in pages for told in _refused(folder, page, shipped, sources.get(page))]
    if refused:
        raise RenderError("\n".join(refused))
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *shipped.hashes("script"))),
            " ".join(("style-src 'self'", *shipped.hashes("style"))),
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


class _Shipped:
    """The scripts and styles that the theme's templates have: inline without a value in them, or files."""

    def __init__(self, themes: Sequence[Path]) -> None:
        self.inline: dict[str, set[bytes]] = {"script": set(), "style": set()}
        for template in sorted(file for theme in themes for file in theme.rglob("*.html")):
            for tag in _TAG.finditer(template.read_bytes()):
                kind = (tag["raw"] or b"").lower().decode()
                if kind in self.inline and tag["text"] and not re.search(rb"\{[{%]", tag["text"]):
                    self.inline[kind].add(tag["text"])
        self.files = {f"/{file.relative_to(theme).as_posix()}" for theme in themes for file in theme.rglob("*.js")}

    def hashes(self, kind: str) -> list[str]:
        digests = (b64encode(hashlib.sha256(text).digest()).decode() for text in self.inline[kind])
        return sorted(f"'sha256-{digest}'" for digest in digests)


def _refused(folder: Path, page: str, shipped: _Shipped, source: Path | None) -> Iterator[str]:
    body = (folder / page).read_bytes()
    for tag in _TAG.finditer(body):
        if (tag["raw"] or _SUSPECT.search(tag[0])) and (problem := _problem(tag, shipped)):
            yield f"{_place(page, body, tag, source)}: {problem}"


def _problem(tag: re.Match[bytes], shipped: _Shipped) -> str:
    """Say what is wrong with an element, or nothing."""
    kind, written = (tag["raw"] or b"").lower().decode(), tag["of_raw"] or tag["of_other"] or b""
    attributes = dict(_attributes(written))
    for name, value in attributes.items():
        if name == "style" or name.startswith("on"):
            return f"the attribute {name} needs unsafe-inline; use a class or a script of the theme"
        if name in _LEADS and re.sub(r"[\x00-\x20]", "", value).lower().startswith("javascript:"):
            return f"the attribute {name} is a script; use a script of the theme"
    if kind == "script" and "src" in attributes:
        path = attributes["src"]
        if re.match(r"[a-z]+:|//", path, re.IGNORECASE) or not f"/{path}".endswith(tuple(shipped.files)):
            return f"the script {path} is not one of the theme's; put it into templates/theme/assets/js/"
        return ""
    is_data = attributes.get("type", "").endswith("json")
    if kind not in shipped.inline or is_data or tag["text"] in shipped.inline[kind]:
        return ""
    return f"an inline {kind} that the theme does not ship; put it into a file of templates/theme/"


def _attributes(written: bytes) -> Iterator[tuple[str, str]]:
    for name, value in _ATTRIBUTE.findall(written):
        yield name.decode().lower(), html.unescape(value.partition(b"=")[2].strip(b" \t\r\n\f\"'").decode())


def _place(page: str, body: bytes, tag: re.Match[bytes], source: Path | None) -> str:
    """Name the line of the page, and of its source where that has the same tag."""
    place = _line(page, body, tag.start())
    if source and source.is_file():
        text = source.read_bytes()
        found = text.find(tag[0].partition(b"\n")[0])
        if found >= 0:
            return f"{_line(str(source), text, found)}: {place}"
    return place


def _line(file: str, text: bytes, position: int) -> str:
    newline = b"\n"
    return f"{file}:{text.count(newline, 0, position) + 1}"
