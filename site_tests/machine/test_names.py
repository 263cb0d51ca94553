"""Names of every form: ids as providers have them, their files, their addresses, authors, and how keys begin."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from agentdocs.catalog import folder as folders
from agentdocs.catalog.reading import load
from agentdocs.cli import main
from agentdocs.errors import CatalogError
from agentdocs.hosting import table
from agentdocs.mkdocs.build import build
from agentdocs.schema.values import ModelId
from agentdocs.stub import Stub
from click.testing import CliRunner
from pydantic import TypeAdapter, ValidationError
from starlette.testclient import TestClient

from site_tests import links
from site_tests.conftest import DAY
from site_tests.projects import VARIA, make, make_project, rendered, with_history, written

if TYPE_CHECKING:
    from agentdocs.render import Rendering

IDS: list[dict[str, str]] = yaml.safe_load(Path(__file__).with_name("ids.yaml").read_text(encoding="utf-8"))
FREE = "meta-llama/llama-3.3-70b-instruct:free"


@pytest.fixture(scope="module", params=["preview", "release"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rendering, Path]:
    """The provider with names of every form: its rendering and its site, in either form."""
    root = tmp_path_factory.mktemp("varia")
    project = make(VARIA, root / "project")
    return build(project, root / "site", release=request.param == "release", day=DAY), root / "site"


@pytest.fixture
def varia(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of it, without a history, as the current folder."""
    shutil.copytree(VARIA, tmp_path / "project")
    monkeypatch.chdir(make_project(tmp_path / "project"))
    return Path()


def model(varia: Path, name: str, **members: Any) -> Path:  # noqa: ANN401
    """Write the file of a model like another one, with other members."""
    file = varia / "catalog" / folders.model_file(name)
    data = yaml.safe_load((VARIA / "catalog" / "models" / "recall-r.yaml").read_text(encoding="utf-8"))
    file.parent.mkdir(parents=True, exist_ok=True)
    known = {"id": name, "name": f"Called {name}", **members}
    text = yaml.safe_dump({**data, **known}, sort_keys=False)
    file.write_text(text, encoding="utf-8")
    return file


def problems(varia: Path) -> list[str]:
    """Give what `agentdocs check` has against the project."""
    result = CliRunner().invoke(main, ["check", "--root", str(varia), "--as-of", DAY.isoformat()])
    assert result.exit_code == 1, result.output
    return result.stderr.splitlines()


# --- Ids and their files


@pytest.mark.parametrize("case", IDS, ids=lambda case: case["id"])
def test_an_id_is_taken_as_its_provider_has_it(case: dict[str, str], varia: Path) -> None:
    file = model(varia, case["id"])
    assert file.relative_to(varia / "catalog").as_posix() == case["file"]
    catalog = load(varia / "catalog", DAY)
    found = catalog.facts.models[case["id"]]
    assert (found.id, found.path) == (case["id"], case["path"])
    assert catalog.place(("models", case["id"], "name")).startswith(f"catalog/{case['file']}:2:")


@pytest.mark.parametrize(
    "text",
    [
        *("a b", "a\tb", "a\nb", "a\u00a0b", " a", "a ", "", "a\x00b", "a\u200bb", "a\x1b[2Jb"),
        *("../a", "a/..", "a/../b", "..", ".", "a/./b", ".a", "a/.b", "a//b", "/a", "a/", "/", "a/ /b"),
        *('a"b', "a'b", "a`b", "a%20b", "a%", "a\\b", "a$b", "a{b}", "a*b", "a?b", "a#b", "a&b", "a<b", "a|b", "a;b"),
        *("-a", "a/-b", "--help", ":a", "a:", "@", "a/@", "é", "模型", "unknown", "not_offered"),
    ],
)
def test_no_id_is_what_a_shell_a_path_or_an_address_could_take_for_something_else(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(ModelId).validate_python(text)


def test_a_file_is_named_as_the_id_in_it_is_written_in_file_names(varia: Path) -> None:
    models = Path("catalog/models")
    for old, new in (
        ("meta-llama/llama-3.3-70b-instruct%3Afree", "meta-llama/llama-3.3-70b-instruct%3afree"),
        ("tale@001", "tale%40001"),
        ("recall-r", "%72ecall-r"),
    ):
        (models / f"{old}.yaml").rename(models / f"{new}.yaml")
    (models / "Qwen" / "Qwen3-235B-A22B-Instruct-2507-tput.yaml").rename(
        models / "Qwen%2FQwen3-235B-A22B-Instruct-2507-tput.yaml"
    )
    assert problems(varia) == [
        f"{models}/%72ecall-r.yaml: the name of a file has 'recall-r' in another form; "
        f"rename it to {models}/recall-r.yaml",
        f"{models}/Qwen%2FQwen3-235B-A22B-Instruct-2507-tput.yaml: the name of a file has "
        "'Qwen/Qwen3-235B-A22B-Instruct-2507-tput' in another form; "
        f"rename it to {models}/Qwen/Qwen3-235B-A22B-Instruct-2507-tput.yaml",
        f"{models}/meta-llama/llama-3.3-70b-instruct%3afree.yaml: the name of a file has '{FREE}' in another form; "
        f"rename it to {models}/meta-llama/llama-3.3-70b-instruct%3Afree.yaml",
        f"{models}/tale%40001.yaml: the name of a file has 'tale@001' in another form; "
        f"rename it to {models}/tale@001.yaml",
    ]


def test_a_second_name_for_the_file_of_a_model_is_refused(varia: Path) -> None:
    models = Path("catalog/models")
    shutil.copy(models / "tale@001.yaml", models / "tale%40001.yaml")
    assert problems(varia) == [
        f"{models}/tale%40001.yaml: the name of a file has 'tale@001' in another form; "
        f"rename it to {models}/tale@001.yaml"
    ]


def test_a_name_that_stands_for_no_id_is_told_as_it_is(varia: Path) -> None:
    file = Path("catalog/models/50%off.yaml")
    shutil.copy("catalog/models/recall-r.yaml", file)
    assert problems(varia)[0].startswith(f"{file}:1:1: '50%off' is not a model id, which cannot have '%'; write it as ")


def test_names_that_differ_in_capitals_only_are_refused(varia: Path) -> None:
    models = Path("catalog/models")
    model(varia, "Recall-R", address="recall-r-again")
    model(varia, "qwen/other", author="Qwen")
    advice = "write both the same way; add a second id of a model to its aliases"
    assert problems(varia) == [
        f"{models}/qwen: differs from {models}/Qwen in capitals only, and some systems take the two for one; {advice}",
        f"{models}/recall-r.yaml: differs from {models}/Recall-R.yaml in capitals only, and some systems take the two "
        f"for one; {advice}",
    ]


# --- Addresses


def test_every_model_has_a_clean_address_and_every_link_leads_somewhere(built: tuple[Rendering, Path]) -> None:
    rendering, site = built
    for name, entry in rendering.facts.models.items():
        page = f"/help/models/{entry.path}/"
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", page)
        assert (site / page[1:] / "index.html").is_file(), name
        assert f"/help/models/{entry.path}.md" in rendering.artifacts
    assert {re.sub("[A-Za-z0-9._/-]", "", url) for url in rendering.urls} == {""}
    assert links.check(rendering, site) > 300


def test_the_hosts_are_told_of_no_address_that_they_could_take_for_a_pattern(built: tuple[Rendering, Path]) -> None:
    _, site = built
    told = written(site)
    for file in ("_headers", "_redirects"):
        rules = [line for line in told[file].splitlines() if line.startswith("/")]
        assert [rule for rule in rules if re.search(r":(?!part\d|splat)|[%@+~ ]", rule.partition(" ")[0])] == []
    for file in ("_worker.js", "_hosting/nginx/site.conf", "_hosting/caddy/site.caddy", "_hosting/shared/paths.txt"):
        assert not re.search(r"/help/[^\s\"`]*(?:%|@|:free|~|r\+)", told[file]), file


def test_the_table_of_hosts_has_each_file_of_a_model_at_its_address(built: tuple[Rendering, Path]) -> None:
    rendering, site = built
    entries = table(site, rendering)
    free = entries["/help/files/curl/meta-llama/llama-3.3-70b-instruct-free/chat.sh"]
    assert free.storage == free.url[1:]
    assert FREE in (site / free.storage).read_text(encoding="utf-8")
    page = entries["/help/models/meta-llama/llama-3.3-70b-instruct-free/"]
    assert page.twin == "/help/models/meta-llama/llama-3.3-70b-instruct-free.md"


def test_the_editor_of_a_file_is_asked_for_the_name_that_the_file_has(built: tuple[Rendering, Path]) -> None:
    rendering, _ = built
    page = next(page for page in rendering.pages.values() if page.url.endswith("-instruct-free/"))
    assert page.edit == "catalog/models/meta-llama/llama-3.3-70b-instruct%3Afree.yaml"
    assert page.edit_url.endswith("/catalog/models/meta-llama/llama-3.3-70b-instruct%253Afree.yaml")


def test_data_and_files_name_a_model_by_its_id(built: tuple[Rendering, Path]) -> None:
    rendering, _ = built
    for name in (name for name, model in rendering.facts.models.items() if model.for_agents):
        assert name in rendering.snippets.render("curl", "chat", name)
        assert name in rendering.snippets.render("openclaw", "config", name)
    assert rendering.snippets.render("curl", "chat", "tale:latest") == rendering.snippets.render(
        "curl", "chat", "tale@001"
    )


CLASHES: dict[str, tuple[dict[str, dict[str, Any]], list[str]]] = {
    "two models": (
        {"llama:free": {}, "llama-free": {}},
        [
            "catalog/models/llama-free.yaml:1:5: id: llama-free would be published at /help/models/llama-free/, where "
            "llama:free is; write another path as the member address"
        ],
    ),
    "two models but for capitals": (
        {"Llama:free": {}, "llama-Free": {}},
        [
            "catalog/models/llama-Free.yaml:1:5: id: llama-Free would be published at /help/models/llama-Free/, where "
            "Llama:free is; write another path as the member address"
        ],
    ),
    "an address and an id": (
        {"one": {"address": "recall-r"}},
        [
            "catalog/models/recall-r.yaml:1:5: id: recall-r would be published at /help/models/recall-r/, where one "
            "is; write another path as the member address"
        ],
    ),
    "a model and an author": (
        {"qwen": {}},
        [
            "catalog/models/qwen.yaml:1:5: id: qwen would be published at /help/models/qwen/, where the author Qwen "
            "is; write another path as the member address"
        ],
    ),
    "a model and the page of all models": (
        {"index": {}},
        [
            "catalog/models/index.yaml:1:5: id: index would be published at /help/models/, where the page models is; "
            "write another path as the member address"
        ],
    ),
    "a model and the Markdown of another one": (
        {"one": {}, "one.md": {}},
        [
            "catalog/models/one.yaml:1:5: id: one would be published at /help/models/one/, where one.md is; "
            "write another path as the member address"
        ],
    ),
    "a folder of models and an author in other capitals": (
        {"meta:other": {"address": "META-LLAMA/other"}},
        [
            "catalog/models/meta%3Aother.yaml:15:10: address: meta:other would be published below "
            "/help/models/META-LLAMA/, and the author meta-llama below /help/models/meta-llama/, which some systems "
            "take for one folder; write another path as the member address"
        ],
    ),
}


@pytest.mark.parametrize("kind", CLASHES)
def test_what_would_get_one_address_is_told_with_both_names(kind: str, varia: Path) -> None:
    models, wanted = CLASHES[kind]
    for name, members in models.items():
        model(varia, name, **members)
    found = [re.sub(r"(?<=\.yaml:)\d+:\d+(?=: address)", "15:10", line) for line in problems(varia)]
    assert found == wanted


def test_a_page_of_the_navigation_is_none_of_a_model(varia: Path) -> None:
    site = Path("catalog/site.yaml")
    text = site.read_text(encoding="utf-8")
    site.write_text(text.replace("setup.md", "models/qwen.md"), encoding="utf-8")
    Path("docs/setup.md").rename("docs/models/qwen.md")
    assert problems(varia) == [
        "catalog/authors.yaml:3:1: Qwen: the author Qwen would be published at /help/models/Qwen/, where the page "
        "setup is; rename one of the two"
    ]


def test_an_address_of_its_own_settles_it(varia: Path) -> None:
    model(varia, "llama:free", address="llama-at-no-cost")
    model(varia, "llama-free")
    urls = rendered(varia).urls
    assert {"/help/models/llama-at-no-cost/", "/help/models/llama-free/"} <= urls
    assert "/help/files/curl/llama-at-no-cost/chat.sh" in urls


def test_files_of_a_retired_model_are_gone_and_those_below_its_address_stay(varia: Path) -> None:
    retired = {"lifecycle": {"released": "unknown", "retires_on": date(2026, 1, 1)}}
    model(varia, "old", **retired)
    model(varia, "older", **retired)
    model(varia, "old/er")
    rendering = rendered(varia)
    gone = [each for each in rendering.departures if "old" in each.path]
    for path, lost in (
        ("/help/files/curl/old/chat.sh", True),
        ("/help/files/curl/older/chat.sh", True),
        ("/help/files/hermes/old/config.yaml", True),
        ("/help/files/curl/old/er/chat.sh", False),
    ):
        assert any(each.match(path) for each in gone) == lost, path
        assert (path in rendering.urls) != lost, path


# --- Prefixes of keys


def test_a_skill_tells_keys_apart_by_the_longest_prefix_and_claims_nothing_of_others(
    built: tuple[Rendering, Path],
) -> None:
    text = built[0].artifacts["/.well-known/agent-skills/varia-api/SKILL.md"].body.decode()
    script = text.partition("```bash\n")[2].partition("```")[0]

    def told(chat: str, manage: str = "", gateway: str = "") -> list[str]:
        environment = {"VARIA_API_KEY": chat, "VARIA_MANAGEMENT_KEY": manage, "VARIA_GATEWAY_TOKEN": gateway}
        result = subprocess.run(["bash", "-euc", script], env=environment, capture_output=True, text=True, check=True)
        return result.stdout.splitlines()

    assert told("sk-var-v1-1", "sk-1", "anything") == [
        "VARIA_API_KEY holds: Varia key, for the Varia API",
        "VARIA_MANAGEMENT_KEY holds: Management key, for the Management API",
        "VARIA_GATEWAY_TOKEN is set, and nothing in a Gateway token tells it from others",
    ]
    assert told("sk-1", "sk-var-v1-1", "sk-1") == [
        "VARIA_API_KEY holds the wrong kind of key: Management key",
        "VARIA_MANAGEMENT_KEY holds the wrong kind of key: Varia key",
        "VARIA_GATEWAY_TOKEN begins like a Management key",
    ]
    assert told("other") == [
        "VARIA_API_KEY holds no Varia key",
        "VARIA_MANAGEMENT_KEY is not set",
        "VARIA_GATEWAY_TOKEN is not set",
    ]


def test_what_has_no_prefix_is_not_written_as_if_it_had_one(built: tuple[Rendering, Path]) -> None:
    rendering, site = built
    pages = {url: text for url, text in written(site).items() if url.endswith((".html", ".md"))}
    assert [url for url, text in pages.items() if re.search(r"None\b|(?:not[_ ]offered|unknown)\.\.\.", text)] == []
    assert "| Prefix | `sk-var-v1-` | `sk-` | no common prefix |" in pages["help/index.md"]
    document = json.loads(rendering.artifacts["/help/catalog.v2.json"].body)
    assert [key["prefix"] for key in document["keys"]] == ["sk-var-v1-", "sk-", "not_offered"]


@pytest.mark.parametrize(("prefix", "words"), [("not_offered", "no common prefix"), ("unknown", "unknown")])
def test_a_provider_of_which_no_prefix_is_known_says_so(prefix: str, words: str, varia: Path) -> None:
    file = Path("catalog/keys.yaml")
    file.write_text(re.sub("prefix: .*", f"prefix: {prefix}", file.read_text(encoding="utf-8")), encoding="utf-8")
    rendering = rendered(varia)
    text = rendering.artifacts["/.well-known/agent-skills/varia-api/SKILL.md"].body.decode()
    assert text.count(f"` | {words} | `VARIA_") == 3
    assert "longest" not in text
    assert "VARIA_API_KEY is set, and nothing in a Varia key tells it from others" in text
    assert "It begins with" not in rendering.artifacts["/help/openapi.json"].body.decode()
    assert {len({Stub(rendering.facts).key(name) for name in rendering.facts.keys})} == {3}


def test_the_stub_tells_keys_apart_with_any_prefix(varia: Path) -> None:
    stub = Stub(load(varia / "catalog", DAY).facts)
    assert {name: stub.key(name) for name in stub.facts.keys} == {
        "chat": "sk-var-v1-test",
        "manage": "sk-test",
        "gateway": "gateway-test",
    }
    with TestClient(stub.application()) as client:
        for api, path in (("chat", "/v1"), ("gateway", "/gateway/v1")):
            for name in stub.facts.keys:
                headers = {"Authorization": f"Bearer {stub.key(name)}"}
                answer = client.get(f"{path}/models", headers=headers)
                assert answer.status_code == (200 if name == api else 401), (api, name)


# --- Authors


def test_an_author_is_named_or_begins_the_id_or_is_none(built: tuple[Rendering, Path]) -> None:
    facts = built[0].facts
    authors = {name: facts.author_of(model) for name, model in facts.models.items()}
    assert authors["Qwen/Qwen3-235B-A22B-Instruct-2507-tput"] == "Qwen"
    assert authors["@cf/meta/llama-3.1-8b-instruct"] == "meta-llama"
    assert authors["accounts/fable/models/llama-v3p1-8b-instruct"] == "Fable.AI"
    assert authors["llama-3.3-70b-versatile"] is None
    pages = {page.url: page.markdown for page in built[0].pages.values()}
    assert {url for url in pages if url.count("/") == 4} >= {"/help/models/Fable.AI/", "/help/models/Qwen/"}
    assert "/help/models/accounts/" not in pages
    assert "`llama-3.3-70b-versatile` is a model that Varia offers.\n" in pages["/help/models/llama-3.3-70b-versatile/"]
    fable = pages["/help/models/accounts/fable/models/llama-v3p1-8b-instruct/"]
    assert "is a model by [Fable AI](../../../Fable.AI.md).\n" in fable
    assert "`accounts/fable/models/llama-v3p1-8b-instruct`" in pages["/help/models/Fable.AI/"]


def test_a_catalog_does_without_authors(varia: Path) -> None:
    Path("catalog/authors.yaml").unlink()
    for file in Path("catalog/models").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub("^author: .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    rendering = rendered(varia)
    assert not [page for page in rendering.pages.values() if page.title.startswith("Models by")]
    assert not [page.url for page in rendering.pages.values() if "is a model by" in page.markdown]
    assert '"owned_by": "varia"' in rendering.artifacts["/help/models.json"].body.decode()
    assert '"author": "unknown"' in rendering.artifacts["/help/catalog.v2.json"].body.decode()


def test_an_author_that_the_catalog_does_not_have_is_told(varia: Path) -> None:
    model(varia, "one", author="meta-lama")
    (told,) = problems(varia)
    assert told.startswith("catalog/models/one.yaml:")
    assert told.endswith(": author: 'meta-lama' names no author of this catalog; did you mean meta-llama?")
    Path("catalog/authors.yaml").unlink()
    assert "names no author of this catalog; known: none" in "\n".join(problems(varia))


def test_version_1_of_the_data_takes_what_it_has_words_for(varia: Path) -> None:
    file = Path("catalog/discovery.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("catalog.v2", "catalog.v1"), encoding="utf-8")
    apis = Path("catalog/apis.yaml")
    named = re.compile(r"    deployment_chat:(\n      .*)*\n|    [a-z]+: \{.*\{.*\n|  parameters: .*\n")
    apis.write_text(named.sub("", apis.read_text(encoding="utf-8")), encoding="utf-8")
    keys = Path("catalog/keys.yaml")
    said = keys.read_text(encoding="utf-8").replace("not_offered", "gateway_")
    keys.write_text(said.replace("paid_from: unknown", "paid_from: prepaid"), encoding="utf-8")
    for path in Path("catalog/models").rglob("*.yaml"):
        if path.parent.name != "meta-llama":
            path.unlink()
    rendered(varia)
    model(varia, "one")
    model(varia, "two", author="Qwen")
    keys.write_text(said, encoding="utf-8")
    publish = "publish version 2: let the path of data.catalog in discovery.yaml end in .v2.json"
    assert problems(varia) == [
        "catalog/keys.yaml:33:14: gateway.paid_from: version 1 of the data says what pays for requests with a key, "
        f"and has no word for unknown; {publish}",
        "catalog/models/one.yaml:1:5: id: 'one' has no author, and version 1 of the data needs its name; "
        f"add the author to authors.yaml, or {publish}",
        "catalog/models/two.yaml:1:5: id: 'two' has no slash, and version 1 of the data promises author/name; "
        f"{publish}",
    ]


def test_version_2_of_the_data_follows_its_schema(built: tuple[Rendering, Path]) -> None:
    artifacts = built[0].artifacts
    document = json.loads(artifacts["/help/catalog.v2.json"].body)
    schema = json.loads(artifacts["/help/catalog.v2.schema.json"].body)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)] == []
    assert (document["version"], schema["properties"]["version"]["const"]) == (2, 2)
    assert [key["paid_from"] for key in document["keys"]] == ["prepaid", "prepaid", "unknown"]
    authors = {model["id"]: model["author"] for model in document["models"]}
    assert (authors["tale@001"], authors["@cf/meta/llama-3.1-8b-instruct"]) == ("unknown", "Meta Llama")
    document["models"][0]["author"] = "not_offered"
    assert list(validator.iter_errors(document))


def test_both_forms_are_sound(varia: Path) -> None:
    with_history(varia)
    for form in ([], ["--release"]):
        result = CliRunner().invoke(main, ["check", "--strict", *form, "--as-of", DAY.isoformat()])
        assert (result.exit_code, result.stderr) == (0, ""), result.output


def test_a_catalog_with_an_unreadable_model_does_not_miss_it(varia: Path) -> None:
    Path("catalog", folders.model_file(FREE)).write_text("id: [\n", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load(varia / "catalog", DAY)
    assert [problem.file for problem in caught.value.problems] == [f"catalog/{folders.model_file(FREE)}"]
