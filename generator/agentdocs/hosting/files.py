"""The files that tell each host how to answer: written into a built folder, after everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.hosting.answers import Answers
from agentdocs.hosting.claims import claims
from agentdocs.hosting.cloudflare import header_rules, redirects
from agentdocs.hosting.kinds import DEPARTED, METHODS, PREFLIGHT, READABLE, alike, exact
from agentdocs.hosting.negotiation import range_pattern
from agentdocs.hosting.rules import rules
from agentdocs.hosting.table import COMPACT, HTML, UNKNOWN, table
from agentdocs.text.quoting import Verbatim, nginx_pattern

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering
    from agentdocs.text.templates import Templates

FILES = (
    ("_worker.js", "cloudflare/_worker.js", "javascript", False),
    ("_routes.json", "cloudflare/_routes.json", "javascript", False),
    ("_headers", "cloudflare/_headers", "plain", False),
    ("_redirects", "cloudflare/_redirects", "plain", False),
    ("_hosting/cloudflare/shared.js", "cloudflare/shared.js", "javascript", True),
    ("_hosting/cloudflare/wrangler.toml", "cloudflare/wrangler.toml", "plain", True),
    ("_hosting/nginx/http.conf", "nginx/http.conf", "nginx", False),
    ("_hosting/nginx/site.conf", "nginx/server.conf", "nginx", False),
    ("_hosting/nginx/shared.conf", "nginx/server.conf", "nginx", True),
    ("_hosting/caddy/site.caddy", "caddy/site.caddy", "caddy", False),
    ("_hosting/caddy/shared.caddy", "caddy/site.caddy", "caddy", True),
    ("_hosting/shared/link.txt", "shared/link.txt", "plain", True),
    ("_hosting/shared/paths.txt", "shared/paths.txt", "plain", True),
    ("_hosting/shared/robots.txt", "shared/robots.txt", "plain", True),
    ("_hosting/shared/sitemap.xml", "shared/sitemap.xml", "html", True),
)
"""Each file, its template, the language of that, and whether it is for an origin that has other content, too. The
template's folder is the host that the file is for; `shared` is for each of them."""


def write(folder: Path, rendering: Rendering, templates: Templates) -> Answers:
    """Write the hosting files of a built folder, for the hosts that the catalog names, and give what they make of it.

    Raises `RenderError` if a page needs what no policy by hashes allows.
    """
    site, entries = rendering.facts.site, table(folder, rendering)
    found, claimed = rules(entries, rendering.departures), claims(site, entries, rendering.departures)
    start = dict(next(iter(rendering.page_headers.values())))["Link"]
    values = {
        "origin": site.origin,
        "rules": found,
        "usual_link": found.usual_link,
        "header_rules": header_rules(found, entries),
        "static": [f"{site.assets}*"],
        "redirects": list(redirects(found.departures)),
        "claims": claimed,
        "shared_pages": [page for page in rendering.pages.values() if page.released and claimed.has(page.url)],
        "start_link": ", ".join(link for link in start.split(", ") if 'rel="alternate"' not in link),
        "compressed": sorted({*found.types.values()} - {HTML, UNKNOWN, *COMPACT}),
        "unknown": UNKNOWN,
        "readable": READABLE,
        "preflight": PREFLIGHT,
        "methods": METHODS,
        "departed": DEPARTED,
        "exact": exact,
        "alike": alike,
        "accepted": range_pattern,
        "dict": dict,
        "around": lambda parts, path: Verbatim(nginx_pattern(path.join(parts))),
        "pattern": lambda text: Verbatim(nginx_pattern(text)),
        "part": "$agentdocs_part{}".format,
        "named": "?<agentdocs_part{}>".format,
        "variable": lambda field: Verbatim("$agentdocs_" + field.lower().replace("-", "_")),
    }
    for name, template, language, shared in FILES:
        if template.partition("/")[0] not in (*site.hosts, "shared"):
            continue
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = templates.render(f"hosting/{template}", language, {**values, "shared": shared})
        file.write_text(text, encoding="utf-8")
    return Answers(entries, rendering.departures)
