"""Values of which there are only a few."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_before_validator_function

from agentdocs.schema.values.refusal import refuse, shown


def _chosen(value: object, choices: tuple[object, ...], or_else: str = "") -> object:
    if not any(value == choice and type(value) is type(choice) for choice in choices):
        right = "write " + " or ".join(shown(choice).strip("'") for choice in choices) + or_else
        raise refuse(f"{shown(value)} is not known here", right)
    return value


class Choices:
    """Says of a wrong value which ones are right: those of the `Literal`, or the two of `bool`, that it annotates."""

    def __init__(self, or_else: str = "") -> None:
        self._or_else = or_else

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        choices = tuple(_choices(source))
        check = partial(_chosen, choices=choices, or_else=self._or_else)
        return no_info_before_validator_function(check, handler(source))


def _choices(annotation: Any) -> Iterator[object]:  # noqa: ANN401
    if annotation is bool:
        yield from (True, False)
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for alternative in get_args(annotation):
            yield from _choices(alternative)


_CHOICE = Choices()
Flag = Annotated[bool, _CHOICE]
"""`true` or `false`."""
FlagOrUnknown = Annotated[bool | Literal["unknown"], _CHOICE]
"""`true`, `false`, or `unknown` where nobody published it."""
Host = Annotated[Literal["nginx", "caddy", "cloudflare"], _CHOICE]
"""A host that a build can write files for."""
Confidence = Annotated[Literal["vendor_page", "vendor_pr", "third_party", "measured", "inferred", "assumed"], _CHOICE]
"""How a fact is known."""
Method = Annotated[Literal["GET", "POST"], _CHOICE]
"""The HTTP method of an operation."""
Scope = Literal["account", "project", "key", "model"]
"""What a limit is counted for: each account, each project or key of one, or each model."""


def _scopes(value: object) -> object:
    scopes, known = value if isinstance(value, tuple) else (value,), get_args(Scope)
    right = "write account, project, key or model, or one of the first three beside model, as in [account, model]"
    if wrong := [scope for scope in scopes if scope not in known]:
        raise refuse(f"{shown(wrong[0])} is not known here", right)
    if not scopes or len({*scopes}) < len(scopes) or len({"model", *scopes}) > 2:
        raise refuse(f"nothing is counted per [{', '.join(scopes)}]", right)
    return tuple(sorted(scopes, key=known.index))


Scopes = Annotated[tuple[Scope, ...], BeforeValidator(_scopes)]
"""What a limit is counted for: `account`, `project`, `key` or `model`, or one of the first three beside `model`, as in
`[account, model]`."""
Unit = Annotated[Literal["requests", "tokens", "input_tokens", "output_tokens", "images", "audio_seconds"], _CHOICE]
"""What a rate limit counts. Tokens are those of prompt and answer together; `input_tokens` are those of the prompt and
`output_tokens` those of the answer."""
Period = Annotated[Literal["day", "week", "month", "year"], _CHOICE]
"""The span of time that a price or a cap is for."""
Payer = Annotated[Literal["account", "seat"], _CHOICE]
"""For what the price of a plan is paid: the account, or each seat in it."""
Answer = Annotated[Literal["yes", "limited", "no"], _CHOICE]
"""Whether a plan is meant for a use; `no` needs no quotes here."""
Language = Annotated[Literal["bash", "json5", "yaml", "python", "javascript"], _CHOICE]
"""The language of a snippet."""
Situation = Annotated[Literal["wrong_key", "other_key", "unset_key", "plan", "model", "burst"], _CHOICE]
"""What is wrong when a client is refused: an unknown key, the other product's, none, the plan, the model, a limit."""
ClientKind = Annotated[Literal["agent", "sdk", "command"], _CHOICE]
"""What sort of program a client is: an `agent`, a library (`sdk`), or a `command`."""
Cause = Annotated[Literal["no_key", "wrong_key", "plan", "model", "capability", "budget", "limit"], _CHOICE]
"""What is wrong with a request. A budget and a limit of the catalog name their errors themselves."""
Requirement = Annotated[Literal["required", "recommended"], _CHOICE]
"""Whether a request needs a key, or is answered without one too."""
Wallet = Annotated[Literal["subscription", "prepaid", "not_offered", "unknown"], _CHOICE]
"""Which part of `catalog/billing.yaml` pays; `not_offered` where requests cost nothing, `unknown` where nobody says."""
WarningKind = Annotated[
    Literal[
        "base_url_endpoint",
        "batch_dearer",
        "breaks_later",
        "cache_dearer",
        "copied_model",
        "cut_text",
        "foreign_variable",
        "host_capitals",
        "price_jump",
        "price_outlier",
        "same_name",
        "same_title",
        "stray_file",
        "unlisted_page",
        "unnamed_author",
        "unused_template",
        "year_price",
    ],
    _CHOICE,
]
"""What `agentdocs check` finds implausible; each is a function of that name in `agentdocs.plausibility`."""
