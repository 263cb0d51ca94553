"""Ways to publish a rendering: MkDocs, a staged folder, a preview server, the command line."""
