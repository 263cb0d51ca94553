"""The account login, with every member that RFC 8414 and OpenID Connect Discovery 1.0 register, and tokens from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from agentdocs.schema.base import SourcedGroup
from agentdocs.schema.document import Document
from agentdocs.schema.values import (
    Algorithm,
    Flag,
    GrantType,
    HttpsUrl,
    Issuer,
    LanguageTag,
    OAuthScope,
    ResponseType,
    Text,
    Token,
    refuse,
)

_T = TypeVar("_T")


def _each_once(items: tuple[_T, ...]) -> tuple[_T, ...]:
    for index, item in enumerate(items):
        if item in items[:index]:
            raise refuse(f"{item} appears here twice", "keep one of the two")
    return items


Listed = Annotated[tuple[_T, ...], Field(min_length=1), AfterValidator(_each_once)]
"""At least one, and each once: a member without any is left out (RFC 8414 section 3.2)."""


@dataclass(frozen=True)
class Registered:
    """The name under which a member is published (IANA: OAuth Authorization Server Metadata)."""

    name: str
    """The registered name."""
    openid: bool = False
    """Whether only the OpenID Connect document has it."""


class TokenAccess(SourcedGroup):
    """Tokens with which a resource can be used. Only what its owner confirms is stated: people sign in there."""

    issuers: Listed[Issuer]
    """Who issues them: this origin, if it describes an account login, or another one that publishes its own."""
    scopes: Listed[OAuthScope] | None = None
    """What a token can be for here; left out where that is not to be published."""


class AccountLogin(SourcedGroup):
    """OAuth 2.0 and OpenID Connect metadata of the account login. Chat agents do not use it.

    What is left out is not published. A login of another host has no place here: that host publishes its metadata.
    """

    purpose: Text
    """What the login is for, in the middle of a sentence."""
    issuer: Issuer | None = None
    """Who issues the tokens, exactly as they name it; left out where that is the origin."""

    authorization_endpoint: Annotated[HttpsUrl, Registered("authorization_endpoint")]
    """Where a browser is sent to sign in."""
    token_endpoint: Annotated[HttpsUrl, Registered("token_endpoint")]
    """Where a program exchanges its code for a token."""
    jwks_uri: Annotated[HttpsUrl, Registered("jwks_uri")]
    """Where the public keys are that verify ID tokens."""
    registration_endpoint: Annotated[HttpsUrl | None, Registered("registration_endpoint")] = None
    """Where a client registers itself (RFC 7591)."""
    revocation_endpoint: Annotated[HttpsUrl | None, Registered("revocation_endpoint")] = None
    """Where a client revokes a token (RFC 7009)."""
    introspection_endpoint: Annotated[HttpsUrl | None, Registered("introspection_endpoint")] = None
    """Where a resource asks about a token (RFC 7662)."""
    device_authorization_endpoint: Annotated[HttpsUrl | None, Registered("device_authorization_endpoint")] = None
    """Where a device without a browser begins (RFC 8628)."""
    pushed_authorization_request_endpoint: Annotated[
        HttpsUrl | None, Registered("pushed_authorization_request_endpoint")
    ] = None
    """Where a client hands in its request beforehand (RFC 9126)."""
    mtls_endpoint_aliases: Annotated[Mapping[Token, HttpsUrl] | None, Registered("mtls_endpoint_aliases")] = None
    """Other addresses of endpoints, by their names, for clients with a certificate (RFC 8705)."""

    scopes: Annotated[Listed[OAuthScope] | None, Registered("scopes_supported")] = None
    """What tokens can be for; with OpenID Connect `openid` is among them."""
    response_types: Annotated[Listed[ResponseType], Registered("response_types_supported")]
    """What the authorization endpoint can answer, such as `code`."""
    response_modes: Annotated[Listed[Token] | None, Registered("response_modes_supported")] = None
    """How that answer travels, such as `query`."""
    grant_types: Annotated[Listed[GrantType], Registered("grant_types_supported")]
    """What the token endpoint takes, such as `authorization_code`."""
    token_endpoint_auth_methods: Annotated[Listed[Token], Registered("token_endpoint_auth_methods_supported")]
    """How clients prove there who they are; `none` for public clients."""
    token_endpoint_auth_signing_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("token_endpoint_auth_signing_alg_values_supported")
    ] = None
    """For methods with a signed JWT, which need them."""
    revocation_endpoint_auth_methods: Annotated[
        Listed[Token] | None, Registered("revocation_endpoint_auth_methods_supported")
    ] = None
    """The same at the revocation endpoint."""
    revocation_endpoint_auth_signing_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("revocation_endpoint_auth_signing_alg_values_supported")
    ] = None
    """The same at the revocation endpoint."""
    introspection_endpoint_auth_methods: Annotated[
        Listed[Token] | None, Registered("introspection_endpoint_auth_methods_supported")
    ] = None
    """The same at the introspection endpoint."""
    introspection_endpoint_auth_signing_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("introspection_endpoint_auth_signing_alg_values_supported")
    ] = None
    """The same at the introspection endpoint."""
    introspection_signing_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("introspection_signing_alg_values_supported")
    ] = None
    """Of signed answers about tokens (RFC 9701)."""
    introspection_encryption_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("introspection_encryption_alg_values_supported")
    ] = None
    """Of encrypted answers about tokens: how the key is encrypted."""
    introspection_encryption_methods: Annotated[
        Listed[Algorithm] | None, Registered("introspection_encryption_enc_values_supported")
    ] = None
    """Of encrypted answers about tokens: how the content is encrypted."""
    code_challenge_methods: Annotated[Listed[Token], Registered("code_challenge_methods_supported")]
    """The methods of PKCE (RFC 7636)."""
    dpop_signing_algorithms: Annotated[Listed[Algorithm] | None, Registered("dpop_signing_alg_values_supported")] = None
    """Of proofs that a client holds a key (RFC 9449)."""
    authorization_details_types: Annotated[Listed[Text] | None, Registered("authorization_details_types_supported")] = (
        None
    )
    """Kinds of detailed request (RFC 9396)."""
    ui_locales: Annotated[Listed[LanguageTag] | None, Registered("ui_locales_supported")] = None
    """Languages of the pages on which people sign in."""
    require_pushed_authorization_requests: Annotated[
        Flag | None, Registered("require_pushed_authorization_requests")
    ] = None
    """Whether requests must be handed in beforehand (RFC 9126)."""
    require_signed_request_object: Annotated[Flag | None, Registered("require_signed_request_object")] = None
    """Whether requests must be signed (RFC 9101)."""
    authorization_response_iss_parameter: Annotated[
        Flag | None, Registered("authorization_response_iss_parameter_supported")
    ] = None
    """Whether answers name the issuer (RFC 9207)."""
    tls_client_certificate_bound_access_tokens: Annotated[
        Flag | None, Registered("tls_client_certificate_bound_access_tokens")
    ] = None
    """Whether tokens can be bound to a certificate (RFC 8705)."""
    client_id_metadata_documents: Annotated[Flag | None, Registered("client_id_metadata_document_supported")] = None
    """Whether a client may be named by the address of its metadata."""

    subject_types: Annotated[Listed[Token], Registered("subject_types_supported", openid=True)]
    """Whether all clients see the same name of a person: `public`, or `pairwise`."""
    id_token_signing_algorithms: Annotated[
        Listed[Algorithm], Registered("id_token_signing_alg_values_supported", openid=True)
    ]
    """Of ID tokens; RS256 must be among them."""
    id_token_encryption_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("id_token_encryption_alg_values_supported", openid=True)
    ] = None
    """Of ID tokens: how the key is encrypted."""
    id_token_encryption_methods: Annotated[
        Listed[Algorithm] | None, Registered("id_token_encryption_enc_values_supported", openid=True)
    ] = None
    """Of ID tokens: how the content is encrypted."""
    userinfo_endpoint: Annotated[HttpsUrl | None, Registered("userinfo_endpoint", openid=True)] = None
    """Where a client asks about the person."""
    userinfo_signing_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("userinfo_signing_alg_values_supported", openid=True)
    ] = None
    """Of that answer."""
    userinfo_encryption_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("userinfo_encryption_alg_values_supported", openid=True)
    ] = None
    """Of that answer: how the key is encrypted."""
    userinfo_encryption_methods: Annotated[
        Listed[Algorithm] | None, Registered("userinfo_encryption_enc_values_supported", openid=True)
    ] = None
    """Of that answer: how the content is encrypted."""
    request_object_signing_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("request_object_signing_alg_values_supported", openid=True)
    ] = None
    """Of signed requests."""
    request_object_encryption_algorithms: Annotated[
        Listed[Algorithm] | None, Registered("request_object_encryption_alg_values_supported", openid=True)
    ] = None
    """Of encrypted requests: how the key is encrypted."""
    request_object_encryption_methods: Annotated[
        Listed[Algorithm] | None, Registered("request_object_encryption_enc_values_supported", openid=True)
    ] = None
    """Of encrypted requests: how the content is encrypted."""
    claims: Annotated[Listed[Text] | None, Registered("claims_supported", openid=True)] = None
    """What a token may say about the person, such as `sub` and `email`."""
    claim_types: Annotated[Listed[Token] | None, Registered("claim_types_supported", openid=True)] = None
    """How it says so, such as `normal`."""
    claims_locales: Annotated[Listed[LanguageTag] | None, Registered("claims_locales_supported", openid=True)] = None
    """Languages in which it says so."""
    claims_parameter: Annotated[Flag | None, Registered("claims_parameter_supported", openid=True)] = None
    """Whether a request may name single claims."""
    acr_values: Annotated[Listed[Text] | None, Registered("acr_values_supported", openid=True)] = None
    """Degrees of certainty with which a person has signed in."""
    displays: Annotated[Listed[Token] | None, Registered("display_values_supported", openid=True)] = None
    """Forms of the sign-in page, such as `page`."""
    prompts: Annotated[Listed[Token] | None, Registered("prompt_values_supported", openid=True)] = None
    """What a request may ask the sign-in page to do, such as `login`."""
    request_parameter: Annotated[Flag | None, Registered("request_parameter_supported", openid=True)] = None
    """Whether a request may be a signed JWT."""
    request_uri_parameter: Annotated[Flag | None, Registered("request_uri_parameter_supported", openid=True)] = None
    """Whether a request may be the address of one; left out it is stated as `false`, since silence would mean yes."""
    require_request_uri_registration: Annotated[
        Flag | None, Registered("require_request_uri_registration", openid=True)
    ] = None
    """Whether such addresses must be registered."""
    end_session_endpoint: Annotated[HttpsUrl | None, Registered("end_session_endpoint", openid=True)] = None
    """Where a browser is sent to sign out."""
    check_session_iframe: Annotated[HttpsUrl | None, Registered("check_session_iframe", openid=True)] = None
    """The page with which a client notices that a person has signed out."""
    frontchannel_logout: Annotated[Flag | None, Registered("frontchannel_logout_supported", openid=True)] = None
    """Whether the browser tells clients that a person signs out."""
    frontchannel_logout_session: Annotated[
        Flag | None, Registered("frontchannel_logout_session_supported", openid=True)
    ] = None
    """Whether that names the session."""
    backchannel_logout: Annotated[Flag | None, Registered("backchannel_logout_supported", openid=True)] = None
    """Whether the provider tells the servers of clients that a person signs out."""
    backchannel_logout_session: Annotated[
        Flag | None, Registered("backchannel_logout_session_supported", openid=True)
    ] = None
    """Whether that names the session."""

    oauth: Document
    """The authorization server metadata (RFC 8414)."""
    openid: Document
    """The OpenID Connect document, with what the other one says and more."""
