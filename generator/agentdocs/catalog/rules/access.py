"""Rules of APIs, of keys, and of what pays for requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentdocs.catalog.keys import REAL_KEY, REVOKE, KeyFinder
from agentdocs.catalog.rules.finding import Finding
from agentdocs.catalog.source import member_path
from agentdocs.schema.values import SPECIALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentdocs.catalog.source import SourceFile
    from agentdocs.errors import Loc
    from agentdocs.schema.access import Api, Billing, Key
    from agentdocs.schema.model import Model


def no_real_keys(files: Mapping[Loc, SourceFile]) -> Iterator[Finding]:
    """No file, not even a comment in it, contains what could be a real key."""
    finder = KeyFinder.of(files)
    for owner, file in {file.name: (owner, file) for owner, file in files.items()}.values():
        for found in finder.find(file.text):
            yield Finding(owner, REAL_KEY, REVOKE, position=(found.line, found.column))


def keys_open_their_own_api(apis: Mapping[str, Api], keys: Mapping[str, Key]) -> Iterator[Finding]:
    """API and key name each other, so that no prefix ends up beside the other product's base URL."""
    for name, api in apis.items():
        key = keys.get(api.key)
        if key and key.opens != name:
            what = f"the prefix {key.beginning}" if key.beginning else f"the key {api.key}"
            wrong = f"{what} would appear next to {api.base_url}"
            right = f"keys.yaml says that {api.key} opens {key.opens}; correct either side"
            yield Finding(("apis", name, "key"), wrong, right)
    for name, key in keys.items():
        if key.opens in apis and apis[key.opens].key != name:
            wrong = f"{key.opens} takes the key {apis[key.opens].key}"
            yield Finding(("keys", name, "opens"), wrong, "name the API that takes this key")


def what_pays_is_described(keys: Mapping[str, Key], models: Mapping[str, Model], billing: Billing) -> Iterator[Finding]:
    """Every key is paid from something that billing describes, and prices of models have a currency."""
    for name, key in keys.items():
        if key.paid_from not in SPECIALS and getattr(billing, key.paid_from) is None:
            wrong = f"billing.yaml has no {key.paid_from}"
            yield Finding(("keys", name, "paid_from"), wrong, f"add {key.paid_from} there, or name what pays")
    priced = [name for name, model in models.items() if model.price_history]
    if billing.prepaid is None and priced:
        wrong = "is missing, and models have prices"
        yield Finding(("billing", "prepaid"), wrong, "add it with the currency of the prices, or remove the prices")
    if billing.prepaid == "unknown":
        for name in priced:
            wrong = "is a price, and billing.yaml leaves unknown in which currency and for how many tokens"
            yield Finding(("models", name, "prices"), wrong, "write unknown, or say there what prepaid is")


def access_values_are_unique(apis: Mapping[str, Api], keys: Mapping[str, Key]) -> Iterator[Finding]:
    """No two APIs share a base URL, and no two keys a prefix or a variable."""
    seen: dict[str, Loc] = {}
    values: list[tuple[Loc, str]] = []
    for name, api in apis.items():
        values.append((("apis", name, "base_url"), api.base_url))
        values += [(("apis", name, "legacy_base_urls", i), url) for i, url in enumerate(api.legacy_base_urls)]
    for name, key in keys.items():
        values += [(("keys", name, "prefix"), key.prefix)] if key.beginning else []
        values.append((("keys", name, "environment_variable"), key.environment_variable))
    for loc, value in values:
        if value in seen:
            yield Finding(loc, f"'{value}' is also at {member_path(seen[value])}", "each needs its own")
        seen.setdefault(value, loc)
