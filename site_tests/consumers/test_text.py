"""llms.txt and robots.txt, as the parser of llms.txt's authors and the one of Scrapy read them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from llms_txt import parse_llms_file
from protego import Protego

if TYPE_CHECKING:
    from site_tests.consumers.published import Published

AGENTS = ["GPTBot", "SomeOtherBot"]


def _listed(published: Published) -> list[str]:
    """List the addresses of llms.txt in their order, and see that everything before them was understood."""
    found = parse_llms_file(published.get("/llms.txt").text)
    site = published.facts.site
    assert (found["title"], found["summary"]) == (site.name, site.description)
    assert all(link["title"] and link["desc"] for links in found["sections"].values() for link in links)
    return [link["url"] for links in found["sections"].values() for link in links]


def test_llms_txt_lists_markdown_with_a_title_and_a_description(published: Published) -> None:
    listed = _listed(published)
    assert len(listed) == len(set(listed)) > len(published.facts.site.pages)
    for url in listed:
        answer = published.get(url)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/markdown; charset=utf-8"), url


@pytest.mark.parametrize("part", ["# ", "> ", "- ["])
def test_llms_txt_without_a_part_of_its_shape_is_not_understood(part: str, published: Published) -> None:
    with (
        published.altered("/llms.txt", lambda text: text.replace(part, "", 1)) as broken,
        pytest.raises((AssertionError, AttributeError, TypeError)),
    ):
        _listed(broken)


def _sitemap(published: Published) -> list[str]:
    (address,) = list(Protego.parse(published.get("/robots.txt").text).sitemaps)
    tree = ElementTree.fromstring(published.get(address).raise_for_status().text)
    return [element.text or "" for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_robots_lead_to_a_sitemap_whose_pages_all_may_read(published: Published) -> None:
    robots = Protego.parse(published.get("/robots.txt").text)
    urls = _sitemap(published)
    assert len(urls) > len(published.facts.site.pages)
    for url in urls:
        assert published.get(url).status_code == 200
        assert all(robots.can_fetch(url, agent) for agent in AGENTS)
    assert all(robots.can_fetch(published.origin + url, "GPTBot") for url in published.rendering.artifacts)


def test_a_robot_stays_away_from_what_is_disallowed(published: Published) -> None:
    with published.altered("/robots.txt", lambda text: text.replace("Allow: /", "Disallow: /docs/")) as broken:
        robots = Protego.parse(broken.get("/robots.txt").text)
    refused = [url for url in _sitemap(published) if not robots.can_fetch(url, "GPTBot")]
    assert refused == [url for url in _sitemap(published) if "/docs/" in url] != []
