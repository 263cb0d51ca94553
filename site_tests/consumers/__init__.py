"""Programs that others wrote read what is published, and each refuses a document that was broken on purpose.

Each module has one kind of document and its consumers. `published` serves both builds on loopback, where the consumers
look for the production origin; those that run on Node are called through the scripts in `programs/consumers`.
"""
