"""The published origin: pages, links, snippets, and what became of addresses."""
