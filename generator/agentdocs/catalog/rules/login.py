"""Rules of signing in: what OAuth 2.0 and OpenID Connect demand of metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.catalog.rules.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.errors import Loc
    from agentdocs.schema.access import Api
    from agentdocs.schema.discovery import Discovery
    from agentdocs.schema.login import AccountLogin, TokenAccess
    from agentdocs.schema.site import Site


OAUTH_SERVER = "/.well-known/oauth-authorization-server"
OPENID_CONFIGURATION = "/.well-known/openid-configuration"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


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
