"""What a client did when it was refused, beside what the catalog says that it does."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import yaml
from agentdocs.site.outcomes import error_for

from site_tests.clients.reader import RETRY_AFTER, SITUATIONS
from site_tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.stub import Stub

    from site_tests.clients.machine import Run
    from site_tests.clients.reader import Reader


def seen(reader: Reader, situation: str, run: Run, stub: Stub) -> dict[str, Any]:
    """Write what happened as an outcome of the catalog, with signs for what comes from the set-up or the answer."""
    lines = [generic(reader, situation, line) for line in reader.client.tells(run)]
    return {"prints": lines, "exit_code": run.exit_code, "requests": len(stub.requests)}


def generic(reader: Reader, situation: str, line: str) -> str:
    """Replace what another provider, another model or another wording would change."""
    facts = reader.facts
    api = facts.apis[reader.api]
    variable = facts.keys[api.key].environment_variable
    values = {api.base_url: "base_url", facts.recommendations.default: "model", variable: "variable"}
    name = error_for(facts, reader.api, situation)
    for error in [facts.errors[name]] if name else []:
        for sign, value in (("code", str(error.code)), ("type", error.type)):
            values[value if value != "unknown" else f'"{sign}":"unknown"'] = sign
    # A client that sends a placeholder instead of no key gets the other error.
    values |= {error.meaning: "message" for error in facts.errors.values()}
    for value, sign in sorted(values.items(), key=lambda item: -len(item[0])):
        line = line.replace(value, f'"{sign}":"<{sign}>"' if '":"' in value else f"<{sign}>")
    if name:
        line = re.sub(rf"\b{facts.errors[name].status}\b", "<status>", line)
    line = re.sub(rf"(?<![\w-]){facts.provider.id}(?![\w-])", "<provider>", line)
    line = line.replace(f"{RETRY_AFTER} seconds", "<seconds> seconds")
    return line.replace(str(reader.machine.home), "~")


def waits(stub: Stub) -> bool | None:
    """Tell whether the client waited as Retry-After says before it sent the same request again; None if it did not."""
    times: dict[str, list[float]] = {}
    for request in stub.requests:
        times.setdefault(repr(request.body), []).append(request.at)
    gaps = [later - earlier for sent in times.values() for earlier, later in pairwise(sent)]
    return min(gaps) >= RETRY_AFTER - 0.1 if gaps else None


def domains(hosts: frozenset[str]) -> set[str]:
    """Name the domains of some hosts: which of its hosts a domain answers with changes often."""
    return {".".join(host.split(".")[-2:]) for host in hosts}


def write(reader: Reader, situation: str, outcome: dict[str, Any], waited: bool | None, hosts: frozenset[str]) -> Path:
    """Put an outcome into the catalog, with today's date and the provider whose APIs the client was set up for."""
    file = ROOT / "catalog" / "recordings" / f"{reader.client.name}.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    outcomes = {**data.get("outcomes", {}), situation: outcome}
    known = {*data.get("other_domains", ()), *domains(hosts)}
    if situation == "burst":
        data["waits"] = waited
    written = {
        "waits": data.get("waits"),
        "other_domains": sorted(known),
        "outcomes": {name: outcomes[name] for name in SITUATIONS if name in outcomes},
        "provenance": {
            "checked": datetime.now(UTC).date().isoformat(),
            "confidence": "measured",
            "provider": reader.facts.provider.id,
        },
    }
    file.parent.mkdir(exist_ok=True)
    kept = {name: value for name, value in written.items() if value not in (None, [])}
    text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=10_000)
    file.write_text("# Written by make recordings; nobody edits it.\n" + text, encoding="utf-8")
    return file
