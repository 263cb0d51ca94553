"""A machine without a network, on which the provider's public host names lead to the stub.

A command runs in network and mount namespaces of its own, as `unshare` makes them: its only interface is the loopback,
`/etc/hosts` sends the hosts of the catalog's base URLs there, and the stub answers on their port: 443, with a
certificate of an authority that only this run trusts, or that of a server on the reader's own machine. Nothing can
leave the machine, and every other name that a client looks up is noted. Where namespaces are not permitted, the stub
listens on a free port, the test replaces the origin in what it takes from the page, and the summary of the tests says
so.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import certifi
import trustme
from agentdocs.server import listen
from agentdocs.stub import Stub

from site_tests.serving import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from agentdocs.schema import Facts

_INSIDE = Path(__file__).with_name("inside.py")


@cache
def unshare() -> tuple[str, ...] | None:
    """Give the command that makes the namespaces, or None if that is not permitted here."""
    for command in (("unshare", "--net", "--mount"), ("unshare", "--map-root-user", "--net", "--mount")):
        with contextlib.suppress(OSError):
            if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
                return command
    return None


@dataclass(frozen=True)
class Run:
    """What became of a command."""

    exit_code: int
    stdout: str
    stderr: str
    looked_up: frozenset[str] = frozenset()
    """Names of hosts that are not the provider's; unknown where namespaces are not permitted."""

    @property
    def text(self) -> str:
        """Everything that was printed."""
        return f"{self.stdout}\n{self.stderr}"


@dataclass
class Machine:
    """One home and one working folder, in which commands run one after the other."""

    facts: Facts
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """Beside what every command gets: `HOME`, `PATH`, and the variables that name the certificates."""
    path: Sequence[Path] = ()
    """Folders of programs, before those of the system."""
    port: int = 0
    """Where the stub listens if namespaces are not permitted."""

    _running: subprocess.Popen[str] | None = None

    def __post_init__(self) -> None:
        for inner in (self.home, self.work, self._etc):
            inner.mkdir(parents=True, exist_ok=True)
        if unshare() is None and not self.port:
            with socket.create_server(("127.0.0.1", 0)) as free:
                self.port = free.getsockname()[1]

    @property
    def home(self) -> Path:
        """The reader's home."""
        return self.folder / "home"

    @property
    def work(self) -> Path:
        """The folder in which the reader works."""
        return self.folder / "work"

    @property
    def _etc(self) -> Path:
        return self.folder / "etc"

    @property
    def hosts(self) -> list[str]:
        """The host names of all base URLs."""
        return sorted({str(url.hostname) for url in self._urls})

    @property
    def _urls(self) -> list[SplitResult]:
        urls = [url for api in self.facts.apis.values() for url in (api.base_url, *api.legacy_base_urls)]
        return [urlsplit(url) for url in urls]

    @property
    def _address(self) -> tuple[str, int]:
        """The scheme and the port of all base URLs."""
        (address,) = {(url.scheme, url.port or {"https": 443, "http": 80}[url.scheme]) for url in self._urls}
        return address

    def save(self, name: str, text: str) -> None:
        """Write a file where a page says: below the home if the name begins with `~/`, else into the working folder."""
        file = self.home / name[2:] if name.startswith("~/") else self.work / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.here(text), encoding="utf-8")

    def run(self, stub: Stub, script: str, shell: str = "bash", typed: str = "", seconds: float = 900) -> Run:
        """Run a script in a shell; `typed` is what comes from the keyboard. Raises `TimeoutExpired`."""
        file = self.folder / "script"
        file.write_text(self.here(script), encoding="utf-8")
        prefix = unshare()
        if prefix is None:
            with running(stub.application(), listen(self.port)):
                return self._result(self._start([shell, str(file)]), typed, seconds, frozenset())
        ours, theirs = socket.socketpair()
        with ours, theirs:
            given = (theirs.fileno(), *self._files(), self._address[1])
            inside = [sys.executable, "-I", str(_INSIDE), *map(str, given)]
            process = self._start([*prefix, *inside, shell, str(file)], theirs.fileno())
            theirs.close()
            _, (public, names), _, _ = socket.recv_fds(ours, 16, 2)
            listener = socket.socket(fileno=public)
            served = running(stub.application(), listener, self._certificate)
            with _noting(socket.socket(fileno=names)) as looked_up, served:
                ours.send(b".")
                return self._result(process, typed, seconds, looked_up)

    def here(self, text: str) -> str:
        """Replace base URLs where namespaces are not permitted, and only there."""
        if self.port:
            for name, api in self.facts.apis.items():
                text = text.replace(api.base_url, f"http://127.0.0.1:{self.port}{Stub(self.facts).path(name)}")
        return text

    def stop(self) -> None:
        """End what runs now."""
        if self._running is not None:
            os.killpg(self._running.pid, signal.SIGKILL)

    def _start(self, command: Sequence[str], inherited: int | None = None) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=self.work, env=self._variables(), stdin=pipe, stdout=pipe, stderr=pipe, text=True,
            errors="replace", pass_fds=[inherited] if inherited is not None else [], start_new_session=True,
        )  # fmt: skip

    def _result(
        self, process: subprocess.Popen[str], typed: str, seconds: float, looked_up: set[str] | frozenset[str]
    ) -> Run:
        self._running = process
        try:
            stdout, stderr = process.communicate(typed, timeout=seconds)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what it left running
            process.communicate()
            self._running = None
        return Run(process.returncode, stdout, stderr, frozenset(looked_up))

    def _variables(self) -> dict[str, str]:
        bundle = str(_authority().bundle)
        certificates = ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
        folders = [*map(str, self.path), "/usr/local/bin", "/usr/bin", "/bin"]
        return {
            "HOME": str(self.home),
            "PATH": ":".join(folders),
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "TMPDIR": str(self._etc),
            **dict.fromkeys(certificates, bundle),
            **self.environment,
        }

    def _files(self) -> tuple[Path, Path]:
        hosts, resolver = self._etc / "hosts", self._etc / "resolv.conf"
        hosts.write_text("".join(f"127.0.0.1 {name}\n" for name in {"localhost", *self.hosts}), encoding="utf-8")
        resolver.write_text("nameserver 127.0.0.1\noptions attempts:1 timeout:1\n", encoding="utf-8")
        return hosts, resolver

    @property
    def _certificate(self) -> ssl.SSLContext | None:
        return _authority().context(tuple(self.hosts)) if self._address[0] == "https" else None


@dataclass(frozen=True)
class _Authority:
    """A certificate authority that lives as long as the tests."""

    authority: trustme.CA
    bundle: Path
    """The usual authorities, and this one."""

    def context(self, hosts: tuple[str, ...]) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*hosts).configure_cert(context)
        return context


@cache
def _authority() -> _Authority:
    import tempfile

    authority = trustme.CA()
    bundle = Path(tempfile.mkdtemp()) / "certificates.pem"
    bundle.write_bytes(Path(certifi.where()).read_bytes() + authority.cert_pem.bytes())
    return _Authority(authority, bundle)


@contextlib.contextmanager
def _noting(names: socket.socket) -> Iterator[set[str]]:
    """Answer every question for a host name with `no such name` (RFC 1035, RCODE 3), and note the name."""
    asked: set[str] = set()

    def answer() -> None:
        while True:
            try:
                question, sender = names.recvfrom(4096)
            except OSError:
                return
            if not question:
                return
            labels, place = [], 12
            while question[place]:
                labels.append(question[place + 1 : place + 1 + question[place]].decode("ascii", "replace"))
                place += question[place] + 1
            asked.add(".".join(labels))
            names.sendto(question[:2] + b"\x81\x83" + question[4:6] + bytes(6) + question[12 : place + 5], sender)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield asked
    finally:
        with contextlib.suppress(OSError):
            names.shutdown(socket.SHUT_RDWR)
        names.close()
        thread.join(timeout=5)
