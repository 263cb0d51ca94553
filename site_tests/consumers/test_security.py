"""security.txt, as sectxt reads it. The catalog here has no contact for security, so an invented provider's is read."""

from __future__ import annotations

from datetime import UTC, datetime, time, tzinfo
from typing import TYPE_CHECKING

import pytest
from sectxt import Parser

from site_tests.conftest import DAY
from site_tests.projects import EXEMPLA, make_project, rendered

if TYPE_CHECKING:
    from agentdocs.render import Rendering


@pytest.fixture(scope="module", params=["preview", "release"])
def invented(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rendering:
    root = make_project(tmp_path_factory.mktemp("invented"), catalog=EXEMPLA / "catalog", docs=EXEMPLA / "docs")
    return rendered(root, release=request.param == "release")


class _Then(datetime):
    """A clock that stands still on the day of the tests."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # not of this class
        return datetime.combine(DAY, time(), tz or UTC)


def _errors(rendering: Rendering, monkeypatch: pytest.MonkeyPatch, old: str = "", new: str = "") -> list[str]:
    """Give the codes of what sectxt finds wrong in security.txt, with a part of it replaced."""
    monkeypatch.setattr("sectxt.datetime", _Then)
    security = rendering.facts.discovery.security
    assert security is not None
    url = rendering.facts.site.origin + security.document.path
    body = rendering.artifacts[security.document.path].body.decode()
    assert old in body
    return [error["code"] for error in Parser(body.replace(old, new).encode(), urls=url).errors]


def test_a_contact_for_security_is_valid(invented: Rendering, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _errors(invented, monkeypatch) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Expires: ", "Expired: ", "no_expire"),
        ("Expires: 2027", "Expires: 2025", "expired"),
        ("Contact: ", "Call: ", "no_contact"),
        ("Canonical: https://", "Canonical: https://not.", "no_canonical_match"),
        ("mailto:", "", "no_uri"),
    ],
)
def test_sectxt_refuses_a_broken_contact(
    old: str, new: str, code: str, invented: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert code in _errors(invented, monkeypatch, old, new)
