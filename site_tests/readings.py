"""Reads the same fact back from every output that states it, each by a parser of its own language."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import json5
import tree_sitter_javascript
import yaml
from agentdocs.site.urls import model_source, twin_url
from selectolax.lexbor import LexborHTMLParser
from tree_sitter import Language, Node, Parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from agentdocs.artifact import Page
    from agentdocs.render import Rendering

Readings = dict[tuple[str, str], dict[str, str]]
"""For each subject and fact: what each output says, all in the same notation."""

_OTHER = re.compile("above|batch")
"""Says of requests that they do not cost what one with a short prompt does."""

_JAVASCRIPT = Parser(Language(tree_sitter_javascript.language()))


def number(text: object) -> str:
    """Bring numbers and prices of every notation into one."""
    plain = re.sub(r"[,\s]|tokens", "", str(text))
    try:
        return f"{float(plain):g}" if float(plain) < 1000 else str(int(float(plain)))
    except ValueError:
        return str(text).strip()


def html_tables(html: str) -> Iterator[list[dict[str, str]]]:
    """Yield each table of a page as rows by column title."""
    for table in LexborHTMLParser(html).css("article table"):
        titles = [cell.text(strip=True) for cell in table.css("th")]
        rows = [[cell.text(strip=True) for cell in row.css("td")] for row in table.css("tbody tr")]
        yield [dict(zip(titles, row, strict=True)) for row in rows]


def markdown_tables(text: str) -> Iterator[list[dict[str, str]]]:
    """Yield each table of a Markdown text as rows by column title, links and code reduced to their text."""
    for block in re.findall(r"(?:^\|.*\n)+", text + "\n", re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", block).replace("`", "")
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in plain.splitlines()]
        yield [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def read(rendering: Rendering, site: Path) -> Readings:
    """Read everything that outputs say of models and clients."""
    readings: Readings = defaultdict(dict)
    _models_tables(rendering, site, readings)
    for model in rendering.facts.models:
        _model_page(rendering, site, model, readings)
        for client, entry in rendering.facts.clients.items():
            for shape in entry.snippets:
                url = rendering.snippets.url(client, shape, model)
                if url in rendering.artifacts:
                    text = rendering.artifacts[url].body.decode()
                    for subject, fact, value in PARSERS[shape.language](text, model, client, rendering):
                        readings[subject, fact][url] = value
    _descriptions(rendering, readings)
    return dict(readings)


def disagreements(readings: Readings) -> list[str]:
    """Name every fact on which outputs differ, with what each says, the fewest first."""
    found = []
    for (subject, fact), said in readings.items():
        outputs: dict[str, list[str]] = {}
        for output, value in sorted(said.items()):
            outputs.setdefault(value, []).append(output)
        if len(outputs) > 1:
            ranked = sorted(outputs.items(), key=lambda item: len(item[1]))
            sides = [f"{value} according to {', '.join(names[:2])} ({len(names)})" for value, names in ranked]
            found.append(f"{subject}: {fact}: {'; '.join(sides)}")
    return found


def _models_tables(rendering: Rendering, site: Path, readings: Readings) -> None:
    columns = {
        "Context window": "context", "Context": "context", "Maximum output": "output", "Longest answer": "output",
        "Input price": "input", "Input": "input", "Output price": "price", "Output": "price", "For agents": "agents",
    }  # fmt: skip
    list_of_models = rendering.pages[rendering.facts.site.pages["models"].source]
    tables = dict(_twins(rendering, site, list_of_models))
    for url, artifact in rendering.artifacts.items():
        if url.endswith("/SKILL.md"):
            tables[url] = markdown_tables(artifact.body.decode())
    for output, found in tables.items():
        for row in (row for table in found for row in table if row.get("Model") in rendering.facts.models):
            for title, value in row.items():
                if title in columns:
                    readings[row["Model"], columns[title]][output] = number(value)


def _twins(rendering: Rendering, site: Path, page: Page) -> Iterator[tuple[str, Iterator[list[dict[str, str]]]]]:
    """Yield the tables of a page, once of its HTML and once of its Markdown, each with its address."""
    yield page.url, html_tables((site / page.url.lstrip("/") / "index.html").read_text(encoding="utf-8"))
    yield twin_url(page), markdown_tables(rendering.artifacts[twin_url(page)].body.decode())


def _model_page(rendering: Rendering, site: Path, model: str, readings: Readings) -> None:
    names = {"Context window": "context", "Maximum output": "output", "Available to agents": "agents"}
    page = rendering.pages[model_source(rendering.facts, model)]
    for output, tables in _twins(rendering, site, page):
        for row in (row for table in tables for row in table):
            if row.get("Fact") in names:
                readings[model, names[row["Fact"]]][output] = number(row["Value"].removesuffix(" (inferred)"))
            if "in force" in row.get("From", "") and "Input" in row and not _OTHER.search(row.get("Requests", "")):
                readings[model, "input"][output] = number(row["Input"])
                readings[model, "price"][output] = number(row["Output"])


def _data(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    yield from _DATA[client](text, model, client, rendering)


def _opencode(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    config = json5.loads(text)
    ((name, provider),) = config["provider"].items()
    ((entry, settings),) = provider["models"].items()
    yield client, "base URL", provider["options"]["baseURL"]
    yield client, "variable", provider["options"]["apiKey"].removeprefix("{env:").removesuffix("}")
    yield client, "provider", name
    yield model, "id", entry
    yield model, "name", settings["name"]
    yield model, "context", number(settings["limit"]["context"] or "unknown")
    if rendering.facts.protocol.chat.output_limit == "max_tokens":
        yield model, "output", number(settings["limit"]["output"] or "unknown")
    if "cost" in settings:
        yield model, "input", number(settings["cost"]["input"])
        yield model, "price", number(settings["cost"]["output"])


def _qwen_code(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    (entry,) = json5.loads(text)["modelProviders"]["openai"]
    generation = entry["generationConfig"]
    yield client, "base URL", entry["baseUrl"]
    yield client, "variable", entry["envKey"]
    yield model, "id", entry["id"]
    yield model, "name", entry["name"]
    yield model, "context", number(generation.get("contextWindowSize", "unknown"))
    if limit := rendering.facts.protocol.chat.output_limit:
        yield model, "output", number(generation.get("samplingParams", {}).get(limit, "unknown"))


def _llm(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    (entry,) = yaml.safe_load(text)
    yield client, "base URL", entry["api_base"]
    yield client, "provider", entry["api_key_name"]
    yield model, "id", entry["model_name"]


def _openclaw(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    (step,) = json5.loads(text)
    name, provider = step["path"].rpartition(".")[2], step["value"]
    (entry,) = provider["models"]
    yield client, "base URL", provider["baseUrl"]
    yield client, "variable", provider["apiKey"]["id"]
    yield client, "provider", name
    yield model, "id", entry["id"]
    yield model, "name", entry["name"]
    yield model, "context", number(entry.get("contextWindow", "unknown"))
    if rendering.facts.protocol.chat.output_limit:
        yield model, "output", number(entry.get("maxTokens", "unknown"))
    if "cost" in entry:
        yield model, "input", number(entry["cost"]["input"])
        yield model, "price", number(entry["cost"]["output"])


def _hermes(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    config = yaml.safe_load(text)
    ((name, provider),) = config["providers"].items()
    limits = provider.get("models", {}).get(provider["default_model"], {})
    yield client, "base URL", provider["base_url"]
    yield client, "variable", provider["key_env"]
    yield client, "provider", name
    yield model, "id", provider["default_model"]
    yield model, "context", number(limits.get("context_length", "unknown"))
    if rendering.facts.protocol.chat.output_limit == "max_tokens":
        yield model, "output", number(config["model"].get("max_tokens", "unknown"))


def _python(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant):
            if node.arg == "base_url":
                yield client, "base URL", str(node.value.value)
            if node.arg == "model":
                yield model, "id", str(node.value.value)
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and "environ" in ast.dump(node.value)
        ):
            yield client, "variable", str(node.slice.value)


def _javascript(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    def walk(node: Node) -> Iterator[Node]:
        yield node
        for child in node.children:
            yield from walk(child)

    def string(node: Node | None) -> str | None:
        return json.loads(node.text) if node and node.text and node.type == "string" else None

    root = _JAVASCRIPT.parse(text.encode()).root_node
    assert not root.has_error, "the snippet is no JavaScript"
    for node in walk(root):
        if node.type == "pair" and (key := node.child_by_field_name("key")) and key.text:
            value = string(node.child_by_field_name("value"))
            if value and key.text == b"baseURL":
                yield client, "base URL", value
            if value and key.text == b"model":
                yield model, "id", value
        if node.type == "subscript_expression" and (value := string(node.child_by_field_name("index"))):
            yield client, "variable", value


def _bash(text: str, model: str, client: str, rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    words = shlex.split(text, comments=True)
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word.startswith("https://"):
            paths = [o.path for o in rendering.facts.apis[rendering.facts.clients[client].api].operations.values()]
            yield client, "base URL", next((word.removesuffix(p) for p in paths if word.endswith(p)), word)
        if match := re.search(r"\$([A-Z][A-Z0-9_]*)", word):
            yield client, "variable", match[1]
        if word.startswith("{"):
            yield model, "id", json.loads(word)["model"]
        if word in ("model.default", "-m"):
            yield model, "id", following.removeprefix(f"{rendering.facts.provider.id}/")
        if word == "--model":
            yield model, "id", following.partition("/")[2]
            yield client, "provider", following.partition("/")[0]
        if word == "model.context_length":
            yield model, "context", number(following)
        if word == "model.max_tokens":
            yield model, "output", number(following)
        if word.endswith(".key_env"):
            yield client, "variable", following


_DATA = {"openclaw": _openclaw, "hermes": _hermes, "opencode": _opencode, "qwen-code": _qwen_code, "llm": _llm}
"""Files of data have the shape of their client."""

PARSERS: Mapping[str, Callable[[str, str, str, Any], Iterator[tuple[str, str, str]]]] = {
    "json5": _data,
    "yaml": _data,
    "python": _python,
    "javascript": _javascript,
    "bash": _bash,
}


def _descriptions(rendering: Rendering, readings: Readings) -> None:
    """Read base URL and variable of each client's API from the service descriptions, too."""
    facts = rendering.facts
    for service in facts.discovery.services.values():
        description = json.loads(rendering.artifacts[service.path].body)
        text = json.dumps(description)
        for client, entry in facts.clients.items():
            if entry.api in service.apis:
                servers = [server["url"] for server in description["servers"]]
                readings[client, "base URL"][service.path] = servers[0]
                (variable,) = set(re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b", text))
                readings[client, "variable"][service.path] = variable
    for model in facts.models:
        readings[model, "id"]["catalog of pages"] = model
