"""Metadata of the account login and of protected resources, as five OAuth and MCP clients read them.

None of them checks everything: Authlib checks required members, oauth4webapi and openid-client that issuer and resource
are those that were asked for, the two MCP clients each in part. Metadata of resources is read by those on Node only:
mcp for Python wants `authorization_servers` there, which RFC 9728 leaves optional and an API key has none of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oidc.discovery import OpenIDProviderMetadata
from mcp.shared.auth import OAuthMetadata
from pydantic import ValidationError

from site_tests.consumers import node

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdocs.schema.login import AccountLogin

    from site_tests.consumers.published import Published


def _login(published: Published) -> AccountLogin:
    login = published.facts.discovery.account_login
    assert login is not None
    return login


def _resources(published: Published) -> dict[str, str]:
    """Name each protected resource of the origin, with the path of its metadata."""
    entry = published.facts.discovery.protected_resource
    assert entry is not None
    origin = published.origin
    names = [origin, *(api.base_url for api in published.facts.apis.values() if api.base_url.startswith(origin + "/"))]
    return {name: entry.path + name.removeprefix(origin) for name in names}


def _discover(published: Published) -> Any:  # noqa: ANN401
    return node.verdicts("oauth", published.origin, published.address, *_resources(published))


@pytest.mark.program("consumers")
def test_node_clients_accept_every_document_and_find_no_withheld_one(published: Published) -> None:
    discovered = _discover(published)
    login = published.facts.discovery.account_login
    paths = {login.oauth.path, login.openid.path} if login else set()
    assert set(discovered["read"]) == {*_resources(published).values(), *paths}
    for verdicts in discovered["verdicts"].values():
        for what, verdict in verdicts.items():
            if what in _resources(published):
                assert verdict["accepted"]["resource"] == what
                assert "authorization_servers" not in verdict["accepted"]
            elif login:
                assert verdict["accepted"]["issuer"] == published.origin
            else:
                assert "status code" in verdict["refused"] or verdict["refused"] == "nothing found"


def _elsewhere(name: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:  # noqa: ANN401
        document[name] = "https://elsewhere.invalid"

    return change


def _without(name: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:  # noqa: ANN401
        del document[name]

    return change


@pytest.mark.program("consumers")
@pytest.mark.parametrize(
    ("kind", "change", "refusals"),
    [
        (
            "oauth2",
            _elsewhere("issuer"),
            {
                "oauth4webapi": '"response" body "issuer" property does not match the expected value',
                "openid-client": "discovered metadata issuer does not match the expected issuer",
                "@modelcontextprotocol/client": "Issuer mismatch in authorization server metadata (RFC 8414 §3.3)",
            },
        ),
        ("oauth2", _without("token_endpoint"), {"@modelcontextprotocol/client": "token_endpoint"}),
        (
            "oidc",
            _elsewhere("issuer"),
            {
                "oauth4webapi": '"response" body "issuer" property does not match the expected value',
                "openid-client": "discovered metadata issuer does not match the expected issuer",
            },
        ),
    ],
)
def test_node_clients_refuse_a_broken_login(
    kind: str, change: Callable[[Any], object], refusals: dict[str, str], published_preview: Published
) -> None:
    login = _login(published_preview)
    path = {"oauth2": login.oauth.path, "oidc": login.openid.path}[kind]
    with published_preview.altered(path, change) as broken:
        verdicts = _discover(broken)["verdicts"]
    for consumer, message in refusals.items():
        assert message in verdicts[consumer][kind]["refused"]


@pytest.mark.program("consumers")
@pytest.mark.parametrize(
    ("change", "refusals"),
    [
        (
            _elsewhere("resource"),
            {"oauth4webapi": '"response" body "resource" property does not match the expected value'},
        ),
        (
            _without("resource"),
            {
                "oauth4webapi": '"response" body "resource" property must be a string',
                "@modelcontextprotocol/client": "resource",
            },
        ),
    ],
)
def test_node_clients_refuse_a_broken_resource(
    change: Callable[[Any], object], refusals: dict[str, str], published: Published
) -> None:
    for resource, path in _resources(published).items():
        with published.altered(path, change) as broken:
            verdicts = _discover(broken)["verdicts"]
        for consumer, message in refusals.items():
            assert message in verdicts[consumer][resource]["refused"]


def test_python_clients_accept_the_login(published_preview: Published) -> None:
    login = _login(published_preview)
    for entry, metadata in ((login.oauth, AuthorizationServerMetadata), (login.openid, OpenIDProviderMetadata)):
        document = published_preview.document(entry.path)
        metadata(document).validate()
        assert str(OAuthMetadata.model_validate(document).issuer).rstrip("/") == published_preview.origin


@pytest.mark.parametrize("name", ["issuer", "authorization_endpoint", "token_endpoint"])
def test_python_clients_refuse_a_login_without_a_member(name: str, published_preview: Published) -> None:
    path = _login(published_preview).oauth.path
    with published_preview.altered(path, _without(name)) as broken:
        document = broken.document(path)
    with pytest.raises(ValueError, match=f'"{name}" is required'):
        AuthorizationServerMetadata(document).validate()
    with pytest.raises(ValidationError, match=name):
        OAuthMetadata.model_validate(document)


@pytest.mark.parametrize("name", ["jwks_uri", "subject_types_supported", "id_token_signing_alg_values_supported"])
def test_authlib_refuses_an_openid_provider_without_a_member(name: str, published_preview: Published) -> None:
    path = _login(published_preview).openid.path
    with (
        published_preview.altered(path, _without(name)) as broken,
        pytest.raises(ValueError, match=f'"{name}" is required'),
    ):
        OpenIDProviderMetadata(broken.document(path)).validate()
