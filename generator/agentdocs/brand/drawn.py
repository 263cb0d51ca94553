"""The provider's marks, drawn from its name: a wordmark and an icon as SVG, and the card of link previews as PNG.

Without a typeface of the provider's own the letters are those of Aileron, a font in the public domain that comes with
Pillow, so that they look alike on every machine. Where a text needs characters that a font lacks, nothing is drawn of
it.
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, cast

from agentdocs.brand.palette import PALETTE, of

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from PIL.ImageFont import FreeTypeFont

    from agentdocs.brand.typeface import Typeface

CARD_SIZE = (1200, 630)
"""Width and height of the card in pixels, as services that show links ask for it."""

_STROKE = 34
"""Units by which letters are made bolder, of a thousand in the height of a line."""


@dataclass(frozen=True)
class Ink:
    """What marks are drawn in: the accent for dark grounds, letters, and the cursor of a terminal after them."""

    accent: str = PALETTE["accent"][1]
    typeface: Typeface | None = None
    cursor: bool = True


NEUTRAL = Ink()
_COLOURS = of(PALETTE, "dark")


def wordmark(name: str, ink: Ink = NEUTRAL) -> str:
    """Draw a name, followed by the cursor, as SVG whose color is that of the text around it.

    Give an empty text if the font lacks a character.
    """
    if not _drawable(name, ink):
        return ""
    path, width = _outline(name, ink)
    mark, right = f'<rect class="cursor" x="{width + 70}" y="-700" width="360" height="700"/>', width + 470
    if not ink.cursor:
        mark, right = "", width + 40
    # The picture is as high as a capital, so that it stands in the middle; descenders may reach out of it.
    return (
        f'<svg viewBox="-20 -730 {right} 760" aria-hidden="true"><g stroke="currentColor" '
        f'stroke-width="{_STROKE}"><path transform="scale(1 -1)" d="{path}"/></g>{mark}</svg>'
    )


def icon(name: str, ink: Ink = NEUTRAL) -> str:
    """Draw the first letter of a name and a cursor on a rounded square, as SVG; the cursor alone if there is none."""
    letter = name[:1].upper()
    path, width = _outline(letter, ink) if _drawable(letter, ink) else ("", 0)
    left = round(500 - (width + 190) / 2)
    ground, text = _COLOURS["ground"], _COLOURS["text"]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000">'
        f"<title>{escape(name)}</title>"
        f'<rect width="1000" height="1000" rx="220" fill="{ground}"/>'
        f'<g fill="{text}" stroke="{text}" stroke-width="60">'
        f'<path transform="translate({left} 850) scale(1 -1)" d="{path}"/></g>'
        f'<rect x="{left + width + 70}" y="150" width="150" height="700" fill="{ink.accent}"/></svg>'
    )


@cache
def card(name: str, description: str, host: str, ink: Ink = NEUTRAL) -> bytes:
    """Paint the card of link previews as PNG: who it is, what the site is for, and where it is."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", CARD_SIZE, _COLOURS["ground"])
    draw = ImageDraw.Draw(image)
    title = _font(112, ink.typeface)
    if _drawable(name, ink):
        draw.text((90, 120), name, _COLOURS["text"], title, stroke_width=2)
        right = 90 + title.getlength(name)
        if ink.cursor:
            draw.rectangle((right + 24, 146, right + 72, 230), ink.accent)
    else:
        draw.rectangle((90, 146, 138, 230), ink.accent)
    if _drawable(description, ink):
        text = "\n".join(textwrap.wrap(description, 46)[:5])
        draw.multiline_text((90, 290), text, _COLOURS["quiet"], _font(44, ink.typeface), spacing=16)
    draw.text((90, 540), host, ink.accent, _font(36, ink.typeface))
    file = io.BytesIO()
    image.quantize(48).save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _font(size: int, typeface: Typeface | None) -> FreeTypeFont:
    from PIL import ImageFont

    if typeface:
        return ImageFont.truetype(io.BytesIO(typeface.unpacked), size)
    return cast("FreeTypeFont", ImageFont.load_default(size))  # a bitmap only if Pillow was built without FreeType


@cache
def _letters(typeface: Typeface | None) -> TTFont:
    from fontTools.ttLib import TTFont

    return typeface.font if typeface else TTFont(io.BytesIO(_font(10, None).font_bytes))


def _drawable(text: str, ink: Ink) -> bool:
    known = _letters(ink.typeface).getBestCmap()
    return bool(text) and all(ord(letter) in known for letter in text)


def _outline(text: str, ink: Ink) -> tuple[str, int]:
    """Give the outline of a text as an SVG path with upward coordinates, and its width, in thousandths of a line."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    font = _letters(ink.typeface)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = 1000 / font["head"].unitsPerEm
    pen, width = SVGPathPen(glyphs, ntos=lambda number: str(round(number))), 0.0
    for letter in text:
        glyph = glyphs[names[ord(letter)]]
        glyph.draw(TransformPen(pen, (scale, 0, 0, scale, width, 0)))
        width += glyph.width * scale
    return pen.getCommands(), round(width)
