"""One table of requests, which every host answers alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from agentdocs.hosting.kinds import HASHED
from agentdocs.hosting.table import everywhere

from site_tests.hosting.comparison import compare
from site_tests.hosting.hosts import PROGRAMS, start

if TYPE_CHECKING:
    from agentdocs.hosting import Entry
    from agentdocs.render import Rendering

    from site_tests.hosting.hosts import Host

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("requests.yaml").read_text(encoding="utf-8"))
METHODS = ("get", "head", "options", "post", "put", "delete")


def chosen(entries: dict[str, Entry]) -> dict[str, str]:
    """Choose the addresses for which signs in rows stand, by what is published."""
    snippets = [url for url in entries if "/snippets/" in url]
    suffixes = ("sh", "py", "mjs", "yaml", "json5")
    signs = {suffix: next((url for url in snippets if url.endswith(f".{suffix}")), "") for suffix in suffixes}
    signs["skill"] = next((url for url in entries if url.endswith("/SKILL.md")), "")
    signs["status"] = next((url for url in entries if url.startswith("/.well-known/status/")), "")
    signs["resource"] = next((url for url in entries if url.startswith("/.well-known/oauth-protected-resource/")), "")
    signs["description"] = next((url for url in entries if url.endswith(".openapi.json")), "")
    signs["dotted"] = next((url[:-1] for url, entry in entries.items() if entry.kind.negotiated and "." in url), "")
    signs["links"] = dict(entries["/"].own)["Link"]
    signs["hashed"] = next(url for url, entry in entries.items() if entry.kind is HASHED and url.endswith(".js"))
    return signs


def filled(value: Any, signs: dict[str, str]) -> Any:  # noqa: ANN401
    """Write addresses in place of signs such as `{py}`; skip a test that needs one which nothing has."""
    if isinstance(value, dict):
        return {name: filled(member, signs) for name, member in value.items()}
    for name in re.findall(r"\{(\w+)\}", value) if isinstance(value, str) else ():
        if not signs[name]:
            pytest.skip(f"nothing that is published stands for {{{name}}}")
        value = value.replace(f"{{{name}}}", signs[name])
    return value


def problems(host: Host, row: dict[str, Any], entries: dict[str, Entry]) -> list[str]:
    """Send the request of a row and say what is different in the answer."""
    row = filled({**row, **row.get("except", {}).get(host.name, {})}, chosen(entries))
    method = next(name for name in METHODS if name in row)
    path = row[method]
    request = dict(row.get("headers", {}))
    if "accept" in row:
        request["Accept"] = row["accept"]
    answer = host.ask(method.upper(), path, request)
    if "again" in row:
        tag = answer.fields["etag"].removeprefix("W/")
        request["If-None-Match"] = {"same": answer.fields["etag"], "weak": f"W/{tag}", "list": f'"other", {tag}'}[
            row["again"]
        ]
        answer = host.ask(method.upper(), path, request)
    # `bare`: the host answers before it knows of any site.
    fields: dict[str, str | None] = {} if row.get("bare") else dict(everywhere(next(iter(entries.values())).policy))
    fields |= row.get("fields", {})
    if row.get("type"):
        fields["Content-Type"] = row["type"]
    empty = method == "head" or row["status"] in (204, 304)
    return list(compare(answer, row["status"], fields, b"" if empty else None))


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_a_request_is_answered_as_its_row_says(host: Host, row: dict[str, Any], entries: dict[str, Entry]) -> None:
    assert problems(host, row, entries) == []


def test_whatever_a_row_says_is_compared(
    preview_site: Path, preview: Rendering, entries: dict[str, Entry], tmp_path: Path
) -> None:
    planted = 0
    with start("serve", preview_site, preview, tmp_path) as host:
        for row in ROWS:
            wrong = [{**row, "status": 418}, {**row, "type": "application/x-other"}]
            for name, value in row.get("fields", {}).items():
                wrong.append({**row, "fields": {name: None if value == "*" else "something else"}})
            for other in wrong:
                assert problems(host, other, entries), other
            planted += len(wrong)
    assert planted > 300


def test_rows_differ_and_exceptions_name_a_host_and_a_reason() -> None:
    assert len({row["what"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        for name, exception in row.get("except", {}).items():
            assert name in PROGRAMS
            assert exception["because"]
