"""Every host answers every URL as the one table says, and a host that does not is found out."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from generator.hosting import table
from site_tests.hosting.comparison import differences
from site_tests.hosting.conftest import HOSTS
from site_tests.hosting.hosts import Host, exchange, start

if TYPE_CHECKING:
    from pathlib import Path

    from generator.hosting import Entry
    from generator.render import Rendering


def test_every_url_is_answered_as_the_table_says(host: Host, entries: dict[str, Entry], preview_site: Path) -> None:
    assert len(entries) > 300
    assert differences(host, entries, preview_site) == []


@pytest.mark.parametrize("name", HOSTS)
def test_a_release_is_answered_as_its_table_says(
    name: str, release_site: Path, release: Rendering, tmp_path: Path
) -> None:
    with start(name, release_site, release, tmp_path) as host:
        assert differences(host, table(release_site, release), release_site) == []
