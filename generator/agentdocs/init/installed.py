"""Where this package was installed from, so that a project can ask for the same again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import distribution


@dataclass(frozen=True)
class Installed:
    """The package as it is installed."""

    requirement: str
    """The requirement by which pip installs the same version (PEP 508)."""
    local: bool
    """Whether that is a place on this machine."""

    @classmethod
    def here(cls) -> Installed:
        """Read where pip found the package (PEP 610); where it says nothing, that was an index."""
        package = distribution("agentdocs")
        origin = json.loads(package.read_text("direct_url.json") or "{}")
        url, vcs = origin.get("url", ""), origin.get("vcs_info")
        if vcs:
            return cls(f"agentdocs @ {vcs['vcs']}+{url}@{vcs['commit_id']}", url.startswith("file:"))
        return cls(f"agentdocs @ {url}" if url else f"agentdocs=={package.version}", url.startswith("file:"))
