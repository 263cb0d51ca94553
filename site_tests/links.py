"""Follows the links of a built site."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from agentdocs.hosting import table

from site_tests.html import HtmlPage

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering


def check(rendering: Rendering, folder: Path) -> int:
    """Follow every link inside a built site to its page and section, and give how many there are."""
    site = rendering.facts.site
    trees = [path for path in (*site.owns, *site.stand_alone) if path != "/"]
    urls = table(folder, rendering)
    ids = {
        url: HtmlPage(folder / entry.storage).ids() for url, entry in urls.items() if entry.storage.endswith(".html")
    }
    checked = 0
    for file in sorted(folder.rglob("*.html")):
        here = "/" + file.relative_to(folder).as_posix().removesuffix("index.html")
        page = HtmlPage(file)
        links = page.attributes("a[href], link[href]", "href") + page.attributes("script[src], img[src]", "src")
        for link in links:
            target = urlsplit(urljoin(site.origin + here, link))
            if f"{target.scheme}://{target.netloc}" != site.origin:
                continue
            path, fragment = unquote(target.path) or "/", unquote(target.fragment)
            if not any(path.startswith(own) for own in trees) and path != "/":
                continue  # a page of the vendor's that this build does not own
            assert path in urls, f"{here} links to {link}, which is not published"
            assert not fragment or fragment in ids[path], f"{here} links to {link}, but there is no such section"
            checked += 1
    return checked
