"""How hosts answer: one table of everything that is published, and the files that make each host obey it."""

from agentdocs.hosting.table import Entry, planned, storage_paths, table

__all__ = ["Entry", "planned", "storage_paths", "table"]
