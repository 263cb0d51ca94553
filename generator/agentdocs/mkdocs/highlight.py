"""Highlighted code, kept for as long as the process lives: most blocks are the same on many pages and in each build."""

from __future__ import annotations

from typing import Any

from pymdownx.highlight import Highlight, HighlightExtension

_KEPT: dict[str, str] = {}
"""HTML by everything that it was made from."""


class _Keeping(Highlight):  # type: ignore[misc]
    """Highlights a block that it has not seen before."""

    def highlight(self, src: str, language: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        settings = {name: value for name, value in vars(self).items() if name != "md"}
        if options.get("inline") or self.line_spans or self.line_anchors or self.title_mode == "html":
            return super().highlight(src, language, *args, **options)  # becomes part of its document
        options["code_block_count"] = 0  # tells blocks apart in ids of lines, which are off
        made_from = repr((settings, src, language, args, options))
        if made_from not in _KEPT:
            _KEPT[made_from] = super().highlight(src, language, *args, **options)
        return _KEPT[made_from]


class KeepingExtension(HighlightExtension):  # type: ignore[misc]
    """The extension `pymdownx.highlight`, with the same settings and results."""

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """Give the class that other extensions highlight with."""
        return _Keeping


def makeExtension(**settings: Any) -> KeepingExtension:  # noqa: ANN401, N802
    """Make the extension, as Python-Markdown asks for it."""
    return KeepingExtension(**settings)
