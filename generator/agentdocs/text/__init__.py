"""Texts of documents: templates, quoting for each language, and the Markdown of pages."""
