"""Every kind of page before Lighthouse on a telephone: nothing to mend but what only a fast machine could."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from agentdocs.server import application

from site_tests import programs
from site_tests.serving import running
from site_tests.site.kinds import KINDS, PUBLISHED, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from agentdocs.render import Rendering
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

pytestmark = [pytest.mark.program("chromium"), pytest.mark.program("pages")]

JUDGE = programs.node_modules("pages").parent / "judge.mjs"
MUST = ("accessibility", "best-practices", "seo")
SEARCHABLE = tuple(kind for kind in PUBLISHED if kind != "missing")
"""Kinds of page that search engines are meant to find; the others ask them not to."""
PARTS = 4
"""Into how many tests the pages are dealt out, so that several processes can share them."""


def _found(app: ASGIApp) -> ASGIApp:
    """Say of everything that it was found: Lighthouse refuses to judge what answers with 404."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            await send({**message, "status": 200} if message.get("status") == 404 else message)

        await app(scope, receive, sent)

    return answer


@pytest.fixture(scope="module")
def found(preview_site: Path, preview: Rendering) -> Iterator[str]:
    with running(_found(application(preview_site, preview))) as address:
        yield address


@pytest.mark.parametrize("part", range(PARTS))
def test_a_page_gets_full_marks(
    part: int, preview: Rendering, preview_server: str, found: str, tell: Callable[..., None]
) -> None:
    servers = {"missing": found}
    pages = {servers.get(kind, preview_server) + path_of(kind, preview): kind for kind in KINDS[part::PARTS]}
    command = [str(programs.find("node")), str(JUDGE), str(programs.find("chromium")), *pages]
    judged = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {*judged} == {*pages}
    wrong = {}
    for address, scores in judged.items():
        kind = pages[address]
        tell(f"Lighthouse, {kind}: {', '.join(f'{name} {scores[name]}' for name in ('performance', *MUST))}")
        must = MUST if kind in SEARCHABLE else MUST[:2]
        if any(scores[name] != 100 for name in must):
            wrong[kind] = scores
    assert wrong == {}
