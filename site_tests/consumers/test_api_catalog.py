"""The API catalog (RFC 9727) and Link headers (RFC 8288), as signposting and http-link-header read them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import pytest
from signposting import find_signposting_linkset
from signposting.linkset import LinksetParseError, UnrecognizedContentType

from site_tests.consumers import node

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_tests.consumers.published import Published


def _catalog(published: Published) -> str:
    return published.facts.discovery.api_catalog.path


def _items(published: Published) -> list[str]:
    signposts = find_signposting_linkset(published.local(_catalog(published))).signposts
    return [str(signpost.target) for signpost in signposts if signpost.rel == "item"]


def _targets(published: Published) -> list[dict[str, Any]]:
    """List the links of the catalog to what this build publishes."""
    contexts = published.document(_catalog(published))["linkset"]
    links = [link for context in contexts for name in context.keys() - {"anchor"} for link in context[name]]
    return [link for link in links if published.owns(link["href"])]


def _mistyped(published: Published) -> list[str]:
    wrong = []
    for link in _targets(published):
        answer = published.get(link["href"])
        served, declared = answer.headers.get("content-type", ""), link["type"]
        if answer.status_code != 200 or served.split(";")[0] != declared.split(";")[0]:
            wrong.append(f"{link['href']} is {answer.status_code} {served}, declared {declared}")
    return wrong


def test_signposting_finds_every_api_and_nothing_else(published: Published) -> None:
    expected = [api.base_url for api in published.facts.apis.values()]
    server = published.facts.discovery.mcp
    if server:
        expected.append(server.url)
    assert sorted(_items(published)) == sorted(expected)


def _not_a_list(catalog: Any) -> None:  # noqa: ANN401
    catalog["linkset"][0]["item"] = catalog["linkset"][0]["item"][0]


def _no_target(catalog: Any) -> None:  # noqa: ANN401
    del catalog["linkset"][0]["item"][0]["href"]


@pytest.mark.parametrize(
    ("change", "complaint"), [(_not_a_list, "Not an array"), (_no_target, "Missing required 'href'")]
)
def test_signposting_misses_an_api_of_a_broken_linkset(
    change: Callable[[Any], None], complaint: str, published: Published
) -> None:
    with published.altered(_catalog(published), change) as broken, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = _items(broken)
    assert len(found) < len(_items(published))
    assert complaint in str(told[0].message)


def test_signposting_refuses_what_is_no_linkset(published: Published) -> None:
    with (
        published.altered(_catalog(published), lambda catalog: {"links": catalog["linkset"]}) as broken,
        pytest.raises(LinksetParseError, match="top list 'linkset' required"),
    ):
        _items(broken)


def test_signposting_refuses_another_media_type(published: Published) -> None:
    with (
        published.altered(_catalog(published), content_type="text/html") as broken,
        pytest.raises(UnrecognizedContentType, match="text/html"),
    ):
        _items(broken)


def test_every_link_of_the_catalog_answers_with_its_type(published: Published) -> None:
    assert _targets(published)
    assert _mistyped(published) == []


def test_a_type_that_differs_is_found(published_preview: Published) -> None:
    link = _targets(published_preview)[0]
    path = link["href"].removeprefix(published_preview.origin)
    with published_preview.altered(path, content_type="application/octet-stream") as broken:
        assert [entry for entry in _mistyped(broken) if entry.startswith(link["href"])]


@pytest.mark.program("consumers")
def test_link_headers_are_read_as_they_are_meant(published: Published) -> None:
    catalog = _catalog(published)
    links = node.verdicts("links", published.address, catalog, "/")
    assert [(link["uri"], link["rel"]) for link in links[catalog]] == [(catalog, "api-catalog")]
    relations = {link["rel"]: link["uri"] for link in links["/"]}
    assert relations["api-catalog"] == catalog
    for uri in relations.values():
        assert published.get(uri).status_code == 200


@pytest.mark.program("consumers")
def test_a_broken_link_header_is_refused(published_preview: Published) -> None:
    catalog = _catalog(published_preview)
    with published_preview.altered(catalog, link=f'<{catalog}; rel="api-catalog"') as broken:
        assert "Expected end of URI" in node.verdicts("links", broken.address, catalog)[catalog]
