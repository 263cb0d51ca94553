"""The colours of the theme: how well each can be read on the grounds that it stands on, in both schemes."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from agentdocs.brand import palette as palettes
from agentdocs.brand.palette import PALETTE, Palette, nearest, palette, unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.brand.palette import Scheme
    from agentdocs.render import Rendering

GROUNDS = ("ground", "raised", "tint", "caution-tint")
LEAST = {
    **{(text, ground): 7.0 for text in ("text", "accent") for ground in GROUNDS},
    **{("quiet", ground): 7.0 for ground in ("ground", "raised", "tint")},
    ("text", "mark"): 7.0,
    ("on-accent", "accent"): 7.0,
    ("caution", "caution-tint"): 7.0,
    **{("edge", ground): 3.0 for ground in ("ground", "raised")},
    **{(name, "raised"): 4.5 for name in PALETTE if name.startswith("code-")},
}
"""The least contrast of a colour on another one: of text, of what bounds a control (success criterion 1.4.11), and of
code."""
LEVELS = ("00", "2b", "55", "80", "aa", "d5", "ff")
ACCENTS = [f"#{red}{green}{blue}" for red, green, blue in product(LEVELS, repeat=3)]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def contrast(one: str, other: str) -> float:
    """Work out the contrast of two colours such as `#15201c` by WCAG 2.2, from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    pairs = [digits[n : n + 2] for n in (0, 2, 4)] if len(digits) == 6 else [digit * 2 for digit in digits]
    parts = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def dim(colours: Palette) -> list[str]:
    """List every pair of colours that has less contrast than it must, with the scheme."""
    return [
        f"{name} on {ground} in {scheme}: {found:.2f}"
        for (name, ground), least in LEAST.items()
        for place, scheme in enumerate(SCHEMES)
        if (found := contrast(colours[name][place], colours[ground][place])) < least
    ]


def test_every_colour_can_be_read() -> None:
    assert dim(PALETTE) == []


def test_a_colour_that_is_too_dim_is_found() -> None:
    dimmed = dim({**PALETTE, "quiet": ("#6b7a74", PALETTE["quiet"][1])})
    assert [line.partition(":")[0] for line in dimmed] == [
        "quiet on ground in light",
        "quiet on raised in light",
        "quiet on tint in light",
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_whatever_accent_is_taken_every_colour_can_be_read(scheme: Scheme) -> None:
    taken = {accent for accent in ACCENTS if not unreadable(accent, scheme)}
    assert 20 < len(taken) < len(ACCENTS) - 20
    for accent in taken:
        light, dark = (accent, None) if scheme == "light" else (nearest(accent, "light"), accent)
        assert dim(palette(light, dark)) == [], accent


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_nearest_accent_is_taken_and_is_the_accent_itself_where_that_is(scheme: Scheme) -> None:
    for accent in ACCENTS:
        found = nearest(accent, scheme)
        assert unreadable(found, scheme) is None
        assert (found == accent) == (unreadable(accent, scheme) is None)


def test_contrast_is_that_of_the_specification() -> None:
    for work_out in (contrast, palettes.contrast):
        assert work_out("#000", "#ffffff") == pytest.approx(21)
        assert work_out("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


def test_every_colour_is_judged() -> None:
    judged = {name for pair in LEAST for name in pair}
    assert {*PALETTE} - judged == {"line"}  # a line only parts what is apart anyway


def test_a_built_site_has_these_colours_and_no_others(preview_site: Path, preview: Rendering) -> None:
    sheet = (preview_site / preview.facts.site.assets.strip("/") / "site.css").read_text(encoding="utf-8")
    found = {
        name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", sheet)
    }
    assert list(found) == list(PALETTE)
    assert dim(found) == []
    assert re.findall(r":[^;{]*#[0-9a-f]{3,8}\b", re.sub(r"light-dark\(.*?\)", "", sheet)) == []
