"""The colours of the theme: how well each can be read on the grounds that it stands on, in both schemes."""

from __future__ import annotations

import re

import pytest

from site_tests.conftest import ROOT

SHEET = (ROOT / "templates" / "theme" / "css" / "colour.css").read_text(encoding="utf-8")
COLOURS = {
    name: dict(zip(("light", "dark"), pair, strict=True))
    for name, *pair in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", SHEET)
}
GROUNDS = ("ground", "raised", "tint")
LEAST = {
    **{(text, ground): 7.0 for text in ("text", "quiet", "accent") for ground in GROUNDS},
    ("text", "mark"): 7.0,
    ("on-accent", "accent"): 7.0,
    ("caution", "caution-tint"): 7.0,
    ("edge", "ground"): 3.0,
    **{(name, "raised"): 4.5 for name in COLOURS if name.startswith("code-")},
}
"""The least contrast of a colour on another one: of text, of what bounds a control, and of code."""


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "ground"), LEAST)
def test_a_colour_can_be_read(name: str, ground: str, scheme: str) -> None:
    assert contrast(COLOURS[name][scheme], COLOURS[ground][scheme]) >= LEAST[name, ground]


def test_contrast_is_that_of_the_specification() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


def test_every_colour_is_judged() -> None:
    judged = {name for pair in LEAST for name in pair}
    assert {*COLOURS} - judged == {"line"}  # a line only parts what is apart anyway
    assert len(COLOURS) == SHEET.count("light-dark(")
