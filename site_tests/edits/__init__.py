"""Edits that a maintainer makes, each on a copy of the project: only golden files may differ afterwards."""
