"""A provider's own typeface: a font file that pages load from the site itself, and what stands in for it until then."""

from __future__ import annotations

import hashlib
import io
import logging
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from agentdocs.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fontTools.ttLib import TTFont

MOST_BYTES = 64 * 1024
"""Of the file: what a variable font with the letters of Latin takes. Readers load it with the first page."""
_MOST_UNPACKED = 2 * 1024 * 1024
"""Of what it holds, packed about one to three."""
_NEEDED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:-/()"
"""The characters that no page does without."""

_ARIAL = {
    278: " ft",
    222: "ijl",
    333: "r",
    500: "cksvxyz",
    556: "abdeghnopqu",
    722: "w",
    833: "m",
}
"""How wide letters of Arial are, in thousandths of its size, and so those of Helvetica, Liberation Sans and Arimo. From
the metrics of Adobe's core fonts, https://github.com/adobe-type-tools/font-tech-notes"""
_FALLBACKS = ("Arial", "Liberation Sans", "Arimo", "Helvetica")
_SAMPLE = "an answer of the model counts against the budget of your plan until the end of the month"
"""English as pages have it, with letters about as often."""


@dataclass(frozen=True)
class Typeface:
    """A font that browsers can load, and the same unpacked, for what is drawn here."""

    body: bytes
    """The file as it is, in WOFF2."""
    unpacked: bytes
    """The same font in OpenType."""
    weights: tuple[int, int]
    """The lightest and the boldest weight that it has."""

    @property
    def file(self) -> str:
        """The name that it is published under: with a digest, so that browsers may keep it for good."""
        return f"typeface.{hashlib.sha256(self.body).hexdigest()[:8]}.woff2"

    @cached_property
    def font(self) -> TTFont:
        """The font itself, as fontTools reads it."""
        from fontTools.ttLib import TTFont

        return TTFont(io.BytesIO(self.unpacked))

    def rules(self) -> str:
        """Write the rules of CSS for the families `brand`, and `brand-fallback` that takes as much room.

        A page does not wait for the typeface and never changes it under a reader's eyes: what is not there when text is
        painted first is used from the next page on.
        """
        low, high = self.weights
        fallbacks = ", ".join(f'local("{name}")' for name in _FALLBACKS)
        return (
            f'@font-face {{\nfont-family: brand;\nsrc: url("{self.file}") format("woff2");\n'
            f"font-weight: {low if low == high else f'{low} {high}'};\nfont-display: optional;\n}}\n"
            f"@font-face {{\nfont-family: brand-fallback;\nsrc: {fallbacks};\n"
            + "".join(f"{name}: {value:.2%};\n" for name, value in self._fallback())
            + "}\n"
        )

    def _fallback(self) -> Iterator[tuple[str, float]]:
        """Yield by how much a fallback is scaled, and how far it reaches above and below the line (CSS Fonts 5)."""
        font = self.font
        units, widths, names = font["head"].unitsPerEm, font["hmtx"], font.getBestCmap()
        width = sum(widths[names[ord(letter)]][0] for letter in _SAMPLE) / units
        arial = {letter: wide for wide, letters in _ARIAL.items() for letter in letters}
        scale = width / (sum(arial[letter] for letter in _SAMPLE) / 1000)
        yield "size-adjust", scale
        line = font["hhea"]
        for name, length in (("ascent", line.ascent), ("descent", -line.descent), ("line-gap", line.lineGap)):
            yield f"{name}-override", length / units / scale


def read(name: str, body: bytes) -> Typeface | list[Problem]:
    """Read a font in WOFF2, or say what keeps it from being used. `name` is the path that the problem shows."""
    again = "save the font as WOFF2 again, for example with fonttools"
    if not body.startswith(b"wOF2"):
        return [Problem(name, 0, 0, "", "is not WOFF2", again)]
    try:
        if _unpacked_size(body) > _MOST_UNPACKED:
            wrong = f"unpacks to more than {_MOST_UNPACKED:,} bytes"
            return [Problem(name, 0, 0, "", wrong, "use a font with fewer characters")]
        typeface = _read(body)
        missing = [letter for letter in _NEEDED + " " if ord(letter) not in typeface.font.getBestCmap()]
        typeface.rules()
    except Exception as error:  # fontTools raises whatever comes out of a table that is not as it should be
        return [Problem(name, 0, 0, "", f"cannot be read as a font: {type(error).__name__}: {error}", again)]
    if missing:
        return [Problem(name, 0, 0, "", f"has no {missing[0]!r}", "use a font, or a subset, that has all of ASCII")]
    return typeface


def _read(body: bytes) -> Typeface:
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of oddities that no reader of a page can see
    font = TTFont(io.BytesIO(body))
    font.flavor = None
    file = io.BytesIO()
    font.save(file)
    axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
    usual = font["OS/2"].usWeightClass
    weight = axes.get("wght")
    return Typeface(body, file.getvalue(), (int(weight.minValue), int(weight.maxValue)) if weight else (usual, usual))


def _unpacked_size(body: bytes) -> int:
    """Count what tables and metadata unpack to, up to a little more than is taken (WOFF2, section 4)."""
    from fontTools.ttLib.woff2 import WOFF2DirectoryEntry, woff2DirectorySize

    file = io.BytesIO(body)
    file.seek(woff2DirectorySize)
    for _ in range(int.from_bytes(body[12:14])):
        WOFF2DirectoryEntry().fromFile(file)
    tables = file.read(int.from_bytes(body[20:24]))
    start, length = int.from_bytes(body[28:32]), int.from_bytes(body[32:36])
    return sum(_size(packed) for packed in (tables, body[start : start + length]) if packed)


def _size(packed: bytes) -> int:
    import brotli

    unpacker, size = brotli.Decompressor(), 0
    while size <= _MOST_UNPACKED and (part := unpacker.process(packed, output_buffer_limit=64 * 1024)):
        packed, size = b"", size + len(part)
    return size
