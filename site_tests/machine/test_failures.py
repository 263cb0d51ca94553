"""Failure leaves no trace: whatever goes wrong, in whichever stage, the earlier output keeps every byte."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from agentdocs.cli import main
from agentdocs.errors import OutputError
from agentdocs.hosting import storage_paths
from agentdocs.mkdocs.build import build
from agentdocs.output import SIGNATURE, replacing, unchanged
from agentdocs.project import Project
from agentdocs.render import render
from agentdocs.stage import stage
from click.testing import CliRunner
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from site_tests.conftest import DAY, ROOT
from site_tests.projects import EXEMPLA

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = {"build": build, "stage": stage}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def small_project(root: Path) -> Path:
    """Copy the invented project with one model, without a guide for maintainers and without history: quick to build."""
    shutil.copytree(EXEMPLA, root)
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(ROOT / "mkdocs.yml", root)
    catalog = root / "catalog"
    default = yaml.safe_load((catalog / "recommendations.yaml").read_text())["default"]
    for file in (catalog / "models").rglob("*.yaml"):
        if file != catalog / "models" / f"{default}.yaml":
            file.unlink()
    (catalog / "recommendations.yaml").write_text(
        f"default: {default}\ntasks:\n  - title: Everything\n    models: [{default}]\n"
        "provenance: {checked: 2026-11-22, confidence: assumed}\n"
    )
    site = (catalog / "site.yaml").read_text()
    (catalog / "site.yaml").write_text(
        re.sub(r"(?m)^  \w+: \{(?:folder: maintaining,|source: maintaining/).*\n", "", site)
    )
    shutil.rmtree(root / "docs" / "maintaining")
    return root


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("original") / "project")


@pytest.fixture
def project(original: Path, tmp_path: Path) -> Path:
    """A copy of the small project, which a test may break."""
    return Path(shutil.copytree(original, tmp_path / "project"))


@pytest.fixture(scope="module")
def complete(original: Path) -> dict[str, dict[str, bytes]]:
    """What each command writes for the small project when nothing fails."""
    for name, command in COMMANDS.items():
        command(original, original.parent / name, day=DAY)
    return {name: contents(original.parent / name) for name in COMMANDS}


class Output:
    """A folder that an earlier run filled, alone in its parent."""

    def __init__(self, parent: Path) -> None:
        self.parent, self.folder = parent, parent / "site"
        with replacing(self.folder) as folder:
            (folder / ".well-known").mkdir()
            (folder / "llms.txt").write_text("an earlier build\n")
        (self.folder / ".well-known" / "stale.json").write_text("{}")
        self.before = contents(self.folder)

    def is_untouched(self) -> bool:
        return contents(self.folder) == self.before

    def left_behind(self) -> list[str]:
        return [path.name for path in self.parent.iterdir() if path != self.folder]


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "output")


def arguments(command: str, project: Path, output: Output) -> list[str]:
    target = ["--output", str(output.folder)] if command == "build" else [str(output.folder)]
    return [command, "--root", str(project), "--as-of", DAY.isoformat(), *target]


def fails(command: str, project: Path, output: Output) -> str:
    """Run a command that must fail without a trace, and give what it says."""
    result = CliRunner().invoke(main, arguments(command, project, output))
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), "the error would show a traceback"
    assert output.is_untouched()
    assert output.left_behind() == []
    return result.stderr


def replace(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r} to break"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


IN_THE_PROJECT = {
    "a broken catalog": ("catalog/plans.yaml", "pro:", "pro: pro:", r"catalog/plans\.yaml:\d+:\d+: not YAML"),
    "two documents at one path": (
        "catalog/discovery.yaml",
        "path: /.well-known/ai-catalog.json",
        "path: /.well-known/ard.json",
        r"catalog/discovery\.yaml:\d+:\d+: .*predecessor\.path: '/\.well-known/ard\.json' is also at .*",
    ),
    "a missing page": (
        "catalog/site.yaml",
        "agents/errors.md",
        "agents/error.md",
        r"docs/agents/error\.md: there is no such page",
    ),
    "an unknown value in a page": (
        "docs/agents/setup.md",
        "# Setup",
        "# Setup\n\n{{ apis.agents.bose_url }}",
        r"docs/agents/setup\.md:\d+: Api has no 'bose_url'; did you mean base_url\?",
    ),
    "an unknown entry in a page": (
        "docs/agents/setup.md",
        "# Setup",
        "# Setup\n\n{{ keys.chat_agents.prefix }}",
        r"catalog/keys\.yaml:1:1: keys: has no 'chat_agents', which \S*docs/agents/setup\.md:\d+ names; did you mean",
    ),
    "an entry inside another one that a template names": (
        "catalog/apis.yaml",
        "    models:\n",
        "    listing:\n",
        r"catalog/apis\.yaml:7:3: agents\.operations: has no 'models', which \S*list\.sh:1 names; known: chat, listing",
    ),
    "a snippet without a template": (
        "catalog/clients/curl.yaml",
        "id: stream",
        "id: streaming",
        r"catalog/clients/curl\.yaml:\d+:\d+: snippets\[2\]\.id: there is no template snippets/curl/streaming\.sh; "
        r"write it, or use one that is there: chat, list, retry, stream",
    ),
    "a skill without a template": (
        "catalog/discovery.yaml",
        "template: model-discovery",
        "template: models",
        r"catalog/discovery\.yaml:\d+:\d+: skills\.\S+\.template: there is no template skills/models\.md; write it, or",
    ),
    "a client that cannot use the recommended model": (
        "catalog/clients/hermes.yaml",
        "minimum_context_window: ",
        "minimum_context_window: 99",
        r"catalog/clients/hermes\.yaml:\d+:\d+: minimum_context_window: [\d,]+ tokens are more than \S+ has \([\d,]+\)",
    ),
    "a syntax error in a page": (
        "docs/agents/errors.md",
        "# Errors",
        "# Errors\n\n{% if %}",
        r"docs/agents/errors\.md:\d+: ",
    ),
    "a value without a form": (
        "docs/index.md",
        "## I use an agent",
        "## {{ keys.inference.revocable }}",
        r"docs/index\.md:\d+: false needs a format; choose one with a filter: number, money, day or answer",
    ),
    "a link to no page": (
        "docs/agents/setup.md",
        "# Setup",
        "# Setup\n\n[nowhere](nowhere.md)",
        r"docs/agents/setup\.md: the link nowhere\.md leads to no page",
    ),
    "a page without a title": (
        "docs/agents/errors.md",
        "# Errors",
        "Errors",
        r"docs/agents/errors\.md:4: the page has no title",
    ),
    "front matter with a member that is not known": (
        "docs/agents/errors.md",
        "description:",
        "descriptions:",
        r"docs/agents/errors\.md:2: front matter: 'descriptions' is not known here; did you mean description\?",
    ),
    "front matter that is there twice": (
        "docs/agents/errors.md",
        "description:",
        "description: Errors\ndescription:",
        r"docs/agents/errors\.md:3: front matter: 'description' appears twice; remove one",
    ),
    "front matter over several lines": (
        "docs/agents/errors.md",
        "description:",
        "description: >\n  Errors",
        r"docs/agents/errors\.md:3: front matter: .* is not a member; write `name: text` on one line",
    ),
    "front matter without an end": (
        "docs/agents/errors.md",
        "---\n# Errors",
        "# Errors",
        r"docs/agents/errors\.md:1: the front matter has no end; close it with a line ---",
    ),
    "a fault in front matter": (
        "docs/agents/errors.md",
        "description:",
        "description: {{ 1 / 0 }}",
        r"docs/agents/errors\.md:2: division by zero",
    ),
    "a fault below front matter": (
        "docs/agents/errors.md",
        "# Errors\n",
        "# Errors\n\n{{ 1 / 0 }}\n",
        r"docs/agents/errors\.md:6: division by zero",
    ),
    "a conflict in front matter": (
        "docs/agents/errors.md",
        "description:",
        "<<<<<<< HEAD\ndescription: Errors\n=======\ndescription:",
        r"docs/agents/errors\.md:2: '<<<<<<< HEAD' is left over from a merge; resolve the conflict and remove it",
    ),
    "a conflict in a page": (
        "docs/agents/errors.md",
        "# Errors\n",
        "# Errors\n\nOne\n>>>>>>> branch\n",
        r"docs/agents/errors\.md:7: '>>>>>>> branch' is left over from a merge; resolve the conflict and remove it",
    ),
    "a conflict in the theme": (
        "templates/theme/css/type.css",
        "\n",
        "\n<<<<<<< HEAD\n",
        r"templates/theme/css/type\.css:2: '<<<<<<< HEAD' is left over from a merge",
    ),
    "a fault in a table": ("templates/tables/limits.md", "|", "{{ 1 / 0 }}|", r"templates/tables/limits\.md:\d+: "),
    "a syntax error in a snippet": (
        "templates/snippets/curl/chat.sh",
        "curl",
        "{{ curl",
        r"templates/snippets/curl/chat\.sh:\d+: ",
    ),
    "a fault in a document": (
        "templates/skills/api.md",
        "\n#",
        "\n{{ nothing }}\n#",
        r"templates/skills/api\.md:\d+: there is no 'nothing'; ",
    ),
    "a fault in robots.txt": (
        "templates/robots.txt",
        "Sitemap",
        "{{ site.nothing }}Sitemap",
        r"templates/robots\.txt:\d+: site has no 'nothing'; known: .*origin",
    ),
    "a template without an end": (
        "templates/robots.txt",
        "Sitemap",
        "{% include 'robots.txt' %}Sitemap",
        r"templates/robots\.txt:\d+: maximum recursion depth exceeded",
    ),
}


@pytest.mark.parametrize("fault", IN_THE_PROJECT)
def test_a_fault_in_the_project_is_told_at_its_place(fault: str, project: Path, output: Output) -> None:
    file, old, new, message = IN_THE_PROJECT[fault]
    replace(project, file, old, new)
    (told,) = fails("build", project, output).splitlines()
    assert re.match(f"({re.escape(str(project))}/)?{message}", told), told
    if fault in ("a broken catalog", "a syntax error in a page", "a fault in a document"):
        assert fails("stage", project, output) == told + "\n"


IN_MKDOCS = {
    "a wrong value in the configuration": (
        "mkdocs.yml",
        "use_directory_urls: true",
        "use_directory_urls: 3",
        r"mkdocs\.yml: Config value 'use_directory_urls': Expected type",
    ),
    "a configuration that is not YAML": (
        "mkdocs.yml",
        "use_directory_urls: true",
        "use_directory_urls: [",
        r"mkdocs\.yml: .* line \d+, column \d+",
    ),
    "a configuration without the plugin": (
        "mkdocs.yml",
        "  - agentdocs\n",
        "",
        r"mkdocs\.yml: plugins has no agentdocs; add it",
    ),
    "a fault in the theme": (
        "templates/theme/main.html",
        "{% block announce %}",
        "{% block announce %}{{ 1 / 0 }}",
        r"templates/theme/main\.html:\d+: ZeroDivisionError: division by zero",
    ),
    "a syntax error in the theme": (
        "templates/theme/main.html",
        "{% block announce %}",
        "{% block announce %}{% if %}",
        r"templates/theme/main\.html:\d+: TemplateSyntaxError: ",
    ),
}


@pytest.mark.parametrize("fault", IN_MKDOCS)
def test_a_fault_in_the_configuration_or_theme_is_told_at_its_place(fault: str, project: Path, output: Output) -> None:
    file, old, new, message = IN_MKDOCS[fault]
    replace(project, file, old, new)
    (told,) = fails("build", project, output).splitlines()
    assert re.match(f"{re.escape(str(project))}/{message}", told), told


HOOKS = {
    "an exception while MkDocs starts": (
        "def on_startup(command, dirty): raise ValueError('not\\nnow')",
        r"hooks\.py:1: ValueError: not now",
    ),
    "an exception while files are listed": (
        "def on_files(files, config): raise ValueError('not now')",
        r"hooks\.py:1: ValueError: not now",
    ),
    "an exception while a page is read": (
        "def on_page_markdown(text, page, config, files): raise ValueError('not now')",
        r"hooks\.py:1: ValueError: not now; Error reading page 'index\.md': not now",
    ),
    "an exception after the last page": (
        "def on_post_build(config): raise ValueError('not now')",
        r"hooks\.py:1: ValueError: not now",
    ),
    "a plugin that ends the process": (
        "def on_env(env, config, files): raise SystemExit(0)",
        r"hooks\.py:1: SystemExit: 0",
    ),
    "a syntax error": ("def on_env(:", r"hooks\.py:1: SyntaxError: "),
    "an exception in a Markdown extension": (
        "from markdown import Extension\n"
        "class Broken(Extension):\n"
        "    def extendMarkdown(self, md): raise IndexError('not now')\n"
        "def on_config(config): config.markdown_extensions.append(Broken())\n",
        r"hooks\.py:3: IndexError: not now; Error reading page 'index\.md': not now",
    ),
    "a file removed before it is copied": (
        "from pathlib import Path\ndef on_env(env, config, files): Path(config.docs_dir, 'picture.svg').unlink()\n",
        r"docs/picture\.svg: No such file or directory",
    ),
    "an artifact that cannot be written": (
        "from pathlib import Path\n"
        "def on_post_page(output, page, config): Path(config.site_dir, 'llms.txt').mkdir(exist_ok=True)\n",
        r"output/site/llms\.txt: Is a directory",
    ),
}
"""What a plugin or an extension can do to a build, each as a hook of MkDocs."""


@pytest.mark.parametrize("fault", HOOKS)
def test_a_fault_in_a_plugin_or_extension_is_told_at_its_place(fault: str, project: Path, output: Output) -> None:
    code, message = HOOKS[fault]
    replace(project, "mkdocs.yml", "docs_dir: docs", "docs_dir: docs\nhooks: [hooks.py]")
    (project / "hooks.py").write_text(code)
    (project / "docs" / "picture.svg").write_text("<svg/>")
    (told,) = fails("build", project, output).splitlines()
    assert re.search(f"^[^ ]*/{message}", told), told


def test_a_link_to_no_section_names_the_page_and_the_link(project: Path, output: Output) -> None:
    replace(project, "docs/agents/setup.md", "# Setup", "# Setup\n\n[a](errors.md#nowhere) [b](errors.md#nothing)")
    first, second = fails("build", project, output).splitlines()
    assert re.search(r"'agents/setup\.md' .*#nowhere", first)
    assert re.search(r"'agents/setup\.md' .*#nothing", second)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("docs/llms.txt", r"docs/llms\.txt: its place is taken by /llms\.txt"),
        ("docs/docs/agents/index.html", r"agents/index\.md: its place is taken by docs/agents/index\.html"),
    ],
)
def test_two_files_at_one_place_are_refused(file: str, message: str, project: Path, output: Output) -> None:
    (project / file).parent.mkdir(parents=True, exist_ok=True)
    (project / file).write_text("another one")
    assert re.search(message, fails("build", project, output))


def test_a_page_that_is_not_utf_8_is_told(project: Path, output: Output) -> None:
    (project / "docs" / "agents" / "setup.md").write_bytes(b"# Setup\n\xff\n")
    assert re.search(r"docs/agents/setup\.md: .* can't decode byte 0xff", fails("build", project, output))


OTHERS = {
    "an output of an earlier version": ("llms.txt", "# Example\n"),
    "a project of MkDocs": ("mkdocs.yml", "site_name: Example\n"),
    "a file of another program by the same name": (SIGNATURE, "Written by somebody.\n"),
    "an empty file by the same name": (SIGNATURE, ""),
    "a hidden file": (".env", "secret\n"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("what", OTHERS)
def test_a_folder_that_is_not_ours_is_not_replaced(what: str, command: str, project: Path, output: Output) -> None:
    name, text = OTHERS[what]
    (output.folder / SIGNATURE).unlink()
    (output.folder / name).write_text(text)
    output.before = contents(output.folder)
    told = fails(command, project, output)
    assert told == (
        f"{output.folder}: this folder has content that may not be ours (no _agentdocs.txt, which every build leaves); "
        "name a new or empty folder, or delete this one if it is only the output of an earlier version\n"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_repository_is_not_replaced_even_if_somebody_committed_our_output(
    command: str, project: Path, output: Output
) -> None:
    (output.folder / ".git").mkdir()
    (output.folder / ".git" / "config").write_text("[core]\n")
    output.before = contents(output.folder)
    assert "/output/site: this folder is a git repository; " in fails(command, project, output)


def test_a_folder_that_somebody_puts_there_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    output = tmp_path / "site"
    with pytest.raises(OutputError, match="may not be ours"), replacing(output) as folder:  # noqa: PT012 - meanwhile
        (folder / "index.html").write_text("ours\n")
        output.mkdir()
        (output / "notes.txt").write_text("theirs\n")
    assert contents(tmp_path) == {"site/notes.txt": b"theirs\n"}


def test_an_empty_folder_is_filled_and_what_we_filled_is_replaced_by_either_command(
    project: Path, tmp_path: Path, complete: dict[str, dict[str, bytes]]
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    for name in ("stage", "build", "build"):
        COMMANDS[name](project, folder, day=DAY)
        assert contents(folder) == complete[name]


def test_mkdocs_alone_removes_no_hidden_folder_of_somebody_elses(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in (".git/config", ".well-known/stale.json"):
        (site / name).parent.mkdir(parents=True)
        (site / name).write_text("x")
    mkdocs_build(load_config(str(project / "mkdocs.yml"), site_dir=str(site)))
    assert (site / ".git" / "config").is_file()
    assert (site / ".well-known" / "api-catalog").is_file()
    assert not (site / ".well-known" / "stale.json").exists()


@pytest.mark.parametrize(
    ("place", "message"), [("site/llms.txt", "this is a file; name a folder"), ("site/llms.txt/new", "File exists")]
)
def test_an_output_that_is_a_file_is_told(place: str, message: str, project: Path, output: Output) -> None:
    command = ["build", "--root", str(project), "--output", str(output.parent / place)]
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.stderr) == (1, f"{output.folder}/llms.txt: {message}\n")
    assert output.is_untouched()


def test_a_failed_command_leaves_no_new_folders_above_its_output(project: Path, output: Output) -> None:
    (project / "templates" / "robots.txt").unlink()
    (project / "mkdocs.yml").write_text("[")
    command = ["build", "--root", str(project), "--output", str(output.parent / "new" / "deep" / "site")]
    assert CliRunner().invoke(main, command).exit_code == 1
    assert output.left_behind() == []


def test_where_the_output_is_a_link_the_folder_that_it_leads_to_is_replaced(
    project: Path, output: Output, tmp_path: Path, complete: dict[str, dict[str, bytes]]
) -> None:
    link = tmp_path / "links" / "current"
    link.parent.mkdir()
    link.symlink_to(output.folder)
    stage(project, link, day=DAY)
    assert link.readlink() == output.folder
    assert contents(output.folder) == complete["stage"]
    assert output.left_behind() == []
    assert list(link.parent.iterdir()) == [link]


@pytest.mark.parametrize("name", [".site-notes", ".site-agentdocs-notes"])
def test_a_folder_of_the_users_own_with_a_similar_name_is_not_swept(name: str, project: Path, output: Output) -> None:
    (output.parent / name).mkdir()
    (output.parent / name / "notes.txt").write_text("x")
    stage(project, output.folder, day=DAY)
    assert output.left_behind() == [name]


# From here on the command runs in its own process.


def interrupted(*what: str) -> list[str]:
    return [sys.executable, "-m", "site_tests.interrupted", *what, "--"]


INSTALLED = [str(Path(sys.executable).with_name("agentdocs"))]


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def private_mounts() -> list[str]:
    """The beginning of a command whose mounts nobody else sees."""
    command = ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]
    if not shutil.which("unshare") or run([*command, "mount", "-t", "tmpfs", "none", "/mnt"]).returncode:
        pytest.skip("needs the right to mount a small disk (Linux, as root or with user namespaces)")
    return command


ON_A_SMALL_DISK = """
mount -t tmpfs -o "$1" none "$2" && cp -R "$3" "$2/site" || exit
earlier="$3" parent="$2"
shift 3
"$@"
code=$?
diff -r "$earlier" "$parent/site" && ls -A "$parent"
exit $code
"""


@pytest.mark.parametrize(
    ("command", "disk"),
    [
        pytest.param("build", "nr_inodes=6", id="build, no room for a folder"),
        pytest.param("build", "size=128k", id="build, no room for the theme"),
        pytest.param("build", "but artifacts", id="build, no room for the artifacts"),
        pytest.param("stage", "size=128k", id="stage, no room for the pages"),
    ],
)
def test_a_full_disk_leaves_the_earlier_output_untouched(
    command: str,
    disk: str,
    project: Path,
    output: Output,
    tmp_path: Path,
    private_mounts: list[str],
    complete: dict[str, dict[str, bytes]],
) -> None:
    if disk == "but artifacts":
        artifacts = set(storage_paths(render(Project.at(project), day=DAY).artifacts).values())
        pages = {name: body for name, body in complete["build"].items() if name not in artifacts}
        disk = f"size={(sum(len(body) // 4096 + 1 for body in pages.values()) + 10) * 4}k"
    parent = tmp_path / "mounted"
    parent.mkdir()
    place = Output(tmp_path / "unused")
    place.folder = parent / "site"
    script = ["sh", "-c", ON_A_SMALL_DISK, "sh", disk, str(parent), str(output.folder)]
    result = run([*private_mounts, *script, *INSTALLED, *arguments(command, project, place)])
    assert (result.returncode, result.stdout) == (1, "site\n"), result.stderr
    assert re.fullmatch(
        rf"{re.escape(str(place.folder))}[^ ]*: (no .* beside it: )?No space left on device\n", result.stderr
    )


def unprivileged() -> list[str]:
    """The beginning of a command that must obey the permissions of files, which root need not."""
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        pytest.skip("needs setpriv, since root may write everywhere")
    dropped = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={dropped}", f"--inh-caps={dropped}"]


@pytest.mark.parametrize(
    ("command", "protected", "mode", "message"),
    [
        ("build", "output", 0o555, "output/site: cannot create a folder next to it: Permission denied"),
        ("stage", "output", 0o555, "output/site: cannot create a folder next to it: Permission denied"),
        ("stage", "output/site", 0o555, "output/site: this folder is write-protected; "),
        ("build", "project/docs/picture.svg", 0o000, "project/docs/picture.svg: Permission denied"),
        ("build", "project/mkdocs.yml", 0o000, "project/mkdocs.yml: Permission denied"),
        ("stage", "project/docs/agents/setup.md", 0o000, "project/docs/agents/setup.md: "),
        ("stage", "project/catalog/plans.yaml", 0o000, "project/catalog/plans.yaml: cannot be read: Permission denied"),
    ],
)
def test_what_may_not_be_read_or_written_is_named(
    command: str, protected: str, mode: int, message: str, project: Path, output: Output, tmp_path: Path
) -> None:
    (project / "docs" / "picture.svg").write_text("<svg/>")
    path = tmp_path / protected
    usual = path.stat().st_mode
    path.chmod(mode)
    try:
        result = run([*unprivileged(), *INSTALLED, *arguments(command, project, output)])
    finally:
        path.chmod(usual)
    assert result.returncode == 1
    assert re.fullmatch(rf"{re.escape(str(tmp_path / message))}.*\n", result.stderr), result.stderr
    assert output.is_untouched()
    assert output.left_behind() == []


def test_an_earlier_output_that_is_write_protected_inside_leaves_nothing(project: Path, output: Output) -> None:
    (output.folder / ".well-known").chmod(0o555)
    result = run([*unprivileged(), *INSTALLED, *arguments("stage", project, output)])
    assert (result.returncode, output.left_behind()) == (0, [])
    assert not (output.folder / ".well-known").exists()


MOMENTS = {
    "build": {
        "as it begins": "tempfile.mkdtemp:-agentdocs-",
        "reading the configuration": "open:mkdocs.yml",
        "reading the catalog": "open:catalog/plans.yaml",
        "rendering pages": "open:docs/agents/setup.md",
        "rendering snippets": "open:snippets/curl/chat.sh",
        "rendering documents": "open:skills/api.md",
        "copying the theme": "shutil.copyfile:/fresh/docs/agents/assets/",
        "writing pages": "open:/fresh/docs/agents/setup/index.html",
        "writing artifacts": "open:/fresh/llms.txt",
        "before the exchange": "ctypes.dlsym:renameat2",
    },
    "stage": {
        "writing pages": "open:/fresh/docs/docs/agents/setup.md",
        "before the exchange": "ctypes.dlsym:renameat2",
    },
}
CASES = [pytest.param(command, moment, id=f"{command}, {moment}") for command in MOMENTS for moment in MOMENTS[command]]


def sweeps(project: Path, output: Output) -> bool:
    """Let the next command, although it fails, remove what a killed one left."""
    replace(project, "mkdocs.yml", "  - agentdocs\n", "")
    return CliRunner().invoke(main, arguments("build", project, output)).exit_code == 1 and output.left_behind() == []


@pytest.mark.parametrize(("command", "moment"), CASES)
def test_a_killed_command_leaves_the_earlier_output_and_the_next_one_cleans_up(
    command: str, moment: str, project: Path, output: Output
) -> None:
    killed = interrupted(f"SIGKILL:{MOMENTS[command][moment]}")
    result = run([*killed, *arguments(command, project, output)])
    assert (result.returncode, result.stderr) == (-signal.SIGKILL, "")
    assert output.is_untouched()
    assert len(output.left_behind()) == (moment != "as it begins")
    assert sweeps(project, output)
    assert output.is_untouched()


def test_a_command_killed_while_it_removes_the_earlier_output_leaves_the_new_one(
    project: Path, output: Output, complete: dict[str, dict[str, bytes]]
) -> None:
    killed = interrupted("SIGKILL:shutil.rmtree:-agentdocs-")
    assert run([*killed, *arguments("stage", project, output)]).returncode == -signal.SIGKILL
    assert contents(output.folder) == complete["stage"]
    assert len(output.left_behind()) == 1
    stage(project, output.folder, day=DAY)
    assert contents(output.folder) == complete["stage"]
    assert output.left_behind() == []


WITHOUT_EXCHANGE = "fail:ctypes.dlsym:renameat2"
BETWEEN_THE_RENAMES = "os.rename:/fresh"


def test_where_folders_cannot_be_exchanged_the_next_command_puts_back_what_a_killed_one_moved(
    project: Path, output: Output
) -> None:
    killed = interrupted(WITHOUT_EXCHANGE, f"SIGKILL:{BETWEEN_THE_RENAMES}")
    assert run([*killed, *arguments("stage", project, output)]).returncode == -signal.SIGKILL
    assert not output.folder.exists()
    assert sweeps(project, output)
    assert output.is_untouched()


@pytest.mark.parametrize(
    ("action", "code", "message"),
    [("SIGINT", 130, ""), ("fail", 1, r"/output/site: Input/output error\n")],
)
def test_where_folders_cannot_be_exchanged_a_failed_command_puts_back_what_it_moved(
    action: str, code: int, message: str, project: Path, output: Output
) -> None:
    stopped = interrupted(WITHOUT_EXCHANGE, f"{action}:{BETWEEN_THE_RENAMES}")
    result = run([*stopped, *arguments("stage", project, output)])
    assert result.returncode == code
    assert re.fullmatch(f"[^ ]*{message}", result.stderr), result.stderr
    assert output.is_untouched()
    assert output.left_behind() == []


def test_where_folders_cannot_be_exchanged_the_earlier_output_is_still_replaced(
    project: Path, output: Output, complete: dict[str, dict[str, bytes]]
) -> None:
    result = run([*interrupted(WITHOUT_EXCHANGE), *arguments("stage", project, output)])
    assert result.returncode == 0, result.stderr
    assert contents(output.folder) == complete["stage"]
    assert output.left_behind() == []


@pytest.mark.parametrize(
    ("command", "moment", "name"),
    [
        ("build", "reading the configuration", "SIGINT"),
        ("build", "rendering pages", "SIGINT"),
        ("build", "writing pages", "SIGINT"),
        ("build", "before the exchange", "SIGTERM"),
        ("stage", "before the exchange", "SIGTERM"),
    ],
)
def test_a_command_that_is_told_to_end_cleans_up_and_says_nothing(
    command: str, moment: str, name: str, project: Path, output: Output
) -> None:
    result = run([*interrupted(f"{name}:{MOMENTS[command][moment]}"), *arguments(command, project, output)])
    assert (result.returncode, result.stdout, result.stderr) == (128 + signal.Signals[name], "", "")
    assert output.is_untouched()
    assert output.left_behind() == []


@contextlib.contextmanager
def killing(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()


def test_two_commands_may_fill_one_output_at_once(
    project: Path, output: Output, complete: dict[str, dict[str, bytes]]
) -> None:
    paused = interrupted(f"SIGSTOP:{MOMENTS['build']['writing artifacts']}")
    with subprocess.Popen([*paused, *arguments("build", project, output)], cwd=ROOT) as first, killing(first):
        assert os.WIFSTOPPED(os.waitpid(first.pid, os.WUNTRACED)[1])
        (folder,) = output.left_behind()
        filled = contents(output.parent / folder)
        assert CliRunner().invoke(main, arguments("build", project, output)).exit_code == 0
        assert contents(output.folder) == complete["build"]
        assert contents(output.parent / folder) == filled, "the second command touched what the first one makes"
        (output.folder / "index.html").unlink()
        first.send_signal(signal.SIGCONT)
        assert first.wait(60) == 0
    assert contents(output.folder) == complete["build"]
    assert output.left_behind() == []


def test_whoever_looks_while_many_replace_an_output_sees_one_whole(tmp_path: Path) -> None:
    output, names = tmp_path / "site", {SIGNATURE, *(f"{number}.txt" for number in range(20))}
    wrong: list[set[str]] = []

    def fill(text: str) -> None:
        for _ in range(10):
            with replacing(output) as folder:
                for name in names - {SIGNATURE}:
                    (folder / name).write_text(text)

    fill("first")
    writers = [threading.Thread(target=fill, args=(text,)) for text in ("second", "third", "fourth")]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        before = output.stat()
        seen = set(os.listdir(output))  # noqa: PTH208 - lists at once, without going back to the path
        if os.path.samestat(before, output.stat()) and seen != names:
            wrong.append(seen)
    assert wrong == []
    assert list(tmp_path.iterdir()) == [output]
    assert contents(output).keys() == names
    assert len(set(contents(output).values())) == 2


def test_an_output_that_is_read_is_replaced_afterwards(tmp_path: Path) -> None:
    output = tmp_path / "site"

    def fill(text: str) -> None:
        with replacing(output) as folder:
            (folder / "index.html").write_text(text)

    fill("first")
    writer = threading.Thread(target=fill, args=("second",))
    with unchanged(output):
        writer.start()
        writer.join(0.2)
        assert writer.is_alive()
        assert (output / "index.html").read_text() == "first"
    writer.join()
    assert (output / "index.html").read_text() == "second"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_the_standard_output_is_told(unbuffered: str, project: Path) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        command = [*INSTALLED, "snippet", "--root", str(project)]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment)
    assert (result.returncode, result.stderr) == (1, "standard output: No space left on device\n")


def test_a_reader_that_stops_reading_is_no_error_to_tell(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [*INSTALLED, "snippet", "--root", str(project)]
        result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr) == (1, "")
