"""The watch over the tests of the machine sees what they must not read."""

from __future__ import annotations

import pytest

from site_tests.conftest import ROOT
from site_tests.machine import conftest


def test_a_test_that_reads_the_shipped_catalog_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(conftest, "_opened", seen)
    with pytest.raises(FileNotFoundError):
        (ROOT / "catalog" / "no-such-file.yaml").read_text(encoding="utf-8")
    (ROOT / "Makefile").read_text(encoding="utf-8")
    assert seen == [str(ROOT / "catalog" / "no-such-file.yaml")]
