"""What an owner confirms is published: every entrypoint of the discovery page, and OAuth clients take the login."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from agentdocs.mkdocs.build import build
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oidc.discovery import OpenIDProviderMetadata
from mcp.shared.auth import OAuthMetadata, ProtectedResourceMetadata

from site_tests.conftest import DAY, ROOT
from site_tests.consumers import node
from site_tests.consumers.published import Published
from site_tests.html import HtmlPage
from site_tests.projects import make_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _confirm(catalog: Path) -> None:
    """Put real-looking values in the place of everything that the shipped catalog only assumes."""
    discovery, site = (yaml.safe_load((catalog / f"{name}.yaml").read_text("utf-8")) for name in ("discovery", "site"))
    origin = site["origin"]
    confirmed = {"source": f"{origin}/docs/", "checked": DAY.isoformat(), "confidence": "vendor_page"}
    endpoints = ("authorization", "token", "userinfo", "registration", "revocation", "introspection", "end_session")
    discovery["account_login"] |= {
        "issuer": origin,
        **{f"{name}_endpoint": f"{origin}/oauth/{name}" for name in endpoints},
        "jwks_uri": f"{origin}/oauth/jwks.json",
        "scopes": ["openid", "profile", "email"],
        "claims": ["sub", "email"],
        "provenance": confirmed,
    }
    discovery["protected_resource"]["tokens"] = {"issuers": [origin], "scopes": ["openid"], "provenance": confirmed}
    discovery["mcp"] |= {"url": f"{origin}/mcp", "version": "1.4.2", "provenance": confirmed}
    site["repository"] |= {"url": "https://github.com/owner/agent-docs", "provenance": confirmed}
    for name, facts in (("discovery", discovery), ("site", site)):
        (catalog / f"{name}.yaml").write_text(json.dumps(facts, default=str), encoding="utf-8")


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The release of a copy of the shipped catalog in which nothing is assumed, with every service measured."""
    root = tmp_path_factory.mktemp("confirmed") / "project"
    shutil.copytree(ROOT / "catalog", root / "catalog")
    _confirm(root / "catalog")
    make_project(root)
    noon = f"{DAY.isoformat()}T12:00:00Z"
    git = ["git", "-C", str(root), "-c", "user.name=Test", "-c", "user.email=test@example.com"]
    dated = {**os.environ, "GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon}
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Confirm"]):
        subprocess.run([*git, *command], check=True, env=dated)
    services = yaml.safe_load((root / "catalog" / "discovery.yaml").read_text("utf-8"))["statuses"]
    probe = root / "probe.yaml"
    probe.write_text(json.dumps({name: {"status": "pass", "time": noon} for name in services}))
    folder = root.parent / "site"
    rendering = build(root, folder, release=True, day=DAY, probe=probe)
    with Published("release", rendering, folder).serving() as published:
        yield published


def _entrypoints(published: Published) -> list[str]:
    """List every document that the discovery page names."""
    discovery = published.facts.discovery
    login, mcp = discovery.account_login, discovery.mcp
    assert login is not None
    assert mcp is not None
    assert discovery.protected_resource is not None
    assert discovery.skills_index is not None
    return [
        *(entry.path for entry in (discovery.api_catalog, login.openid, login.oauth, discovery.protected_resource)),
        *(mcp.card.path, discovery.skills_index.path),
        *(service.path for service in discovery.services.values()),
        *(status.path for status in discovery.statuses.values()),
    ]


def test_whatever_is_confirmed_is_released_and_found_from_the_start(confirmed: Published) -> None:
    shipped = yaml.safe_load((ROOT / "catalog" / "discovery.yaml").read_text("utf-8"))
    paths = _entrypoints(confirmed)
    assert len(paths) == 6 + len(shipped["services"]) + len(shipped["statuses"])
    for path in paths:
        assert confirmed.get(path).status_code == 200, path
    assert confirmed.rendering.catalog.withheld == () or not [
        entry for entry in confirmed.rendering.catalog.withheld if "assumed" in entry.reason or "health" in entry.reason
    ]
    linkset = json.dumps(confirmed.document(paths[0]))
    for status in confirmed.facts.discovery.statuses.values():
        assert confirmed.document(status.path)["status"] == "pass"
        assert confirmed.origin + status.path in linkset
    link = dict(re.findall(r'<([^>]+)>; rel="([^"]+)"', confirmed.get("/").headers["link"]))
    assert link[paths[0]] == "api-catalog"
    assert [path for path, relation in link.items() if relation == "service-desc"] == [
        service.path for service in confirmed.facts.discovery.services.values()
    ]
    page = HtmlPage(confirmed.folder / "docs" / "agents" / "discovery" / "index.html")
    assert {*paths} <= {*page.attributes("a[href]", "href")}
    assert page.attributes("a.edit", "href")[0].startswith("https://github.com/owner/agent-docs/")


def test_clients_for_python_take_the_confirmed_login(confirmed: Published) -> None:
    login = confirmed.facts.discovery.account_login
    resource = confirmed.facts.discovery.protected_resource
    assert login is not None
    assert resource is not None
    for entry, metadata in ((login.oauth, AuthorizationServerMetadata), (login.openid, OpenIDProviderMetadata)):
        document = confirmed.document(entry.path)
        metadata(document).validate()
        read = OAuthMetadata.model_validate(document)
        assert str(read.issuer).rstrip("/") == confirmed.origin
        assert read.scopes_supported == [*(login.scopes or ())]
        assert str(read.registration_endpoint) == login.registration_endpoint
    found = ProtectedResourceMetadata.model_validate(confirmed.document(resource.path))
    assert [str(server).rstrip("/") for server in found.authorization_servers] == [confirmed.origin]


@pytest.mark.program("consumers")
def test_clients_on_node_take_the_confirmed_login_and_the_resource_that_names_it(confirmed: Published) -> None:
    login = confirmed.facts.discovery.account_login
    assert login is not None
    discovered: Any = node.verdicts("oauth", confirmed.origin, confirmed.address, confirmed.origin)
    for consumer, verdicts in discovered["verdicts"].items():
        for what, verdict in verdicts.items():
            accepted = verdict["accepted"]
            if what == confirmed.origin:
                assert accepted["authorization_servers"] == [confirmed.origin], consumer
            else:
                assert accepted["issuer"] == confirmed.origin, consumer
                assert accepted["scopes_supported"] == [*(login.scopes or ())], consumer
                assert accepted["revocation_endpoint"] == login.revocation_endpoint, consumer
