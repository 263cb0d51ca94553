"""Components of a description, and the schemas and sentences that they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
NUMBER = {"type": "number"}
FLAG = {"type": "boolean"}
OBJECT = {"type": "object"}


class Components(dict[str, dict[str, Any]]):
    """The components of one document by kind. Each is added when something first refers to it, so none is unused."""

    def ref(self, kind: str, name: str, component: Mapping[str, Any]) -> dict[str, Any]:
        """Add a component unless its name is there already, and write the reference to it."""
        self.setdefault(kind, {}).setdefault(name, component)
        return {"$ref": f"#/components/{kind}/{name}"}


def array(items: Mapping[str, Any]) -> dict[str, Any]:
    """Write the schema of an array."""
    return {"type": "array", "items": items}


def record(*required: str, **members: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write the schema of an object that may have further members."""
    return {"type": "object", **({"required": [*required]} if required else {}), "properties": members}


def sentence(text: str) -> str:
    """Write a phrase of the catalog as a sentence: a capital at the beginning, a full stop at the end."""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
