"""Catalogs that somebody made to hang, crash or fill a program, or that an accident made so.

Each entry changes a copy of an invented provider's catalog, and has what is said of it. Sizes lie far beyond the
limits that the machine sets itself, as those of an attack would, or just below them.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DEEP, MANY = 100_000, 100_000


def write(name: str, content: str | bytes) -> Callable[[Path], object]:
    def change(catalog: Path) -> None:
        path = catalog / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return change


def replaced(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(catalog: Path) -> None:
        text = (catalog / name).read_text("utf-8")
        assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times, not once"
        (catalog / name).write_text(text.replace(old, new), "utf-8")

    return change


def appended(name: str, end: str) -> Callable[[Path], object]:
    return lambda catalog: (catalog / name).write_text((catalog / name).read_text("utf-8") + end, "utf-8")


def renamed(name: str, new: bytes) -> Callable[[Path], object]:
    return lambda catalog: (catalog / name).rename((catalog / name).with_name(os.fsdecode(new)))


def pipe(catalog: Path) -> None:
    os.mkfifo(catalog / "models/z-ai/pipe.yaml")


def listening(catalog: Path) -> None:
    here = Path.cwd()
    os.chdir(catalog)  # the path of a socket may have 108 characters only
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket.yaml")
    finally:
        os.chdir(here)


def linked(name: str, target: str) -> Callable[[Path], object]:
    def change(catalog: Path) -> None:
        (catalog / name).unlink(missing_ok=True)
        (catalog / name).symlink_to(target)

    return change


def loops(catalog: Path) -> None:
    (catalog / "models/loop").symlink_to("../models")
    (catalog / "a.yaml").symlink_to("b.yaml")
    (catalog / "b.yaml").symlink_to("a.yaml")


def files(count: int, content: str) -> Callable[[Path], object]:
    def change(catalog: Path) -> None:
        folder = catalog / "models" / "many"
        folder.mkdir()
        for number in range(count):
            (folder / f"{number}.yaml").write_text(content)

    return change


def bomb() -> str:
    lines = ["a0: &a0 {name: x}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines) + "\n"


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "flow lists 100,000 deep": (write("plans.yaml", "a: " + "[" * DEEP), "plans.yaml:1:53: is nested too deeply"),
    "flow mappings 50,000 deep": (
        write("plans.yaml", "{a: " * (DEEP // 2)),
        "plans.yaml:1:201: is nested too deeply",
    ),
    "block lists 100,000 deep": (write("plans.yaml", "- " * DEEP + "a\n"), "plans.yaml:1:101: is nested too deeply"),
    "names 100,000 deep": (write("plans.yaml", "? " * DEEP + "a\n"), "plans.yaml:1:101: is nested too deeply"),
    "closed lists 10,000 deep": (
        write("plans.yaml", "a: " + "[" * 10_000 + "]" * 10_000),
        "plans.yaml:1:53: is nested too deeply",
    ),
    "depth behind aliases": (
        appended("authors.yaml", "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 99))),
        "is nested too deeply",
    ),
    "an alias bomb": (appended("authors.yaml", bomb()), "authors.yaml:14:20: here the file has more than 10,000 names"),
    "a list that contains itself": (
        appended("authors.yaml", "a: &a [*a]\n"),
        "authors.yaml:10:4: a[0]: contains itself",
    ),
    "a named pipe": (pipe, "models/z-ai/pipe.yaml: is a named pipe, not a file"),
    "a socket": (listening, "socket.yaml: is a socket, not a file"),
    "a link to a device": (linked("zero.yaml", "/dev/zero"), "zero.yaml: is a link that leads out of the project"),
    "a device called like a folder": (linked("models.yaml", "/dev/zero"), "models.yaml: this file has no place"),
    "a folder called like a file": (
        lambda catalog: (catalog / "models/z-ai/x.yaml").mkdir(),
        "models/z-ai/x.yaml: is a folder, not a file",
    ),
    "links in a circle": (loops, "a.yaml: cannot be read: Too many levels of symbolic links"),
    "a link to a file elsewhere": (
        linked("limits.yaml", "/etc/passwd"),
        "limits.yaml: is a link that leads out of the project",
    ),
    "a file of 3 MB": (write("plans.yaml", "# a comment\n" * 250_000), "plans.yaml: is larger than 262,144 bytes"),
    "a file of a terabyte": (
        lambda catalog: os.truncate(catalog / "plans.yaml", 1 << 40),
        "plans.yaml: is larger than 262,144 bytes",
    ),
    "100,000 unknown members": (
        write("provider.yaml", "".join(f"m{n}: 1\n" for n in range(MANY))),
        "provider.yaml: is larger than 262,144 bytes",
    ),
    "20,000 unknown members": (
        write("provider.yaml", "".join(f"m{n}: x\n" for n in range(20_000))),
        "provider.yaml:5000:8: here the file has more than 10,000 names and values",
    ),
    "4,999 unknown members": (
        write("provider.yaml", "".join(f"m{n}: x\n" for n in range(4_999))),
        "provider.yaml:81:1: m80: is not a member here",
    ),
    "4,900 entries without members": (
        write("plans.yaml", "".join(f"p{n}: {{}}\n" for n in range(4_900))),
        "plans.yaml:1:5: p0.name: is missing",
    ),
    "9,000 items without members": (
        replaced("models/z-ai/glm-5.yaml", "prices:\n", "prices:\n" + "  - {}\n" * 9_000),
        "models/z-ai/glm-5.yaml:6:5: prices[0]: states no price",
    ),
    "4,000 names of no model": (
        write("recommendations.yaml", f"default: a/a\ntasks:\n  - title: All\n    models: [{'a/b, ' * 4_000}]\n"),
        "recommendations.yaml:4:14: tasks[0].models[0]: 'a/b' names no model of this catalog",
    ),
    "an API named 9,000 times": (
        replaced(
            "errors.yaml", "apis: [agents, inference]\n  causes: [cap", f"apis: [{'agents, ' * 9_000}]\n  causes: [cap"
        ),
        "errors.yaml:5:18: unsupported_capability.apis[1]: 'agents' appears here twice",
    ),
    "a member that stands there 2,400 times": (
        appended("authors.yaml", "a: {name: A}\n" * 2_400),
        "authors.yaml:11:1: a: this member appears here twice",
    ),
    "20,000 empty files": (files(20_000, ""), ": has more than 5,000 files"),
    "1,000 files of 8,000 names and values": (
        files(1_000, "".join(f"m{n}: x\n" for n in range(4_000))),
        ": has more than 200,000 names and values",
    ),
    "3,000 files of 24 problems": (
        files(3_000, "".join(f"m{n}: [x, {{}}]\n" for n in range(9))),
        "models/many/0.yaml:1:1: agents: is missing",
    ),
    "a file's name that is not UTF-8": (
        renamed("models/z-ai/glm-5.yaml", b"gl\xffm.yaml"),
        "models/z-ai/gl\\udcffm.yaml: the name of this file is not UTF-8",
    ),
    "a file's name with an escape sequence": (
        renamed("models/z-ai/glm-5.yaml", b"\x1b[2J\ngl.yaml"),
        "models/z-ai/\\x1b[2J\\ngl.yaml:1:1: ",
    ),
    "a member's name with an escape sequence": (
        appended("authors.yaml", '"\\e[2J\\n": {name: x}\n'),
        "authors.yaml:10:1: \\x1b[2J\\n: ",
    ),
    "a member's name of 1,000 characters": (
        appended("authors.yaml", "a" * 1_000 + ": {name: x, names: y}\n"),
        f"authors.yaml:10:1013: {'a' * 997}...: is not a member here",
    ),
    "a number of 200,000 digits": (
        replaced("models/z-ai/glm-5.yaml", "window: 80000", "window: " + "9" * 200_000),
        "models/z-ai/glm-5.yaml:4:17: is longer than 10,000 characters",
    ),
    "a number of 5,000 digits": (
        replaced("models/z-ai/glm-5.yaml", "window: 80000", "window: " + "9" * 5_000),
        f"models/z-ai/glm-5.yaml:4:17: context_window: '{'9' * 57}...' is not a positive integer",
    ),
    "a text of 200,000 characters": (
        replaced("plans.yaml", "name: Free", "name: " + "a b" * 66_000),
        "plans.yaml:2:9: is longer than 10,000 characters",
    ),
    "a comment of 200,000 characters": (
        appended("authors.yaml", "# " + "a" * 200_000 + "\na: {names: x}\n"),
        "authors.yaml:11:5: a.names: is not a member here; did you mean name?",
    ),
    "15,000 directives": (
        write("authors.yaml", "".join(f"%TAG !{n}! a\n" for n in range(15_000)) + "---\na: {names: A}\n"),
        "authors.yaml:15002:5: a.names: is not a member here",
    ),
    "4,000 documents": (
        write("plans.yaml", "--- {}\n" * 4_000),
        "plans.yaml:2:1: not YAML: expected a single document",
    ),
    "a thousand NUL bytes": (write("plans.yaml", bytes(1000)), "plans.yaml:1:1: not YAML: control characters"),
    "a NUL byte in a text": (
        replaced("plans.yaml", "name: Free", "name: Fr\0ee"),
        "plans.yaml:2:11: not YAML: control characters",
    ),
    "UTF-16": (write("plans.yaml", "a: b\n".encode("utf-16")), "plans.yaml:1:1: byte 0xff is not UTF-8"),
    "a surrogate": (write("plans.yaml", b"a: \xed\xa0\x80"), "plans.yaml:1:4: byte 0xed is not UTF-8"),
    "a line separator": (
        replaced("plans.yaml", "free:", "# a\u2028 comment\nfree:"),
        "plans.yaml:1:4: YAML sees the end of a line here, but an editor does not",
    ),
    "a carriage return alone": (
        replaced("plans.yaml", "free:", "# a\r\rfree:"),
        "plans.yaml:1:4: YAML sees the end of a line here, but an editor does not",
    ),
    "the markers of a merge": (
        replaced("plans.yaml", "  name: Free\n", "<<<<<<< HEAD\n  name: Free\n=======\n  name: F\n>>>>>>> other\n"),
        "plans.yaml:2:1: <<<<<<< marks a merge conflict; keep what is right from both sides, and remove the markers",
    ),
    "one marker that a merge left": (
        appended("plans.yaml", "=======\r\n"),
        "plans.yaml:37:1: ======= marks a merge conflict",
    ),
    "a plan called unknown": (
        replaced("plans.yaml", "name: Free", "name: unknown"),
        "plans.yaml:2:9: free.name: 'unknown' is reserved for what nobody published; write another text, or leave",
    ),
    "an entry called unlimited": (
        appended("authors.yaml", "unlimited: {name: X}\n"),
        "authors.yaml:10:1: unlimited: 'unlimited' is reserved for what has no bound",
    ),
    "a provider called not_offered": (
        replaced("provider.yaml", "name: Exempla\n", "name: not_offered\n"),
        "provider.yaml:2:7: name: 'not_offered' is reserved for what there is not",
    ),
}
"""What is done to the catalog, and what a line must say after the catalog's path."""
