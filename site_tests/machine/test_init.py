"""`agentdocs init`: the project of another provider, which is green at once and states nothing that nobody said."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
import yaml
from agentdocs.catalog.reading import load
from agentdocs.cli import main
from agentdocs.init import fetching, lists, writing
from agentdocs.mkdocs.build import build
from agentdocs.project import Project, shipped
from agentdocs.render import render
from agentdocs.schema.base import groups
from agentdocs.stub import Stub
from click.testing import CliRunner
from starlette.testclient import TestClient

from site_tests import links
from site_tests.conftest import ROOT
from site_tests.projects import with_history

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.schema import Facts
    from click.testing import Result

SAID = {
    "name": "Acme",
    "origin": "https://docs.acme.example",
    "base-url": "https://api.acme.example/v1",
    "model": "acme/large-1",
    "context-window": "128000",
    "client": "curl",
}


def init(folder: Path, *more: str, **said: str | None) -> Result:
    """Begin a project with what is usually said, except for what a test says otherwise; None leaves something out."""
    options = {**SAID, **{name.replace("_", "-"): value for name, value in said.items()}}
    every = [part for name, value in options.items() if value is not None for part in (f"--{name}", value)]
    return CliRunner().invoke(main, ["init", str(folder), *every, *more])


def begun(folder: Path, *more: str, **said: str | None) -> Facts:
    result = init(folder, *more, **said)
    assert result.exit_code == 0, result.output
    return load(folder / "catalog").facts


def refused(tmp_path: Path, *more: str, **said: str | None) -> tuple[int, str]:
    """Tell how a project was refused, of which nothing is left."""
    before = sorted(tmp_path.rglob("*"))
    result = init(tmp_path / "deep" / "project", *more, **said)
    assert sorted(tmp_path.rglob("*")) == before
    assert "Traceback" not in result.output
    return result.exit_code, result.stderr


# --- What is written -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project with a history, as its owner has it after the first commit."""
    folder = tmp_path_factory.mktemp("init") / "acme"
    begun(folder, key_prefix="acme_", client=None)
    return with_history(folder)


def test_a_new_project_has_what_it_needs_and_no_pages(acme: Path) -> None:
    written = subprocess.run(["git", "ls-files"], cwd=acme, capture_output=True, text=True, check=True).stdout.split()
    assert sorted(written) == sorted([*(path for path, _ in writing.FILES.values()), writing.CATALOG, "docs/.gitkeep"])
    assert (acme / "mkdocs.yml").read_text() == (ROOT / "mkdocs.yml").read_text()


def test_a_new_project_is_sound_and_lists_what_to_fill_in(acme: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--strict", "--root", str(acme)])
    assert (result.exit_code, result.stderr) == (0, "")
    *listed, last = result.stdout.splitlines()
    assert re.match(r"The catalog is valid: 1 models; \d+ groups of facts await confirmation; no warnings\.", last)
    members = [
        re.fullmatch(rf"{re.escape(str(acme))}/catalog/catalog\.yaml:\d+:\d+: (\S+): inferred", x) for x in listed
    ]
    assert {"provider", "site", "apis.acme", "keys.acme", "models.acme/large-1"} <= {
        match[1] for match in members if match
    }
    assert all(members)


def test_a_new_project_says_what_was_said_and_nothing_else(acme: Path) -> None:
    facts = load(acme / "catalog").facts
    assert (facts.provider.name, facts.provider.id, facts.provider.reverse_domain) == ("Acme", "acme", "example.acme")
    assert (facts.site.origin, facts.apis["acme"].base_url) == (SAID["origin"], SAID["base-url"])
    key = facts.keys["acme"]
    assert (key.prefix, key.environment_variable, key.paid_from) == ("acme_", "ACME_API_KEY", "unknown")
    assert {key.plans, key.spend_cap, key.revocable, key.create, facts.provider.operator} == {"unknown"}
    assert (facts.plans, facts.errors, facts.limits) == ({}, {}, {})
    assert [*facts.models] == [facts.recommendations.default] == ["acme/large-1"]
    assert {p.confidence for _, _, p in groups(facts) if p} == {"inferred"}
    assert not any(p.source or p.provider for _, _, p in groups(facts) if p)


def test_no_client_claims_a_proof_of_another_provider(acme: Path) -> None:
    clients = load(acme / "catalog").facts.clients
    assert [*clients] == sorted(path.name for path in (shipped() / "snippets").iterdir() if path.is_dir())
    assert not any(client.tested or client.suggested for client in clients.values())


def test_each_snippet_template_of_a_client_is_offered(acme: Path) -> None:
    for name, client in load(acme / "catalog").facts.clients.items():
        templates = {file.stem for file in (shipped() / "snippets" / name).iterdir()}
        assert {snippet.id for snippet in client.snippets} == templates, name


def test_every_link_of_a_new_project_leads_somewhere(acme: Path, tmp_path: Path) -> None:
    rendering = build(acme, tmp_path / "site")
    assert {"/", "/agents/setup/", "/maintaining/catalog/"} <= rendering.urls
    assert links.check(rendering, tmp_path / "site") > 100


def test_a_release_of_a_new_project_has_every_page_for_readers(acme: Path, tmp_path: Path) -> None:
    day = load(acme / "catalog").facts.provider.provenance.checked
    rendering = build(acme, tmp_path / "site", release=True, day=day)
    assert {entry.loc[:2] for entry in rendering.catalog.withheld} == {("site", "pages")}
    assert {"/", "/agents/setup/", "/agents/models/acme/large-1/", "/llms.txt"} <= rendering.urls
    assert not [url for url in rendering.urls if url.startswith("/maintaining/")]


def test_the_stub_answers_for_a_new_project(acme: Path) -> None:
    stub = Stub(load(acme / "catalog").facts)
    with TestClient(stub.application()) as client:
        answer = client.get("/v1/models", headers={"Authorization": f"Bearer {stub.key('acme')}"})
    assert [model["id"] for model in answer.json()["data"]] == ["acme/large-1"]


def test_snippets_of_a_new_project_name_its_own(acme: Path) -> None:
    for client in load(acme / "catalog").facts.clients:
        result = CliRunner().invoke(main, ["snippet", client, "--root", str(acme)])
        assert result.exit_code == 0, result.output
        assert "acme" in result.stdout.lower()


def test_the_examples_of_a_new_catalog_are_sound(acme: Path, tmp_path: Path) -> None:
    text = (acme / writing.CATALOG).read_text()
    without = re.sub(r"(?m)^(?:  prepaid: unknown|plans: \{\}|errors: \{\})\n", "", text)
    (tmp_path / "catalog").mkdir()
    (tmp_path / writing.CATALOG).write_text(re.sub("(?m)^#-", "", without))
    facts = load(tmp_path / "catalog").facts
    assert facts.plans and facts.errors and facts.limits and facts.billing.credits  # noqa: PT018 - each is an example
    assert facts.site.repository and facts.recommendations.tasks  # noqa: PT018
    render(Project.at(tmp_path))


NAMES = ['AT&T "AI"', "Söhne: KI", "it's {a} #1", "-dash", "100%", "\u8baf\u98de", "yes", "a | b", "Ünknown's `C`"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_written_as_it_is(name: str, tmp_path: Path) -> None:
    facts = begun(tmp_path / "p", name=name)
    assert (facts.provider.name, facts.site.name) == (name, f"{name} for agents")
    assert re.fullmatch("[a-z0-9-]+", facts.provider.id)


IDS = ["gpt-4o", "meta-llama/Llama-3.3-70B", "x/y:free", "@cf/meta/llama", "1.5", "true"]


@pytest.mark.parametrize("model", IDS)
def test_any_id_of_a_model_is_written_as_it_is(model: str, tmp_path: Path) -> None:
    assert [*begun(tmp_path / "p", model=model).models] == [model]


@pytest.mark.parametrize(
    ("name", "origin", "base_url", "provider", "domain", "variable"),
    [
        ("Groß & Co.", "https://a.gross.example", "https://b.gross.example/v1", "gross-co", "example.gross", "GROSS_CO_API_KEY"),  # noqa: E501
        ("讯飞", "https://docs.xf.example", "https://api.xf.example", "xf", "example.xf", "XF_API_KEY"),
        ("01 AI", "https://one.example", "https://two.test", "01-ai", "example.one", "API_KEY_01_AI"),
    ],
)  # fmt: skip
def test_what_follows_from_answers_is_worked_out(
    name: str, origin: str, base_url: str, provider: str, domain: str, variable: str, tmp_path: Path
) -> None:
    facts = begun(tmp_path / "p", name=name, origin=origin, base_url=base_url)
    assert (facts.provider.id, facts.provider.reverse_domain) == (provider, domain)
    assert facts.keys[provider].environment_variable == variable


def test_an_empty_folder_and_the_current_one_can_be_begun_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = init(Path())
    assert result.exit_code == 0, result.output
    assert 'cd "$PWD"' in result.output
    assert (tmp_path / writing.CATALOG).is_file()
    assert [*tmp_path.parent.glob(f".{tmp_path.name}-*")] == []


# --- What is refused -----------------------------------------------------------------------------------------


def test_what_is_missing_is_named_all_at_once(tmp_path: Path) -> None:
    code, told = refused(tmp_path, name=None, origin=None, base_url=None, model=None, context_window=None)
    assert code == 2
    assert re.findall(r"(?m)^(--\S+) is missing: ", told) == ["--name", "--origin", "--base-url", "--model"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": " "}, "--name: the text is empty; write it or remove the member\n"),
        ({"name": "unknown"}, "--name: 'unknown' is reserved "),
        ({"name": "a\x1bb"}, "--name: 'a\\x1bb' has an invisible character; "),
        ({"origin": "http://docs.acme.example"}, "--origin: 'http://docs.acme.example' is not a URL with https; "),
        ({"origin": "https://docs.acme.example/"}, "--origin: 'https://docs.acme.example/' is not an origin; "),
        ({"base_url": "https://api.acme.example/"}, "--base-url: 'https://api.acme.example/' is not a base URL; "),
        ({"key_prefix": "a b"}, "--key-prefix: 'a b' is not how keys begin; "),
        ({"model": "../x"}, "--model: '../x' is not a model id; "),
        ({"context_window": "many"}, "--context-window: 'many' is not a positive integer; "),
        ({"id": "Acme"}, "--id: 'Acme' is not an identifier in lower case; write acme\n"),
        ({"client": "curk"}, "--client: there is no 'curk'; did you mean curl?\n"),
        ({"client": "hermes", "context_window": "4096"}, "--client: hermes needs a context window of 64,000 "),
        ({"provider": "x"}, "--provider and --source belong to a list of models; "),
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_answer_is_wrong_usage(said: dict[str, str], told: str, tmp_path: Path) -> None:
    code, error = refused(tmp_path, **said)
    assert (code, error[: len(told)]) == (2, told)


@pytest.mark.parametrize("content", ["mine.txt", ".git/HEAD"])
def test_a_folder_with_anything_in_it_is_refused_untouched(content: str, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "project" / content
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    code, told = refused(tmp_path)
    assert code == 1
    assert told == f"{tmp_path}/deep/project: this folder is not empty; name a new or empty one\n"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "project").write_text("mine")
    assert refused(tmp_path) == (1, f"{tmp_path}/deep/project: this is a file; name a folder\n")


def test_what_fails_halfway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "write_files", failing)
    code, told = refused(tmp_path)
    assert (code, told) == (1, f"{tmp_path}/deep/project: No space left on device\n")


@pytest.mark.parametrize("command", ["check", "build", "snippet", "stub", "serve", "stage"])
def test_a_folder_without_a_project_names_the_command_that_makes_one(command: str, tmp_path: Path) -> None:
    more = [str(tmp_path / "out")] if command == "stage" else []
    result = CliRunner().invoke(main, [command, *more, "--root", str(tmp_path)])
    assert result.exit_code == 1
    assert "agentdocs init" in result.stderr


# --- Lists of models -----------------------------------------------------------------------------------------

OPENAI = {
    "object": "list",
    "data": [
        {"id": "acme/large-1", "object": "model", "created": 1700000000, "owned_by": "acme"},
        {"id": "acme/small-1", "object": "model", "max_model_len": 32768},
        {"id": "whisper", "object": "model", "context_window": 448, "max_completion_tokens": 448},
    ],
}
OPENROUTER = {
    "data": [
        {
            "id": "acme/large-1",
            "name": "Acme: Large 1",
            "context_length": 200000,
            "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["text"]},
            "pricing": {
                "prompt": "0.0000003",
                "completion": "0.0000012",
                "input_cache_read": "0.00000003",
                "input_cache_write": "0.000000375",
            },
            "top_provider": {"context_length": 200000, "max_completion_tokens": 8192, "is_moderated": False},
            "supported_parameters": ["tools", "reasoning", "response_format", "structured_outputs", "temperature"],
        },
        {"id": "acme/small-1:free", "context_length": 8000, "pricing": {"prompt": "0", "completion": "0"}},
        {"id": "acme/auto", "context_length": 2000000, "pricing": {"prompt": "-1", "completion": "-1"}},
        {"id": "acme/odd", "context_length": 4096, "top_provider": {"max_completion_tokens": 65536}},
    ]
}
MODELS_DEV = {
    "acme": {
        "id": "acme",
        "api": "https://api.acme.example/v1",
        "models": {
            "acme/large-1": {
                "id": "acme/large-1",
                "name": "Large 1",
                "reasoning": True,
                "tool_call": True,
                "release_date": "2025-08-05",
                "modalities": {"input": ["text"], "output": ["text"]},
                "limit": {"context": 131072, "output": 32768},
                "cost": {"input": 0.15, "output": 0.6, "cache_read": 0.075, "cache_write": 0.3},
            },
            "tiny": {"tool_call": False, "release_date": "2025-08", "limit": {"context": 2048, "output": 0}},
        },
    },
    "other": {"id": "other", "api": "https://api.other.example/v1", "models": {"x": {"limit": {"context": "broken"}}}},
    "native": {"id": "native", "models": {}},
}


def listed(tmp_path: Path, content: object) -> str:
    file = tmp_path / "models.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(file)


def of(facts: Facts) -> dict[str, dict[str, Any]]:
    """Say what a catalog has of each model besides its names."""
    return {
        name: {
            "window": model.context_window,
            "can": model.known.model_dump(exclude_defaults=True),
            "agents": model.for_agents,
            "price": [tuple(map(str, (p.input, p.output, p.cache_read, p.cache_write))) for p in model.price_history],
            "released": str(model.life.released),
        }
        for name, model in facts.models.items()
    }


def test_a_list_as_openrouter_has_it_fills_models_in(tmp_path: Path) -> None:
    facts = begun(tmp_path / "p", "--from", listed(tmp_path, OPENROUTER), context_window=None)
    can = {
        "max_output": 8192,
        "input": ("text", "image"),
        "reasoning": True,
        "json_mode": True,
        "structured_outputs": True,
    }
    nothing = {"can": {}, "agents": "unknown", "released": "unknown"}
    assert of(facts) == {
        "acme/large-1": {
            "window": 200000, "can": can, "agents": True,
            "price": [("0.3", "1.2", "0.03", "0.375")], "released": "unknown"
        },
        "acme/small-1:free": {"window": 8000, "price": [("0", "0", "unknown", "None")], **nothing},
        "acme/auto": {"window": 2000000, "price": [], **nothing},
        "acme/odd": {"window": 4096, "price": [], **nothing},
    }  # fmt: skip
    assert facts.models["acme/large-1"].name == "Acme: Large 1"
    assert facts.billing.credits and facts.billing.credits.currency == "USD"  # noqa: PT018


def test_a_list_as_models_dev_has_it_fills_in_the_models_of_the_base_url(tmp_path: Path) -> None:
    facts = begun(tmp_path / "p", "--from", listed(tmp_path, MODELS_DEV), context_window=None)
    can = {"max_output": 32768, "input": ("text",), "reasoning": True}
    assert of(facts) == {
        "acme/large-1": {
            "window": 131072, "can": can, "agents": True,
            "price": [("0.15", "0.6", "0.075", "0.3")], "released": "2025-08-05"
        },
        "tiny": {"window": 2048, "can": {}, "agents": False, "price": [], "released": "unknown"},
    }  # fmt: skip
    assert {str(m.provenance.source) for m in facts.models.values()} == {lists.MODELS_DEV}
    assert {m.provenance.confidence for m in facts.models.values()} == {"third_party"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"provider": "acmee"}, "--provider: 'acmee' is not in the list; did you mean acme?\n"),
        ({"base_url": "https://api.third.example/v1"}, "--provider is missing: the list has 3 providers, "),
        ({"base_url": "https://api.acme.example/v2"}, "--provider is missing: the list has 3 providers, and these "),
        ({"model": "acme/large"}, "--model: 'acme/large' is not in the list; did you mean acme/large-1?\n"),
        ({"model": "tiny"}, "--model: 'tiny' cannot call tools according to the list; name a model that can\n"),
        ({"context_window": "1"}, "--context-window: the list of models has it; leave this option out\n"),
    ],
    ids=str,
)  # fmt: skip
def test_who_is_meant_of_a_list_must_be_clear(said: dict[str, str], told: str, tmp_path: Path) -> None:
    options: dict[str, str | None] = {"context_window": None, **said}
    code, error = refused(tmp_path, "--from", listed(tmp_path, MODELS_DEV), **options)
    assert (code, error[: len(told)]) == (2, told)


def test_a_provider_of_a_list_can_be_named(tmp_path: Path) -> None:
    more = ("--from", listed(tmp_path, MODELS_DEV), "--provider", "acme")
    assert len(begun(tmp_path / "p", *more, base_url="https://elsewhere.example/v1", context_window=None).models) == 2


def test_a_list_of_one_provider_takes_no_provider(tmp_path: Path) -> None:
    code, told = refused(tmp_path, "--from", listed(tmp_path, OPENROUTER), context_window=None, provider="acme")
    assert (code, told[:33]) == (2, f"--provider: {listed(tmp_path, OPENROUTER)} is a list"[:33])


@pytest.mark.parametrize(
    ("more", "member", "confidence", "source"),
    [
        ((), {}, "inferred", None),
        ((), {"source": "https://list.example/models"}, "third_party", "https://list.example/models"),
        (("--source", "https://a.example/b"), {"source": "https://list.example/m"}, "third_party", "https://a.example/b"),
        (("--source", "https://acme.example/models"), {}, "vendor_page", "https://acme.example/models"),
    ],
)  # fmt: skip
def test_models_of_a_file_are_known_from_the_page_that_is_named(
    more: tuple[str, ...], member: dict[str, str], confidence: str, source: str | None, tmp_path: Path
) -> None:
    file = listed(tmp_path, {**member, **OPENROUTER})
    facts = begun(tmp_path / "p", "--from", file, *more, context_window=None)
    found = {(m.provenance.confidence, m.provenance.source) for m in facts.models.values()}
    assert found == {(confidence, source)}


@pytest.mark.parametrize(
    ("url", "confidence", "source"),
    [
        ("https://api.acme.example/v1/models?key=secret", "vendor_page", "https://api.acme.example/v1/models"),
        ("https://www.acme.example/models.json", "vendor_page", "https://www.acme.example/models.json"),
        ("https://notacme.example/models", "third_party", "https://notacme.example/models"),
        ("http://api.acme.example/v1/models", "inferred", None),
    ],
)
def test_models_of_the_web_are_known_from_where_they_were_fetched(
    url: str, confidence: str, source: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "read", lambda _: json.dumps(OPENROUTER).encode())
    facts = begun(tmp_path / "p", "--from", url, context_window=None)
    found = {(m.provenance.confidence, m.provenance.source) for m in facts.models.values()}
    assert found == {(confidence, source)}
    assert "secret" not in (tmp_path / "p" / writing.CATALOG).read_text()


def test_a_long_list_gets_files_of_its_own_that_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = ("--from", listed(tmp_path, OPENROUTER))
    together = begun(tmp_path / "one", *more, context_window=None)
    monkeypatch.setattr(writing, "MOST_IN_ONE_FILE", 2)
    divided = begun(tmp_path / "many", *more, context_window=None)
    files = {path.name for path in (tmp_path / "many" / "catalog" / "models").rglob("*.yaml")}
    assert files == {"large-1.yaml", "small-1%3Afree.yaml", "auto.yaml", "odd.yaml"}
    assert dict(divided.models) == dict(together.models)


CASES = yaml.safe_load((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["promise"])
def test_a_wrong_list_is_told_at_its_place(case: Mapping[str, Any], tmp_path: Path) -> None:
    file = listed(tmp_path, case["text"])
    code, told = refused(tmp_path, "--from", file, context_window=None, model="a")
    assert code == 1
    lines = told.splitlines()
    assert len(lines) == len(case["told"]), told
    for line, expected in zip(lines, case["told"], strict=True):
        assert line.startswith(expected.replace("LIST", file)), told


def test_a_list_is_read_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {"data": [{"id": f"m{number}"} for number in range(lists.MOST_MODELS + 1)]}
    for content, expected in (
        (many, f"has {lists.MOST_MODELS + 1:,} models; name a list of at most {lists.MOST_MODELS:,}"),
        ("[" * 200_000, "is nested too deeply; name a list of models"),
        ({"data": [{"id": "a" * 201}]}, "has 201 characters; write at most 200"),
        ({"data": [{"id": "a", "name": "b" * 999}]}, "has 999 characters; write at most 200"),
    ):
        code, told = refused(tmp_path, "--from", listed(tmp_path, content), context_window=None)
        assert (code, expected in told, len(told) < 1000) == (1, True, True), told
    monkeypatch.setattr(fetching, "MOST_BYTES", 100)
    code, told = refused(tmp_path, "--from", listed(tmp_path, many), context_window=None)
    assert (code, "is larger than 100 bytes" in told) == (1, True)


def test_what_is_no_regular_file_is_no_list(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place, expected in (
        (tmp_path / "none.json", "cannot be read"),
        (tmp_path, "a folder"),
        (tmp_path / "pipe", "pipe"),
    ):
        code, told = refused(tmp_path, "--from", str(place), context_window=None)
        assert (code, expected in told, len(told.splitlines())) == (1, True, 1), told


# --- The web -------------------------------------------------------------------------------------------------


class _Answers(BaseHTTPRequestHandler):
    """Answers with a list, a redirect, or whatever else the path names."""

    body: ClassVar[bytes] = json.dumps(OPENROUTER).encode()

    def do_GET(self) -> None:
        kind = self.path.strip("/")
        if kind == "models":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.body)
            return
        target = {"moved": "/models", "loop": "/loop", "away": "file:///etc/passwd", "ftp": "ftp://127.0.0.1/x"}
        self.send_response(302 if kind in target else 404)
        self.send_header("Location", target.get(kind, ""))
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def _serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with _serving() as origin:
        yield origin


@pytest.mark.parametrize("path", ["/models", "/moved"])
def test_a_list_of_the_web_is_read(path: str, web: str, tmp_path: Path) -> None:
    assert len(begun(tmp_path / "p", "--from", web + path, context_window=None).models) == 4


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/none", "returned 404; "),
        ("/loop", "returned 302; "),
        ("/away", "returned 302; "),
        ("/ftp", "cannot be fetched: it leads to ftp://127.0.0.1/x, which is less secure; "),
    ],
)
def test_what_is_no_list_of_the_web_is_told_by_its_address(path: str, expected: str, web: str, tmp_path: Path) -> None:
    code, told = refused(tmp_path, "--from", web + path, context_window=None)
    assert (code, told[: len(web + path + expected) + 2]) == (1, f"{web}{path}: {expected}")


def test_an_answer_of_the_web_has_a_largest_size(web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 100)
    code, told = refused(tmp_path, "--from", f"{web}/models", context_window=None)
    assert (code, "is larger than 100 bytes" in told) == (1, True)


def test_a_slow_answer_of_the_web_ends(web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "DEADLINE", -1.0)
    code, told = refused(tmp_path, "--from", f"{web}/models", context_window=None)
    assert (code, "did not answer within" in told) == (1, True)


@pytest.mark.parametrize("url", ["http://user:pass@127.0.0.1:9/x", "http://[::1", "http://127.0.0.1:1/x", "https://"])
def test_an_address_that_cannot_be_asked_is_told_in_one_line(url: str, tmp_path: Path) -> None:
    code, told = refused(tmp_path, "--from", url, context_window=None)
    assert (code, len(told.splitlines()), "pass" in told) == (1, 1, False), told


# --- Prompts -------------------------------------------------------------------------------------------------


END = "\x04"
"""What a person types who wants to answer nothing more."""


def typed(folder: Path, answers: list[str], *more: str) -> tuple[int, str]:
    """Run the command on a terminal, and type an answer whenever it asks: a line, or the end of all of them."""
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).with_name("agentdocs")), "init", str(folder), *more]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    shown, waiting = "", [*answers]
    while select.select([ours], [], [], 60)[0]:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the terminal is closed
            break
        if not piece:
            break
        shown += piece.decode()
        if shown.endswith(": ") and waiting:
            answer = waiting.pop(0)
            os.write(ours, answer.encode() if answer == END else f"{answer}\n".encode())
    os.close(ours)
    process.terminate()  # where it waits for what nobody types
    return process.wait(), shown


def test_what_is_missing_is_asked_for_on_a_terminal(tmp_path: Path) -> None:
    answers = [
        "Acme & Söhne",
        "docs.acme.example",
        "https://docs.acme.example",
        "https://api.acme.example/v1",
        "",
        "a/b",
    ]
    code, shown = typed(tmp_path / "p", answers, "--context-window", "8000")
    assert code == 0, shown
    assert "'docs.acme.example' is not a URL with https; " in shown
    facts = load(tmp_path / "p" / "catalog").facts
    assert (facts.provider.name, facts.keys["acme-sohne"].prefix, [*facts.models]) == (
        "Acme & Söhne",
        "unknown",
        ["a/b"],
    )


def test_what_was_said_is_not_asked_for(tmp_path: Path) -> None:
    options = [part for name, value in SAID.items() for part in (f"--{name}", value)]
    code, shown = typed(tmp_path / "p", [], *options, "--key-prefix", "acme_")
    assert (code, "Name of" in shown) == (0, False), shown


def test_whoever_ends_the_questions_gets_nothing(tmp_path: Path) -> None:
    code, shown = typed(tmp_path / "p", ["Acme", END])
    assert code != 0, shown
    assert [*tmp_path.iterdir()] == []
    assert "Traceback" not in shown


# --- Recipes and workflows -----------------------------------------------------------------------------------


@pytest.fixture
def installed(acme: Path, tmp_path: Path) -> Path:
    """A copy of the new project whose environment has the package that is tried here."""
    folder = tmp_path / "acme"
    subprocess.run(["git", "clone", "--quiet", str(acme), str(folder)], check=True)
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("agentdocs", "mkdocs", "python"):
        (programs / name).symlink_to(Path(sys.executable).with_name(name))
    (folder / ".venv" / ".ready").touch()
    return folder


def make(folder: Path, *recipe: str) -> str:
    result = subprocess.run(["make", *recipe], cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_recipes_of_a_new_project_work(installed: Path) -> None:
    assert "await confirmation" in make(installed, "check")
    assert "no warnings" in make(installed, "strict")
    assert "Wrote the release to ./site-release" in make(installed, "release").replace("to site", "to ./site")
    assert (installed / "site-release" / ".well-known" / "api-catalog").exists() or list(
        installed.rglob("api-catalog*")
    )
    assert subprocess.run(
        ["git", "status", "--short"], cwd=installed, capture_output=True, text=True, check=True
    ).stdout == ("?? published.txt\n")


def recipes(folder: Path) -> set[str]:
    return set(re.findall(r"(?m)^make (\S+)", make(folder)))


def test_every_recipe_names_a_command_that_exists(installed: Path) -> None:
    assert {"serve", "edit", "check", "build", "release", "stub", "clean"} <= recipes(installed)
    text = (installed / "Makefile").read_text()
    commands = re.findall(r"\$\(BIN\)/agentdocs (\S+)((?: --[a-z-]+)*)", text)
    assert commands
    for command, options in commands:
        known = {name for option in main.commands[command].params for name in option.opts}
        assert set(options.split()) <= known


@pytest.mark.parametrize("path", [".github/workflows/docs.yml", ".gitlab-ci.yml"])
def test_workflows_run_recipes_that_exist_and_publish_a_release(path: str, installed: Path) -> None:
    text = (installed / path).read_text()
    assert isinstance(yaml.safe_load(text), dict)
    run = re.findall(r"\bmake ([a-z-]+)", re.sub("#.*", "", text))
    assert {"check", "release"} <= set(run) <= recipes(installed)
    assert "site-release" in text


def test_github_publishes_what_is_hidden_and_nothing_of_a_pull_request(installed: Path) -> None:
    jobs = yaml.safe_load((installed / ".github/workflows/docs.yml").read_text())["jobs"]
    (upload,) = (step for step in jobs["build"]["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    assert upload["with"] == {"path": "site-release", "include-hidden-files": True}
    assert jobs["build"]["steps"][0]["with"]["fetch-depth"] == 0
    assert "github.event_name == 'push'" in jobs["publish"]["if"]
