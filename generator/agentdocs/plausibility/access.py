"""What is implausible about addresses and variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agentdocs.schema.base import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.errors import Problem
    from agentdocs.plausibility.subject import Subject

_ENDPOINTS = ("/chat/completions", "/completions", "/embeddings", "/messages", "/models", "/responses")
"""What paths of common protocols end in; clients append them to a base URL."""
_SYSTEM = re.compile(
    "CDPATH|COLUMNS|EDITOR|ENV|HIST[A-Z]+|HOME|HOSTNAME|HTTPS?_PROXY|IFS|LANG|LANGUAGE|LC_[A-Z]+|LD_[A-Z_]+|LINES|"
    "LOGNAME|MAIL|MANPATH|NODE_[A-Z_]+|NO_PROXY|OLDPWD|PAGER|PATH|PS[124]|PWD|PYTHON[A-Z]+|RANDOM|SECONDS|SHELL|"
    "SSL_CERT_[A-Z]+|TEMP|TERM|TMP|TMPDIR|TZ|UID|USER|VISUAL"
)
"""Variables that shells, the system (POSIX.1-2024, XBD chapter 8) or interpreters take something from."""


def base_url_endpoint(subject: Subject) -> Iterator[Problem]:
    """A base URL ends in the path of a request, to which clients would append that path again."""
    for name, api in subject.facts.apis.items():
        endpoints = sorted({*_ENDPOINTS, *(o.path for o in api.operations.values())}, key=lambda path: -len(path))
        older = ((("legacy_base_urls", index), url) for index, url in enumerate(api.legacy_base_urls))
        for place, url in ((("base_url",), api.base_url), *older):
            if end := next((path for path in endpoints if len(path) > 1 and url.endswith(path)), None):
                wrong = f"'{url}' ends in {end}, which clients append"
                yield subject.catalog.problem(("apis", name, *place), wrong, f"write {url.removesuffix(end)}")


def host_capitals(subject: Subject) -> Iterator[Problem]:
    """An address has capitals in its host, which programs that compare addresses take for another host."""
    for loc, value, _ in leaves(subject.facts):
        if isinstance(value, str) and value.startswith(("https://", "http://")):
            host = urlsplit(value).netloc
            if host != host.lower():
                yield subject.catalog.problem(loc, f"the host {host} has capital letters", f"write {host.lower()}")


def foreign_variable(subject: Subject) -> Iterator[Problem]:
    """The variable of a key is one of the system, or does not name the provider and may be another product's."""
    provider = subject.facts.provider
    for name, key in subject.facts.keys.items():
        variable = key.environment_variable
        own = (provider.id, provider.name, provider.reverse_domain.rpartition(".")[2])
        if _SYSTEM.fullmatch(variable):
            wrong = f"{variable} is a system variable, and a key in its place would break the system"
        elif not any(_letters(word) in _letters(variable) for word in own if _letters(word)):
            wrong = f"{variable} does not name {provider.name}, and may be another product's"
        else:
            continue
        right = f"write a name such as {re.sub('[^A-Z0-9]+', '_', provider.id.upper())}_API_KEY"
        yield subject.catalog.problem(("keys", name, "environment_variable"), wrong, right)


def _letters(name: str) -> str:
    """Reduce a name to what stays the same however it is written."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
