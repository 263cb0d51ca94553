"""Every link of every output leads to what this build publishes, with the type that it states, or to an address of the
catalog."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from agentdocs.hosting import table
from pydantic import BaseModel

from site_tests.hosting.hosts import start
from site_tests.html import HtmlPage

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering

    from site_tests.hosting.hosts import Host

Target = tuple[str, str | None]
"""An absolute address, and the media type that is stated for it."""

_FIELD = re.compile(r'<([^>]*)>((?:; *[a-z-]+="[^"]*")*)')
_ADDRESS = re.compile(r"https?://[^\s\"'<>`)\\|]+[^\s\"'<>`)\\|.,;:]")


def targets(rendering: Rendering, entries: Mapping[str, Entry], folder: Path) -> dict[Target, str]:
    """Collect the targets of links in pages, documents and header fields, with one place of each."""
    origin = rendering.facts.site.origin
    found: dict[Target, str] = {}
    for url, entry in entries.items():
        here = origin + url
        for target, parameters in _FIELD.findall(dict(entry.headers).get("Link", "")):
            media_type = re.search(r'type="([^"]*)"', parameters)
            found.setdefault((urljoin(here, target), media_type and media_type[1]), f"Link of {url}")
        if entry.media_type.startswith("text/html"):
            page = HtmlPage(folder / entry.storage)
            for target in page.attributes("a[href]:not([href^='#'])", "href"):
                found.setdefault((urljoin(here, target), None), url)
            for target in page.attributes("link[type='text/markdown']", "href"):
                found.setdefault((urljoin(here, target), "text/markdown"), url)
        elif url in rendering.artifacts:
            body = rendering.artifacts[url].body.decode()
            if "json" in entry.media_type and "json5" not in entry.media_type:
                for target, stated in _links(json.loads(body)):
                    found.setdefault((urljoin(here, target), stated), url)
            stated_here = {target for target, _ in found}
            found |= {(target, None): url for target in _ADDRESS.findall(body) if target not in stated_here}
    return found


def _links(value: Any) -> Iterator[Target]:  # noqa: ANN401
    """Yield the members of a document that state the type of what they lead to, and skills, which are Markdown."""
    if isinstance(value, dict):
        target = value.get("href") or value.get("url")
        if isinstance(target, str):
            stated = value.get("type")
            markdown = stated == "skill-md" or str(stated).startswith("text/markdown")
            stated = "text/markdown" if markdown else stated if "/" in str(stated) else None
            yield target, stated
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _links(inner)


def specifications(rendering: Rendering) -> set[str]:
    """Collect the addresses that name a specification or a schema, which nobody has to publish."""
    known = {document.specification.url for document in rendering.documents}
    for artifact in rendering.artifacts.values():
        known |= set(_ADDRESS.findall(artifact.media_type))
        known |= set(re.findall(r'"\$(?:schema|id)": "(https:[^"]*)"', artifact.body.decode()))
    return known


def declared(value: object) -> Iterator[str]:
    """Yield every address of a catalog."""
    if isinstance(value, BaseModel):
        value = dict(iter(value))
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from declared(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from declared(inner)
    elif isinstance(value, str) and "://" in value:
        yield value


def check(host: Host, rendering: Rendering, entries: Mapping[str, Entry], folder: Path) -> tuple[int, list[str]]:
    """Follow every link on a host; give how many lead to what this build publishes, and what is wrong."""
    facts = rendering.facts
    known = set(declared(dict(iter(facts)))) | specifications(rendering)
    below = [api.base_url for api in facts.apis.values()] + (
        [facts.site.repository.url] if facts.site.repository else []
    )
    count, wrong = 0, []
    for (target, stated), place in targets(rendering, entries, folder).items():
        parts = urlsplit(target)
        path = unquote(parts.path) or "/"
        if f"{parts.scheme}://{parts.netloc}" == facts.site.origin and facts.site.publishes(path):
            count += 1
            answer = host.ask("GET", parts.path or "/")
            served = answer.fields.get("content-type", "")
            if answer.status != 200:
                wrong.append(f"{place}: {target} is answered with {answer.status}")
            elif stated and served.split(";")[0] != stated.split(";")[0]:
                wrong.append(f"{place}: {target} is {served} instead of {stated}")
        elif (
            parts.scheme in ("http", "https")
            and re.split("[?#]", target)[0] not in known
            and not any(target.startswith(f"{address}/") for address in below)
        ):
            wrong.append(f"{place}: {target} is neither published here nor an address of the catalog")
    return count, wrong


def test_every_link_leads_somewhere(
    host: Host, preview: Rendering, entries: dict[str, Entry], preview_site: Path
) -> None:
    count, wrong = check(host, preview, entries, preview_site)
    assert wrong == []
    assert count


def test_every_link_of_a_release_leads_somewhere(release: Rendering, release_site: Path, tmp_path: Path) -> None:
    with start("serve", release_site, release, tmp_path) as host:
        count, wrong = check(host, release, table(release_site, release), release_site)
    assert wrong == []
    assert count


def test_a_link_that_leads_nowhere_is_found_out(
    preview: Rendering, entries: dict[str, Entry], preview_site: Path, tmp_path: Path
) -> None:
    origin, catalog = preview.facts.site.origin, preview.facts.discovery.api_catalog.path
    links = [
        {"href": f"{origin}/.well-known/status/nobody.json", "type": "application/health+json"},
        {"href": f"{origin}/llms.txt", "type": "application/json"},
        {"href": "https://elsewhere.example/", "type": "text/html"},
        {"href": f"{origin}/docs/billing/", "type": "text/html"},
    ]
    body = json.dumps({"linkset": [{"anchor": origin, "item": links}]}).encode()
    broken = replace(preview, artifacts={**preview.artifacts, catalog: replace(preview.artifacts[catalog], body=body)})
    with start("serve", preview_site, broken, tmp_path) as host:
        _, wrong = check(host, broken, entries, preview_site)
    assert wrong == [
        f"{catalog}: {links[0]['href']} is answered with 404",
        f"{catalog}: {links[1]['href']} is text/plain; charset=utf-8 instead of application/json",
        f"{catalog}: {links[2]['href']} is neither published here nor an address of the catalog",
        f"{catalog}: {links[3]['href']} is neither published here nor an address of the catalog",
    ]
