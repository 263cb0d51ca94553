"""Agent Skills, as the skills command installs them and as the reference validator reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from skills_ref import validate

from site_tests.consumers import node

if TYPE_CHECKING:
    from pathlib import Path

    from site_tests.consumers.published import Published


def _skills(published: Published) -> dict[str, str]:
    """Name the skills that the build publishes, with the path of each."""
    skills = {name: skill.path for name, skill in published.facts.discovery.skills.items()}
    if published.build == "release":
        skills = {name: path for name, path in skills.items() if path in published.rendering.artifacts}
    assert skills
    return skills


def _index(published: Published) -> str:
    entry = published.facts.discovery.skills_index
    assert entry is not None
    return entry.path


def _installed(published: Published, folder: Path) -> dict[str, bytes]:
    """Install every skill with the skills command, whose exit code says nothing, and read what it wrote."""
    arguments = ("add", published.address, "--skill", "*", "--agent", "openclaw", "--yes")
    node.run("skills", *arguments, folder=folder, HOME=str(folder))
    return {file.parent.name: file.read_bytes() for file in folder.rglob("SKILL.md")}


@pytest.mark.program("consumers")
def test_the_skills_command_installs_every_published_skill(published: Published, tmp_path: Path) -> None:
    expected = {name: published.get(path).content for name, path in _skills(published).items()}
    assert _installed(published, tmp_path) == expected


@pytest.mark.program("consumers")
def test_the_skills_command_leaves_out_a_skill_with_a_wrong_digest(published: Published, tmp_path: Path) -> None:
    def change(index: Any) -> None:  # noqa: ANN401
        index["skills"][0]["digest"] = "sha256:" + "0" * 64

    first = published.document(_index(published))["skills"][0]["name"]
    with published.altered(_index(published), change) as broken:
        assert _installed(broken, tmp_path).keys() == _skills(published).keys() - {first}


@pytest.mark.program("consumers")
def test_the_skills_command_leaves_out_a_skill_whose_text_changed(published: Published, tmp_path: Path) -> None:
    name, path = next(iter(_skills(published).items()))
    with published.altered(path, lambda text: text + "\n") as broken:
        assert _installed(broken, tmp_path).keys() == _skills(published).keys() - {name}


def _problems(published: Published, name: str, path: str, folder: Path) -> list[str]:
    """Validate a skill as it is served, in a folder that has its name."""
    place = folder / name
    place.mkdir()
    (place / "SKILL.md").write_bytes(published.get(path).content)
    return list(validate(place))


def test_every_skill_has_the_format_of_agent_skills(published: Published, tmp_path: Path) -> None:
    for name, path in _skills(published).items():
        assert _problems(published, name, path, tmp_path) == [], name


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("---\n", "", "SKILL.md must start with YAML frontmatter (---)"),
        ("name: ", "version: 1\nname: ", "Unexpected fields in frontmatter: version"),
        ("description: ", "text: ", "Missing required field in frontmatter: description"),
    ],
)
def test_a_skill_outside_the_format_is_refused(
    old: str, new: str, problem: str, published: Published, tmp_path: Path
) -> None:
    name, path = next(iter(_skills(published).items()))
    with published.altered(path, lambda text: text.replace(old, new, 1)) as broken:
        problems = _problems(broken, name, path, tmp_path)
    assert [entry for entry in problems if problem in entry]
