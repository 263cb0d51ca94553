"""A real login: whatever RFC 8414 and OpenID Connect Discovery register can be written down, and is then published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.schema.login import AccountLogin, Registered

from site_tests import schemas
from site_tests.changes import change, data, description, document, problems
from site_tests.projects import rendered

if TYPE_CHECKING:
    from pathlib import Path

ORIGIN = "https://exempla.ai"
OAUTH, OPENID = "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"
RESOURCE = "/.well-known/oauth-protected-resource"
CONFIRMED = {"source": f"{ORIGIN}/docs/login/", "checked": "2026-11-22", "confidence": "vendor_page"}
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
WHOLE: dict[str, Any] = {
    "issuer": ORIGIN,
    **{
        f"{name}_endpoint": f"{ORIGIN}/oauth/{name}"
        for name in (
            "authorization", "token", "registration", "revocation", "introspection", "device_authorization", "userinfo",
            "end_session", "pushed_authorization_request",
        )
    },
    "jwks_uri": f"{ORIGIN}/oauth/jwks",
    "check_session_iframe": f"{ORIGIN}/oauth/session",
    "scopes": ["openid", "offline_access", "read:models", f"{ORIGIN}/all"],
    "response_types": ["code", "code id_token"],
    "response_modes": ["query", "form_post"],
    "grant_types": ["authorization_code", "refresh_token", DEVICE],
    "token_endpoint_auth_methods": ["none", "private_key_jwt"],
    "token_endpoint_auth_signing_algorithms": ["RS256", "ES256"],
    "revocation_endpoint_auth_methods": ["none"],
    "revocation_endpoint_auth_signing_algorithms": ["RS256"],
    "introspection_endpoint_auth_methods": ["client_secret_basic"],
    "introspection_endpoint_auth_signing_algorithms": ["RS256"],
    "code_challenge_methods": ["S256"],
    "ui_locales": ["en", "de-AT"],
    "authorization_details_types": ["payment"],
    "dpop_signing_algorithms": ["ES256"],
    "introspection_signing_algorithms": ["RS256"],
    "introspection_encryption_algorithms": ["ECDH-ES+A128KW"],
    "introspection_encryption_methods": ["A128CBC-HS256"],
    "mtls_endpoint_aliases": {"token_endpoint": "https://mtls.exempla.ai/token"},
    "subject_types": ["public", "pairwise"],
    "acr_values": ["urn:mace:incommon:iap:silver"],
    "displays": ["page"],
    "claim_types": ["normal"],
    "claims": ["sub", "email", f"{ORIGIN}/plan"],
    "claims_locales": ["en"],
    "prompts": ["none", "login"],
    **{
        f"{name}_{kind}": values
        for name in ("id_token", "userinfo", "request_object")
        for kind, values in (
            ("signing_algorithms", ["RS256"]),
            ("encryption_algorithms", ["RSA-OAEP"]),
            ("encryption_methods", ["A256GCM"]),
        )
    },
    **dict.fromkeys(
        (
            "require_pushed_authorization_requests", "require_signed_request_object",
            "authorization_response_iss_parameter", "tls_client_certificate_bound_access_tokens",
            "client_id_metadata_documents", "claims_parameter", "request_parameter", "request_uri_parameter",
            "require_request_uri_registration", "frontchannel_logout", "frontchannel_logout_session",
            "backchannel_logout", "backchannel_logout_session",
        ),
        True,
    ),
    "provenance": CONFIRMED,
}  # fmt: skip
"""A login of which every member is known."""


REAL = {name: WHOLE[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "provenance")}
"""A login of which as little is known as there can be."""


def _registered() -> dict[str, Registered]:
    """Give the registered name of every member that is published as it is written down."""
    fields = AccountLogin.model_fields.items()
    return {name: mark for name, field in fields for mark in field.metadata if isinstance(mark, Registered)}


def test_every_member_of_a_login_is_published_under_its_registered_name_and_follows_the_specifications(
    project: Path,
) -> None:
    assert WHOLE.keys() == _registered().keys() | {"issuer", "provenance"}
    change(project, "discovery.yaml", "account_login", **WHOLE)
    rendering = rendered(project, release=True)
    assert {"oauth-authorization-server", "openid-configuration"} <= schemas.check(rendering.documents)
    oauth, openid = document(rendering, OAUTH), document(rendering, OPENID)
    assert (oauth["issuer"], openid["issuer"]) == (ORIGIN, ORIGIN)
    for name, registered in _registered().items():
        assert openid[registered.name] == WHOLE[name], name
        assert (registered.name in oauth) != registered.openid, name


def test_what_is_left_out_is_not_published_and_the_issuer_is_then_the_origin(project: Path) -> None:
    change(project, "discovery.yaml", "account_login", **REAL)
    rendering = rendered(project, release=True)
    openid, login = document(rendering, OPENID), rendering.facts.discovery.account_login
    assert login is not None
    stated = {mark.name for name, mark in _registered().items() if getattr(login, name) is not None}
    derived = {"issuer", "service_documentation", "op_policy_uri", "op_tos_uri", "request_uri_parameter_supported"}
    assert openid.keys() == stated | derived
    assert (openid["issuer"], openid["request_uri_parameter_supported"]) == (ORIGIN, False)


def test_an_issuer_may_end_in_a_slash_or_have_a_path_if_its_documents_lie_where_clients_look(project: Path) -> None:
    change(project, "discovery.yaml", "account_login", issuer=f"{ORIGIN}/", **REAL)
    assert document(rendered(project, release=True), OAUTH)["issuer"] == f"{ORIGIN}/"
    change(project, "discovery.yaml", "account_login", issuer=f"{ORIGIN}/login")
    at = f"'{OAUTH}' is not where clients of the issuer {ORIGIN}/login look"
    assert f"account_login.oauth.path: {at}; write {OAUTH}/login" in problems(project)
    change(project, "site.yaml", owns=["/docs/", "/.well-known/", "/login/", "/llms.txt", "/llms-full.txt"])
    change(project, "discovery.yaml", "account_login", "oauth", path=f"{OAUTH}/login")
    change(project, "discovery.yaml", "account_login", "openid", path=f"/login{OPENID}")
    assert document(rendered(project, release=True), f"/login{OPENID}")["issuer"] == f"{ORIGIN}/login"


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "an issuer elsewhere": (
        {"issuer": "https://login.exempla.ai"},
        f"issuer: https://login.exempla.ai is not on {ORIGIN}, and its metadata is its own to publish (RFC 8414",
    ),
    "an issuer with a query": ({"issuer": f"{ORIGIN}?tenant=1"}, f"issuer: '{ORIGIN}?tenant=1' has a query"),
    "a scope with a blank": ({"scopes": ["openid email"]}, "scopes[0]: 'openid email' is not a scope"),
    "no scope of OpenID Connect": ({"scopes": ["email"]}, "scopes: openid is missing"),
    "a scope twice": ({"scopes": ["openid", "openid"]}, "scopes: openid appears here twice"),
    "an empty list": ({"claims": []}, "claims: is an empty list"),
    "no URL": ({"userinfo_endpoint": "/userinfo"}, "userinfo_endpoint: '/userinfo' is not a URL with https"),
    "no such member": ({"userinfo": f"{ORIGIN}/me"}, "userinfo: is not a member here; did you mean userinfo_endpoint?"),
    "no response type": ({"response_types": ["code x"]}, "response_types[0]: 'code x' is not a response type"),
    "a grant without its endpoint": (
        {"grant_types": ["authorization_code", DEVICE]},
        "grant_types: the device code has no device_authorization_endpoint",
    ),
    "an endpoint without its grant": (
        {"device_authorization_endpoint": f"{ORIGIN}/device"},
        f"device_authorization_endpoint: {DEVICE} is not among grant_types",
    ),
    "a code without its response": (
        {"response_types": ["id_token"]},
        "response_types: none contains code, and grant_types has authorization_code",
    ),
    "signed requests without algorithms": (
        {"token_endpoint_auth_methods": ["private_key_jwt"]},
        "token_endpoint_auth_methods: token_endpoint_auth_signing_algorithms is missing",
    ),
    "an unsigned signature": (
        {"token_endpoint_auth_signing_algorithms": ["none"]},
        "token_endpoint_auth_signing_algorithms: none is no signature",
    ),
    "methods of nothing": (
        {"revocation_endpoint_auth_methods": ["none"]},
        "revocation_endpoint_auth_methods: there is no revocation_endpoint",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_login_that_clients_would_refuse_is_refused_with_its_member(name: str, project: Path) -> None:
    members, problem = MISTAKES[name]
    change(project, "discovery.yaml", "account_login", **members)
    found = problems(project)
    assert [line for line in found if line.startswith(f"account_login.{problem}")], found
    assert len(found) == 1, found


TOKENS = {"issuers": [ORIGIN], "scopes": ["openid", "read:account"], "provenance": CONFIRMED}


def test_a_resource_names_its_issuers_only_where_tokens_are_confirmed_for_it(project: Path) -> None:
    change(project, "discovery.yaml", "account_login", **REAL)
    change(project, "discovery.yaml", "protected_resource", tokens=TOKENS)
    rendering = rendered(project, release=True)
    schemas.check(rendering.documents)
    root, agents = document(rendering, RESOURCE), document(rendering, f"{RESOURCE}/api/v1/agents")
    assert (root["authorization_servers"], root["scopes_supported"]) == (TOKENS["issuers"], TOKENS["scopes"])
    assert not {"authorization_servers", "scopes_supported"} & agents.keys()
    assert document(rendering, OAUTH)["protected_resources"] == [ORIGIN]
    assert "oken" not in str(description(rendering, "agents")["components"]["securitySchemes"])


def test_an_api_that_takes_tokens_beside_its_key_says_so_everywhere(project: Path) -> None:
    issuer = "https://login.exempla.ai"
    change(project, "apis.yaml", "agents", tokens={**TOKENS, "issuers": [issuer]})
    rendering = rendered(project, release=True)
    assert document(rendering, f"{RESOURCE}/api/v1/agents")["authorization_servers"] == [issuer]
    assert "authorization_servers" not in document(rendering, RESOURCE)
    described = description(rendering, "agents")
    assert issuer in described["components"]["securitySchemes"]["agents_token"]["description"]
    chat = next(item["post"] for item in described["paths"].values() if "post" in item)
    assert chat["security"] == [{"chat_agent": []}, {"agents_token": []}]
    apis = {api["id"]: api for api in data(rendering)["apis"]}
    assert (apis["agents"]["token_issuers"], apis["inference"]["token_issuers"]) == ([issuer], [])
    assert f"takes tokens of `{issuer}` too." in rendering.pages["agents/discovery.md"].markdown


UNSURE = {"checked": "2026-11-22", "confidence": "inferred"}


@pytest.mark.parametrize(
    ("file", "place", "tokens", "problem"),
    [
        ("discovery.yaml", ("protected_resource",), {"provenance": UNSURE}, "is only inferred, and sends people"),
        ("apis.yaml", ("agents",), {"provenance": UNSURE}, "is only inferred, and sends people"),
        ("apis.yaml", ("inference",), {}, "its metadata is that of https://api.exempla.ai"),
        ("discovery.yaml", ("protected_resource",), {"issuers": [f"{ORIGIN}/other"]}, "no login here has this issuer"),
    ],
    ids=["unsure origin", "unsure API", "API elsewhere", "no such login"],
)  # fmt: skip
def test_tokens_that_nobody_confirmed_or_could_find_are_refused(
    file: str, place: tuple[str, ...], tokens: dict[str, Any], problem: str, project: Path
) -> None:
    change(project, file, *place, tokens={**TOKENS, **tokens})
    (found,) = problems(project)
    assert problem in found
    assert found.startswith(f"{place[0]}.tokens")


def test_tokens_of_a_login_that_is_only_assumed_are_in_no_release(project: Path) -> None:
    change(project, "discovery.yaml", "protected_resource", tokens=TOKENS)
    assert document(rendered(project), RESOURCE)["authorization_servers"] == [ORIGIN]
    assert "authorization_servers" not in document(rendered(project, release=True), RESOURCE)
