"""Reading a catalog: files with places, rules between facts, and what of it may be published."""
