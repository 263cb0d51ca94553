"""The limits of hosts, and what of a build is beyond them: told with its number, since other hosts do not mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.hosting.claims import claims
from agentdocs.hosting.cloudflare import header_rules, redirects
from agentdocs.hosting.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from agentdocs.hosting.table import Entry
    from agentdocs.render import Rendering

RULES, CHARACTERS = 100, 2000
"""How many rules Cloudflare Pages reads in `_headers`, and how many characters a line may have there.
https://developers.cloudflare.com/pages/configuration/headers/"""

STATIC, DYNAMIC = 2000, 100
"""How many redirects it reads in `_redirects`: of single paths, and of patterns.
https://developers.cloudflare.com/pages/configuration/redirects/"""

FILES, BYTES = 20_000, 25 * 2**20
"""How many files a site may have there, and how large each may be.
https://developers.cloudflare.com/pages/platform/limits/"""

PARAMETER = 4096
"""How many bytes a word of nginx's configuration may have (NGX_CONF_BUFFER)."""


def exceeded(rendering: Rendering, entries: Mapping[str, Entry], folder: Path | None = None) -> Iterator[str]:
    """Yield what is beyond a limit of a host that the catalog names.

    Without the built `folder` only what the core makes is counted: the pages without their policy, and not the theme.
    """
    wanted = {"nginx": _nginx, "cloudflare": _cloudflare}
    for host in rendering.facts.site.hosts:
        for excess in wanted[host](rendering, entries, folder) if host in wanted else ():
            yield f"{host}: {excess}; fix that, or leave this host out of hosts in site.yaml"


def _cloudflare(rendering: Rendering, entries: Mapping[str, Entry], folder: Path | None) -> Iterator[str]:
    found = rules(entries, rendering.departures)
    headers = header_rules(found, entries)
    if len(headers) > RULES:
        yield f"_headers has {len(headers)} rules, but Cloudflare Pages reads only {RULES}"
    for pattern, _, fields in headers:
        for field, value in fields:
            if (length := len(f"  {field}: {value}")) > CHARACTERS:
                most = f"Cloudflare Pages reads only {CHARACTERS:,}"
                yield f"{field} of {pattern} takes {length:,} characters, but {most}"
    lines = list(redirects(found.departures))
    dynamic = sum("*" in path or ":" in path for path, _ in lines)
    for count, limit, kind in ((len(lines) - dynamic, STATIC, "paths"), (dynamic, DYNAMIC, "patterns")):
        if count > limit:
            yield f"_redirects has {count:,} {kind}, but Cloudflare Pages reads only {limit:,}"
    sizes = _sizes(rendering, entries, folder)
    if len(sizes) > FILES:
        at_least = "" if folder else "at least "
        yield f"there are {at_least}{len(sizes):,} files, but Cloudflare Pages takes only {FILES:,}"
    for path, size in sizes.items():
        if size > BYTES:
            yield f"{path} has {size:,} bytes, but Cloudflare Pages takes only {BYTES:,}"


def _nginx(rendering: Rendering, entries: Mapping[str, Entry], _: Path | None) -> Iterator[str]:
    found = claims(rendering.facts.site, entries, rendering.departures)
    words = {
        "the pattern of shared.conf": f"{found.theirs}(?!){found.ours}",
        "Content-Security-Policy": next(entry.policy for entry in entries.values()),
    }
    for name, word in words.items():
        if (length := len(word) + len('"~"')) >= PARAMETER:
            yield f"{name} has {length:,} characters, but nginx reads only {PARAMETER - 1:,}"


def _sizes(rendering: Rendering, entries: Mapping[str, Entry], folder: Path | None) -> dict[str, int]:
    if folder:
        files = (file for file in folder.rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): file.stat().st_size for file in files}
    artifacts = rendering.artifacts
    return {entry.storage: len(artifacts[url].body) if url in artifacts else 0 for url, entry in entries.items()}
