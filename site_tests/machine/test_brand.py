"""How pages look: as the catalog says, or neutral, with marks that are drawn from the provider's name."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

import httpx
import pytest
from agentdocs.brand import drawn
from agentdocs.brand.drawn import Ink
from agentdocs.brand.palette import PALETTE
from agentdocs.mkdocs.build import build
from PIL import Image

from site_tests.conftest import DAY
from site_tests.html import HtmlPage
from site_tests.projects import EXEMPLA, MINIMAL, make_minimal, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

NAMES = ["LLMBase", "a", "Plain & Model <AI>", "Model 5.1"]


def _read(svg: str) -> Element:
    return fromstring(svg)  # drawn here


@pytest.mark.parametrize("name", NAMES)
def test_a_wordmark_grows_with_its_name_and_holds_no_text(name: str) -> None:
    one, twice = (_read(drawn.wordmark(text)) for text in (name, name * 2))
    width, wider = (float(mark.attrib["viewBox"].split()[2]) for mark in (one, twice))
    assert width < wider < 2 * width
    assert "".join(one.itertext()) == ""
    assert drawn.wordmark(name) != drawn.wordmark(name + "x")


def test_a_name_beside_a_logo_is_drawn_without_the_cursor() -> None:
    assert _read(drawn.wordmark("Plain")).find(".//rect") is not None
    assert _read(drawn.wordmark("Plain", Ink(cursor=False))).find(".//rect") is None


@pytest.mark.parametrize("name", ["Größe", "模型", ""])
def test_a_name_beyond_the_font_is_not_drawn(name: str) -> None:
    assert drawn.wordmark(name) == ""
    _read(drawn.icon(name))
    assert Image.open(io.BytesIO(drawn.card(name, "模型", "example.org"))).size == drawn.CARD_SIZE


@pytest.mark.parametrize("name", [*NAMES, "Größe"])
def test_an_icon_says_whose_it_is(name: str) -> None:
    icon = _read(drawn.icon(name))
    assert "".join(icon.itertext()) == name


def test_a_card_is_small_and_the_same_each_time() -> None:
    drawn.card.cache_clear()
    one = drawn.card("Example", "What it is for. " * 20, "example.org")
    drawn.card.cache_clear()
    assert drawn.card("Example", "What it is for. " * 20, "example.org") == one
    assert len(one) < 60_000
    assert drawn.card("Example", "What it is for.", "example.net") != one


def test_a_card_has_the_accent() -> None:
    card = Image.open(io.BytesIO(drawn.card("Example", "What it is for.", "example.org", Ink("#ff9a5c"))))
    assert (0xFF, 0x9A, 0x5C) in {colour for _, colour in card.convert("RGB").getcolors() or ()}


def _head(site: Path, page: str = "index.html") -> HtmlPage:
    return HtmlPage(site / page)


def test_a_name_that_is_not_drawn_stands_as_text(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(MINIMAL, root)
    provider = root / "catalog" / "provider.yaml"
    text = provider.read_text(encoding="utf-8")
    provider.write_text(re.sub(r"(?m)^name: .*", "name: Größe", text), encoding="utf-8")
    make_project(root)
    build(root, tmp_path / "site", day=DAY)
    (link,) = _head(tmp_path / "site", "help/index.html").tree.css(".brand")
    assert link.text(strip=True) == "Größe"


# --- In a built site -----------------------------------------------------------------------------------------


def assets(site: Path, rendering: Rendering) -> Path:
    return site / rendering.facts.site.assets.strip("/")


def test_pictures_are_published_as_they_are(preview_site: Path, preview: Rendering) -> None:
    own, folder = EXEMPLA / "catalog" / "brand", assets(preview_site, preview)
    names = {"logo.svg": "logo-light.svg", "icon.svg": "favicon.svg", "wordmark.svg": "wordmark-light.svg"}
    for name in ("logo.svg", "logo-dark.svg", "wordmark.svg", "wordmark-dark.svg", "icon.svg"):
        assert (folder / names.get(name, name)).read_bytes() == (own / name).read_bytes(), name
    (typeface,) = folder.glob("*.woff2")
    assert typeface.read_bytes() == (own / "sans.woff2").read_bytes()


def test_pictures_keep_the_room_that_they_take(preview_site: Path, preview: Rendering) -> None:
    pictures = _head(preview_site).tree.css(".brand img")
    shown = [{name: value for name, value in picture.attributes.items() if name != "src"} for picture in pictures]
    assert shown == [
        {"class": f"for-{scheme}", "width": width, "height": "28", "alt": ""}
        for width in ("28", "119")
        for scheme in ("light", "dark")
    ]
    for picture in pictures:
        assert (preview_site / str(picture.attributes["src"])).is_file()


def test_every_page_loads_the_typeface_that_the_style_sheet_names(preview_site: Path, preview: Rendering) -> None:
    sheet = (assets(preview_site, preview) / "site.css").read_text(encoding="utf-8")
    (file,) = re.findall(r'url\("([^"]+)"\) format\("woff2"\)', sheet)
    assert (assets(preview_site, preview) / file).is_file()
    assert "--sans: brand, brand-fallback, system-ui" in sheet
    for page in preview.pages.values():
        (link,) = _head(preview_site, f"{page.url[1:]}index.html").tree.css("link[as=font]")
        assert str(link.attributes["href"]).endswith(file)


def test_the_style_sheet_has_the_accents(preview_site: Path, preview: Rendering) -> None:
    sheet = (assets(preview_site, preview) / "site.css").read_text(encoding="utf-8")
    assert "--accent: light-dark(#7a2b00, #ff9a5c);" in sheet
    assert PALETTE["tint"][0] not in sheet
    assert PALETTE["accent"][0] not in sheet


def test_browsers_keep_the_typeface_and_ask_for_pictures_again(preview_server: str, preview: Rendering) -> None:
    with httpx.Client(base_url=preview_server + preview.facts.site.assets) as client:
        sheet = client.get("site.css").text
        typeface = client.head(re.findall(r'url\("([^"]+)"\)', sheet)[0]).headers
        picture = client.head("logo-light.svg").headers
    assert (typeface["content-type"], picture["content-type"]) == ("font/woff2", "image/svg+xml")
    assert "immutable" in typeface["cache-control"]
    assert "must-revalidate" in picture["cache-control"]


def test_without_a_brand_the_look_is_neutral(tmp_path: Path) -> None:
    rendering = build(make_minimal(tmp_path / "project"), tmp_path / "site", day=DAY)
    folder, page = assets(tmp_path / "site", rendering), _head(tmp_path / "site", "help/index.html")
    sheet = (folder / "site.css").read_text(encoding="utf-8")
    for name, (light, dark) in PALETTE.items():
        assert f"--{name}: light-dark({light}, {dark});" in sheet
    assert [name for name in ("font-face", "for-dark", ".brand img") if name in sheet] == []
    assert page.tree.css(".brand img, link[as=font]") == []
    assert page.tree.css(".brand svg .cursor")
    assert {path.name for path in folder.iterdir() if path.is_file()} == {
        "card.png", "code.css", "favicon.svg", "site.css",
    }  # fmt: skip


def test_one_picture_serves_for_both_schemes_and_a_name_is_drawn_in_the_typeface(
    project: Path, preview: Rendering, preview_site: Path, tmp_path: Path
) -> None:
    brand = "logo: {light: logo.svg}\ntypeface: sans.woff2\n"
    (project / "catalog" / "brand.yaml").write_text(brand, encoding="utf-8")
    build(project, tmp_path / "site", day=DAY)
    (link,) = _head(tmp_path / "site").tree.css(".brand")
    (picture,) = link.css("img")
    assert picture.attributes.get("class") is None
    assert str(picture.attributes["src"]).endswith("/logo.svg")
    assert link.css("svg path")
    assert not link.css(".cursor")
    assert (assets(tmp_path / "site", preview) / "logo.svg").is_file()
    assert not (assets(tmp_path / "site", preview) / "logo-dark.svg").exists()


def test_a_look_that_is_only_assumed_stays_out_of_a_release(project: Path, tmp_path: Path) -> None:
    file = project / "catalog" / "brand.yaml"
    text = file.read_text(encoding="utf-8")
    provenance = "provenance: {checked: 2026-11-22, confidence: assumed}\n"
    file.write_text(re.sub(r"(?m)^provenance: .*\n", provenance, text), encoding="utf-8")
    rendering = build(project, tmp_path / "site", release=True, day=DAY)
    folder = assets(tmp_path / "site", rendering)
    assert PALETTE["accent"][0] in (folder / "site.css").read_text(encoding="utf-8")
    assert not [*folder.glob("*.woff2"), *folder.glob("logo*")]
