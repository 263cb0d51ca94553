"""What somebody says of a provider when its project begins, and what follows from that."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from agentdocs.catalog.wording import wording
from agentdocs.errors import UsageError, printable
from agentdocs.schema.values import BaseUrl, CountOrUnknown, HttpsUrl, KeyPrefix, ModelId, Origin, Slug, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Question:
    """One thing to know, as an option and as a prompt."""

    name: str
    """Of the option, with `_` for `-`."""
    asked: str
    """What a person is asked for; a phrase without a full stop."""
    kind: Any
    """The type of the schema that an answer must have."""
    unless: str | None = None
    """What is written where nobody answers; None where somebody has to."""

    @property
    def option(self) -> str:
        """The option of the command line."""
        return f"--{self.name.replace('_', '-')}"

    def checked(self, answer: str) -> Any:  # noqa: ANN401
        """Give an answer as the catalog takes it. Raises `UsageError` with what would be right."""
        value: str | int = answer
        if self.kind == CountOrUnknown and re.fullmatch("[0-9]{1,18}", answer):
            value = int(answer)
        return conforming(self.kind, value, self.option)


def conforming(kind: Any, value: Any, where: str) -> Any:  # noqa: ANN401
    """Give a value that a type of the schema takes. Raises `UsageError` with what would be right."""
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        raise UsageError(f"{where}: {printable('; '.join(told(error)))}") from None


def told(error: ValidationError) -> tuple[str, str]:
    """Say what is wrong with a single value, and what would be right."""
    return wording(error.errors(include_url=False)[0], ())


NAME = Question("name", "Name of the provider, as readers know it", Text)
ORIGIN = Question("origin", "Origin where the documentation is published, such as https://docs.example.com", Origin)
BASE_URL = Question("base_url", "Base URL of the API, such as https://api.example.com/v1", BaseUrl)
KEY_PREFIX = Question("key_prefix", "How every key begins", KeyPrefix, "unknown")
MODEL = Question("model", "Id of the model to begin with", ModelId)
CONTEXT_WINDOW = Question("context_window", "Tokens of its context window", CountOrUnknown, "unknown")
ID = Question("id", "Name of the provider in configurations of clients", Slug)
SOURCE = Question("source", "Page that the list of models was taken from", HttpsUrl)

ASKED = (NAME, ORIGIN, BASE_URL, KEY_PREFIX, MODEL, CONTEXT_WINDOW)
"""What a person is asked for, in this order."""


@dataclass(frozen=True)
class Answers:
    """What is known of a provider."""

    name: str
    origin: str
    base_url: str
    key_prefix: str
    model: str
    """The id of the model that snippets name."""
    context_window: int | str
    """Of that model, in tokens, or `unknown`."""
    id: str

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Answers:
        """Put answers together that are checked, by the names of their questions; `id` may be missing."""
        known = {question.name: given[question.name] for question in ASKED}
        name = given.get("id") or _slug(known["name"]) or _slug(_domain(known["origin"], known["base_url"])[0])
        return cls(**known, id=name)

    @property
    def reverse_domain(self) -> str:
        """The domain that origin and base URL have in common, from its end; that of the origin where they have none."""
        return ".".join(reversed(_domain(self.origin, self.base_url)))

    @property
    def variable(self) -> str:
        """The environment variable for a key."""
        word = re.sub("[^A-Z0-9]+", "_", self.id.upper())
        return f"{word}_API_KEY" if word[0].isalpha() else f"API_KEY_{word}"

    def is_own(self, url: str) -> bool:
        """Tell whether a URL lies on a host of the provider."""
        host = urlsplit(url).hostname or ""
        own = (*(_host(each) for each in (self.origin, self.base_url)), ".".join(_domain(self.origin, self.base_url)))
        return any(host == domain or host.endswith(f".{domain}") for domain in own)


def _slug(name: str) -> str:
    """Write a name in lower-case letters and digits, as far as its letters are Latin ones."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))


def _domain(*urls: str) -> list[str]:
    """Give the labels of the domain that the hosts of some URLs share, or of the first one if that is too short."""
    hosts = [_host(url).split(".") for url in urls]
    shared: list[str] = []
    for labels in zip(*(reversed(host) for host in hosts), strict=False):
        if len({*labels}) > 1:
            break
        shared.insert(0, labels[0])
    return shared if len(shared) > 1 else hosts[0]


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
