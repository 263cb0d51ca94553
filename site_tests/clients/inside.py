"""Runs as the first program inside the namespaces: brings up the loopback, opens the ports, and becomes a command.

    python inside.py CHANNEL HOSTS RESOLVER PORT COMMAND...

CHANNEL is the descriptor of a socket to the outside. It gets the open sockets of PORT and of port 53, and the command
starts once something comes back. HOSTS and RESOLVER are files that stand in for those in /etc.
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _UP, _BIND = 0x8913, 0x8914, 1, 4096


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh", b"lo", 0)
        _, flags = struct.unpack("16sh", fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request)[:18])
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | _UP))


def _bind(file: str, place: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(file.encode(), os.path.realpath(place).encode(), None, _BIND, None):
        raise OSError(ctypes.get_errno(), f"{place} cannot be replaced")


def main(channel: str, hosts: str, resolver: str, port: str, *command: str) -> None:
    _raise_loopback()
    _bind(hosts, "/etc/hosts")
    _bind(resolver, "/etc/resolv.conf")
    public = socket.create_server(("127.0.0.1", int(port)))
    names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    names.bind(("127.0.0.1", 53))
    with socket.socket(fileno=int(channel)) as outside:
        socket.send_fds(outside, [b"open"], [public.fileno(), names.fileno()])
        outside.recv(1)
    public.close()
    names.close()
    os.execvp(command[0], command)  # noqa: S606 - the command of the test, without a shell around it


if __name__ == "__main__":
    main(*sys.argv[1:])
