"""Each text of a catalog is found again in every output that has it, read by a parser of that output's language.

Two sites are built from the same facts: one with a harmless word in each text, and one with something that a language
could take for more. What parsers make of the second must be what they make of the first with the texts in the place of
the words: no element, link, list or member more or less, and no letter of a text lost.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from agentdocs.mkdocs.build import build

from site_tests import programs
from site_tests.conftest import DAY, ROOT
from site_tests.projects import EXEMPLA, MINIMAL
from site_tests.texts.hostile import EVERY, Texts, complete, facts, harmless, hostile, project
from site_tests.texts.members import members
from site_tests.texts.trees import Site, unlike

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TURNS = 6
"""How often every text is replaced; `make test` takes the first turns only."""
QUICK = 2


@dataclass(frozen=True)
class Plain:
    """A provider, and its site with a harmless word in every text."""

    provider: Path
    data: dict[str, Any]
    site: Site


def built(provider: Path, data: dict[str, Any], texts: Texts, root: Path) -> Site:
    build(project(provider, data, texts, root), root / "site", day=DAY)
    return Site(root / "site")


PROVIDERS = {"exempla": EXEMPLA, "minimal": MINIMAL, "shipped": ROOT}


@pytest.fixture(scope="module", params=["exempla", "minimal", pytest.param("shipped", marks=pytest.mark.thorough)])
def plain(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Plain:
    provider = PROVIDERS[request.param]
    data = complete(facts(provider)) if provider == EXEMPLA else facts(provider)
    return Plain(provider, data, built(provider, data, harmless(data), tmp_path_factory.mktemp("plain")))


def differences(plain: Site, site: Site, texts: Texts) -> list[str]:
    """Tell of each output where it is not what the one with harmless words is with other texts in their places."""
    assert site.files.keys() == plain.files.keys()
    wrong = []
    for path, before in plain.files.items():
        if before != site.files[path]:
            try:
                told = unlike(texts.put_into(plain.tree(path)), site.tree(path))
            except (ValueError, SyntaxError, AssertionError) as error:
                told = f"{type(error).__name__}: {error}"
            wrong += [f"{path}: {told}"] if told else []
    return wrong


def no_commands(site: Site) -> list[str]:
    """Tell which files no shell reads, of the shells that are there."""
    told = []
    for suffix, shell in ((".sh", programs.find("bash")), (".fish", programs.find("fish"))):
        for path, body in site.files.items() if shell else ():
            if path.endswith(suffix):
                read = subprocess.run([str(shell), "-n"], input=body, capture_output=True, check=False)
                told += [f"{path}: {read.stderr.decode()}"] if read.returncode else []
    return told


def test_there_is_a_place_for_every_text_of_the_schema() -> None:
    """A new member of the schema needs a value of the invented provider, or of `complete`."""
    tried = {member.declared for member in harmless(complete(facts(EXEMPLA))).kinds.values()}
    assert {member.declared for member in members()} - tried == set()


@pytest.mark.parametrize(
    "turn", [n if n < QUICK else pytest.param(n, marks=pytest.mark.thorough) for n in range(TURNS)]
)
def test_every_text_stands_where_it_stood_and_is_nothing_more(
    plain: Plain, turn: int, tmp_path: Path, tell: Callable[..., None]
) -> None:
    texts = hostile(plain.data, turn)
    site = built(plain.provider, plain.data, texts, tmp_path)
    wrong = [*differences(plain.site, site, texts), *no_commands(site)]
    assert wrong == [], "\n".join(wrong)
    tell(
        f"Texts: {{pairs}} texts of {len({member.declared for member in members()})} members of the schema replaced by "
        f"{len(EVERY)} others in turn, and read in {{outputs}} outputs.",
        pairs=len(texts.given),
        outputs=sum(before != site.files[path] for path, before in plain.site.files.items()),
    )


PLANTED = {
    "templates/tables/errors.md": ("{{ error.title }}", "{{ error.title | verbatim }}"),
    "templates/theme/partials/meta.html": (
        'property="og:title" content="{{ title }}"',
        'property="og:title" content="{{ title | safe }}"',
    ),
    "templates/skills/mcp.md": (
        "# Connect to the {{ provider.name }}",
        "# Connect to the {{ provider.name | verbatim }}",
    ),
}
"""Templates that let a text be more than a text: the file, and what is exchanged in it."""


def test_a_text_that_is_more_is_noticed_in_its_output(tmp_path: Path) -> None:
    data = facts(EXEMPLA)
    plain, texts = built(EXEMPLA, data, harmless(data), tmp_path / "plain"), hostile(data, 0)
    shutil.copytree(ROOT / "templates", tmp_path / "planted" / "templates")
    for name, (old, new) in PLANTED.items():
        file = tmp_path / "planted" / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        file.write_text(text.replace(old, new), encoding="utf-8")
    for number, member in enumerate(texts.kinds.values()):
        if member.declared in ("ApiError.title", "Provider.name"):
            texts.given[number] = f'*{number}* "quoted"'
    told = differences(plain, built(EXEMPLA, data, texts, tmp_path / "planted"), texts)
    noticed = {line.partition(":")[0] for line in told}
    assert {"docs/agents/errors/index.html", "docs/agents/errors.md", "index.html"} < noticed
    assert ".well-known/agent-skills/exempla-mcp/SKILL.md" in noticed
