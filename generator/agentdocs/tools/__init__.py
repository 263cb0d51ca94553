"""Parts of pages that a script makes work in a browser."""
