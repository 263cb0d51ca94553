"""Each host of the publishing guide, with the preview on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agentdocs.hosting import Entry, table

from site_tests.hosting.hosts import PROGRAMS, Host, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agentdocs.render import Rendering

HOSTS = [pytest.param(name, marks=[pytest.mark.program(p)] if p else []) for name, p in PROGRAMS.items()]


@pytest.fixture(scope="session", params=HOSTS)
def host(
    request: pytest.FixtureRequest, preview_site: Path, preview: Rendering, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    with start(request.param, preview_site, preview, tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="session")
def entries(preview_site: Path, preview: Rendering) -> dict[str, Entry]:
    return table(preview_site, preview)
