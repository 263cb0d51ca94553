"""What the theme adds to a site: a style sheet, scripts without comments, the provider's marks, and of Material's files
only those in use."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from agentdocs.errors import OutputError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from agentdocs.brand.look import Look

_SHEETS = ("colour", "type", "layout", "navigation", "search", "code", "table", "tools", "actions", "start", "print")
"""The style sheets of `templates/theme/css/`, in the order in which they are joined."""

_OWN = "assets/"
"""The folder of the theme that holds what pages ask for."""

_SEARCH = "search/search_index.json"
"""Where the search plugin writes its index, and where Material's script asks for it below the site's base."""

_COMMENT = re.compile(r"^ *(?://[^\n]*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)
"""A comment of a script that has its lines to itself."""

_UNUSED = re.compile(r"assets/(stylesheets|images|javascripts/lunr)/|\.map$|^css/")
"""Files of the theme that no page asks for: Material's own style, icon, languages of search, and source maps."""


def place(config: MkDocsConfig, assets: str = "/assets/") -> dict[str, str]:
    """Say where the theme's files are published: their folder, Material's script and the one for search, whose names
    carry a digest."""
    folder = assets.lstrip("/")
    for plugin in config.plugins.values():
        if hasattr(plugin, "css_filename"):  # of mkdocstrings, which knows no other way
            plugin.css_filename = f"{folder}code.css"
    return {
        "assets": folder,
        "script": _one(config, "javascripts/bundle.*.min.js", folder),
        "search": _one(config, "javascripts/workers/search.*.min.js", folder),
    }


def _one(config: MkDocsConfig, pattern: str, folder: str) -> str:
    own = [Path(each) / _OWN for each in config.theme.dirs]
    found = [path.relative_to(each) for each in own for path in each.glob(pattern)]
    if len(found) != 1:
        raise OutputError(f"{config.config_file_path}: theme: has {len(found)} files {_OWN}{pattern}; use Material 9")
    return folder + found[0].as_posix()


def add(files: Files, config: MkDocsConfig, look: Look) -> None:
    """Replace what Material brings by what the pages ask for, in the folder that the catalog names."""
    for file in list(files):
        if _UNUSED.search(file.src_uri) and not file.is_documentation_page():
            files.remove(file)
        if re.fullmatch(rf"{_OWN}js/[a-z]+\.js", file.src_uri):
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=_COMMENT.sub("", file.content_string)))
    made = {"site.css": _stylesheet(config, look).encode(), **look.assets}
    for path, content in made.items():
        files.append(File.generated(config, _OWN + path, content=content))
    for file in files:
        if file.src_uri.startswith(_OWN):
            file.dest_uri = look.facts.site.assets.lstrip("/") + file.src_uri.removeprefix(_OWN)


def move_index(site: Path, assets: str) -> None:
    """Put the search index of a built site below its `assets`, where Material's script looks for it.

    The script takes both the index and what it finds for relative to one address, so pages are named from the root.
    """
    index = json.loads((site / _SEARCH).read_text(encoding="utf-8"))
    shutil.rmtree((site / _SEARCH).parent)
    for entry in index["docs"]:
        entry["location"] = f"/{entry['location']}"
    file = site / assets.lstrip("/") / _SEARCH
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(index, separators=(",", ":")), encoding="utf-8")


def _stylesheet(config: MkDocsConfig, look: Look) -> str:
    folders = [Path(folder) / "css" for folder in config.theme.dirs]

    def sheet(name: str) -> str:
        return next(f for folder in folders if (f := folder / f"{name}.css").is_file()).read_text(encoding="utf-8")

    text = look.style("".join(map(sheet, _SHEETS)), sheet("brand"))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", text).strip() + "\n"
