"""Lists of models in the shapes that are common, as the facts that a catalog takes from them.

What a list does not say stays unknown: that a parameter is not in a list of them means nothing here.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agentdocs.errors import ModelListError, Problem, UsageError
from agentdocs.init.entry import Entry, parse
from agentdocs.schema.values import HttpsUrl, ModelId, Text, Token, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from agentdocs.init.answers import Answers

MOST_MODELS = 1_000
"""Of one list. The largest that is known has half as many, and a build takes minutes with these."""
MODELS_DEV = "https://models.dev/api.json"
"""Where the list is published that has models by provider. Nobody else writes one of that shape."""
_MILLION = Decimal(1_000_000)
_SHAPES = (
    'name a list such as {"data": [{"id": ...}]}, as OpenAI-compatible APIs answer GET /models, or the api.json of '
    "models.dev"
)


@dataclass(frozen=True)
class ListedPrice:
    """USD for a million tokens, as digits, or `unknown`."""

    input: str
    output: str
    cache_read: str
    cache_write: str | None
    """None where writing to the cache is not named."""


@dataclass(frozen=True)
class ListedModel:
    """What a list says of one model; None is what it does not say."""

    id: str
    name: str
    context_window: int | None = None
    capabilities: Mapping[str, Any] = field(default_factory=dict)
    """By their names in the catalog, without those that are unknown."""
    tools: bool | None = None
    """Whether it calls tools, so that agents can use it."""
    price: ListedPrice | None = None
    released: date | None = None


@dataclass(frozen=True)
class ModelList:
    """Models, and where they are listed."""

    models: tuple[ListedModel, ...]
    source: str | None
    """The page that the list says it comes from, if it says one."""


def read(name: str, content: bytes, answers: Answers, provider: str | None = None) -> ModelList:
    """Read a list of models; `name` stands in messages.

    Of a list of several providers' models, `provider` names the one, or the base URL of the answers tells it. Raises
    `ModelListError` for what is wrong with the list, and `UsageError` where it is not clear who is meant.
    """
    problems: list[Problem] = []
    data = parse(name, content)
    top = Entry(name, (), data, problems)
    if top.has("data"):
        if provider is not None:
            raise UsageError(f"--provider: {name} is a list of one provider; leave it out")
        source, models = top.checked("source", HttpsUrl), [_listed(entry) for entry in top.items("data")]
    elif top.names() and all(isinstance(each, dict) and "models" in each for each in data.values()):
        chosen = top.inside(_provider(top, answers, provider))
        source, models = MODELS_DEV, [_by_id(chosen.inside("models"), key) for key in chosen.inside("models").names()]
    else:
        if not problems:
            top.refuse((), "is not a list of models", _SHAPES)
        raise ModelListError(problems)
    found = [model for model in models if model]
    if len(models) > MOST_MODELS:
        top.refuse((), f"has {len(models):,} models", f"name a list of at most {MOST_MODELS:,}")
    elif not models and not problems:
        top.refuse((), "has no model", _SHAPES)
    problems += _doubles(name, found)
    if problems:
        raise ModelListError(problems)
    return ModelList(tuple(found), source)


def _doubles(name: str, models: list[ListedModel]) -> Iterator[Problem]:
    """Find ids that stand twice, or differ in capitals only, so that some systems take their files for one."""
    seen: dict[str, str] = {}
    for model in models:
        if (other := seen.setdefault(model.id.casefold(), model.id)) != model.id:
            yield Problem(name, 0, 0, model.id, f"differs from {other} in capitals only", "keep one of the two")
    ids = [model.id for model in models]
    for double in sorted({each for each in ids if ids.count(each) > 1}) if len({*ids}) < len(ids) else ():
        yield Problem(name, 0, 0, double, "is listed twice", "keep one of the two")


_OPENROUTER = ("prompt", "completion", "input_cache_read", "input_cache_write")
_MODELS_DEV = ("input", "output", "cache_read", "cache_write")
"""What the two lists call prices of input, output, and reading and writing of the cache."""


def _listed(entry: Entry) -> ListedModel | None:
    """Read an entry as OpenAI-compatible APIs have it, with what OpenRouter, Groq and vLLM say besides."""
    if (model := _identified(entry)) is None:
        return None
    parameters = entry.words("supported_parameters", Token) or ()
    pricing = entry.inside("pricing")
    per_token = {name: pricing.amount(name) for name in _OPENROUTER}
    answer = entry.inside("top_provider").count("max_completion_tokens") or entry.count("max_completion_tokens")
    window = entry.count("context_length", "context_window", "max_model_len")
    return ListedModel(
        id=model,
        name=entry.checked("name", Text) or model,
        context_window=window,
        capabilities=_known(
            max_output=_within(answer, window),
            input=entry.inside("architecture").words("input_modalities", Token) or None,
            reasoning="reasoning" in parameters or None,
            json_mode="response_format" in parameters or None,
            structured_outputs="structured_outputs" in parameters or None,
            logprobs="logprobs" in parameters or None,
        ),
        tools="tools" in parameters or None,
        price=_price(*(amount if amount is None else amount * _MILLION for amount in per_token.values())),
    )


def _by_id(models: Entry, key: str) -> ListedModel | None:
    """Read an entry as models.dev has it."""
    entry = models.inside(key)
    if (model := _identified(entry, key)) is None:
        return None
    limit, cost = entry.inside("limit"), entry.inside("cost")
    window = limit.count("context")
    return ListedModel(
        id=model,
        name=entry.checked("name", Text) or model,
        context_window=window,
        capabilities=_known(
            max_output=_within(limit.count("output"), window),
            input=entry.inside("modalities").words("input", Token) or None,
            reasoning=entry.flag("reasoning"),
            structured_outputs=entry.flag("structured_output"),
        ),
        tools=entry.flag("tool_call"),
        price=_price(*(cost.amount(name) for name in _MODELS_DEV)),
        released=entry.day("release_date"),
    )


def _identified(entry: Entry, key: str | None = None) -> str | None:
    if key is None and not entry.has("id"):
        entry.refuse(("id",), "is missing", "give each model its id")
        return None
    named = Entry("", (), {"id": key}, []) if key is not None else entry
    model = named.checked("id", ModelId)
    if key is not None and model is None:
        entry.refuse(
            (), f"{shown(key)} is not a model id", "write it as the API lists it, of letters, digits and ._:@+~-/"
        )
    return None if model is None else str(model)


def _within(answer: int | None, window: int | None) -> int | None:
    """Take no answer that is longer than the context window: one of the two is wrong, and nobody knows which."""
    return None if answer and window and answer > window else answer


def _known(**capabilities: object) -> dict[str, object]:
    return {name: value for name, value in capabilities.items() if value is not None}


def _price(
    paid_in: Decimal | None, paid_out: Decimal | None, cached: Decimal | None, written: Decimal | None
) -> ListedPrice | None:
    """Give a price where both sides of one are known."""
    if paid_in is None or paid_out is None:
        return None
    reads = "unknown" if cached is None else _digits(cached)
    return ListedPrice(_digits(paid_in), _digits(paid_out), reads, written if written is None else _digits(written))


def _digits(amount: Decimal) -> str:
    """Write an amount without an exponent, to a billionth of a dollar: what is finer comes of binary fractions."""
    return f"{round(amount, 9).normalize():f}"


def _provider(top: Entry, answers: Answers, provider: str | None) -> str:
    """Choose a provider of a list of several, by name or by the base URL."""
    known = top.names()
    if provider is not None:
        if provider not in known:
            raise UsageError(f"--provider: {shown(provider)} is not in the list; {_few(provider, known)}")
        return provider
    urls = {name: top.inside(name).text("api").rstrip("/") for name in known}
    same = [name for name, url in urls.items() if url == answers.base_url]
    if len(same) == 1:
        return same[0]
    host = urlsplit(answers.base_url).hostname
    near = same or [name for name, url in urls.items() if url.startswith("https://") and urlsplit(url).hostname == host]
    told = f"these have that base URL or its host: {', '.join(near)}" if near else _few(answers.id, known)
    raise UsageError(f"--provider is missing: the list has {len(known)} providers, and {told}")


def _few(name: str, known: list[str]) -> str:
    alike = difflib.get_close_matches(name, known, n=3)
    if alike:
        return f"did you mean {' or '.join(alike)}?"
    return f"known: {', '.join(sorted(known)[:20])}{' and others' if len(known) > 20 else ''}"
