"""The machine: generator and templates, proved on invented providers. Nothing here reads `catalog/` or `docs/`."""
