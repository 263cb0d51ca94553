"""What the theme adds to a site: a style sheet, scripts without comments, the provider's marks, and of Material's files
only those in use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from generator.adapters import brand
from generator.errors import OutputError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from generator.schema import Facts

_SHEETS = ("colour", "type", "layout", "navigation", "search", "code", "table", "tools", "actions", "start", "print")
"""The style sheets of `templates/theme/css/`, in the order in which they are joined."""

CARD = "assets/card.png"
"""Where the image for previews of links is published."""

_COMMENT = re.compile(r"^ *(?://[^\n]*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)
"""A comment of a script that has its lines to itself."""

_UNUSED = re.compile(r"assets/(stylesheets|images|javascripts/lunr)/|\.map$|^css/")
"""Files of the theme that no page asks for: Material's own style, icon, languages of search, and source maps."""


def scripts(config: MkDocsConfig) -> dict[str, str]:
    """Say where Material's script and the one for search are; their names carry a digest."""
    return {
        "script": _one(config, "assets/javascripts/bundle.*.min.js"),
        "search": _one(config, "assets/javascripts/workers/search.*.min.js"),
    }


def _one(config: MkDocsConfig, pattern: str) -> str:
    found = [path.relative_to(folder) for folder in config.theme.dirs for path in Path(folder).glob(pattern)]
    if len(found) != 1:
        raise OutputError(f"{config.config_file_path}: theme: has {len(found)} files {pattern}; use Material 9")
    return found[0].as_posix()


def add(files: Files, config: MkDocsConfig, facts: Facts) -> None:
    """Replace what Material brings by what the pages ask for."""
    for file in list(files):
        if _UNUSED.search(file.src_uri) and not file.is_documentation_page():
            files.remove(file)
        if re.fullmatch(r"assets/js/[a-z]+\.js", file.src_uri):
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=_COMMENT.sub("", file.content_string)))
    files.append(File.generated(config, "assets/site.css", content=_stylesheet(config)))
    name, host = facts.provider.name, facts.site.origin.removeprefix("https://")
    files.append(File.generated(config, "assets/favicon.svg", content=brand.icon(name)))
    files.append(File.generated(config, CARD, content=brand.card(name, facts.site.description, host)))


def _stylesheet(config: MkDocsConfig) -> str:
    folder = next(Path(folder) / "css" for folder in config.theme.dirs if (Path(folder) / "css").is_dir())
    text = "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", text).strip() + "\n"
