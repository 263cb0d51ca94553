"""Starts the project of another provider: what is asked, what a list of models adds, and the files that are written."""
