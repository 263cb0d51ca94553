"""The ordinary edits: what a maintainer changes, chosen by what the catalog has and not by name."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from agentdocs.brand.palette import PALETTE
from agentdocs.catalog.folder import model_file

from site_tests.conftest import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agentdocs.schema import Facts, Model

    from site_tests.edits.copies import Copy


_T = TypeVar("_T")


@dataclass(frozen=True)
class Edit:
    """One edit, and what the guide for maintainers says is to be done after it."""

    change: Callable[[Copy], None]
    names: Callable[[Copy], tuple[str, str, str] | None] = lambda _: None
    """What pages named before: the kind of entry, its old name, and the one to write instead. Asked before the
    change; `check` has to tell each place."""


EDITS: dict[str, Edit] = {}


def _edit(what: str, **more: Any) -> Callable[[Callable[[Copy], None]], Callable[[Copy], None]]:  # noqa: ANN401
    def register(change: Callable[[Copy], None]) -> Callable[[Copy], None]:
        EDITS[what] = Edit(change, **more)
        return change

    return register


def _first(found: Iterable[_T], what: str) -> _T:
    for each in found:
        return each
    pytest.skip(f"the catalog has no {what}")


def _provenance(facts: Facts) -> dict[str, Any]:
    """Say of a new fact that a page of the provider's states it."""
    return {
        "source": f"{facts.site.origin}/docs/",
        "checked": facts.site.provenance.checked.isoformat(),
        "confidence": "vendor_page",
    }


# --- Models ----------------------------------------------------------------------------------------------------


def _recommended(facts: Facts) -> set[str]:
    named = {name for task in facts.recommendations.tasks for name in task.models}
    return named | {facts.recommendations.default}


def _spare(facts: Facts) -> Model:
    """Choose a model that agents can use and that no other entry names."""
    named = _recommended(facts) | {model.life.replaced_by for model in facts.models.values()}
    spare = [m for m in facts.models.values() if m.for_agents and m.status(DAY) == "available"]
    return _first((model for model in spare if model.id not in named), "model that nothing names")


def _file(model: Model) -> str:
    return f"catalog/{model_file(model.id)}"


@_edit("add a model")
def add_a_model(copy: Copy) -> None:
    model = _spare(copy.facts)
    new = f"{model.id}-next"
    copy.write(f"catalog/models/{new}.yaml", (copy.root / _file(model)).read_text(encoding="utf-8"))
    with copy.data(f"catalog/models/{new}.yaml") as data:
        data |= {"id": new, "name": f"{model.name} Next"}
        data.pop("aliases", None)


@_edit("add a model by a new author")
def add_an_author(copy: Copy) -> None:
    facts = copy.facts
    with copy.data("catalog/authors.yaml") as data:
        data["newcomer"] = {"name": "Newcomer"}
    price = {"prices": [{"input": Decimal("0.55"), "output": Decimal("1.65"), "cache_read": "unknown"}]}
    copy.write("catalog/models/newcomer/first-1.5.yaml", "{}\n")
    with copy.data("catalog/models/newcomer/first-1.5.yaml") as data:
        data |= {"id": "newcomer/first-1.5", "name": "First 1.5", "context_window": 131_000}
        data |= price if facts.billing.prepaid else {}
        data |= {"capabilities": "unknown", "agents": {"available": True}, "lifecycle": {"released": "unknown"}}
        data["provenance"] = _provenance(facts)


def _ending(copy: Copy, ends_in: int) -> None:
    facts = copy.facts
    with copy.data(_file(_spare(facts))) as data:
        data["lifecycle"] |= {
            "deprecated_on": (DAY - timedelta(40)).isoformat(),
            "retires_on": (DAY + timedelta(ends_in)).isoformat(),
            "replaced_by": facts.recommendations.default,
        }


@_edit("deprecate a model in favour of another")
def deprecate_a_model(copy: Copy) -> None:
    _ending(copy, 80)


@_edit("retire a model")
def retire_a_model(copy: Copy) -> None:
    _ending(copy, -1)


@_edit("remove a model")
def remove_a_model(copy: Copy) -> None:
    (copy.root / _file(_spare(copy.facts))).unlink()


@_edit("remove the recommended model")
def remove_the_recommended_model(copy: Copy) -> None:
    facts = copy.facts
    old, new = facts.recommendations.default, _spare(facts).id
    (copy.root / _file(facts.models[old])).unlink()
    with copy.data("catalog/recommendations.yaml") as data:
        data["default"] = new
        for task in data["tasks"]:
            task["models"] = [new if name == old else name for name in task["models"]]
    for model in facts.models.values():
        if model.id != old and model.life.replaced_by == old:
            copy.replace(_file(model), old, new)


@_edit("change a price")
def change_a_price(copy: Copy) -> None:
    model = _first((m for m in copy.facts.models.values() if m.prices), "model with a price")
    with copy.data(_file(model)) as data:
        data["prices"][-1]["input"] += Decimal("0.07")


@_edit("schedule a price")
def schedule_a_price(copy: Copy) -> None:
    model = _first((m for m in copy.facts.models.values() if m.prices), "model with a price")
    with copy.data(_file(model)) as data:
        last = data["prices"][-1]
        starts = (DAY + timedelta(30)).isoformat()
        data["prices"].append({**last, "output": last["output"] + Decimal("0.13"), "valid_from": starts})


@_edit("change a context window")
def change_a_context_window(copy: Copy) -> None:
    model = _spare(copy.facts)
    with copy.data(_file(model)) as data:
        data["context_window"] = 9_216 + (0 if model.context_window == "unknown" else model.context_window)


@_edit("publish what a model can do")
def publish_capabilities(copy: Copy) -> None:
    unknown = (m for m in copy.facts.models.values() if m.for_agents and m.known.max_output == "unknown")
    with copy.data(_file(_first(unknown, "model of which something is unknown"))) as data:
        data["capabilities"] = {
            "max_output": 24_576, "input": ["text", "image"], "reasoning": False, "json_mode": True,
            "structured_outputs": "unknown", "logprobs": False,
        }  # fmt: skip


# --- Plans and limits ------------------------------------------------------------------------------------------


def _plan(facts: Facts) -> str:
    """Choose a plan that keys need, and thus pages name."""
    return _first((p for key in facts.keys.values() for p in key.plans if p in facts.plans), "plan that a key needs")


def _renamed_plan(copy: Copy) -> tuple[str, str, str]:
    plan = _plan(copy.facts)
    return "plans", plan, f"{plan}_next"


@_edit("rename a plan's id", names=_renamed_plan)
def rename_a_plan_id(copy: Copy) -> None:
    _, old, new = _renamed_plan(copy)
    with copy.data("catalog/plans.yaml") as data:
        entries = {new if name == old else name: entry for name, entry in data.items()}
        data.clear()
        data |= entries


@_edit("rename a plan")
def rename_a_plan(copy: Copy) -> None:
    with copy.data("catalog/plans.yaml") as data:
        data[_plan(copy.facts)]["name"] = "Unbounded"


@_edit("add a plan")
def add_a_plan(copy: Copy) -> None:
    facts = copy.facts
    with copy.data("catalog/plans.yaml") as data:
        data["team"] = {"name": "Team", "price": "unknown", "provenance": _provenance(facts)}
    if facts.estimates:
        with copy.data("catalog/estimates.yaml") as data:
            for entry in data["classes"].values():
                entry["requests_per_month"]["team"] = "unknown"


@_edit("change a limit")
def change_a_limit(copy: Copy) -> None:
    limits = copy.facts.limits.items()
    name = _first((name for name, limit in limits if isinstance(limit.requests_per_minute, int)), "limit")
    with copy.data("catalog/limits.yaml") as data:
        data[name]["rates"][0]["amount"] += 17


# --- Access ----------------------------------------------------------------------------------------------------


@_edit("change a base URL")
def change_a_base_url(copy: Copy) -> None:
    facts = copy.facts
    name = next(iter(facts.apis))
    with copy.data("catalog/apis.yaml") as data:
        old = data[name]["base_url"]
        data[name]["legacy_base_urls"] = [*data[name].get("legacy_base_urls", ()), old]
        data[name]["base_url"] = f"{old.rpartition('/')[0]}/next/{old.rpartition('/')[2]}"


@_edit("rotate a prefix")
def rotate_a_prefix(copy: Copy) -> None:
    facts = copy.facts
    name = max(facts.keys, key=lambda name: len(facts.keys[name].prefix))
    with copy.data("catalog/keys.yaml") as data:
        data[name]["prefix"] = f"{facts.provider.id}_next_"


@_edit("add an endpoint")
def add_an_endpoint(copy: Copy) -> None:
    name = next(iter(copy.facts.apis))
    with copy.data("catalog/apis.yaml") as data:
        data[name]["operations"]["count_tokens"] = {
            "method": "POST", "path": "/tokens/count", "key": "required", "summary": "Count the tokens of a chat",
        }  # fmt: skip


@_edit("add an error")
def add_an_error(copy: Copy) -> None:
    facts = copy.facts
    with copy.data("catalog/errors.yaml") as data:
        data["prompt_too_long"] = {
            "status": 413, "code": "prompt_too_long", "type": "invalid_request_error", "apis": [*facts.apis],
            "title": "Prompt too long", "meaning": "The prompt has more tokens than the model's context window.",
            "remedy": "Shorten the prompt, or choose a model with a larger context window.", "retry": False,
            "provenance": _provenance(facts),
        }  # fmt: skip


@_edit("change an error's code")
def change_a_code(copy: Copy) -> None:
    known = (name for name, error in copy.facts.errors.items() if error.code not in ("unknown", "not_offered"))
    name = _first(known, "code")
    with copy.data("catalog/errors.yaml") as data:
        data[name]["code"] += "_now"


def _confirm(value: Any, host: str) -> Any:  # noqa: ANN401
    """Give an assumed group with addresses below a real host."""
    if isinstance(value, dict):
        return {name: _confirm(member, host) for name, member in value.items()}
    if isinstance(value, list):
        return [_confirm(item, host) for item in value]
    return (
        re.sub(r"https://([\w-]+)\.[\w.-]*invalid", rf"https://\1.{host}", value) if isinstance(value, str) else value
    )


def _confirming(file: str, member: str) -> Callable[[Copy], None]:
    def change(copy: Copy) -> None:
        facts = copy.facts
        with copy.data(file) as data:
            if data.get(member, {}).get("provenance", {}).get("confidence") != "assumed":
                pytest.skip(f"{member} is not assumed")
            data[member] = _confirm(data[member], facts.site.origin.removeprefix("https://"))
            data[member]["provenance"] = _provenance(facts)

    return change


EDITS["confirm the MCP server"] = Edit(_confirming("catalog/discovery.yaml", "mcp"))
EDITS["confirm the login"] = Edit(_confirming("catalog/discovery.yaml", "account_login"))
EDITS["confirm the repository"] = Edit(_confirming("catalog/site.yaml", "repository"))


# --- Clients ---------------------------------------------------------------------------------------------------


def _named_clients(copy: Copy) -> list[str]:
    """List the clients that pages name, in any of the ways in which they can."""
    return copy.search(r"(?:clients\.|snippet\(\")([a-z][\w-]*)", *copy.pages())


def _tests_of(client: str) -> str:
    return f"test_{client.replace('-', '_')}"


def _remove(copy: Copy, client: str) -> None:
    """Remove what is a client's own; its templates stay, since other providers use them, which is accepted."""
    for folder in ("clients", "recordings"):
        (copy.root / "catalog" / folder / f"{client}.yaml").unlink(missing_ok=True)
    accepted = copy.root / "catalog" / "accepted.yaml"
    reason = "Other providers use it."
    item = f"- {{warning: unused_template, file: templates/snippets/{client}, reason: {reason}}}\n"
    copy.write("catalog/accepted.yaml", (accepted.read_text("utf-8") if accepted.exists() else "") + item)


def _imported(copy: Copy) -> str:
    """Give the tests of clients, to see which of them others use."""
    return "".join(path.read_text("utf-8") for path in (copy.root / "site_tests" / "clients").glob("test_*.py"))


@_edit("remove a client")
def remove_a_client(copy: Copy) -> None:
    named, tests = _named_clients(copy), _imported(copy)
    free = (c for c in copy.facts.clients if c not in named and not re.search(rf"import .*{_tests_of(c)}\b", tests)
            and f"{_tests_of(c)} import" not in tests)  # fmt: skip
    client = _first(free, "client that no page names")
    _remove(copy, client)
    with copy.data("catalog/plans.yaml") as data:
        for use in (use for plan in data.values() for use in plan.get("uses", ())):
            use["clients"] = [name for name in use.get("clients", ()) if name != client]
    (copy.root / "site_tests" / "clients" / f"{_tests_of(client)}.py").unlink()


def _named_client(copy: Copy) -> tuple[str, str, str]:
    clients = copy.facts.clients
    named = _named_clients(copy)
    old = _first((name for name in clients if name in named and clients[name].kind == "agent"), "client on a page")
    others = [name for name in clients if name != old and name not in named and "-" not in name]
    return "clients", old, _first(others, "client to name instead")


@_edit("remove a client that pages name", names=_named_client)
def remove_a_named_client(copy: Copy) -> None:
    _remove(copy, _named_client(copy)[1])


@_edit("add a client")
def add_a_client(copy: Copy) -> None:
    clients = copy.facts.clients
    shell = (name for name, c in clients.items() if {shape.language for shape in c.snippets} == {"bash"})
    old = _first(shell, "client with commands only")
    new = f"{old}-next"
    for folder in ("clients", "recordings"):
        shutil.copy(copy.root / "catalog" / folder / f"{old}.yaml", copy.root / "catalog" / folder / f"{new}.yaml")
    with copy.data(f"catalog/clients/{new}.yaml") as data:
        data |= {"name": f"{clients[old].name} Next", "order": 90}
    shutil.copytree(copy.root / "templates" / "snippets" / old, copy.root / "templates" / "snippets" / new)
    tests = copy.root / "site_tests" / "clients"
    text = (tests / f"{_tests_of(old)}.py").read_text(encoding="utf-8")
    copy.write(f"site_tests/clients/{_tests_of(new)}.py", text.replace(f'"{old}"', f'"{new}"'))


# --- Pages and theme -------------------------------------------------------------------------------------------


@_edit("add a page")
def add_a_page(copy: Copy) -> None:
    facts = copy.facts
    section = _first((s for s in facts.site.sections.values() if s.released and s.folder), "section with a folder")
    source = f"{section.folder}/glossary.md"
    text = "---\ndescription: Words that {{ provider.name }} uses.\n---\n# Glossary\n\n"
    copy.write(f"docs/{source}", f"{text}A *token* is a piece of a word. See [the start](../index.md).\n")
    with copy.data("catalog/site.yaml") as data:
        data["pages"]["glossary"] = {"source": source, "title": "Glossary"}


@_edit("reword a page")
def reword_a_page(copy: Copy) -> None:
    (facts,) = copy.root.glob("site_tests/**/facts.yaml")
    demanded = facts.read_text(encoding="utf-8")
    for page in copy.pages():
        for sentence in copy.search(r"(?m)^([A-Z][^{}|<>\n]{40,}\.)$", page):
            words = [part for part in re.split(r"(?<=[.:;]) ", sentence) if len(part) > 30]
            if words and not any(part.rstrip(".") in demanded for part in words):
                copy.replace(page, sentence, f"{sentence[:-1]}, as you may have guessed.")
                return
    pytest.skip("every sentence of the pages is demanded")


@_edit("change a colour")
def change_a_colour(copy: Copy) -> None:
    """Make the accent a little darker on light ground, where that leaves it readable."""
    file, provenance = "catalog/brand.yaml", _provenance(copy.facts)
    if not (copy.root / file).exists():
        copy.write(file, "{}\n")
    with copy.data(file) as data:
        data.setdefault("provenance", provenance)
        accent = data.setdefault("accent", {"light": PALETTE["accent"][0]})
        accent["light"] = re.sub("[0-9a-f]{2}", lambda part: f"{max(0, int(part[0], 16) - 3):02x}", accent["light"])
