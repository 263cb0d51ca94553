"""Rules of the documents that a build publishes for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentdocs.catalog.rules.finding import Finding
from agentdocs.catalog.source import member_path
from agentdocs.schema.discovery import CATALOG_VERSIONS
from agentdocs.schema.values import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from agentdocs.catalog.source import SourceFile
    from agentdocs.errors import Loc
    from agentdocs.schema.access import Api, Key
    from agentdocs.schema.discovery import Discovery
    from agentdocs.schema.error import ApiError
    from agentdocs.schema.model import Author, Model
    from agentdocs.schema.site import Site


SECURITY = "/.well-known/security.txt"

_SECOND_VERSION = "publish version 2: let the path of data.catalog in discovery.yaml end in .v2.json"


def published_paths_are_owned(site: Site, discovery: Discovery) -> Iterator[Finding]:
    """Every path of a document is unique and belongs to this build."""
    seen: dict[str, Loc] = {}
    for loc, path in document_paths(discovery):
        if not site.publishes(path):
            yield Finding(loc, f"'{path}' is not among the paths that this build owns", "add it to owns in site.yaml")
        if path in seen:
            yield Finding(
                loc,
                f"'{path}' is also at {member_path(seen[path])}",
                "give each document its own path",
            )
        seen.setdefault(path, loc)


def document_paths(discovery: Discovery) -> Iterator[tuple[Loc, str]]:
    """Yield the path of every discovery document with its location in the catalog."""
    login, mcp, data, resources = discovery.account_login, discovery.mcp, discovery.data, discovery.resources
    documents: dict[Loc, Any] = {
        ("api_catalog",): discovery.api_catalog,
        ("protected_resource",): discovery.protected_resource,
        ("account_login", "oauth"): login and login.oauth,
        ("account_login", "openid"): login and login.openid,
        ("mcp", "card"): mcp and mcp.card,
        ("resources", "current"): resources and resources.current,
        ("resources", "predecessor"): resources and resources.predecessor,
        ("skills_index",): discovery.skills_index,
        ("security", "document"): discovery.security and discovery.security.document,
        **{("data", name): data and getattr(data, name) for name in ("catalog", "json_schema", "models")},
        **{("skills", name): skill for name, skill in discovery.skills.items()},
        **{("services", name): service for name, service in discovery.services.items()},
        **{("statuses", name): status for name, status in discovery.statuses.items()},
    }
    for loc, document in documents.items():
        if document:
            yield ("discovery", *loc, "path"), document.path


def the_security_contact_holds(discovery: Discovery, day: date) -> Iterator[Finding]:
    """The file is where RFC 9116 section 3 wants it, and neither over nor valid for more than a year (2.5.5)."""
    if not (security := discovery.security):
        return
    if security.document.path != SECURITY:
        wrong = f"'{security.document.path}' is not where readers look"
        yield Finding(("discovery", "security", "document", "path"), wrong, f"write {SECURITY}")
    loc = ("discovery", "security", "expires")
    if security.expires <= day:
        yield Finding(loc, f"{security.expires} is not after {day}", "check the contact, and write a later day")
    elif (security.expires - day).days > 366:
        yield Finding(loc, f"{security.expires} is more than a year ahead", "write a day within a year")


def discovery_values_fit_their_specifications(discovery: Discovery, apis: Mapping[str, Api]) -> Iterator[Finding]:
    """What the specifications demand beyond the type of a value."""
    for name, skill in discovery.skills.items():
        if not skill.path.endswith(f"/{name}/SKILL.md"):
            right = f"let it end in /{name}/SKILL.md, Agent Skills name the folder after the skill"
            yield Finding(("discovery", "skills", name, "path"), f"'{skill.path}' does not name the skill", right)
        if skill.template == "mcp" and not discovery.mcp:
            wrong, right = "there is no MCP server to connect to", "describe it as mcp, or remove the skill"
            yield Finding(("discovery", "skills", name, "template"), wrong, right)
    ends = [f".v{version}.json" for version in CATALOG_VERSIONS]
    if discovery.data and not discovery.data.catalog.path.endswith(tuple(ends)):
        wrong = f"'{discovery.data.catalog.path}' does not name the version of its shape"
        yield Finding(("discovery", "data", "catalog", "path"), wrong, f"let it end in {' or '.join(ends)}")
    if discovery.resources and not (discovery.skills or discovery.mcp):
        wrong, right = "there is no skill and no MCP server to list", "add one, or remove the manifest"
        yield Finding(("discovery", "resources"), wrong, right, key=True)
    if discovery.skills and not discovery.skills_index:
        yield Finding(("discovery", "skills"), "the skills have no index", "add skills_index", key=True)
    if discovery.skills_index and not discovery.skills:
        wrong, right = "there are no skills to list", "add them as skills, or remove the index"
        yield Finding(("discovery", "skills_index"), wrong, right, key=True)
    described = [api for service in discovery.services.values() for api in service.apis]
    for name in apis:
        if described.count(name) != 1:
            count = described.count(name)
            yield Finding(
                ("discovery", "services"),
                f"the API {name} is described {count} times",
                "describe each API once",
                key=True,
            )


def the_data_have_words_for_access(
    discovery: Discovery, apis: Mapping[str, Api], keys: Mapping[str, Key], errors: Mapping[str, ApiError]
) -> Iterator[Finding]:
    """Version 1 of the data has public addresses, how every key begins and what pays for it, and words as codes."""
    missing: list[tuple[Loc, str]] = []
    for name, api in apis.items():
        addresses: dict[Loc, str] = {("base_url",): api.base_url}
        addresses |= {("legacy_base_urls", index): url for index, url in enumerate(api.legacy_base_urls)}
        plain = [place for place, url in addresses.items() if not url.startswith("https:")]
        missing += [(("apis", name, *place), "has https URLs alone") for place in plain]
    for name, key in keys.items():
        if not key.beginning:
            missing.append((("keys", name, "prefix"), f"says how keys begin, and has no word for {key.prefix}"))
        if key.paid_from in SPECIALS:
            what = f"says what pays for requests with a key, and has no word for {key.paid_from}"
            missing.append((("keys", name, "paid_from"), what))
    for name, error in errors.items():
        if isinstance(error.code, int):
            missing.append((("errors", name, "code"), "has words as codes, and no numbers"))
        if error.type == "not_offered":
            missing.append((("errors", name, "type"), "says the type, and has no word for not_offered"))
    for loc, what in missing if discovery.data and discovery.data.version == 1 else ():
        yield Finding(loc, f"version 1 of the data {what}", _SECOND_VERSION)


def the_data_have_words_for_paths(discovery: Discovery, apis: Mapping[str, Api]) -> Iterator[Finding]:
    """Version 1 of the data tells the whole address of every request."""
    for name, api in apis.items() if discovery.data and discovery.data.version == 1 else ():
        for operation, entry in api.operations.items():
            if entry.parameters:
                wrong = f"version 1 of the data has whole addresses, and has no word for {{{entry.parameters[0]}}}"
                yield Finding(("apis", name, "operations", operation, "path"), wrong, _SECOND_VERSION)


def the_data_have_words_for_models(
    discovery: Discovery, models: Mapping[str, Model], authors: Mapping[str, Author], files: Mapping[Loc, SourceFile]
) -> Iterator[Finding]:
    """Version 1 of the data promises what not every provider can say. A broken author is still an author."""
    named = authors.keys() | (files[("authors",)].data.keys() if ("authors",) in files else set())
    if not discovery.data or discovery.data.version != 1:
        return
    for name, model in models.items():
        if not model.author_among(named):
            wrong = f"'{name}' has no author, and version 1 of the data needs its name"
            yield Finding(("models", name, "id"), wrong, f"add the author to authors.yaml, or {_SECOND_VERSION}")
        elif "/" not in name:
            wrong = f"'{name}' has no slash, and version 1 of the data promises author/name"
            yield Finding(("models", name, "id"), wrong, _SECOND_VERSION)
        if model.context_window == "unknown":
            wrong = "version 1 of the data needs a number of tokens, and has no word for unknown"
            yield Finding(("models", name, "context_window"), wrong, _SECOND_VERSION)
