"""MkDocs as the renderer: the plugin, the build, live editing, and the theme."""
