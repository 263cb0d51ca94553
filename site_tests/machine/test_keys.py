"""No source and no output holds a real key, in whatever spelling; what only looks like one is left alone."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import yaml
from agentdocs.catalog.keys import KeyFinder
from agentdocs.catalog.source import parse
from agentdocs.cli import main
from agentdocs.errors import KeyFoundError
from agentdocs.mkdocs.build import build
from agentdocs.stage import stage
from click.testing import CliRunner

from site_tests.conftest import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("keys.yaml").read_text("utf-8"))
REAL = {name: "".join(parts) for name, parts in CASES["real"].items()}
FINDER = KeyFinder(["exempla_", "exempla_chat_"])


@pytest.mark.parametrize("name", REAL)
def test_a_key_is_found_at_its_place_and_never_shown(name: str) -> None:
    key = REAL[name]
    (found,) = FINDER.find(f"one line\nand then {key} in another")
    assert (found.line, found.column) == (2, 10)
    assert key.startswith(found.beginning)
    assert len(found.beginning) < len(key) / 2 or "PRIVATE KEY" in key
    with pytest.raises(KeyFoundError) as caught:
        FINDER.refuse_text(key, "a text")
    assert key not in str(caught.value)
    assert key[-8:] not in str(caught.value)


@pytest.mark.parametrize("around", ["{}", "Bearer {}", '"{}"', "{}.", "<code>{}</code>", "\\n{}", "`{}`,"])
def test_placeholders_and_identifiers_are_no_keys(around: str) -> None:
    assert [text for text in CASES["harmless"] if list(FINDER.find(around.format(text)))] == []


def spelled(character: Callable[[str], str]) -> Callable[[str], str]:
    """Spell what is neither a letter nor a digit in some way, as those who quote a text do."""
    return lambda key: "".join(c if c.isalnum() else character(c) for c in key)


def anything(character: Callable[[str], str]) -> Callable[[str], str]:
    return lambda key: "".join(map(character, key))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "Markdown": spelled(lambda c: f"\\{c}"),
    "a number in HTML": spelled(lambda c: f"&#{ord(c)};"),
    "a number with zeros": spelled(lambda c: f"&#00{ord(c)};"),
    "a number without its end": spelled(lambda c: f"&#{ord(c)};"),
    "a hexadecimal number in HTML": spelled(lambda c: f"&#x{ord(c):x};"),
    "a hexadecimal number in capitals": spelled(lambda c: f"&#X{ord(c):X};"),
    "HTML in HTML": spelled(lambda c: f"&amp;#{ord(c)};"),
    "a URL": spelled(lambda c: f"%{ord(c):02x}"),
    "a URL in capitals": spelled(lambda c: f"%{ord(c):02X}"),
    "a URL in a URL": spelled(lambda c: f"%25{ord(c):02x}"),
    "HTML in a URL": spelled(lambda c: quote(f"&#{ord(c)};", safe="")),
    "a byte of a script": spelled(lambda c: f"\\x{ord(c):02x}"),
    "JSON": spelled(lambda c: f"\\u{ord(c):04x}"),
    "JSON in JSON": spelled(lambda c: f"\\\\u{ord(c):04x}"),
    "a code point of a script": spelled(lambda c: f"\\u{{{ord(c):x}}}"),
    "every character in HTML": anything(lambda c: f"&#{ord(c)};"),
    "every character in JSON": anything(lambda c: f"\\u{ord(c):04x}"),
    "soft hyphens": anything(lambda c: f"{c}\xad"),
    "soft hyphens of HTML": anything(lambda c: f"{c}&shy;"),
    "spaces without width": anything(lambda c: f"{c}\u200b"),
    "spaces without width in HTML": anything(lambda c: f"{c}&#8203;"),
    "joiners": anything(lambda c: f"{c}\u2060"),
    "highlighted code": spelled(lambda c: f'</span><span class="o">{c}</span><span class="n">'),
    "a span for every character": anything(lambda c: f"<i>{c}</i>"),
    "places for a line break": spelled(lambda c: f"{c}<wbr>"),
    "tags of several lines": spelled(lambda c: f"<span\nclass='o'>{c}</span\n>"),
    "highlighted code in JSON": spelled(lambda c: f'<span class=\\"o\\">\\u{ord(c):04x}</span>'),
    "an attribute": lambda key: f'<a href="https://example.com/?key={key}">',
    "angle brackets": lambda key: f"Bearer <{key}>",
    "a line of JSON": lambda key: f'{{"text": "first\\n{key}\\n"}}',
    "a sentence": lambda key: f"The key is {key}.",
    "a command": lambda key: f"export KEY='{key}'",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_key_is_found_in_every_spelling(spelling: str) -> None:
    texts = {name: SPELLINGS[spelling](key) for name, key in REAL.items()}
    assert [name for name, text in texts.items() if not list(FINDER.find(f"<p>\n{text}\n</p>"))] == []


def test_a_key_in_capitals_is_found() -> None:
    for key in (REAL["the provider's key for agents"], REAL["the provider's key for inference"]):
        assert list(FINDER.find(key.upper()))


def test_a_line_is_told_although_tags_and_spellings_stand_before_it() -> None:
    text = "<p\nclass='a'>\\u005f&#95;\n<b>x</b>\n" + SPELLINGS["highlighted code"](REAL["GitLab"])
    assert [found.line for found in FINDER.find(text)] == [4]


OWN = ("gsk_", "sk-or-v1-", "sk-", "Fw-2_", "dapi", "not_offered", "unknown")
"""How keys of other providers begin, as a catalog would say it."""


def catalog_finder() -> KeyFinder:
    text = "".join(f"k{number}: {{prefix: {prefix}}}\n" for number, prefix in enumerate(OWN))
    file = parse("keys.yaml", text.encode())
    assert not isinstance(file, list)
    return KeyFinder.of({("keys",): file})


@pytest.mark.parametrize("prefix", OWN[:-2])
def test_a_key_with_a_prefix_of_any_form_is_found_in_every_spelling(prefix: str) -> None:
    key = prefix + "9f86d081884c7d659a2feaa0c55ad015"
    finder = catalog_finder()
    for name, spell in SPELLINGS.items():
        found = list(finder.find(f"<p>\n{spell(key)}\n</p>"))
        assert [each.beginning for each in found] == [prefix], name
    assert [each.beginning for each in finder.find(key.upper())] == [prefix.upper()]


def test_the_longest_prefix_decides_what_is_a_placeholder() -> None:
    harmless = [
        *(
            "gsk_...",
            "sk-or-v1-...",
            "sk-or-v1-words-of-some-length-only",
            "sk-or-v1-" + "x" * 40,
            "dapi-documentation",
        ),
        *("not_offered_0123456789abcdef", "unknown0123456789abcdef", "Fw-2_your-key", "task-or-v1-0123456789abcdef"),
    ]
    assert [text for text in harmless if list(catalog_finder().find(text))] == []
    assert [each.beginning for each in catalog_finder().find("sk-or-v1-0123456789abcdef")] == ["sk-or-v1-"]


FILES: dict[str, Callable[[str], bytes]] = {
    "index.html": lambda key: f"<p>\n<code>{SPELLINGS['highlighted code'](key)}</code>".encode(),
    "assets/app.js": lambda key: f'\nconst key = "{SPELLINGS["JSON"](key)}";'.encode(),
    "assets/app.css": lambda key: f'\na {{ content: "{key}" }}'.encode(),
    "sitemap.xml.gz": lambda key: gzip.compress(f"\n<loc>{key}</loc>".encode()),
    "search/index.json": lambda key: f'\n{{"text": "{SPELLINGS["HTML in HTML"](key)}"}}'.encode(),
    "_headers": lambda key: f"\n  X-Key: {key}".encode(),
    "_hosting/nginx/http.conf": lambda key: f"\n# {key}".encode(),
    ".well-known/api-catalog": lambda key: f"\n{key}".encode(),
    "picture.png": lambda key: b"\x89PNG\r\n\x1a" + key.encode() + b"\xff\xfe",
}


@pytest.mark.parametrize("path", FILES)
def test_every_kind_of_file_is_read(path: str, tmp_path: Path) -> None:
    key = REAL["the provider's key for agents"]
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(FILES[path](key))
    with pytest.raises(KeyFoundError, match=rf"\Asite/{path}:2:\d+: this looks like a real key") as caught:
        FINDER.refuse(tmp_path, shown=Path("site"))
    assert "0123456789abcdef" not in str(caught.value)


def test_the_names_of_files_are_read(tmp_path: Path) -> None:
    (tmp_path / f"{REAL['GitLab']}.txt").touch()
    with pytest.raises(
        KeyFoundError, match=r"\Asite: the name of a file in it looks like a real key \(glpat-\.\.\.\); "
    ):
        FINDER.refuse(tmp_path, shown=Path("site"))


def test_a_broken_compressed_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_text(REAL["GitLab"])
    with pytest.raises(KeyFoundError, match=r"sitemap\.xml\.gz:1:1"):
        FINDER.refuse(tmp_path)


@pytest.mark.parametrize(
    "command", [["check"], ["build", "-o", "out"], ["stage", "out"], ["snippet", "curl"]], ids=" ".join
)
@pytest.mark.parametrize(
    "file",
    [
        "docs/index.md",
        "docs/maintaining/index.md",
        "docs/notes.txt",
        "templates/robots.txt",
        "templates/theme/assets/js/copy.js",
    ],
)
def test_a_key_in_a_source_is_told_at_its_place_by_every_command(
    file: str, command: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    path = Path(file)
    before = path.read_text() if path.exists() else ""
    path.write_text(f"{before}\n// {REAL['Anthropic']}\n")
    result = CliRunner().invoke(main, [*command, "--as-of", DAY.isoformat()])
    line = before.count("\n") + 2
    assert result.stderr == f"{file}:{line}:4: this looks like a real key (sk-...); revoke that key and remove it\n"
    assert (result.exit_code, Path("out").exists()) == (1, False)


ASSEMBLED = '{{ ("exempla_chat_" ~ "0123456789" ~ "abcdef") | verbatim }}'
"""A key that no source has, and the output would have."""


def planted(project: Path, places: dict[str, str]) -> None:
    for name, text in places.items():
        file = project / name
        file.write_text(file.read_text("utf-8") + text, "utf-8")


def told(error: KeyFoundError) -> set[str]:
    return {problem.file for problem in error.problems}


def test_a_key_that_only_an_output_has_keeps_the_earlier_one(project: Path, tmp_path: Path) -> None:
    missing = project / "templates" / "theme" / "404.html"
    missing.write_text(missing.read_text().replace("</h1>", f" {ASSEMBLED.replace(' | verbatim', '')}</h1>"))
    places = {
        "docs/agents/setup.md": f"\n{ASSEMBLED}\n",
        "docs/maintaining/publishing.md": f"\n{ASSEMBLED}\n",
        "templates/robots.txt": f"\n# {ASSEMBLED}\n",
        "templates/hosting/cloudflare/_headers": f"\n# {ASSEMBLED}\n",
        "templates/hosting/cloudflare/_worker.js": f"\n// {ASSEMBLED}\n",
        "templates/hosting/nginx/http.conf": f"\n# {ASSEMBLED}\n",
    }
    planted(project, places)
    output = tmp_path / "site"
    with pytest.raises(KeyFoundError) as caught:
        build(project, output, day=DAY)
    assert {path.removeprefix(f"{output}/") for path in told(caught.value)} >= {
        "docs/agents/setup/index.html",
        "docs/agents/setup.md",
        "maintaining/publishing/index.html",
        "robots.txt",
        "_headers",
        "_worker.js",
        "_hosting/nginx/http.conf",
        "404.html",
        "docs/agents/assets/search/search_index.json",
        "llms-full.txt",
    }
    assert not output.exists()
    with pytest.raises(KeyFoundError) as caught:
        stage(project, output, day=DAY)
    assert {path.removeprefix(f"{output}/") for path in told(caught.value)} == {
        "docs/docs/agents/setup.md",
        "static/docs/agents/setup.md",
        "static/robots.txt",
        "static/llms-full.txt",
    }
    assert not output.exists()


def test_a_key_that_only_a_snippet_has_is_not_printed(project: Path) -> None:
    planted(project, {"templates/snippets/curl/chat.sh": f"# {ASSEMBLED}\n"})
    command = ["snippet", "curl", "--part", "chat", "--root", str(project), "--as-of", DAY.isoformat()]
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the snippet for curl:" in result.stderr
    assert "0123456789" not in result.stderr
