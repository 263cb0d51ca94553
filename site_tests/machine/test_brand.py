"""The marks that are drawn from a provider's name."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

import pytest
from agentdocs.mkdocs import brand
from agentdocs.mkdocs.build import build
from PIL import Image

from site_tests.conftest import DAY
from site_tests.html import HtmlPage
from site_tests.projects import MINIMAL, make_project

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["LLMBase", "a", "Plain & Model <AI>", "Model 5.1"]


def _read(svg: str) -> Element:
    return fromstring(svg)  # drawn here


@pytest.mark.parametrize("name", NAMES)
def test_a_wordmark_grows_with_its_name_and_holds_no_text(name: str) -> None:
    one, twice = (_read(brand.wordmark(text)) for text in (name, name * 2))
    width, wider = (float(mark.attrib["viewBox"].split()[2]) for mark in (one, twice))
    assert width < wider < 2 * width
    assert "".join(one.itertext()) == ""
    assert brand.wordmark(name) != brand.wordmark(name + "x")


@pytest.mark.parametrize("name", ["Größe", "模型", ""])
def test_a_name_beyond_the_font_is_not_drawn(name: str) -> None:
    assert brand.wordmark(name) == ""
    _read(brand.icon(name))
    assert Image.open(io.BytesIO(brand.card(name, "模型", "example.org"))).size == brand.CARD_SIZE


@pytest.mark.parametrize("name", [*NAMES, "Größe"])
def test_an_icon_says_whose_it_is(name: str) -> None:
    icon = _read(brand.icon(name))
    assert "".join(icon.itertext()) == name


def test_a_card_is_small_and_the_same_each_time() -> None:
    brand.card.cache_clear()
    one = brand.card("Example", "What it is for. " * 20, "example.org")
    brand.card.cache_clear()
    assert brand.card("Example", "What it is for. " * 20, "example.org") == one
    assert len(one) < 60_000
    assert brand.card("Example", "What it is for.", "example.net") != one


def test_a_name_that_is_not_drawn_stands_as_text(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    provider = root / "catalog" / "provider.yaml"
    text = provider.read_text(encoding="utf-8")
    provider.write_text(re.sub(r"(?m)^name: .*", "name: Größe", text), encoding="utf-8")
    make_project(root)
    build(root, tmp_path / "site", day=DAY)
    page = HtmlPage(tmp_path / "site" / "help" / "index.html")
    (link,) = page.tree.css(".brand")
    assert link.text(strip=True) == "Größe"
