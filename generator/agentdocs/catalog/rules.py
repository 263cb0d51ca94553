"""Rules between the facts of a catalog, which no single file can keep.

A rule is a generator of findings. The names of its parameters say which members of the catalog it reads; where
one of them is broken, the rule waits until it is mended. `files`, `day` and `members` are not members: the YAML
files, the day for which models are compared, and all members that are sound.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from agentdocs.catalog.folder import model_file
from agentdocs.catalog.keys import REAL_KEY, REVOKE, KeyFinder
from agentdocs.catalog.source import member_path
from agentdocs.schema.base import groups
from agentdocs.schema.client import KEY
from agentdocs.schema.discovery import CATALOG_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentdocs.catalog.source import SourceFile
    from agentdocs.errors import Loc
    from agentdocs.schema import Facts
    from agentdocs.schema.access import Api, Billing, Key
    from agentdocs.schema.client import Client
    from agentdocs.schema.discovery import Discovery
    from agentdocs.schema.error import ApiError
    from agentdocs.schema.limit import Limit
    from agentdocs.schema.login import AccountLogin, TokenAccess
    from agentdocs.schema.model import Author, Model, Recommendations
    from agentdocs.schema.plan import Estimates, Plan
    from agentdocs.schema.protocol import Protocol
    from agentdocs.schema.site import Site

SECURITY = "/.well-known/security.txt"
OAUTH_SERVER = "/.well-known/oauth-authorization-server"
OPENID_CONFIGURATION = "/.well-known/openid-configuration"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"

_SECOND_VERSION = "publish version 2: let the path of data.catalog in discovery.yaml end in .v2.json"


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


Rule = Callable[..., Iterator[Finding]]
RULES: list[Rule] = []
"""What holds of every catalog, and of what a release leaves of it."""


def _rule(check: Rule) -> Rule:
    RULES.append(check)
    return check


def findings(
    members: Mapping[str, Any], files: Mapping[Loc, SourceFile], day: date | None, rules: Iterable[Rule] = RULES
) -> Iterator[Finding]:
    """Run each of some rules whose members are sound."""
    available = {**members, "files": files, "day": day or newest_check(members), "members": members}
    for check in rules:
        wanted = inspect.signature(check).parameters
        if wanted.keys() <= available.keys():
            yield from check(**{name: available[name] for name in wanted})


def newest_check(members: Mapping[str, Any] | Facts) -> date:
    """Give the newest day on which any fact was compared with its source."""

    checked = (provenance.checked for _, _, provenance in groups(members) if provenance)
    return max(checked, default=date.min)


@_rule
def no_real_keys(files: Mapping[Loc, SourceFile]) -> Iterator[Finding]:
    """No file, not even a comment in it, contains what could be a real key."""
    finder = KeyFinder.of(files)
    for owner, file in {file.name: (owner, file) for owner, file in files.items()}.values():
        for found in finder.find(file.text):
            yield Finding(owner, REAL_KEY, REVOKE, position=(found.line, found.column))


@_rule
def model_paths_are_ids(models: Mapping[str, Model]) -> Iterator[Finding]:
    """A model's file, or its entry in the file of everything, is named after its id."""
    for path, model in models.items():
        if model.id != path:
            wrong = f"'{model.id}' is not the id under which this model stands"
            right = f"write {path}, or move the model to {model_file(model.id)}"
            yield Finding(("models", path, "id"), wrong, right)


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
        longest, window = model.known.max_output, model.context_window
        if isinstance(longest, int) and isinstance(window, int) and longest > window:
            right = f"write at most {window}"
            yield Finding(
                ("models", path, "capabilities", "max_output"),
                f"{longest} is more than the context window",
                right,
            )


@_rule
def replacements_live(models: Mapping[str, Model], day: date) -> Iterator[Finding]:
    """A model is replaced by another one that is not retired."""
    for path, model in models.items():
        successor = model.life.replaced_by
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
        if model and model.for_agents is not True:
            yield Finding(
                loc,
                f"'{name}' is not available to agents",
                "recommend a model whose agents.available is true",
            )
        elif model and model.status(day) != "available":
            yield Finding(loc, f"'{name}' is {model.status(day)} on {day}", "recommend a model that is available")


@_rule
def examples_work_with_every_client(
    recommendations: Recommendations, models: Mapping[str, Model], clients: Mapping[str, Client]
) -> Iterator[Finding]:
    """Each client can use the model for which pages set it up."""
    model = models.get(recommendations.default)
    for name, client in clients.items():
        if model and model.for_agents is True and not client.takes(model.context_window):
            wrong = f"{client.minimum_context_window:,} tokens are more than {model.id} has ({model.context_window:,})"
            right = "recommend as default a model that every client can use, or compare this with what the client says"
            yield Finding(("clients", name, "minimum_context_window"), wrong, right)


@_rule
def keys_open_their_own_api(apis: Mapping[str, Api], keys: Mapping[str, Key]) -> Iterator[Finding]:
    """API and key name each other, so that no prefix ends up beside the other product's base URL."""
    for name, api in apis.items():
        key = keys.get(api.key)
        if key and key.opens != name:
            what = f"the prefix {key.beginning}" if key.beginning else f"the key {api.key}"
            wrong = f"{what} would stand beside {api.base_url}"
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
    priced = [name for name, model in models.items() if model.price_history]
    if billing.prepaid is None and priced:
        wrong = "is missing, and models have prices"
        yield Finding(("billing", "prepaid"), wrong, "add it with the currency of the prices, or remove the prices")
    if billing.prepaid == "unknown":
        for name in priced:
            wrong = "is a price, and billing.yaml leaves unknown in which currency and for how many tokens"
            yield Finding(("models", name, "prices"), wrong, "write unknown, or say there what prepaid is")


@_rule
def access_values_are_unique(apis: Mapping[str, Api], keys: Mapping[str, Key]) -> Iterator[Finding]:
    """No two APIs share a base URL, and no two keys a prefix or a variable."""
    seen: dict[str, Loc] = {}
    values: list[tuple[Loc, str]] = []
    for name, api in apis.items():
        values.append((("apis", name, "base_url"), api.base_url))
        values += [(("apis", name, "legacy_base_urls", i), url) for i, url in enumerate(api.legacy_base_urls)]
    for name, key in keys.items():
        values += [(("keys", name, "prefix"), key.prefix)] if key.beginning else []
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
            if api in [*error.apis][:index]:
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
def details_are_of_listed_parameters(protocol: Protocol) -> Iterator[Finding]:
    """Nothing is said of a parameter that the provider does not list."""
    for name in protocol.chat.details:
        if name not in protocol.chat.parameters:
            loc = ("protocol", "chat", "details", name)
            yield Finding(loc, f"'{name}' is not in parameters", "list it there, or remove its details", key=True)


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
def the_login_is_published_where_clients_look(discovery: Discovery, site: Site) -> Iterator[Finding]:
    """Metadata lies where its issuer says (RFC 8414 section 3.1, OpenID Connect Discovery 1.0 section 4.1)."""
    if not (login := discovery.account_login):
        return
    issuer = (login.issuer or site.origin).rstrip("/")
    path = issuer.removeprefix(site.origin)
    if path == issuer or (path and not path.startswith("/")):
        wrong = f"{login.issuer} is not on {site.origin}, and its metadata is its own to publish (RFC 8414 section 3.3)"
        right = "remove account_login, and name the issuer in the tokens of the resources that take them"
        yield Finding(("discovery", "account_login", "issuer"), wrong, right)
        return
    places = {"oauth": f"{OAUTH_SERVER}{path}", "openid": f"{path}{OPENID_CONFIGURATION}"}
    for name, place in places.items():
        if (found := getattr(login, name).path) != place:
            wrong = f"'{found}' is not where clients of the issuer {issuer} look"
            yield Finding(("discovery", "account_login", name, "path"), wrong, f"write {place}")


@_rule
def the_login_fits_its_specifications(discovery: Discovery) -> Iterator[Finding]:
    """What RFC 8414, OpenID Connect Discovery 1.0 and RFC 8628 demand beyond the type of a value."""
    if login := discovery.account_login:
        for member, wrong, right in _login_mistakes(login):
            yield Finding(("discovery", "account_login", member), wrong, right)


def _login_mistakes(login: AccountLogin) -> Iterator[tuple[str, str, str]]:
    if "RS256" not in login.id_token_signing_algorithms:
        right = "add it, OpenID Connect Discovery 1.0 section 3 demands it"
        yield "id_token_signing_algorithms", "RS256 is missing", right
    if login.scopes and "openid" not in login.scopes:
        yield "scopes", "openid is missing", "add it, OpenID Connect Discovery 1.0 section 3 demands it"
    if "authorization_code" in login.grant_types and not any("code" in kind.split() for kind in login.response_types):
        wrong = "none contains code, and grant_types has authorization_code"
        yield "response_types", wrong, "add code, or remove that grant type"
    if DEVICE_CODE in login.grant_types and not login.device_authorization_endpoint:
        wrong = "the device code has no device_authorization_endpoint"
        yield "grant_types", wrong, "add that endpoint, or remove the grant type"
    if login.device_authorization_endpoint and DEVICE_CODE not in login.grant_types:
        wrong = f"{DEVICE_CODE} is not among grant_types"
        yield "device_authorization_endpoint", wrong, "add it there, or remove the endpoint"
    for endpoint in ("token_endpoint", "revocation_endpoint", "introspection_endpoint"):
        methods, signing = f"{endpoint}_auth_methods", f"{endpoint}_auth_signing_algorithms"
        for member in (methods, signing):
            if getattr(login, member) and not getattr(login, endpoint):
                yield member, f"there is no {endpoint}", "add the endpoint, or remove this"
        signed = {"private_key_jwt", "client_secret_jwt"} & {*(getattr(login, methods) or ())}
        if signed and not getattr(login, signing):
            yield methods, f"{signing} is missing", "add them, RFC 8414 section 2 demands them for signed JWTs"
        if "none" in (getattr(login, signing) or ()):
            yield signing, "none is no signature", "remove it, RFC 8414 section 2 forbids it"


@_rule
def tokens_are_confirmed_and_can_be_found(
    discovery: Discovery, apis: Mapping[str, Api], site: Site
) -> Iterator[Finding]:
    """Nobody is sent to sign in for a resource unless its owner says that this opens it, and who issues what for it."""
    login, entry = discovery.account_login, discovery.protected_resource
    found: dict[Loc, TokenAccess | None] = {
        ("discovery", "protected_resource", "tokens"): entry.tokens if entry else None,
        **{("apis", name, "tokens"): api.tokens for name, api in apis.items()},
    }
    for name, api in apis.items():
        if api.tokens and not api.base_url.startswith(site.origin + "/"):
            wrong = (
                f"its metadata is that of {'/'.join(api.base_url.split('/')[:3])}, which this build does not publish"
            )
            yield Finding(("apis", name, "tokens"), wrong, "remove them here, and let that host state them", key=True)
            del found["apis", name, "tokens"]
    for loc, tokens in found.items():
        if tokens and not tokens.provenance.confirmed:
            wrong = f"is only {tokens.provenance.confidence}, and sends people to sign in"
            yield Finding((*loc, "provenance", "confidence"), wrong, "have the owner confirm it, or remove the tokens")
        for index, issuer in enumerate(tokens.issuers if tokens else ()):
            here = issuer.rstrip("/") == site.origin or issuer.startswith(site.origin + "/")
            if here and not (login and issuer == (login.issuer or site.origin)):
                wrong = f"no login here has this issuer: {issuer}"
                right = "describe it as account_login in discovery.yaml, with this issuer"
                yield Finding((*loc, "issuers", index), wrong, right)


@_rule
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


@_rule
def the_data_have_words_for_keys(discovery: Discovery, keys: Mapping[str, Key]) -> Iterator[Finding]:
    """Version 1 of the data tells how every key begins."""
    for name, key in keys.items() if discovery.data and discovery.data.version == 1 else ():
        if not key.beginning:
            wrong = f"version 1 of the data tells how keys begin, and has no word for {key.prefix}"
            yield Finding(("keys", name, "prefix"), wrong, _SECOND_VERSION)


@_rule
def the_data_have_words_for_models(
    discovery: Discovery, models: Mapping[str, Model], authors: Mapping[str, Author], files: Mapping[Loc, SourceFile]
) -> Iterator[Finding]:
    """Version 1 of the data promises what not every provider can say. A broken author is still an author."""
    named = authors.keys() | (files[("authors",)].data.keys() if ("authors",) in files else set())
    if not discovery.data or discovery.data.version != 1:
        return
    for name, model in models.items():
        if not model.author_among(named):
            wrong = f"'{name}' has no author, of which version 1 of the data tells the name"
            yield Finding(("models", name, "id"), wrong, f"add the author to authors.yaml, or {_SECOND_VERSION}")
        elif "/" not in name:
            wrong = f"'{name}' has no slash, and version 1 of the data promises author/name"
            yield Finding(("models", name, "id"), wrong, _SECOND_VERSION)
        if model.context_window == "unknown":
            wrong = "version 1 of the data tells a number of tokens, and has no word for unknown"
            yield Finding(("models", name, "context_window"), wrong, _SECOND_VERSION)


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
        around = site.sections_around(page.source)
        released |= bool(around) and around[0].released
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
