"""How a value is written in each language, so that no value can end a string or start a command."""

from __future__ import annotations

import html
import json
import re
import shlex
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from generator.assumed import AssumedFlag
from generator.errors import RenderError
from generator.schema.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable


class Verbatim(str):
    """Text that is already in the language of its document."""

    __slots__ = ()


def _number(value: Any) -> float:  # noqa: ANN401
    if isinstance(value, AssumedFlag):
        return bool(value)
    if not isinstance(value, Decimal):
        raise RenderError(f"{value!r} cannot be written as JSON")
    return int(value) if value == value.to_integral_value() else float(value)


_on_a_line = json.JSONEncoder(ensure_ascii=False, default=_number)
_indented = json.JSONEncoder(ensure_ascii=False, default=_number, indent=2)


def as_json(value: object, *, indented: bool = False) -> str:
    """Write a value as JSON, which is JSON5 and JavaScript too. Decimals become numbers."""
    return (_indented if indented else _on_a_line).encode(value)


def as_yaml(value: object) -> str:
    """Write a scalar as YAML, without quotes where every reader of YAML takes it for the same text."""
    return value if isinstance(value, str) and _is_plain(value) else as_json(value)


@lru_cache(maxsize=4096)
def _is_plain(text: str) -> bool:
    if not re.fullmatch(r"[A-Za-z/][A-Za-z0-9/_.:+-]*", text):
        return False
    try:
        return bool(yaml.safe_load(text) == text)
    except yaml.YAMLError:
        return False


def as_shell(value: object) -> str:
    """Write a value as one word of a shell command."""
    return shlex.quote(str(value))


def as_fish(value: object) -> str:
    """Write a value as one word of a command of fish, where a backslash counts between single quotes, too."""
    text = str(value)
    if re.fullmatch(r"[A-Za-z0-9_./:@+-]+", text):
        return text
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def as_python(value: object) -> str:
    """Write a value as a Python literal."""
    return as_json(value) if isinstance(value, str) else repr(value)


_MARKDOWN = re.compile(r"[\\`*_\[\]<>&|]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;"}


def as_markdown(value: object) -> str:
    """Escape a text for a sentence or a table cell of Markdown.

    Python-Markdown takes a backslash only before some characters; the others become entities.
    """
    return _MARKDOWN.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), str(value))


def refuse_markdown(value: object) -> str:
    """Pass on what is plain in any Markdown, and refuse the rest: a page chooses the form itself."""
    if (
        isinstance(value, bool)
        or not isinstance(value, str | int)
        or _MARKDOWN.search(str(value))
        or "://" in str(value)
    ):
        kind = shown(value)
        raise RenderError(
            f"{kind} has no form; choose one with a filter: code, text, link, url, number, money, day or answer"
        )
    return str(value)


def as_html(value: object) -> str:
    """Escape a text for HTML."""
    return html.escape(str(value))


def code_span(value: object) -> str:
    """Write a text as a code span of Markdown, also inside a table."""
    text = str(value)
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def anchor(heading: str) -> str:
    """Write the fragment that leads to a heading, as Markdown renderers derive it from the heading's text."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())


def bare(value: object) -> Verbatim:
    """Pass on a value that needs no quotes in any language, such as part of a double-quoted shell word."""
    if not re.fullmatch(r"[A-Za-z0-9_./:@+-]+", str(value)):
        raise RenderError(f"{shown(value)} needs quotes here; write it through the language's own form")
    return Verbatim(value)


def link_target(value: object) -> Verbatim:
    """Pass on a URL as the target of a Markdown link."""
    if not re.fullmatch(r"[A-Za-z0-9_./:@+~?=&#%-]+", str(value)):
        raise RenderError(f"{shown(value)} is not a URL")
    return Verbatim(value)


def comment(value: object) -> Verbatim:
    """Pass on a text for a comment that ends with its line."""
    if not str(value).isprintable():
        raise RenderError(f"{shown(value)} does not fit on one line of a comment")
    return Verbatim(value)


def as_nginx(value: object) -> str:
    """Write a value as one word of an nginx configuration, in which nothing stands for a variable."""
    if "$" in str(value):
        raise RenderError(f"{shown(value)} cannot be written for nginx, which takes $ for a variable")
    return nginx_pattern(value)


def nginx_pattern(value: object) -> str:
    """Write a regular expression as one word of an nginx configuration."""
    # A backslash counts only before these characters, so that regular expressions stay legible.
    escaped = re.sub(r"\\(?=[\\\"'trn])", r"\\\\", str(comment(value)))
    return '"' + escaped.replace('"', '\\"') + '"'


def as_caddy(value: object) -> str:
    """Write a value as one word of a Caddyfile, in which nothing stands for a placeholder."""
    if re.search(r"\{(?!\d+\})|`", str(value)):
        raise RenderError(f"{shown(value)} cannot be written for Caddy, which takes braces for a placeholder")
    return f"`{comment(value)}`"


QUOTING: dict[str, Callable[[object], str]] = {
    "bash": as_shell,
    "fish": as_fish,
    "json5": as_json,
    "yaml": as_yaml,
    "python": as_python,
    "javascript": as_json,
    "html": as_html,
    "markdown": refuse_markdown,
    "nginx": as_nginx,
    "caddy": as_caddy,
    "plain": comment,
}
"""For each language the function through which every value of a template goes."""
