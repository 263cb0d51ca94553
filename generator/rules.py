"""Rules between the facts of a catalog, which no single file can keep.

A rule is a generator of findings. The names of its parameters say which members of the catalog it reads; where
one of them is broken, the rule waits until it is mended. `files` and `day` are not members: the YAML files, and
the day for which models are compared.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from datetime import date
from os.path import commonprefix
from typing import TYPE_CHECKING, Any

from generator.schema.base import groups
from generator.schema.client import KEY
from generator.schema.discovery import CATALOG_VERSION
from generator.source import member_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.schema.access import Api, Billing, Key
    from generator.schema.client import Client
    from generator.schema.discovery import Discovery
    from generator.schema.error import ApiError
    from generator.schema.limit import Limit
    from generator.schema.model import Author, Model, Recommendations
    from generator.schema.plan import Estimates, Plan
    from generator.schema.site import Site
    from generator.source import Loc, SourceFile

SECURITY = "/.well-known/security.txt"


@dataclass(frozen=True)
class Finding:
    """What a rule found wrong at a location that counts from the root of the catalog."""

    loc: Loc
    wrong: str
    right: str
    key: bool = False
    """Whether the place is the member's name instead of its value."""
    position: tuple[int, int] | None = None
    """Line and column, where what is wrong is no member."""


_RULES: list[Callable[..., Iterator[Finding]]] = []


def _rule(check: Callable[..., Iterator[Finding]]) -> Callable[..., Iterator[Finding]]:
    _RULES.append(check)
    return check


def findings(members: Mapping[str, Any], files: Mapping[Loc, SourceFile], day: date | None) -> Iterator[Finding]:
    """Run each rule whose members are sound."""
    available = {**members, "files": files, "day": day or newest_check(members)}
    for check in _RULES:
        wanted = inspect.signature(check).parameters
        if wanted.keys() <= available.keys():
            yield from check(**{name: available[name] for name in wanted})


def newest_check(members: Mapping[str, Any]) -> date:
    """Give the newest day on which any fact was compared with its source."""

    checked = (provenance.checked for _, _, provenance in groups(members) if provenance)
    return max(checked, default=date.min)


def looks_like_key(prefixes: frozenset[str]) -> re.Pattern[str]:
    """Match what could be a real key: a prefix and at least 16 characters of a key."""
    # What all begin with comes first, since a text is searched fastest for that.
    common = commonprefix([*prefixes])  # noqa: RUF071 - character by character is what it takes
    rests = sorted((prefix.removeprefix(common) for prefix in prefixes), key=lambda rest: (-len(rest), rest))
    alternatives, start = "|".join(map(re.escape, rests)) if prefixes else "(?!)", re.escape(common)
    return re.compile(rf"{start}(?<![A-Za-z0-9_-]{start})(?:{alternatives})[A-Za-z0-9_-]{{16,}}")


@_rule
def no_real_keys(keys: Mapping[str, Key], files: Mapping[Loc, SourceFile]) -> Iterator[Finding]:
    """No file, not even a comment in it, contains what could be a real key."""
    pattern = looks_like_key(frozenset(key.prefix for key in keys.values()))
    for owner, file in files.items():
        for number, line in file.lines():
            for match in pattern.finditer(line):
                place = (number, match.start() + 1)
                yield Finding(owner, "this looks like a real key", "revoke that key and remove it", position=place)


@_rule
def model_paths_are_ids(models: Mapping[str, Model]) -> Iterator[Finding]:
    """A model's file is named after its id."""
    for path, model in models.items():
        if model.id != path:
            yield Finding(
                ("models", path, "id"),
                f"'{model.id}' is not the path of this file",
                f"write {path} or move the file",
            )


@_rule
def authors_are_known(
    models: Mapping[str, Model], authors: Mapping[str, Author], files: Mapping[Loc, SourceFile]
) -> Iterator[Finding]:
    """Every author of a model has a name. A broken entry is still an entry."""
    known = authors.keys() | files[("authors",)].data.keys()
    for path in models:
        author = path.partition("/")[0]
        if author not in known:
            yield Finding(
                ("models", path, "id"),
                f"the author '{author}' is not in authors.yaml",
                "add it there with its name",
            )


@_rule
def names_of_models_are_unique(models: Mapping[str, Model]) -> Iterator[Finding]:
    """No alias is another model's id or alias."""
    taken = {path: path for path in models}
    for path, model in models.items():
        for index, alias in enumerate(model.aliases):
            if alias in taken:
                yield Finding(
                    ("models", path, "aliases", index),
                    f"the alias '{alias}' already names {taken[alias]}",
                    "remove one of the two",
                )
            taken.setdefault(alias, path)


@_rule
def answers_fit_the_context(models: Mapping[str, Model]) -> Iterator[Finding]:
    """The longest answer is not longer than the context window."""
    for path, model in models.items():
        longest = model.known.max_output
        if isinstance(longest, int) and longest > model.context_window:
            right = f"write at most {model.context_window}"
            yield Finding(
                ("models", path, "capabilities", "max_output"),
                f"{longest} is more than the context window",
                right,
            )


@_rule
def replacements_live(models: Mapping[str, Model], day: date) -> Iterator[Finding]:
    """A model is replaced by another one that is not retired."""
    for path, model in models.items():
        successor = model.lifecycle.replaced_by
        loc = ("models", path, "lifecycle", "replaced_by")
        if successor == path:
            yield Finding(loc, "the model replaces itself", "name another model")
        elif successor and successor in models and models[successor].status(day) == "retired":
            yield Finding(loc, f"'{successor}' is retired on {day}", "name a model that is still available")


@_rule
def recommended_models_work(
    recommendations: Recommendations, models: Mapping[str, Model], day: date
) -> Iterator[Finding]:
    """Recommended models and the one that snippets name can be used by agents."""
    named: list[tuple[Loc, str]] = [(("recommendations", "default"), recommendations.default)]
    for task, entry in enumerate(recommendations.tasks):
        named += [(("recommendations", "tasks", task, "models", i), name) for i, name in enumerate(entry.models)]
    for loc, name in named:
        model = models.get(name)
        if model and not model.agents.available:
            yield Finding(
                loc,
                f"'{name}' is not available to agents",
                "recommend a model whose agents.available is true",
            )
        elif model and model.status(day) != "available":
            yield Finding(loc, f"'{name}' is {model.status(day)} on {day}", "recommend a model that is available")


@_rule
def keys_open_their_own_api(apis: Mapping[str, Api], keys: Mapping[str, Key]) -> Iterator[Finding]:
    """API and key name each other, so that no prefix ends up beside the other product's base URL."""
    for name, api in apis.items():
        key = keys.get(api.key)
        if key and key.opens != name:
            wrong = f"the prefix {key.prefix} would stand beside {api.base_url}"
            right = f"keys.yaml says that {api.key} opens {key.opens}; correct either side"
            yield Finding(("apis", name, "key"), wrong, right)
    for name, key in keys.items():
        if key.opens in apis and apis[key.opens].key != name:
            wrong = f"{key.opens} takes the key {apis[key.opens].key}"
            yield Finding(("keys", name, "opens"), wrong, "name the API that takes this key")


@_rule
def what_pays_is_described(keys: Mapping[str, Key], models: Mapping[str, Model], billing: Billing) -> Iterator[Finding]:
    """Every key is paid from something that billing describes, and prices of models have a currency."""
    for name, key in keys.items():
        if getattr(billing, key.paid_from) is None:
            wrong = f"billing.yaml has no {key.paid_from}"
            yield Finding(("keys", name, "paid_from"), wrong, f"add {key.paid_from} there, or name what pays")
    if billing.prepaid is None and any(model.prices for model in models.values()):
        wrong = "is missing, and models have prices"
        yield Finding(("billing", "prepaid"), wrong, "add it with the currency of the prices, or remove the prices")


@_rule
def access_values_are_unique(apis: Mapping[str, Api], keys: Mapping[str, Key]) -> Iterator[Finding]:
    """No two APIs share a base URL, and no two keys a prefix or a variable."""
    seen: dict[str, Loc] = {}
    values: list[tuple[Loc, str]] = []
    for name, api in apis.items():
        values.append((("apis", name, "base_url"), api.base_url))
        values += [(("apis", name, "legacy_base_urls", i), url) for i, url in enumerate(api.legacy_base_urls)]
    for name, key in keys.items():
        values.append((("keys", name, "prefix"), key.prefix))
        values.append((("keys", name, "environment_variable"), key.environment_variable))
    for loc, value in values:
        if value in seen:
            yield Finding(loc, f"'{value}' stands at {member_path(seen[value])} too", "each needs its own")
        seen.setdefault(value, loc)


@_rule
def limits_and_errors_agree(limits: Mapping[str, Limit], errors: Mapping[str, ApiError]) -> Iterator[Finding]:
    """A limit on an API ends in an error that this API sends."""
    for name, limit in limits.items():
        error = errors.get(limit.error)
        if error and limit.api and limit.api not in error.apis:
            yield Finding(
                ("limits", name, "error"),
                f"{limit.api} does not send {limit.error}",
                f"add {limit.api} to its apis in errors.yaml",
            )


@_rule
def error_codes_are_unique(errors: Mapping[str, ApiError]) -> Iterator[Finding]:
    """A code means one thing on one API."""
    seen: dict[tuple[str, str], str] = {}
    for name, error in errors.items():
        for index, api in enumerate(error.apis):
            if api in error.apis[:index]:
                yield Finding(("errors", name, "apis", index), f"'{api}' stands here twice", "keep one of the two")
        for api in dict.fromkeys(error.apis) if error.code not in ("not_offered", "unknown") else ():
            if (api, error.code) in seen:
                yield Finding(
                    ("errors", name, "code"),
                    f"'{error.code}' stands at {seen[api, error.code]} too",
                    "give each code one entry",
                )
            seen.setdefault((api, error.code), name)


@_rule
def clients_keep_the_name_of_the_key(clients: Mapping[str, Client]) -> Iterator[Finding]:
    """No snippet takes the name of the step that every client has."""
    for name, client in clients.items():
        for index, shape in enumerate(client.snippets):
            if shape.id == KEY:
                loc = ("clients", name, "snippets", index, "id")
                yield Finding(loc, f"'{KEY}' stands for the step that sets the key", "choose another name")


@_rule
def causes_have_one_error(errors: Mapping[str, ApiError]) -> Iterator[Finding]:
    """An API answers each cause with one error."""
    seen: dict[tuple[str, str], str] = {}
    for name, error in errors.items():
        for index, cause in enumerate(error.causes):
            taken = next((api for api in error.apis if (api, cause) in seen), None)
            if taken:
                wrong = f"{taken} answers {cause} with {seen[taken, cause]} already"
                yield Finding(("errors", name, "causes", index), wrong, "give each cause one error of an API")
            seen |= {(api, cause): name for api in error.apis}


@_rule
def estimates_speak_of_every_plan(estimates: Estimates | None, plans: Mapping[str, Plan]) -> Iterator[Finding]:
    """Each class says something about each plan, even if that is `not_offered` or `unknown`."""
    for name, entry in estimates.classes.items() if estimates else ():
        for plan in plans.keys() - entry.requests_per_month.keys():
            loc = ("estimates", "classes", name, "requests_per_month")
            yield Finding(loc, f"says nothing of the plan {plan}", "write a range, not_offered or unknown")


@_rule
def published_paths_are_owned(site: Site, discovery: Discovery) -> Iterator[Finding]:
    """Every path of a document is unique and belongs to this build."""
    seen: dict[str, Loc] = {}
    for loc, path in document_paths(discovery):
        if not owned(site, path):
            yield Finding(loc, f"'{path}' is not among the paths that this build owns", "add it to owns in site.yaml")
        if path in seen:
            yield Finding(
                loc,
                f"'{path}' stands at {member_path(seen[path])} too",
                "give each document its own path",
            )
        seen.setdefault(path, loc)


def owned(site: Site, path: str) -> bool:
    """Tell whether the build publishes `path`."""
    return within((*site.owns, *site.stand_alone), path)


def within(paths: Iterable[str], path: str) -> bool:
    """Tell whether `path` is among others, or in a tree of theirs. The root is a page, not the tree of everything."""
    return any(path == own or (own.endswith("/") and own != "/" and path.startswith(own)) for own in paths)


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


@_rule
def the_security_contact_holds(discovery: Discovery, day: date) -> Iterator[Finding]:
    """The file is where RFC 9116 section 3 wants it, and neither over nor valid for more than a year (2.5.5)."""
    if not (security := discovery.security):
        return
    if security.document.path != SECURITY:
        wrong = f"'{security.document.path}' is not where readers look"
        yield Finding(("discovery", "security", "document", "path"), wrong, f"write {SECURITY}")
    loc = ("discovery", "security", "expires")
    if security.expires <= day:
        yield Finding(loc, f"{security.expires} is over on {day}", "check the contact, and write a later day")
    elif (security.expires - day).days > 366:
        yield Finding(loc, f"{security.expires} is more than a year ahead", "write a day within a year")


@_rule
def discovery_values_fit_their_specifications(discovery: Discovery, apis: Mapping[str, Api]) -> Iterator[Finding]:
    """What the specifications demand beyond the type of a value."""
    login = discovery.account_login
    if login and "RS256" not in login.id_token_signing_algorithms:
        loc = ("discovery", "account_login", "id_token_signing_algorithms")
        yield Finding(loc, "RS256 is missing", "add it, OpenID Connect Discovery 1.0 section 3 demands it")
    for name, skill in discovery.skills.items():
        if not skill.path.endswith(f"/{name}/SKILL.md"):
            right = f"let it end in /{name}/SKILL.md, Agent Skills name the folder after the skill"
            yield Finding(("discovery", "skills", name, "path"), f"'{skill.path}' does not name the skill", right)
        if skill.template == "mcp" and not discovery.mcp:
            wrong, right = "there is no MCP server to connect to", "describe it as mcp, or remove the skill"
            yield Finding(("discovery", "skills", name, "template"), wrong, right)
    if discovery.data and not discovery.data.catalog.path.endswith(f".v{CATALOG_VERSION}.json"):
        wrong = f"'{discovery.data.catalog.path}' does not name the version of its shape"
        yield Finding(("discovery", "data", "catalog", "path"), wrong, f"let it end in .v{CATALOG_VERSION}.json")
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


@_rule
def departures_are_ours(site: Site) -> Iterator[Finding]:
    """What moved or is gone was ours, and no path is both."""
    stated: list[tuple[Loc, str, bool]] = [(("site", "moved", path), path, True) for path in site.moved]
    stated += [(("site", "gone", index), path, False) for index, path in enumerate(site.gone)]
    seen: dict[str, Loc] = {}
    for loc, path, key in stated:
        if path in seen:
            yield Finding(loc, f"'{path}' stands at {member_path(seen[path])} too", "keep one of the two", key=key)
        seen.setdefault(path, loc)
        if not owned(site, path):
            right = "add it to owns or stand_alone"
            yield Finding(loc, f"'{path}' is not among the paths that this build owns", right, key=key)
    for path, target in site.moved.items():
        if target.count("*") > path.count("*"):
            right = f"write at most {path.count('*')}, each stands for what the same one in the path does"
            yield Finding(("site", "moved", path), f"'{target}' has more * than '{path}'", right)


@_rule
def pages_are_published(site: Site) -> Iterator[Finding]:
    """Every folder belongs to this build, every page has a section, and some page is released."""
    released = False
    for name, page in site.pages.items():
        around = [s for s in site.sections.values() if s.folder is None or page.source.startswith(s.folder + "/")]
        released |= bool(around) and max(around, key=lambda section: len(section.folder or "")).released
        if not around:
            source = ("site", "pages", name, "source")
            yield Finding(
                source, f"'{page.source}' lies in no section", "add a section for its folder, or one without a folder"
            )
    if not released:
        yield Finding(("site", "pages"), "a release would have no page", "list one in a section that is released")
    places = [(("site", "sections", name, "path"), section.path) for name, section in site.sections.items()]
    for loc, path in [*places, (("site", "snippets"), site.snippets), (("site", "assets"), site.assets)]:
        if not path.endswith("/"):
            yield Finding(loc, f"'{path}' is not a folder", "let it end in a slash")
        elif not owned(site, path):
            yield Finding(loc, f"'{path}' is not among the paths that this build owns", "add it to owns or stand_alone")
