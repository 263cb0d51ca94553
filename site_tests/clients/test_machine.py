"""The machine on which clients run: nothing leaves it, and what cannot be byte for byte is said to be so."""

from __future__ import annotations

import socket
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from agentdocs.stub import Stub

from site_tests.clients import machine as machines
from site_tests.clients.machine import Machine, unshare
from site_tests.clients.reader import Client, Reader

if TYPE_CHECKING:
    from pathlib import Path

    from agentdocs.render import Rendering

needs_namespaces = pytest.mark.skipif(unshare() is None, reason="namespaces are not permitted here")
CURL = pytest.mark.program("curl")


@needs_namespaces
@CURL
def test_the_public_hosts_lead_to_the_stub_and_every_other_name_is_noted(preview: Rendering, tmp_path: Path) -> None:
    stub = Stub(preview.facts)
    lists = {name: api.base_url + api.operations["models"].path for name, api in preview.facts.apis.items()}
    script = "".join(f"curl -sS {url} -o /dev/null -w '%{{http_code}} '\n" for url in lists.values())
    run = Machine(preview.facts, tmp_path).run(stub, script + "curl -sS https://elsewhere.example.org/\n")
    refused = {name: preview.facts.apis[name].operations["models"].key == "required" for name in lists}
    assert run.stdout.split() == ["401" if refused[name] else "200" for name in lists]
    assert run.looked_up == {"elsewhere.example.org"}
    assert "Could not resolve host: elsewhere.example.org" in run.stderr
    assert [request.path for request in stub.requests] == [urlsplit(url).path for url in lists.values()]


@needs_namespaces
def test_nothing_outside_can_be_reached(preview: Rendering, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        port = outside.getsockname()[1]
        script = f"exec 3<>/dev/tcp/127.0.0.1/{port} && echo reached || echo refused; ls /sys/class/net\n"
        run = Machine(preview.facts, tmp_path).run(Stub(preview.facts), script)
    assert run.stdout.split()[0] == "refused"


@needs_namespaces
@CURL
def test_a_certificate_of_another_authority_would_be_refused(preview: Rendering, tmp_path: Path) -> None:
    machine = Machine(preview.facts, tmp_path, {"CURL_CA_BUNDLE": "/etc/ssl/certs/ca-certificates.crt"})
    run = machine.run(Stub(preview.facts), f"curl -sS {next(iter(preview.facts.apis.values())).base_url}\n")
    assert run.exit_code == 60


def test_the_home_of_whoever_runs_the_tests_is_not_seen(preview: Rendering, tmp_path: Path) -> None:
    run = Machine(preview.facts, tmp_path).run(Stub(preview.facts), "echo $HOME; env | cut -d= -f1 | sort\n")
    home, *names = run.stdout.split()
    assert home == str(tmp_path / "home")
    assert set(names) <= {"HOME", "PATH", "LANG", "TERM", "TMPDIR", "PWD", "SHLVL", "_", "NODE_EXTRA_CA_CERTS",
                          "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}  # fmt: skip


def test_a_command_that_hangs_is_ended_with_everything_that_it_started(preview: Rendering, tmp_path: Path) -> None:
    machine = Machine(preview.facts, tmp_path)
    with pytest.raises(subprocess.TimeoutExpired):
        machine.run(Stub(preview.facts), "sleep 600 & sleep 600\n", seconds=1)


@CURL
def test_without_namespaces_only_the_origin_is_replaced_and_the_summary_says_so(
    preview: Rendering, preview_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "unshare", lambda: None)
    machine = Machine(preview.facts, tmp_path)
    reader = Reader(Client("curl", "chat"), preview, preview_site, machine)
    stub = reader.stub()
    run = reader.follow(stub, "chat")
    assert (run.exit_code, len(stub.requests)) == (0, 1)
    shown = (machine.folder / "script").read_text(encoding="utf-8")
    api = preview.facts.apis[reader.api]
    assert shown.replace(f"http://127.0.0.1:{machine.port}{stub.path(reader.api)}", api.base_url) == (
        reader.key_step("bash") + reader.blocks()["chat"].text
    )


def test_the_page_the_file_and_the_command_say_the_same(preview: Rendering, preview_site: Path, tmp_path: Path) -> None:
    for name in preview.facts.clients:
        for another in (False, True):
            reader = Reader(Client(name, ""), preview, preview_site, Machine(preview.facts, tmp_path))
            reader.model = model = reader.another_model() if another else None
            for part, block in reader.blocks().items():
                shape = preview.snippets.snippet(name, part)
                assert block.text == preview.snippets.render(name, part, model), f"{name} {part}"
                saved = None if shape.language == "bash" else shape.save_as or shape.file
                assert (block.save_as, block.run) == (saved, shape.run)
