"""The check of prose behind `make lint`: Harper's grammar rules, and the rules of our style guide in `rules/`."""
