"""How a value is written in each language, so that no value can end a string or start a command."""

from __future__ import annotations

import html
import json
import re
import shlex
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from agentdocs.errors import RenderError
from agentdocs.schema.assumed import AssumedFlag
from agentdocs.schema.values import shown

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


def as_powershell(value: object) -> str:
    """Write a value as a string of PowerShell, which takes typographic quotes for plain ones."""
    return "'" + re.sub("(['\u2018-\u201b])", r"\1\1", str(value)) + "'"


def as_python(value: object) -> str:
    """Write a value as a Python literal."""
    return as_json(value) if isinstance(value, str) else repr(value)


_SIGN = re.compile(
    r"[\\`*_\[\]<>&|~]|(?<=\])\("  # in a line, GitHub's strikethrough and the target of a link included
    r"|^[#=]|#$|^[-+](?=[\s:-]|$)|^\d+[.)](?=\s|$)|^!(?=!!)|^\?(?=\?\?)|^:(?=[:-])",  # at the ends of one
    re.MULTILINE,
)
"""What Markdown with any extension in use takes for more than a character; of a match the last character counts."""
_ENTITIES = {sign: f"&#{ord(sign)};" for sign in "|~=:?"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
"""Python-Markdown takes a backslash only before some characters; these become entities."""


def as_markdown(value: object) -> str:
    """Escape a text so that Markdown shows it as it is, in a line as well as where a block could begin.

    Raises `RenderError` for what is neither text nor a whole number: its form is for the template to choose.
    """
    return _SIGN.sub(lambda m: m[0][:-1] + _ENTITIES.get(m[0][-1], "\\" + m[0][-1]), _text(value))


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RenderError(f"{shown(value)} needs a format; choose one with a filter: number, money, day or answer")
    return str(value)


def as_html(value: object) -> str:
    """Escape a text for HTML."""
    return html.escape(str(value))


def code_span(value: object) -> str:
    """Write a text as code within a line of Markdown; `markdown.settled` sees to rows of tables."""
    text = str(value)
    if text.startswith(("#!", ":::")):  # pymdownx.inlinehilite would take the first word for a language
        return as_code(text)
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def as_code(text: str) -> str:
    """Write a text as code within a line of Markdown where backticks would not do, as HTML."""
    return f"<code>{as_markdown(text)}</code>"


def code_block(value: object, info: str = "") -> Verbatim:
    """Write a text as a block of code of Markdown, with `info` on its first line: a language, and options."""
    text = str(value)
    fence = "`" * max(3, _longest_run(text) + 1)
    return Verbatim(f"{fence}{info}\n{text}{'' if text.endswith(chr(10)) else chr(10)}{fence}")


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def anchor(heading: str, separator: str = "-") -> str:
    """Write the fragment that leads to a heading: its letters and numbers of any script, in lower case.

    The extension `toc` derives the ids of headings by this function, too. Never empty.
    """
    kept = "".join(letter for letter in unicodedata.normalize("NFC", heading) if _in_anchors(letter))
    return re.sub(r"[-\s]+", separator, kept.strip().lower()) or "section"


def _in_anchors(letter: str) -> bool:
    # Some scripts write vowels as marks; a variation selector is a mark that nobody sees.
    if unicodedata.category(letter) in ("Mn", "Mc"):
        return not unicodedata.name(letter, "").startswith("VARIATION SELECTOR")
    return letter.isalnum() or letter.isspace() or letter in "_-"


def bare(value: object) -> Verbatim:
    """Pass on a value that needs no quotes in any language, such as part of a double-quoted shell word."""
    if not re.fullmatch(r"[A-Za-z0-9_./:@+-]+", str(value)):
        raise RenderError(f"{shown(value)} needs quotes here; write it through the language's own form")
    return Verbatim(value)


def link_target(url: object) -> Verbatim:
    """Write a URL as the target of a Markdown link. Raises `RenderError` for what is none (RFC 3986)."""
    if not re.fullmatch(r"[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+", str(url)):
        raise RenderError(f"{shown(url)} is not a URL")
    return Verbatim(re.sub(r"&(?=#?\w+;)", "&amp;", re.sub(r"([()])", r"\\\1", str(url))))


def link(url: object, text: object) -> Verbatim:
    """Write a link of Markdown. Brackets of its text become entities: simple readers look for the first one."""
    label = as_markdown(text).replace("\\[", "&#91;").replace("\\]", "&#93;")
    return Verbatim(f"[{label}]({link_target(url)})")


def comment(value: object) -> Verbatim:
    """Pass on a text for a comment that ends with its line."""
    if not str(value).isprintable():
        raise RenderError(f"{shown(value)} does not fit on one line of a comment")
    return Verbatim(value)


def as_plain(value: object) -> Verbatim:
    """Pass on a text for a file of plain text, on one line. Raises `RenderError` as `as_markdown` does."""
    return comment(_text(value))


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
    "powershell": as_powershell,
    "json5": as_json,
    "yaml": as_yaml,
    "python": as_python,
    "javascript": as_json,
    "html": as_html,
    "markdown": as_markdown,
    "nginx": as_nginx,
    "caddy": as_caddy,
    "plain": as_plain,
}
"""For each language the function through which every value of a template goes."""
