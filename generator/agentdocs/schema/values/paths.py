"""Paths in addresses and of files."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from agentdocs.schema.values.refusal import refuse, shown
from agentdocs.schema.values.text import text_type


def _without_dots(path: str) -> str:
    """Keep a path inside the folder that it counts from."""
    if {".", ".."} & set(path.split("/")):
        raise refuse(f"{shown(path)} contains . or .. as a part", "write the path that it stands for")
    return path


UrlPath = Annotated[
    str,
    *text_type(r"/(?:[A-Za-z0-9._~-]+/)*[A-Za-z0-9._~-]*", "an absolute URL path"),
    AfterValidator(_without_dots),
]
"""A path from the root of the origin, such as `/docs/`; a slash at the end makes it a folder."""
_SEGMENT = r"(?:[A-Za-z0-9._~-]|\{[A-Za-z][A-Za-z0-9_]*\})"
OperationPath = Annotated[
    str,
    *text_type(rf"/(?:{_SEGMENT}+/)*{_SEGMENT}*", "a path of requests, with each parameter as a name in braces"),
    AfterValidator(_without_dots),
]
"""A path below a base URL, such as `/models` or `/models/{id}`; a name in braces stands for what a request fills in."""
PathPattern = Annotated[
    str,
    *text_type(
        r"/(?:(?:[A-Za-z0-9._~-]+|\*)/)*(?:[A-Za-z0-9._~-]*|\*)", "an absolute URL path, or one with * for a part of it"
    ),
    AfterValidator(_without_dots),
]
"""A path from the root of the origin in which `*` may stand for a part; a slash at the end makes it a whole tree."""
FileName = Annotated[
    str,
    *text_type(r"(?:[A-Za-z0-9._~-]+/)*[A-Za-z0-9._-]+", "a relative path of a file"),
    AfterValidator(_without_dots),
]
"""A file or folder below one that the member names, such as `guide/index.md`."""
PictureFile = Annotated[str, *text_type(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\.svg", "the name of an SVG file")]
"""A picture in `catalog/brand/`, such as `logo.svg`."""
TypefaceFile = Annotated[str, *text_type(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\.woff2", "the name of a WOFF2 file")]
"""A font in `catalog/brand/`, such as `sans.woff2`."""
SavePath = Annotated[
    str,
    *text_type(r"(?:~/)?(?:[A-Za-z0-9._-]+/)*[A-Za-z0-9._-]+", "a relative path of a file, or one below ~/"),
    AfterValidator(_without_dots),
]
"""Where a reader saves a file: `~/.example/config.yaml` below the home, or a path below the current folder."""
