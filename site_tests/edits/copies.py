"""A copy of the project that a test may edit as a maintainer would."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml
from agentdocs.catalog import reading as catalogs
from agentdocs.catalog.source import parse
from agentdocs.errors import CatalogError

from site_tests.conftest import DAY, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agentdocs.schema import Facts


@dataclass(frozen=True)
class Copy:
    """The files of the project with their history, as they are now, in another folder."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> Copy:
        """Copy what git knows or would know, so that a test of an unfinished change sees that change."""
        subprocess.run(["git", "clone", "--quiet", "--shared", "--no-checkout", ROOT, root], check=True)
        listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, root / name)
        subprocess.run(["git", "-C", str(root), "add", "--all"], check=True)
        return cls(root)

    @property
    def facts(self) -> Facts:
        """The facts of the catalog as it is now."""
        return catalogs.load(self.root / "catalog", DAY).facts

    @contextlib.contextmanager
    def data(self, file: str) -> Iterator[Any]:
        """Give the data of a YAML file to change; it is written when the block ends."""
        path = self.root / file
        source = parse(file, path.read_bytes())
        if isinstance(source, list):
            raise CatalogError(source)
        data = _mutable(source.data)
        yield data
        text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000)
        path.write_text(text, encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        """Write a file, new or not."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text wherever it stands in a file, which must have it."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def lines(self, file: str) -> list[str]:
        """Give the lines of a file."""
        return (self.root / file).read_text(encoding="utf-8").splitlines()

    def pages(self) -> list[str]:
        """List the pages of `docs/`."""
        return sorted(path.relative_to(self.root).as_posix() for path in (self.root / "docs").rglob("*.md"))

    def search(self, pattern: str, *files: str) -> list[str]:
        """Give what a pattern matches in some files, the group of it if it has one."""
        return [found for file in files for found in re.findall(pattern, (self.root / file).read_text("utf-8"))]


class _Dumper(yaml.SafeDumper):
    """Writes prices as numbers."""


_Dumper.add_representer(
    Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:.2f}")
)


def _mutable(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {name: _mutable(member) for name, member in value.items()}
    return [_mutable(item) for item in value] if isinstance(value, tuple) else value
