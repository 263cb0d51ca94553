"""Every published file, for every model and for the edges of what a catalog can say, is valid in its own language."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import json5
import jsonschema
import pytest
import yaml
from agentdocs.text.quoting import as_json

from site_tests import programs
from site_tests.clients.machine import Machine
from site_tests.clients.reader import Reader
from site_tests.clients.test_openai_node import node_path
from site_tests.clients.test_openclaw import CLIENT as OPENCLAW
from site_tests.conftest import ROOT
from site_tests.projects import make_project, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.render import Rendering

EDGES = Path(__file__).parent / "edges"
"""Models that no provider has: each shows one edge of what a catalog can say."""


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Rendering:
    """The catalog with those models besides."""
    folder = tmp_path_factory.mktemp("edges")
    shutil.copytree(ROOT / "catalog", folder / "catalog")
    shutil.copytree(EDGES, folder / "catalog" / "models" / "edge")
    authors = folder / "catalog" / "authors.yaml"
    known = yaml.safe_load(authors.read_text(encoding="utf-8"))
    authors.write_text(as_json({**known, "edge": {"name": "Edge"}}), encoding="utf-8")
    discovery = folder / "catalog" / "discovery.yaml"  # in whose data a context window may be unknown
    discovery.write_text(discovery.read_text(encoding="utf-8").replace("catalog.v1.", "catalog.v2."), encoding="utf-8")
    return rendered(make_project(folder))


def files(rendering: Rendering, language: str, client: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield model, URL and text of every snippet in a language."""
    for name, entry in rendering.facts.clients.items():
        for model in rendering.facts.models:
            for shape in entry.snippets if not client or client == name else ():
                url = rendering.snippets.url(name, shape, model)
                if shape.language == language and url in rendering.artifacts:
                    yield model, url, rendering.artifacts[url].body.decode()


def written(rendering: Rendering, language: str, suffix: str, folder: Path) -> list[Path]:
    """Write each distinct snippet of a language into a folder."""
    found: dict[str, Path] = {}
    for number, (_, _, text) in enumerate(files(rendering, language)):
        found.setdefault(text, folder / f"snippet{number}.{suffix}").write_text(text, encoding="utf-8")
    return list(found.values())


def test_a_model_below_a_minimum_has_no_file_for_that_client_and_the_page_says_why(edges: Rendering) -> None:
    small = edges.facts.models["edge/small-context"]
    page = next(page for page in edges.pages.values() if page.source.endswith(f"{small.id}.md"))
    for name, client in edges.facts.clients.items():
        urls = {edges.snippets.url(name, shape, small.id) for shape in client.snippets}
        if client.takes(small.context_window):
            assert urls <= edges.artifacts.keys(), name
        else:
            assert not urls & edges.artifacts.keys(), name
            assert f"{client.name} cannot use this model: its context window of 32,000 tokens is below" in page.markdown


SHELLS = [
    ("bash", ["bash", "-n"]),
    ("zsh", ["zsh", "-n"]),
    ("fish", ["fish", "--no-execute"]),
    ("shellcheck", ["shellcheck", "--shell=bash"]),
]


@pytest.mark.parametrize(
    ("program", "command"),
    [pytest.param(*entry, id=entry[0], marks=pytest.mark.program(entry[0])) for entry in SHELLS],
)
def test_commands_are_valid_in_every_shell_that_readers_use(
    program: str, command: list[str], edges: Rendering, tmp_path: Path
) -> None:
    scripts = written(edges, "bash", "sh", tmp_path)
    assert scripts
    key = next(iter(edges.facts.keys))
    step = tmp_path / "key.sh"
    step.write_text(edges.snippets.key_step(key, "fish" if program == "fish" else "bash"), encoding="utf-8")
    every = [str(script) for script in [*scripts, step]]
    for arguments in [every] if program == "shellcheck" else [[script] for script in every]:
        result = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        assert result.returncode == 0, f"{arguments}: {result.stdout}{result.stderr}"


def test_data_files_are_read_by_an_independent_parser(edges: Rendering) -> None:
    for _, _, text in files(edges, "json5"):
        assert json5.loads(text)
    for _, _, text in files(edges, "yaml"):
        assert yaml.safe_load(text)


def test_settings_that_are_json_with_comments_have_nothing_that_only_json5_has(edges: Rendering) -> None:
    for client in ("opencode", "qwen-code"):
        for _, url, text in files(edges, "json5", client):
            bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))
            bare = bare.partition(" // ")[0] + "".join(
                "\n" + rest.partition("\n")[2] for rest in bare.split(" // ")[1:]
            )
            if client == "opencode":  # which takes a comma before a closing bracket
                bare = "".join(bare.split())
                bare = bare.replace(",}", "}").replace(",]", "]")
            assert json.loads(bare), url


def test_names_come_through_the_quoting_of_every_language(edges: Rendering) -> None:
    name = edges.facts.models["edge/quoted"].name
    found = [(url, text) for language in ("json5", "yaml") for _, url, text in files(edges, language)
             if "$HOME" in text]  # fmt: skip
    assert found
    for url, text in found:
        data = yaml.safe_load(text) if url.endswith("yaml") else json5.loads(text)
        assert as_json(name) in as_json(data), url


def test_programs_for_python_compile(edges: Rendering) -> None:
    for _, url, text in files(edges, "python"):
        compile(text, url, "exec")


@pytest.mark.program("node")
def test_programs_for_node_are_modules(edges: Rendering, tmp_path: Path) -> None:
    node = programs.find("node")
    for program in written(edges, "javascript", "mjs", tmp_path):
        subprocess.run([str(node), "--check", str(program)], check=True)


@pytest.mark.program("clients")
def test_programs_for_node_fit_the_types_of_the_library(edges: Rendering, tmp_path: Path) -> None:
    written(edges, "javascript", "mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(programs.node_modules("clients"))
    options = {
        "allowJs": True, "checkJs": True, "noEmit": True, "strict": True, "noImplicitAny": False, "module": "nodenext",
        "target": "es2024", "types": ["node"], "skipLibCheck": True,
    }  # fmt: skip
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*.mjs"]}))
    tsc = programs.node_modules("clients") / ".bin" / "tsc"
    path = ":".join(map(str, [*node_path(), "/usr/bin", "/bin"]))
    command = [str(tsc), "--project", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": path})
    assert result.returncode == 0, result.stdout
    first = next(tmp_path.glob("*.mjs"))
    first.write_text(first.read_text(encoding="utf-8").replace("baseURL", "baseUrl"), encoding="utf-8")
    broken = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": path})
    assert "baseUrl" in broken.stdout


@pytest.fixture(scope="module")
def openclaw_schema(
    preview: Rendering, preview_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> jsonschema.Draft7Validator:
    """OpenClaw's own JSON Schema of its configuration."""
    machine = Machine(preview.facts, tmp_path_factory.mktemp("schema"), path=node_path())
    reader = Reader(OPENCLAW, preview, preview_site, machine)
    run = machine.run(reader.stub(), "openclaw config schema")
    return jsonschema.Draft7Validator(json.loads(run.stdout))


def _merged(text: str) -> Any:  # noqa: ANN401
    """Write the steps of a file as the configuration that they make of an empty one."""
    config: dict[str, Any] = {}
    for step in json5.loads(text):
        *names, last = step["path"].split(".")
        place = config
        for name in names:
            place = place.setdefault(name, {})
        place[last] = step["value"]
    return config


@pytest.mark.program("clients")
def test_openclaws_own_schema_takes_every_fragment(
    edges: Rendering, openclaw_schema: jsonschema.Draft7Validator
) -> None:
    count = 0
    for _, url, text in files(edges, "json5", "openclaw"):
        errors = [error.message for error in openclaw_schema.iter_errors(_merged(text))]
        assert errors == [], url
        count += 1
    assert count == sum(model.for_agents is True for model in edges.facts.models.values())


@pytest.mark.program("clients")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("baseUrl", "baseURL"),
        ('"api-key"', '"apikey"'),
        ("contextWindow", "contextLength"),
        ("openai-completions", "chat"),
    ],
)
def test_openclaws_own_schema_refuses_a_wrong_member(
    old: str, new: str, edges: Rendering, openclaw_schema: jsonschema.Draft7Validator
) -> None:
    _, _, text = next(files(edges, "json5", "openclaw"))
    assert old in text
    assert list(openclaw_schema.iter_errors(_merged(text.replace(old, new)))) != []


_STRUCTURE = """
import json, sys
from hermes_cli.config import validate_config_structure
for config in json.load(sys.stdin):
    print(json.dumps([f"{issue.severity}: {issue.message}" for issue in validate_config_structure(config)]))
"""


def _issues(configs: list[Any], home: Path) -> list[list[str]]:
    python = programs.python_bin("hermes") / "python"
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    result = subprocess.run([str(python), "-c", _STRUCTURE], input=json.dumps(configs), capture_output=True, text=True,
                            check=True, env=environment)  # fmt: skip
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.program("hermes")
def test_hermes_own_check_finds_no_issue_in_any_configuration(edges: Rendering, tmp_path: Path) -> None:
    configs = [yaml.safe_load(text) for _, _, text in files(edges, "yaml", "hermes")]
    assert configs
    assert [issues for issues in _issues(configs, tmp_path) if issues] == []
    assert _issues([{"custom_providers": {"name": "x"}}], tmp_path) != [[]]
