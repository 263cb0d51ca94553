"""Texts are texts: whatever the schema accepts is shown as it is, wherever it stands, and nothing of it runs."""
