"""What a model can do, in the words of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentdocs.schema import Model


def capabilities(model: Model) -> str:
    """Name what a model is known to be capable of, and say whether anything is unknown."""
    features = model.features
    # An assumed flag is another object, so identity would miss it.
    able = [name.replace("_", " ") for name, value in features.items() if value == True]  # noqa: E712
    unknown = any(value == "unknown" for name, value in features.items() if name != "tools")
    return ", ".join(able) + (("; others unknown" if able else "unknown") if unknown else "")
