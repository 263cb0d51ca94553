"""How the pages of one provider look: what its catalog says, and what is drawn where it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from agentdocs.brand import drawn
from agentdocs.brand.palette import Palette, palette
from agentdocs.brand.picture import Picture
from agentdocs.brand.typeface import Typeface

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentdocs.schema import Facts
    from agentdocs.schema.brand import Mark

ICON, CARD = "favicon.svg", "card.png"
"""The names under which the icon and the image for previews of links are published."""

_HEIGHT = 28
"""Pixels that a picture is high at the top of a page."""


@dataclass(frozen=True)
class Shown:
    """A picture at the top of a page."""

    file: str
    """The name that it is published under."""
    picture: Picture
    scheme: str
    """The scheme that it is for; empty for one that serves for both."""

    height = _HEIGHT

    @property
    def width(self) -> int:
        """Pixels that it is wide."""
        return max(1, round(_HEIGHT * self.picture.width / self.picture.height))


@dataclass(frozen=True)
class Look:
    """What the theme shows of a provider."""

    facts: Facts
    files: Mapping[str, Picture | Typeface]
    """The provider's own pictures and typeface, by the names of their files."""

    @cached_property
    def palette(self) -> Palette:
        """Every colour."""
        accent = self.facts.brand.accent
        return palette(accent.light, accent.dark) if accent else palette()

    @property
    def typeface(self) -> Typeface | None:
        """The provider's own typeface."""
        found = self.files.get(self.facts.brand.typeface or "")
        return found if isinstance(found, Typeface) else None

    @property
    def logo(self) -> tuple[Shown, ...]:
        """What stands before the name."""
        return self._shown("logo", self.facts.brand.logo)

    @property
    def wordmark(self) -> tuple[Shown, ...]:
        """What stands for the name."""
        return self._shown("wordmark", self.facts.brand.wordmark)

    @property
    def name(self) -> str:
        """The name as SVG, drawn with the cursor for which a logo stands; empty if it cannot be drawn."""
        return drawn.wordmark(self.facts.provider.name, self._ink)

    @property
    def assets(self) -> dict[str, bytes]:
        """The files that pages ask for, by the names under which they are published."""
        facts, icon = self.facts, self.files.get(self.facts.brand.icon or "")
        name, host = facts.provider.name, facts.site.origin.removeprefix("https://")
        return {
            ICON: icon.body if icon else drawn.icon(name, self._ink).encode(),
            CARD: drawn.card(name, facts.site.description, host, self._ink),
            **{shown.file: shown.picture.body for shown in (*self.logo, *self.wordmark)},
            **({self.typeface.file: self.typeface.body} if self.typeface else {}),
        }

    def style(self, sheet: str, pictures: str) -> str:
        """Write the style sheet of the theme with its colours, and with `pictures` and typeface if there are any."""
        colours = "".join(f"--{name}: light-dark({light}, {dark});\n" for name, (light, dark) in self.palette.items())
        text = f"body {{\ncolor-scheme: light dark;\n{colours}}}\n{sheet}"
        if self.logo or self.wordmark:
            text += pictures
        if self.typeface:
            text = self.typeface.rules() + text.replace("--sans: ", "--sans: brand, brand-fallback, ")
        return text

    @property
    def _ink(self) -> drawn.Ink:
        return drawn.Ink(self.palette["accent"][1], self.typeface, cursor=not self.facts.brand.logo)

    def _shown(self, name: str, mark: Mark | None) -> tuple[Shown, ...]:
        found = [(scheme, self.files.get(file or "")) for scheme, file in mark or ()]
        pictures = [(scheme, picture) for scheme, picture in found if isinstance(picture, Picture)]
        if len(pictures) == 1:
            return (Shown(f"{name}.svg", pictures[0][1], ""),)
        return tuple(Shown(f"{name}-{scheme}.svg", picture, scheme) for scheme, picture in pictures)
