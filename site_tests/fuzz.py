"""Random changes of a catalog, each the same for the same number.

`python -m site_tests.fuzz FIRST LAST` tries the changes with these numbers, each in a process of its own, and prints
those that end in anything but a sound catalog or an error with places.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from agentdocs.catalog import source
from agentdocs.catalog.reading import load
from agentdocs.errors import CatalogError

from site_tests.conftest import DAY
from site_tests.projects import EXEMPLA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.errors import Problem

CATALOG = EXEMPLA / "catalog"

BOMB = "z0: &z0 [a]\n" + "".join(f"z{n}: &z{n} [{', '.join([f'*z{n - 1}'] * 9)}]\n" for n in range(1, 12))
PIECES = [
    "\0", "\x1b[2J", "\t", "\r", "\r\n", "\n", "\n\n", "\x85", "\u2028", "\ufeff", "\u202e", "\xad", "é", "予算", "😀",
    " ", "  ", "- ", "- - - ", ": ", ":", "? ", ", ", "{", "}", "[", "]", "{}", "[]", "[[[[", "]]]]", "'", '"', "''",
    '"\\x00"', '"\\ud800"', '"\\U0010FFFF"', "|\n", ">-\n", "&a ", "*a", "&a [*a]", "<<: *a", "!", "!!str ", "!!int ",
    "!!python/name:os.system ", "!!binary aGk=", "!!set {a}", "#", " # ", "%YAML 1.1\n", "%TAG ! a:\n---\n", "---\n",
    "...\n", "@", "`", "~", "null", "true", "yes", "0", "-1", "1e999", "0x10", "1_000", "12:30", ".inf", ".nan",
    "9" * 30, "unknown", "not_offered", "unlimited", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "{{ x }}", "{% x %}",
    "<script>", "../", "a" * 11_000, "[" * 60, "- " * 60, "{a: " * 60, "a: &b [*b, *b]\n", "id: x\n", "zzz: 1\n",
    "[" * 60_000, "- " * 60_000, "? " * 60_000, "{a: " * 50_000, "".join(f"z{n}: 1\n" for n in range(20_000)), BOMB,
]  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 10**17, 10**40, 0.5, -0.5, "", " ", "a", "unknown", "not_offered", "unlimited", "\n",
    "a\nb", " a", "\x07", "\u202e", "\u2028", "é", "予算", "😀", "2026-11-22", "2026-13-40", "9999-12-31", "0001-01-01",
    "https://example.com", "https://example.com/", "http://x", "https://", "https://[", "https://[::1]/", "//x", "/",
    "/a/", "a/b", "a/../b", "..", "~", "x@y.zz", "{{ a }}", "{% a %}", "{a}", "{base_url}", "{nothing}", "%s", "\\",
    "'", '"', "`", "```", "# a", "- a", "a: b", "[a]", "<b>", "&amp;", "|", "$(a)", "a" * 9_000, [], {}, [[]], [{}],
    {"": ""}, {"a": {"b": {"c": []}}}, ["a", "a"], [None], list(range(50)), {str(n): n for n in range(50)},
    "pro", "agents", "inference", "glm", "bash", "month", "GET", "z-ai/glm-5", "burst_guard", "openclaw",
]  # fmt: skip


class Change:
    """A random change, made in a copy of the catalog; the same number is the same change."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._random = random.Random(number)  # noqa: S311 - nothing is kept secret
        self.said = ""
        """What was done, for a message."""

    def make(self, catalog: Path) -> None:
        """Make one to three changes."""
        chance = self._random
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            file = chance.choice(sorted(path for path in catalog.rglob("*.yaml") if path.is_file()))
            level = chance.choices((self._bytes, self._structure, self._file), (45, 45, 10))[0]
            self.said += f"{file.relative_to(catalog)}: {level(file)}; "

    def _bytes(self, file: Path) -> str:
        chance, body = self._random, file.read_bytes()
        start = chance.randrange(len(body) + 1)
        end = min(len(body), start + chance.choice((1, 1, 2, 5, 20, 200)))
        lines = body.splitlines(keepends=True) or [b""]
        line = chance.randrange(len(lines))
        match what := chance.randrange(11):
            case 0:
                body = body[:start] + body[end:]
            case 1:
                body = body[:start] + body[start:end] * chance.choice((2, 3, 50)) + body[end:]
            case 2:
                body = body[:start] + bytes([chance.randrange(256)]) + body[start + 1 :]
            case 3:
                body = body[:start] + chance.randbytes(chance.choice((1, 4, 64))) + body[start:]
            case 4 | 5:
                body = body[:start] + self._piece() + body[start:]
            case 6:
                other = chance.randrange(len(lines))
                lines[line], lines[other] = lines[other], lines[line]
                body = b"".join(lines)
            case 7:
                body = b"".join([*lines[:line], lines[line], *lines[line:]])
            case 8:
                spaces = chance.choice((b" ", b"  ", b"\t", b"-"))
                lines[line] = spaces + lines[line] if chance.random() < 0.5 else lines[line].lstrip()
                body = b"".join(lines)
            case 9:
                body = body[:start]
            case _:
                donor = chance.choice(sorted(CATALOG.rglob("*.yaml"))).read_bytes()
                cut = chance.randrange(len(donor))
                body = body[:start] + donor[cut : cut + 300] + body[end:]
        file.write_bytes(body)
        return f"bytes {what} at {start}"

    def _piece(self) -> bytes:
        piece = self._random.choice(PIECES).encode()
        return piece * self._random.choice((1, 1, 1, 40)) if len(piece) < 20_000 else piece

    def _structure(self, file: Path) -> str:
        chance = self._random
        parsed = source.parse(str(file), file.read_bytes())
        if isinstance(parsed, list):
            return self._bytes(file)
        data = _plain(parsed.data)
        places = list(_places(data)) or [(data, None)]
        holder, key = chance.choice(places)
        other, other_key = chance.choice(places)
        what = chance.randrange(10)
        if key is None:
            return self._bytes(file)
        value, other_value = holder[key], other[other_key]
        match what:
            case 0:
                del holder[key]
            case 1 | 2 | 3:
                holder[key] = chance.choice(VALUES)
            case 4:
                holder[key], other[other_key] = other_value, value
            case 5:
                holder[key] = other_value
            case 6:
                holder[key] = chance.choice(([value], {"a": value}, [value, value], str(value), [value] * 200))
            case 7 if isinstance(holder, dict):
                holder[chance.choice((key + "x", key[:-1], key.upper(), "unknown", "", "é", "a b"))] = holder.pop(key)
            case 8 if isinstance(holder, dict):
                holder[chance.choice(("extra", "provenance", "name", "id"))] = other_value
            case _:
                if isinstance(holder, list):
                    holder.insert(key, chance.choice(VALUES))
                else:
                    holder[key] = chance.choice(VALUES)
        # A value that was put into itself would be written without an end.
        try:
            text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=chance.choice((80, 10_000)))
        except RecursionError:
            return "nothing"
        file.write_text(text, encoding="utf-8")
        return f"structure {what} at {key!r}"

    def _file(self, file: Path) -> str:
        chance = self._random
        match what := chance.randrange(9):
            case 5:
                file.unlink()
                os.mkfifo(file)
            case 6:
                file.unlink()
                file.mkdir()
            case 7:
                file.unlink()
                file.symlink_to(chance.choice((file.name, "/dev/zero", "/etc/passwd", "nowhere.yaml", ".")))
            case 8:
                file.rename(file.with_name(os.fsdecode(chance.choice((b"\xff.yaml", b"a\nb.yaml", b"\x1b[2J.yaml")))))
            case 0:
                file.unlink()
            case 1:
                file.write_bytes(b"")
            case 2:
                file.rename(file.with_name(chance.choice(("a.yaml", "unknown.yaml", "A b.yaml", "a.yml", ".a.yaml"))))
            case 3:
                shutil.copy(file, file.with_name(chance.choice(("copy.yaml", "c.d.yaml", "not_offered.yaml"))))
            case _:
                shutil.copy(chance.choice(sorted(CATALOG.rglob("*.yaml"))), file)
        return f"file {what}"


def _plain(data: Any) -> Any:  # noqa: ANN401
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, tuple):
        return [_plain(value) for value in data]
    return float(data) if isinstance(data, Decimal) else data


def _places(data: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield data, key
        yield from _places(data[key])


def misplaced(problem: Problem) -> str:
    """Say why nobody would find the place of a problem; nothing if one would."""
    path = Path(problem.file)
    if problem.wrong == "the file is missing":
        return "the file is there" if os.path.lexists(path) else ""
    if not os.path.lexists(path):  # a link may lead nowhere
        return "there is no such file"
    if problem.line == problem.column == 0:
        return ""
    lines = path.read_bytes().decode(errors="replace").removeprefix("\ufeff").split("\n")
    if not 1 <= problem.line <= len(lines):
        return f"the file has {len(lines)} lines"
    return "" if 1 <= problem.column <= len(lines[problem.line - 1]) + 1 else "the line is shorter"


def judge(catalog: Path) -> tuple[str, str]:
    """Load a catalog, and say how that ended: `sound`, `refused`, or `misplaced` with what is wrong with a problem."""
    try:
        load(catalog, DAY)
    except CatalogError as error:
        for problem in error.problems:
            reason = misplaced(problem) if str(problem).isprintable() else "it does not fit on a line"
            if reason:
                return "misplaced", f"{problem}: {reason}"
        return "refused", ""
    return "sound", ""


def copied(folder: Path, number: int) -> tuple[Path, Change]:
    """Make the change with a number in a new copy of the catalog."""
    catalog = Path(shutil.copytree(CATALOG, folder / f"{number}" / "catalog"))
    change = Change(number)
    change.make(catalog)
    return catalog, change


def _tried(number: int, patience: int) -> str:
    """Try a change in a process of its own, and print what nobody wants."""
    with tempfile.TemporaryDirectory() as folder:
        catalog, change = copied(Path(folder), number)
        child = os.fork()
        if not child:
            signal.alarm(patience)
            try:
                how, detail = judge(catalog)
            except BaseException as error:
                how, detail = "traceback", f"{type(error).__name__}: {str(error)[:200]}"
            if detail:
                print(f"{number}: {change.said}{how}: {detail}", flush=True)
            os._exit(_ENDS.index(how))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code < 0:
            print(f"{number}: {change.said}signal {-code}", flush=True)
        return _ENDS[code] if code >= 0 else "hung" if code == -signal.SIGALRM else "crashed"


_ENDS = ["sound", "refused", "misplaced", "traceback"]

if __name__ == "__main__":
    began, numbers = time.time(), range(int(sys.argv[1]), int(sys.argv[2]))
    print(dict(Counter(_tried(number, patience=10) for number in numbers)), f"{time.time() - began:.0f} s")
