"""The shape of the published catalog, version 1.

What stands here is a promise to programs that read the document: members may be added, and nothing else changes.
Docstrings become the descriptions in the published JSON Schema.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from agentdocs.feed.protocol import Protocol
from agentdocs.feed.values import (
    Amount,
    Count,
    Day,
    NotOffered,
    Record,
    Sourced,
    Status,
    Text,
    Unknown,
    Unlimited,
    Uri,
    WholeNumber,
)

UNTESTED = "none"
"""The version of a client that nobody has run. It is a text, since version 1 began with one for every client."""


class PublicPage(Sourced):
    """A page of the provider's website."""

    url: Uri
    """Its address."""


class Provider(Sourced):
    """Who offers the models."""

    id: Text
    """The provider's name in configuration files of clients."""
    name: Text
    """Provider's name, as readers know it."""
    homepage: Uri
    """Where people sign in."""
    operator: Text | Unknown
    """The company as registered."""
    privacy_policy: Uri | NotOffered | Unknown
    """The page that says how data is treated."""
    terms_of_service: Uri | NotOffered | Unknown
    """The page with the terms."""
    hosting_countries: tuple[Text, ...] | Unknown
    """Every country in which requests are processed."""
    outside_labs: bool | Unknown
    """Whether requests go to AI labs outside the provider, too."""
    pricing_page: PublicPage | Unknown
    """Where the provider tells the prices of its plans."""
    dashboard_page: PublicPage | Unknown
    """Where people manage subscription and keys."""
    account_page: PublicPage | Unknown
    """Where people change their plan and see what is left of it."""
    support_page: PublicPage | Unknown
    """Where people get help from the provider."""
    status_page: PublicPage | Unknown
    """Where the provider tells people whether its services work."""


class Operation(Sourced):
    """One request that an API answers."""

    id: Text
    """Unique within the API."""
    method: Literal["GET", "POST"]
    """The HTTP method."""
    url: Uri
    """The whole address, query included."""
    key: Literal["required", "recommended"]
    """Whether the request needs the API's key, or is answered without one too."""
    summary: Text
    """What the request does, as a phrase."""
    notes: tuple[Text, ...]
    """What one should know besides."""


class Api(Sourced):
    """One base URL, one kind of key."""

    id: Text
    """The name that keys, limits, errors and clients refer to."""
    name: Text
    """What readers call the API."""
    summary: Text
    """What it is for and who pays."""
    base_url: Uri
    """What clients are set up with, without a slash at its end."""
    legacy_base_urls: tuple[Uri, ...]
    """Older base URLs that keep working for existing clients, newest first."""
    key: Text
    """The id of the kind of key that it takes."""
    token_issuers: tuple[Uri, ...]
    """Issuers of tokens that it takes beside its key; empty where it takes keys only."""
    documentation: Uri
    """The page for people."""
    service_description: Uri
    """The OpenAPI description."""
    operations: tuple[Operation, ...]
    """The requests that it answers."""


class SpendCap(Record):
    """A limit on what one key may spend."""

    period: Text
    """The span of time after which the count starts again, such as `month`."""
    optional: bool
    """Whether a key may also go without a cap."""


class Key(Sourced):
    """A kind of key."""

    id: Text
    """The name that APIs refer to."""
    name: Text
    """What readers call this kind of key."""
    purpose: Text
    """Who or what should use it."""
    prefix: Text
    """How every key of this kind begins. One prefix may begin another: the longest that matches decides."""
    api: Text
    """The id of the only API that takes it."""
    environment_variable: Text
    """Where snippets expect the key."""
    paid_from: Literal["subscription", "prepaid"]
    """The member of `billing` that pays for requests with the key."""
    plans: tuple[Text, ...] | Unknown
    """The ids of the plans whose accounts may create and use the key."""
    spend_cap: SpendCap | NotOffered | Unknown
    """Whether the key itself can have a limit."""
    revocable: bool | Unknown
    """Whether one key can be revoked while the account's others stay."""


class Subscription(Sourced):
    """The budget that a plan includes."""

    name: Text
    """What readers call it."""
    shared_by: tuple[Text, ...]
    """Everything that spends it."""
    amount: Text | Unknown
    """How much it is."""
    period: Text | Unknown
    """The span of time that it is for."""
    shown_as: Text
    """How the account tells what is left."""
    exhausted: Text | Unknown
    """The id of the error that a request gets once it is used up."""


class Prepaid(Sourced):
    """Credits bought beforehand and spent by tokens, at the prices of the models."""

    name: Text
    """What readers call them."""


class Billing(Record):
    """What pays for requests."""

    subscription: Subscription | NotOffered | Unknown
    """The budget of a plan."""
    prepaid: Prepaid | NotOffered | Unknown
    """Credits."""


class PlanPrice(Sourced):
    """What a plan costs."""

    amount: Amount
    """For one `period`, in whole units of the currency; 0 for a plan that is free."""
    currency: Text
    """ISO 4217."""
    period: Text
    """How often it is paid, such as `month` or `year`."""
    per: Text
    """For what it is paid: the `account`, or each `seat` in it; later releases may add others."""
    yearly: Amount | Unknown
    """What a year costs that is paid at once; unknown where nobody states such a price."""
    as_of: Day
    """The day of the statement that names the price."""


class Use(Record):
    """A use of the plan, and whether the plan is meant for it."""

    use: Text
    """What somebody wants to do."""
    answer: Literal["yes", "limited", "no"]
    """Whether the plan is meant for it; `limited` means within bounds that the reason names."""
    reason: Text
    """Why, as a phrase."""
    clients: tuple[Text, ...]
    """Ids of clients that are examples of this use."""
    instead: tuple[Text, ...]
    """Ids of the APIs to use where the answer is no."""


class Plan(Sourced):
    """A plan that people subscribe to."""

    id: Text
    """The name that keys and estimates refer to."""
    name: Text
    """What readers call it."""
    price: PlanPrice | Unknown
    """What it costs."""
    uses: tuple[Use, ...]
    """What it is meant for, and what not."""


class Range(Record):
    """Two whole numbers, both included."""

    low: Count
    """The fewest to expect."""
    high: Count
    """The most to expect."""


class PlanEstimate(Record):
    """What the budget of one plan lasts for."""

    plan: Text
    """The id of the plan."""
    requests_per_month: Range | NotOffered | Unknown
    """Short text requests; `not_offered` where the plan does not include the class."""


class ModelClass(Record):
    """A size of model."""

    id: Text
    """Unique among the classes."""
    name: Text
    """What the provider calls it."""
    plans: tuple[PlanEstimate, ...]
    """One entry for each plan."""


class Estimates(Sourced):
    """How many requests a plan's budget lasts for. These are estimates, never quotas."""

    classes: tuple[ModelClass, ...]
    """From the smallest on."""
    models_per_class_published: bool
    """Whether the provider says which model belongs to which class."""
    uses_more: tuple[Text, ...]
    """What makes a request cost more than the short text request that is counted."""


class ActiveRequests(Record):
    """A limit on requests that run at the same time."""

    count: Count
    """How many may run at once."""
    counts: Text
    """What is counted, in the plural: `requests`, or only some of them."""
    reservation_minutes: Count
    """After how many minutes the place of a request that never ended is free again."""


class Rate(Record):
    """How much may begin within a span of time."""

    amount: Count | Unlimited | Unknown
    """How many of the unit."""
    unit: Text
    """What is counted: `requests`, `tokens` (of prompt and answer together), `input_tokens`, `output_tokens`, `images`
    or `audio_seconds`; later releases may add others."""
    spans: Count
    """How many spans in a row: 5 of `hour` for five hours."""
    span: Text
    """`second`, `minute`, `hour`, `day`, `week` or `month`; later releases may add others."""


class Limit(Sourced):
    """A limit on one API, or on a surface that is no API."""

    id: Text
    """Unique among the limits."""
    api: Text | NotOffered
    """The id of the API whose requests it counts; `not_offered` where it counts something else."""
    applies_to: Text
    """What it counts, in words."""
    per: Literal["account", "key"]
    """What has the limit to itself: one key, or an account with all of its keys. `counted_per` says it for limits that
    are counted otherwise."""
    counted_per: tuple[Text, ...]
    """What has the limit to itself: an `account`, a `project` of one, a `key` or a `model`; with `model` as the second,
    the first has it for each model. Later releases may add others."""
    plans: tuple[Text, ...] | Unknown
    """The ids of the plans whose accounts have the limit; empty where every account has it."""
    models: tuple[Text, ...] | Unknown
    """The ids of the models whose requests it counts; empty where it counts those of every model."""
    rates: tuple[Rate, ...]
    """How much may begin within which time; empty where only `active_requests` bounds it."""
    requests_per_minute: Count | Unlimited | Unknown
    """How many requests may begin within a minute. Unknown where `rates` does not say it, and where the limit holds for
    some plans or models only or is counted for projects or models, so that nobody takes it for one of all requests."""
    active_requests: ActiveRequests | Unknown
    """How many may run at once."""
    error: Text | Unknown
    """The id of the error that a request beyond the limit gets."""


class Evidence(Sourced):
    """Where it is known from that an API sends an error."""

    api: Text
    """The id of the API."""


class Error(Sourced):
    """An error, in the envelope `{"error": {"message", "type", "code"}}`."""

    id: Text
    """The name that limits refer to, which need not be the code."""
    status: Status
    """The HTTP status."""
    code: Text | NotOffered | Unknown
    """`error.code`; `not_offered` where the API sends null."""
    type: Text | Unknown
    """`error.type`."""
    message: Text | Unknown
    """`error.message`, word for word, as those of `apis` say it that are not in `evidence`. Decide by status and code,
    never by it."""
    apis: tuple[Text, ...]
    """The ids of the APIs that send it."""
    evidence: tuple[Evidence, ...]
    """For those of `apis` of which the provenance of the error does not speak, where that is known from."""
    causes: tuple[Text, ...]
    """What is answered with it: `no_key`, `wrong_key`, `plan`, `model`, `capability`, `budget` or `limit`; empty where
    a limit or the budget names it, and for something else. Later releases may add others."""
    title: Text
    """What happened, in a few words."""
    meaning: Text
    """Why the request failed."""
    remedy: Text
    """What to do now."""
    retry: bool
    """Whether the same request can succeed later without a change."""


class Price(Sourced):
    """What tokens of a single request cost, with a prompt so short that no other tier of `pricing` holds. Requests that
    are paid from a plan's budget are not billed so."""

    currency: Text
    """ISO 4217."""
    per_tokens: Literal[1000000]
    """How many tokens each amount is for."""
    input: Amount
    """For prompt tokens that are not answered from the cache."""
    output: Amount
    """For tokens of the answer."""
    cache_read: Amount | Unknown
    """For prompt tokens that are answered from the cache. Unknown does not mean free."""
    valid_from: Day | Unknown
    """The first day of this price."""


class Charge(Record):
    """What one thing costs that is counted. Of those for one unit, the one with the highest `above` that the prompt
    exceeds holds."""

    amount: Amount | NotOffered | Unknown
    """For the quantity."""
    quantity: Count
    """How many of the unit the amount is for."""
    unit: Text
    """What is counted: `input_tokens` (of the prompt, not answered from the cache), `output_tokens`,
    `cache_read_tokens`, `cache_write_tokens`, `requests`, `searches`, `pages`, `characters`, `images`, `input_images`,
    `audio_seconds`, `audio_minutes`, `audio_hours`, `video_seconds`, `audio_input_tokens`, `audio_output_tokens`,
    `image_input_tokens` or `image_output_tokens`; later releases may add others."""
    above: WholeNumber
    """It holds for requests whose prompt has more tokens than this; 0 where it holds for every request."""
    batch: bool
    """Whether it holds for requests in a batch, or for single ones."""


class Pricing(Sourced):
    """Everything that use of a model costs. Requests that are paid from a plan's budget are not billed so."""

    currency: Text
    """ISO 4217."""
    charges: tuple[Charge, ...]
    """Those that are stated; what has none is neither free nor not offered."""
    valid_from: Day | Unknown
    """The first day of these prices."""


class Capabilities(Sourced):
    """What a model can do beyond answering a chat."""

    max_output: Count | Unknown
    """The most tokens of one answer."""
    input: tuple[Text, ...] | Unknown
    """Modalities of the prompt, such as `text` and `image`."""
    tools: bool | Unknown
    """Whether it can call tools."""
    reasoning: bool | Unknown
    """Whether it can reason before it answers."""
    json_mode: bool | Unknown
    """Whether its answer can be forced to be JSON."""
    structured_outputs: bool | Unknown
    """Whether its answer can be forced to follow a JSON schema."""
    logprobs: bool | Unknown
    """Whether its answer can come with the log probabilities of its tokens."""


class PromptCacheUse(Sourced):
    """Whether the beginnings of prompts to a model can be cached."""

    supported: bool
    """Whether they can."""


class AgentUse(Sourced):
    """Whether agents may use a model."""

    available: bool | Unknown
    """Whether the API for agents takes it."""


class Lifecycle(Sourced):
    """The days on which a model's status changes; the days themselves are included."""

    released: Day | Unknown
    """The first day on which it can be used."""
    deprecated_on: Day | Unknown
    """From this day on one should use another model; `unknown` while no such day is announced."""
    retires_on: Day | Unknown
    """From this day on it answers no more; `unknown` while no such day is announced."""
    replaced_by: Text | Unknown
    """The id of the model to use instead; `unknown` while none is named."""


class SnippetFile(Record):
    """A ready file."""

    snippet: Text
    """The id of the client's snippet."""
    url: Uri
    """Where the file is published, filled in for the model."""


class SetUp(Record):
    """How one client is set up for a model."""

    client: Text
    """The id of the client."""
    usable: Literal[True]
    """This client can use the model."""
    files: tuple[SnippetFile, ...]
    """One for each of the client's snippets, in their order."""
    left_out: tuple[Text, ...]
    """What the files leave out since it is not published, and for which the client then has a value of its own: names
    of members of `capabilities` or of the model, such as `max_output`."""
    markdown: Uri | NotOffered
    """The client's page for this model, as Markdown; `not_offered` where clients have no pages."""


class NoSetUp(Record):
    """Why one client cannot be set up for a model."""

    client: Text
    """The id of the client."""
    usable: Literal[False]
    """This client cannot use the model."""
    reason: Text
    """Why not, as a phrase."""


class Model(Sourced):
    """A model."""

    id: Text
    """What requests send: the author's name, a slash, and the model's name."""
    path: Text
    """What stands for the id in the addresses of its page and files."""
    name: Text
    """What readers see beside the id."""
    author: Text
    """Who trained it."""
    aliases: tuple[Text, ...]
    """Other ids that the APIs take for it."""
    status: Literal["available", "deprecated", "retired", "announced"]
    """Where it is in its life on the day `as_of`."""
    context_window: Count
    """Tokens of prompt and answer together."""
    price: Price | NotOffered | Unknown
    """The price on the day `as_of`; `not_offered` where the model is not paid by tokens."""
    pricing: Pricing | NotOffered | Unknown
    """All prices on the day `as_of`, of longer prompts, batches, requests, images and audio too; `not_offered` where
    use of the model is not paid for."""
    capabilities: Capabilities
    """What it can do."""
    agents: AgentUse
    """Whether agents may use it."""
    prompt_cache: PromptCacheUse | Unknown
    """Whether the beginnings of prompts to it can be cached."""
    lifecycle: Lifecycle
    """When its status changes."""
    page: Uri | NotOffered
    """The page for people."""
    markdown: Uri | NotOffered
    """The same page as Markdown."""
    set_up: tuple[SetUp | NoSetUp, ...]
    """One entry for each client, in the order of `clients`."""


class Task(Record):
    """Models to start with for one kind of work."""

    title: Text
    """The kind of work."""
    models: tuple[Text, ...]
    """Ids of models, best first."""


class Recommendations(Sourced):
    """Models to start with."""

    default: Text
    """The id of the model that examples name."""
    tasks: tuple[Task, ...]
    """By kind of work; empty where the provider recommends none."""


class Snippet(Record):
    """A file to save, or commands to run, that sets up a client for a model."""

    id: Text
    """Unique within the client."""
    title: Text
    """What one does with it."""
    language: Text
    """Such as `bash`, `json5`, `yaml`, `python` or `javascript`; later releases may add others."""
    media_type: Text
    """Of the published files."""
    file: Text
    """What the file is called."""
    powershell: tuple[Text, ...]
    """What the file of the same commands for PowerShell is called; empty where they are the same there, or a file."""
    save_as: tuple[Text, ...]
    """Where to save it, such as `~/.example/config.yaml`; empty where that is the current folder, under its name."""
    note: tuple[Text, ...]
    """What to know before; empty where there is nothing."""
    run: tuple[Text, ...]
    """The command that runs the saved file; empty where the client or a later snippet reads it."""


class Cause(Record):
    """What may be wrong when a client is refused."""

    situation: Text
    """`wrong_key`, `other_key` (that of the other product), `unset_key`, `plan`, `model` or `burst`; later releases
    may add others."""
    error: Text | Unknown
    """The id of the error behind it; `unknown` where none is documented."""


class Outcome(Record):
    """What a client does when it is refused, as recorded by running it."""

    causes: tuple[Cause, ...]
    """What may be wrong when it does this."""
    prints: tuple[Text, ...]
    """The lines that tell it; `...` stands for what the API words."""
    exit_code: WholeNumber | NotOffered
    """What the process tells its shell; `not_offered` where it does not end by itself."""
    requests: WholeNumber
    """How many requests it sends."""


class Recording(Sourced):
    """What was seen of a client by running it."""

    outcomes: tuple[Outcome, ...]
    """What it does when it is refused, each saying once."""
    waits: bool | NotOffered
    """Whether it waits as long as `Retry-After` says before it tries again; `not_offered` where it never does."""
    other_domains: tuple[Text, ...]
    """Domains besides the API's of which it looks up a host while it answers one prompt."""


class Folder(Sourced):
    """Where a client keeps what one configures."""

    path: Text
    """On Linux and macOS, such as `~/.example`."""
    windows: Text | Unknown
    """On Windows, such as `%USERPROFILE%\\.example`."""


class Client(Sourced):
    """A program that can use an API, with what sets it up."""

    id: Text
    """Unique among the clients."""
    name: Text
    """What readers call it."""
    kind: Text
    """`agent`, `sdk` or `command`; later releases may add others."""
    api: Text
    """The id of the API that the snippets set up."""
    summary: Text
    """What it is."""
    requires: tuple[Text, ...]
    """What must be there first, in words."""
    install: tuple[Text, ...]
    """The command that installs it; empty where it comes some other way."""
    tested_version: Text
    """The version with which the snippets were last run, on the day `provenance.checked`; `none` where nobody has run
    them."""
    minimum_context_window: Count | NotOffered
    """In tokens: the client refuses models with less; `not_offered` where it has no minimum."""
    recording: Recording | Unknown
    """What it does when it is refused; `unknown` where nobody recorded it."""
    folder: Folder | NotOffered
    """Where its configuration is; `not_offered` where it has none."""
    suggested: Suggestions | Unknown
    """Which models somebody proposed for it; `unknown` where nobody did."""
    snippets: tuple[Snippet, ...]
    """In the order in which one needs them."""
    retries: Retries | Unknown
    """How one sets how often it sends a refused request again; `unknown` where
    nothing is known that sets it."""
    warnings: tuple[Text, ...]
    """What goes wrong."""


class Retries(Record):
    """How one sets how often a client sends a refused request again."""

    setting: Text
    """The option, parameter or member of a file, as it is written there."""
    snippet: Text | NotOffered
    """The id of the snippet that has it; `not_offered` where none does."""


class Suggestion(Record):
    """A model that was proposed for a client."""

    model: Text
    """The id of the model, which need not be among `models` any more."""
    fit: Text
    """What it is proposed for."""


class Suggestions(Sourced):
    """Which models somebody proposed for a client."""

    models: tuple[Suggestion, ...]
    """The best first."""


class IncompatibleClient(Sourced):
    """A program that cannot be set up."""

    id: Text
    """Unique among these."""
    name: Text
    """What readers call it."""
    tested_version: Text
    """The version that was last seen to refuse, on the day `provenance.checked`."""
    reason: Text
    """Why it cannot be used."""


class Catalog(Record):
    """Everything that is published of a provider's plans, limits, errors, keys, APIs, models and clients, as data.

    Four kinds of value are kept apart. A quantity is written as it is: a number, a flag, a list, an object or a text.
    Three words stand for what is none, wherever they are the whole value of a member: `unlimited`, `not_offered` and
    `unknown`. No text is ever one of these words. Nothing is null, and no member is left out.

    Amounts of money are decimal numbers. Those of `price` are for a million tokens, and each says its currency. Context
    windows and answers count in tokens, days are in UTC.

    This is version 1. Releases may add members to objects, entries to lists, and words where a description says so.
    Readers ignore members that they do not know. Names, types, units and meanings of what is there do not change; for
    that a second version would be published at an address of its own, beside this one.
    """

    model_config = ConfigDict(title="Catalog")

    schema_: Uri = Field(alias="$schema")
    """The JSON Schema of this document."""
    version: Literal[1]
    """Of the shape of this document."""
    as_of: Day
    """The day for which prices and statuses hold."""
    build: Literal["preview", "release"]
    """A preview may hold assumed facts, which say so in their provenance. A release holds none."""
    documentation: Uri
    """The page that explains this document."""
    provider: Provider
    """Who offers the models."""
    apis: tuple[Api, ...]
    """The APIs, in the order in which pages list them."""
    keys: tuple[Key, ...]
    """The kinds of key."""
    billing: Billing
    """What pays for requests."""
    plans: tuple[Plan, ...]
    """The plans."""
    estimates: Estimates | Unknown
    """What a plan's budget lasts for."""
    limits: tuple[Limit, ...]
    """The limits."""
    errors: tuple[Error, ...]
    """The errors."""
    protocol: Protocol
    """How requests and answers look."""
    recommendations: Recommendations
    """Models to start with."""
    clients: tuple[Client, ...]
    """The clients, in the order in which pages list them."""
    incompatible: tuple[IncompatibleClient, ...]
    """Clients that cannot be used, so that nobody has to find out."""
    models: tuple[Model, ...]
    """Every model, retired ones included, by id."""
