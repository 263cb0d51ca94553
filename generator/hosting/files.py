"""The files that tell each host how to answer: written into a built folder, after everything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.hosting.cloudflare import header_rules
from generator.hosting.kinds import METHODS, PREFLIGHT, READABLE, exact
from generator.hosting.negotiation import range_pattern
from generator.hosting.rules import rules
from generator.hosting.table import COMPACT, HTML, UNKNOWN, table
from generator.quoting import Verbatim, nginx_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.render import Rendering
    from generator.templates import Templates

FILES = (
    ("_worker.js", "cloudflare/_worker.js", "javascript", False),
    ("_routes.json", "cloudflare/_routes.json", "javascript", False),
    ("_headers", "cloudflare/_headers", "plain", False),
    ("_redirects", "cloudflare/_redirects", "plain", False),
    ("_hosting/nginx/http.conf", "nginx/http.conf", "nginx", False),
    ("_hosting/nginx/site.conf", "nginx/server.conf", "nginx", False),
    ("_hosting/nginx/shared.conf", "nginx/server.conf", "nginx", True),
    ("_hosting/caddy/site.caddy", "caddy/site.caddy", "caddy", False),
    ("_hosting/caddy/shared.caddy", "caddy/site.caddy", "caddy", True),
    ("_hosting/shared/link.txt", "shared/link.txt", "plain", True),
    ("_hosting/shared/robots.txt", "shared/robots.txt", "plain", True),
    ("_hosting/shared/sitemap.xml", "shared/sitemap.xml", "html", True),
)
"""Each file, its template, the language of that, and whether it is for an origin that has other content, too."""


def write(folder: Path, rendering: Rendering, templates: Templates) -> None:
    """Write the hosting files of a built folder.

    Raises `RenderError` if a page needs what no policy by hashes allows.
    """
    site, entries = rendering.facts.site, table(folder, rendering)
    found, owned = rules(entries), owned_pattern(site.owns)
    start = dict(next(iter(rendering.page_headers.values())))["Link"]
    values = {
        "origin": site.origin,
        "rules": found,
        "usual_link": found.usual_link,
        "header_rules": header_rules(found, entries),
        "static": [f"{site.assets}*"],
        "owned": owned,
        "owns": site.owns,
        "shared_pages": [p for p in rendering.pages.values() if p.released and re.match(f"(?:{owned})", p.url)],
        "start_link": ", ".join(link for link in start.split(", ") if 'rel="alternate"' not in link),
        "compressed": sorted({*found.types.values()} - {HTML, UNKNOWN, *COMPACT}),
        "unknown": UNKNOWN,
        "readable": READABLE,
        "preflight": PREFLIGHT,
        "methods": METHODS,
        "exact": exact,
        "accepted": range_pattern,
        "dict": dict,
        "around": lambda parts, path: Verbatim(nginx_pattern(path.join(parts))),
        "pattern": lambda text: Verbatim(nginx_pattern(text)),
        "variable": lambda field: Verbatim("$agentdocs_" + field.lower().replace("-", "_")),
    }
    for name, template, language, shared in FILES:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = templates.render(f"hosting/{template}", language, {**values, "shared": shared})
        file.write_text(text, encoding="utf-8")


def owned_pattern(paths: Iterable[str]) -> str:
    """Write what owned paths match as a regular expression: a path itself, or with a final slash a whole tree."""
    return "|".join(
        f"{exact(path.removesuffix('/'))}(?:/|$)" if path.endswith("/") else f"{exact(path)}$" for path in paths
    )
