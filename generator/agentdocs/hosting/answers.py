"""How a built folder is answered, as a file in it, so that it can be served without being built again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agentdocs.errors import OutputError
from agentdocs.hosting.kinds import kind_of
from agentdocs.hosting.table import Entry
from agentdocs.site.departures import Departure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "_hosting/serve.json"
"""The file in a built folder."""


@dataclass(frozen=True)
class Answers:
    """What a host answers: the table, and what departed from it."""

    entries: Mapping[str, Entry]
    """By URL."""
    departures: tuple[Departure, ...]


def write(answers: Answers, folder: Path) -> None:
    """Write how a built folder is answered."""
    entries: dict[str, dict[str, Any]] = {
        url: {
            "storage": entry.storage,
            "media_type": entry.media_type,
            **({"own": entry.own} if entry.own else {}),
            **({"twin": entry.twin} if entry.twin else {}),
        }
        for url, entry in answers.entries.items()
    }
    departures = [[departure.path, departure.target] for departure in answers.departures]
    policy = next(entry.policy for entry in answers.entries.values())
    text = json.dumps({"policy": policy, "entries": entries, "departures": departures}, indent=1)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8")


def read(folder: Path) -> Answers:
    """Read how a built folder is answered. Raises `OutputError` if it does not say so."""
    file = folder / FILE
    try:
        record = json.loads(file.read_bytes())
        entries = {url: _entry(url, record["policy"], **members) for url, members in record["entries"].items()}
        return Answers(entries, tuple(Departure(path, target) for path, target in record["departures"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        right = "run make release again"
        raise OutputError(f"{file}: does not say how the folder is answered ({error}); {right}") from None


def _entry(url: str, policy: str, storage: str, media_type: str, own: Any = (), twin: str = "") -> Entry:  # noqa: ANN401
    return Entry(url, storage, media_type, kind_of(url), policy, tuple((field, value) for field, value in own), twin)
