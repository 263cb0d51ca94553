"""The provider's marks, drawn from its name: a wordmark and an icon as SVG, and the card of link previews as PNG.

The letters are those of Aileron, a font in the public domain that comes with Pillow, so that they look alike on every
machine. It has the characters of ASCII; where a text needs others, nothing is drawn of it.
"""

from __future__ import annotations

import io
import textwrap
from functools import cache
from html import escape
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from PIL.ImageFont import FreeTypeFont

CARD_SIZE = (1200, 630)
"""Width and height of the card in pixels, as services that show links ask for it."""

_GROUND, _TEXT, _QUIET, _ACCENT = "#101614", "#e6eeea", "#b3c1bb", "#74dcc4"
_STROKE = 34
"""Units by which letters are made bolder, of a thousand in the height of a line."""


def wordmark(name: str) -> str:
    """Draw a name, followed by the cursor of a terminal, as SVG whose color is that of the text around it.

    Give an empty text if the font lacks a character.
    """
    if not _drawable(name):
        return ""
    path, width = _outline(name)
    cursor = f'<rect class="cursor" x="{width + 70}" y="-700" width="360" height="700"/>'
    # The picture is as high as a capital, so that it stands in the middle; descenders may reach out of it.
    return (
        f'<svg viewBox="-20 -730 {width + 470} 760" aria-hidden="true"><g stroke="currentColor" '
        f'stroke-width="{_STROKE}"><path transform="scale(1 -1)" d="{path}"/></g>{cursor}</svg>'
    )


def icon(name: str) -> str:
    """Draw the first letter of a name and a cursor on a rounded square, as SVG; the cursor alone if there is none."""
    letter = name[:1].upper()
    path, width = _outline(letter) if _drawable(letter) else ("", 0)
    left = round(500 - (width + 190) / 2)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000">'
        f"<title>{escape(name)}</title>"
        f'<rect width="1000" height="1000" rx="220" fill="{_GROUND}"/>'
        f'<g fill="{_TEXT}" stroke="{_TEXT}" stroke-width="60">'
        f'<path transform="translate({left} 850) scale(1 -1)" d="{path}"/></g>'
        f'<rect x="{left + width + 70}" y="150" width="150" height="700" fill="{_ACCENT}"/></svg>'
    )


@cache
def card(name: str, description: str, host: str) -> bytes:
    """Paint the card of link previews as PNG: who it is, what the site is for, and where it is."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", CARD_SIZE, _GROUND)
    draw = ImageDraw.Draw(image)
    title = _font(112)
    if _drawable(name):
        draw.text((90, 120), name, _TEXT, title, stroke_width=2)
        right = 90 + title.getlength(name)
        draw.rectangle((right + 24, 146, right + 72, 230), _ACCENT)
    else:
        draw.rectangle((90, 146, 138, 230), _ACCENT)
    if _drawable(description):
        text = "\n".join(textwrap.wrap(description, 46)[:5])
        draw.multiline_text((90, 290), text, _QUIET, _font(44), spacing=16)
    draw.text((90, 540), host, _ACCENT, _font(36))
    file = io.BytesIO()
    image.quantize(48).save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return cast("FreeTypeFont", ImageFont.load_default(size))  # a bitmap only if Pillow was built without FreeType


@cache
def _letters() -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(_font(10).font_bytes))


def _drawable(text: str) -> bool:
    return bool(text) and all(ord(letter) in _letters().getBestCmap() for letter in text)


def _outline(text: str) -> tuple[str, int]:
    """Give the outline of a text as an SVG path with upward coordinates, and its width, in thousandths of a line."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    font = _letters()
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = 1000 / font["head"].unitsPerEm
    pen, width = SVGPathPen(glyphs, ntos=lambda number: str(round(number))), 0.0
    for letter in text:
        glyph = glyphs[names[ord(letter)]]
        glyph.draw(TransformPen(pen, (scale, 0, 0, scale, width, 0)))
        width += glyph.width * scale
    return pen.getCommands(), round(width)
