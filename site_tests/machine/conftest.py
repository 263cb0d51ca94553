"""No test here sees a shipped fact."""

from site_tests.invented import exempla, preview, preview_server, preview_site, project, release, release_site

__all__ = ["exempla", "preview", "preview_server", "preview_site", "project", "release", "release_site"]
