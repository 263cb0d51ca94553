"""Both builds, served where consumers look for the production origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_tests.consumers.published import Published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agentdocs.render import Rendering


@pytest.fixture(scope="session")
def published_preview(preview: Rendering, preview_site: Path) -> Iterator[Published]:
    with Published("preview", preview, preview_site).serving() as published:
        yield published


@pytest.fixture(scope="session")
def published_release(release: Rendering, release_site: Path) -> Iterator[Published]:
    with Published("release", release, release_site).serving() as published:
        yield published


@pytest.fixture(params=["preview", "release"])
def published(request: pytest.FixtureRequest) -> Published:
    """Each build in turn."""
    served = request.getfixturevalue(f"published_{request.param}")
    assert isinstance(served, Published)
    return served
