"""Pictures of pages: taken alike on every machine, kept small, and compared with a tolerance."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from site_tests.site.kinds import Scheme

ARGUMENTS = ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"]
"""How Chromium has to draw, so that screens and settings of a machine do not matter."""

COLOURS = 64
"""Colors that a kept picture has."""
STEP, SHARE = 48, 0.002
"""A pixel has changed if one of its colors has by more than this many steps of 255; a picture has if this share of its
pixels have. Edges of letters differ by less between versions of a font; a line of text more or less is more."""

_FONTS = """() => {
  document.body.style.setProperty("--sans", "DejaVu Sans");
  document.body.style.setProperty("--mono", "DejaVu Sans Mono");
  return document.fonts.ready.then(() => undefined);
}"""


def open_page(browser: Browser, address: str, width: int, scheme: Scheme) -> Page:
    """Open a page on a screen of some width, in a font that is installed for these tests."""
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page.goto(address)
    page.evaluate(_FONTS)
    return page


def take(page: Page) -> Image.Image:
    """Take a picture of what is in the window."""
    return reduced(Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))))


def reduced(picture: Image.Image) -> Image.Image:
    """Give the picture with few colors, as it is kept."""
    return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def change(one: Image.Image, other: Image.Image) -> float:
    """Say which share of the pixels of two pictures differs; all of them if the sizes do."""
    if one.size != other.size:
        return 1.0
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    red, green, blue = difference.split()
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    changed = sum(largest.histogram()[STEP + 1 :])
    return changed / (one.width * one.height)
