"""The catalog for programs: every published fact as JSON, the JSON Schema of it, and the models as a list."""
