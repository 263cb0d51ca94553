"""Runs the same proofs with the newest version of every client, and prints what still works.

    python -m site_tests.clients.latest [FOLDER]

The newest versions are installed into FOLDER, `.latest/` by default, beside the pinned ones. The end of what a failed
proof says is printed below the table, in the client's own words. Exits with 1 if anything differs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from agentdocs.catalog import reading as catalogs

from site_tests import programs
from site_tests.clients.conftest import REPORT
from site_tests.conftest import DAY, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.schema import Facts

PYTHON = {"hermes": "hermes-agent", "llm": "llm", "openai": "openai"}
"""Groups of Python packages, by the package whose newest version they are about."""
FIXED = ("@types/node", "typescript")
"""Packages that are no clients."""


def install(folder: Path) -> None:
    """Install the newest versions."""
    node = folder / "clients"
    node.mkdir(parents=True, exist_ok=True)
    listed = json.loads((programs.folder("clients") / "package.json").read_text(encoding="utf-8"))
    names = {name: version if name in FIXED else "latest" for name, version in listed["dependencies"].items()}
    (node / "package.json").write_text(json.dumps({**listed, "dependencies": names}), encoding="utf-8")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for command in (["npm", "install", "--silent", "--ignore-scripts", "--no-package-lock"],
                    ["npm", "rebuild", "--silent", *listed["trustedDependencies"]]):  # fmt: skip
        subprocess.run(command, cwd=node, env=environment, check=True)
    for group, package in PYTHON.items():
        venv = folder / group / ".venv"
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--retries", "8"]
        subprocess.run([*pip, "install", "--quiet", "--upgrade", package], check=True)


def versions(facts: Facts) -> Mapping[str, str]:
    """Give the installed version of each client that is installed by a command."""
    found = {}
    for name, client in facts.clients.items():
        tool, package = (client.install or " ").split(" ")[0], (client.install or " ").split(" ")[-1]
        if tool == "npm":
            found[name] = programs.node_version("clients", package)
        elif tool == "pip":
            group = next(group for group, listed in PYTHON.items() if listed == package)
            found[name] = programs.python_version(group, package)
    return found


def results(report: Path) -> Iterator[tuple[str, str, str]]:
    """Yield client, proof and, where it failed, what was said, from pytest's report."""
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        module = case.get("classname", "").rpartition(".")[2].removeprefix("test_").replace("_", "-")
        failure = case.find("failure") if case.find("failure") is not None else case.find("error")
        if case.find("skipped") is None:
            said = "" if failure is None else (failure.get("message") or failure.text or "")
            yield module, case.get("name", ""), said


def table(facts: Facts, found: Mapping[str, str], outcome: list[tuple[str, str, str]]) -> str:
    """Write the table and, below it, every difference."""
    lines = ["| client | pinned | newest | proofs | still hold |", "|---|---|---|---|---|"]
    for name, client in facts.clients.items():
        own = [said for module, _, said in outcome if module == name]
        holds = sum(not said for said in own)
        pinned = client.tested.version if client.tested else "none"
        lines.append(f"| {name} | {pinned} | {found.get(name, 'the system')} | {len(own)} | {holds} |")
    different = [(module, proof, said) for module, proof, said in outcome if said]
    for module, proof, said in different:
        words = "\n    ".join(line for line in said.splitlines()[:12])
        lines.append(f"\n{module}: {proof}\n    {words}")
    return "\n".join(lines)


def main(folder: Path) -> int:
    """Install, prove and print; see the module."""
    install(folder)
    report = folder / "report.xml"
    environment = {**os.environ, "AGENTDOCS_PROGRAMS": str(folder), REPORT: str(folder / "report.jsonl")}
    leave_out = [f"--ignore=site_tests/clients/test_{name}.py" for name in ("stub", "machine", "catalog")]
    options = ["--prove", "-q", "-n", "auto", "--dist", "worksteal", f"--junit-xml={report}", *leave_out]
    command = [sys.executable, "-m", "pytest", *options, "site_tests/clients"]
    subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)
    os.environ["AGENTDOCS_PROGRAMS"] = str(folder)
    code = "import site_tests.clients.latest as latest, sys; sys.exit(latest.tell(sys.argv[1]))"
    return subprocess.run([sys.executable, "-c", code, str(report)], cwd=ROOT, check=False).returncode


def tell(report: str) -> int:
    """Print the table of a report."""
    facts = catalogs.load(ROOT / "catalog", DAY).facts
    outcome = [*results(Path(report))]
    print(table(facts, versions(facts), outcome))
    unproven = [name for name in facts.clients if name not in {module for module, _, _ in outcome}]
    for name in unproven:
        print(f"\n{name}: no proof ran")
    return int(bool(unproven) or any(said for _, _, said in outcome))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".latest").absolute()))
