"""Assertions that wait. Playwright comes with `make prove` only, so that tests import it while they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def expect(subject: Locator | Page) -> Any:  # noqa: ANN401  # a type for each kind of subject, which Playwright keeps to itself
    """Wait for what is asserted of a page or an element, and long: a busy machine is no defect."""
    from playwright.sync_api import expect as wait

    wait.set_options(timeout=60_000)
    return wait(subject)
