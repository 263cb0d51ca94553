"""Every colour of the theme, for light and dark, and what becomes of them with an accent of the provider's own."""

from __future__ import annotations

from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Scheme = Literal["light", "dark"]
Palette = Mapping[str, tuple[str, str]]
"""Colours such as `#15201c` by what they are for, each for light and for dark."""

PALETTE: Palette = MappingProxyType(
    {
        "ground": ("#fff", "#101614"),
        "raised": ("#f3f6f4", "#18201d"),
        "tint": ("#e2efea", "#1d3029"),
        "line": ("#d3dcd8", "#33403b"),
        "edge": ("#71807a", "#7d8d86"),
        "text": ("#15201c", "#e6eeea"),
        "quiet": ("#41504a", "#b3c1bb"),
        "accent": ("#00574a", "#74dcc4"),
        "on-accent": ("#fff", "#0a1613"),
        "mark": ("#b4e3d6", "#1c5347"),
        "caution": ("#7a3b00", "#f3bd83"),
        "caution-tint": ("#fdf1e2", "#2c2116"),
        "code-keyword": ("#6b2f91", "#cfb0f4"),
        "code-string": ("#0b6238", "#8fdcac"),
        "code-number": ("#94360f", "#f5b08a"),
        "code-name": ("#1b4a94", "#9cc2f8"),
        "code-variable": ("#78480a", "#e6c685"),
        "code-comment": ("#55635d", "#9aaba4"),
    }
)
"""The neutral colours, in the order of the style sheet. Text and links reach `LEAST` on each ground that they stand on,
colours of code 4.5, and what bounds a control 3."""

LEAST = 7.0
"""The contrast of text that WCAG 2.2 asks for at level AAA (success criterion 1.4.6)."""

_GROUNDS = ("ground", "raised", "caution-tint", "on-accent")
"""What a link stands on, or what stands on a button, whatever the accent is."""
_SHARES = {"tint": 0.12, "mark": 0.3}
"""How much of its own accent a provider sees in a ground, where what stands on it can be read nevertheless."""
_STANDING = {"tint": ("text", "quiet", "accent"), "mark": ("text",)}


def contrast(one: str, other: str) -> float:
    """Work out the contrast of two colours by WCAG 2.2, from 1 to 21.

    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def unreadable(accent: str, scheme: Scheme) -> tuple[float, str] | None:
    """Give the contrast and the ground on which an accent is read worst, if that is less than `LEAST`."""
    worst = min((contrast(accent, ground), ground) for ground in _grounds(scheme))
    return worst if worst[0] < LEAST else None


def nearest(accent: str, scheme: Scheme) -> str:
    """Give the nearest colour to an accent that can be read: of the same hue, no darker or lighter than it takes."""
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in _parts(accent)))
    end = 0 if scheme == "light" else 1
    steps = (lightness + (end - lightness) * step / 255 for step in range(256))
    colours = (_written(part * 255 for part in hls_to_rgb(hue, step, saturation)) for step in steps)
    return next(colour for colour in colours if not unreadable(colour, scheme))


def palette(light: str | None = None, dark: str | None = None) -> Palette:
    """Give every colour with an accent that can be read; without one, those that are neutral.

    Where only the one for light is known, the one for dark is the nearest to it.
    """
    if light is None:
        return PALETTE
    pairs = zip(*(_with(light, "light"), _with(dark or nearest(light, "dark"), "dark")), strict=True)
    return dict(zip(PALETTE, pairs, strict=True))


def of(colours: Palette, scheme: Scheme) -> dict[str, str]:
    """Give the colours of one scheme."""
    return {name: pair[scheme == "dark"] for name, pair in colours.items()}


def _with(accent: str, scheme: Scheme) -> list[str]:
    colours = {**of(PALETTE, scheme), "accent": accent}
    for name, most in _SHARES.items():
        mixed = (_mixed(colours["ground"], accent, most * step / 20) for step in range(20, -1, -1))
        standing = [colours[text] for text in _STANDING[name]]
        colours[name] = next(ground for ground in mixed if min(contrast(t, ground) for t in standing) >= LEAST)
    return [*colours.values()]


def _grounds(scheme: Scheme) -> list[str]:
    colours = of(PALETTE, scheme)
    return [colours[name] for name in _GROUNDS]


def _mixed(colour: str, other: str, share: float) -> str:
    """Mix a colour with a share, from 0 to 1, of another one."""
    return _written(a + (b - a) * share for a, b in zip(_parts(colour), _parts(other), strict=True))


def _written(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _luminance(colour: str) -> float:
    """Work out the relative luminance. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = (part / 255 for part in _parts(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    """Give red, green and blue, from 0 to 255."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue
