"""How the pages look, where a provider wants them to look like its own."""

from __future__ import annotations

from agentdocs.schema.base import FactGroup, Record
from agentdocs.schema.values import Colour, PictureFile, TypefaceFile


class Accent(Record):
    """The colour of links, buttons and marks. Text in it has to have a contrast of 7 on every ground."""

    light: Colour
    """On light grounds."""
    dark: Colour | None = None
    """On dark grounds; left out for the nearest colour to the one for light that can be read there."""


class Mark(Record):
    """A picture of the provider's own, by the name of its file in `catalog/brand/`.

    It is published as it is. It has to be SVG that draws something still and needs nothing from elsewhere, of at most
    32 kB, with a `viewBox`, and without inline styles, which the Content-Security-Policy forbids.
    """

    light: PictureFile
    """The picture on light grounds."""
    dark: PictureFile | None = None
    """The same on dark grounds; left out where one picture serves for both."""


class Brand(FactGroup):
    """`catalog/brand.yaml`: colour, pictures and typeface of the pages; left out for a neutral look."""

    accent: Accent | None = None
    """The colour of links, buttons and marks; left out for a neutral one."""
    logo: Mark | None = None
    """Stands before the name at the top of each page; left out for the cursor of a terminal after it."""
    wordmark: Mark | None = None
    """Stands for the name at the top of each page; left out where the provider's name is drawn."""
    icon: PictureFile | None = None
    """A square picture for tabs and bookmarks, of the same kind as a mark; left out for one drawn from the name."""
    typeface: TypefaceFile | None = None
    """A font for everything but code, by the name of its file in `catalog/brand/`: WOFF2 of at most 64 kB, with all of
    ASCII. A variable one has every weight; of another, browsers make the bold one themselves. Left out for the fonts of
    the reader's system."""
