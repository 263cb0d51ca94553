"""OpenAPI 3.1 descriptions of the provider's APIs (https://spec.openapis.org/oas/v3.1.0).

Addresses, keys, requests, errors, limits and headers come from the catalog. Members that it only names have
the types of the public chat completions API (https://platform.openai.com/docs/api-reference/chat) and of the
usual list of models (https://openrouter.ai/docs/models); a member that neither knows has an empty schema.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from generator.schema import Api, ApiError, Facts, Limit
    from generator.schema.access import Operation
    from generator.schema.discovery import ServiceDescription
    from generator.schema.protocol import Fallback, ModelList, Protocol, Streaming

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_NUMBER = {"type": "number"}
_FLAG = {"type": "boolean"}
_OBJECT = {"type": "object"}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _record(*required: str, **members: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write the schema of an object that may have further members."""
    return {"type": "object", **({"required": [*required]} if required else {}), "properties": members}


_FUNCTION = _record("name", name=_TEXT, description=_TEXT, parameters=_OBJECT)
_TOOL = _record("type", "function", type={"const": "function"}, function=_FUNCTION)
_NAMED_TOOL = _record("type", "function", type={"const": "function"}, function=_record("name", name=_TEXT))
_CALLED = _record("name", "arguments", name=_TEXT, arguments=_TEXT)
_CALL = _record("id", "type", "function", id=_TEXT, type={"const": "function"}, function=_CALLED)
_MESSAGE = _record(
    "role",
    role={"type": "string", "examples": ["system", "user", "assistant", "tool"]},
    content={"type": ["string", "array", "null"], "items": _record("type", type=_TEXT)},
    tool_calls={"type": ["array", "null"], "items": _CALL},
    tool_call_id=_TEXT,
)
_FORMATS = {"type": "string", "examples": ["text", "json_object", "json_schema"]}

_PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("frequency_penalty", "presence_penalty", "temperature", "top_p"), _NUMBER),
    **dict.fromkeys(("max_completion_tokens", "max_tokens", "n", "seed", "top_logprobs"), _WHOLE),
    **dict.fromkeys(("logprobs", "parallel_tool_calls", "stream"), _FLAG),
    **dict.fromkeys(("prompt_cache_key", "reasoning_effort", "user"), _TEXT),
    "response_format": _record("type", type=_FORMATS),
    "stop": {"type": ["string", "array"], "items": _TEXT},
    "stream_options": _OBJECT,
    "tools": _list(_TOOL),
}
"""Types of well-known parameters of a chat."""

_MODEL_FIELDS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("id", "object", "owned_by"), _TEXT),
    **dict.fromkeys(("created", "context_length", "max_output_length"), _WHOLE),
    **dict.fromkeys(("input_modalities", "output_modalities"), _list(_TEXT)),
    **dict.fromkeys(("supported_features", "supported_parameters"), _list(_TEXT)),
    "pricing": _OBJECT,
}
"""Types of well-known members of a model in a list."""

_ENVELOPE = _record(
    "message",
    message={"type": "string", "description": "What is wrong. Examples give the meaning, not the words."},
    type={"type": "string", "description": "The kind of error. Examples leave out what is not published."},
    code={"type": ["string", "null"], "description": "The error's name, null for an error without one."},
)
_ERROR = _record("error", error=_ENVELOPE)


def describe(facts: Facts, service: ServiceDescription, day: date) -> dict[str, Any]:
    """Write the OpenAPI 3.1 description of the APIs of one service, as of `day` (UTC).

    The result is JSON data in a fixed order: `openapi`, `info`, `servers`, `tags`, `paths`, `components`.
    Raises `RenderError` if two of the APIs differ in nothing that a path can show.
    """
    # The copy keeps a caller's changes out of the constants of this module.
    return deepcopy(_Description(facts, service, day).document())


@dataclass(frozen=True)
class _Shape:
    """What a request of one kind sends and gets."""

    about: str
    answer: dict[str, Any]
    parameters: Sequence[dict[str, Any]] = ()
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class _Description:
    """Writes one document. A component is added when something first refers to it, so none is unused."""

    facts: Facts
    service: ServiceDescription
    day: date
    components: dict[str, dict[str, Any]] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        apis = {name: self.facts.apis[name] for name in self.service.apis}
        prefixes = _prefixes(apis)
        servers = {name: list(_servers(api, prefixes[name])) for name, api in apis.items()}
        differ = len({api.base_url for api in apis.values()}) > 1
        paths: dict[str, Any] = {}
        for name, api in apis.items():
            for path, item in self._path_items(name, api).items():
                full = prefixes[name] + path
                if full in paths:
                    raise RenderError(f"{self.service.title}: {full} exists twice; write a service for each API")
                paths[full] = {"servers": servers[name], **item} if differ else item
        return {
            "openapi": "3.1.0",
            "info": self._info(),
            "servers": list({server["url"]: server for name in apis for server in servers[name]}.values()),
            "tags": [_tag(api) for api in apis.values()],
            "paths": paths,
            "components": self.components,
        }

    def _info(self) -> dict[str, Any]:
        provider, chat = self.facts.provider, self.facts.protocol.chat
        sentences = [f"The protocol is {chat.name}."]
        sentences += [f"Not offered: {', '.join(chat.not_offered)}."] if chat.not_offered else []
        sentences += ["Errors are given for an API as a whole: not every request can get each of them."]
        return {
            "title": self.service.title,
            "version": "1",
            "summary": self.service.purpose,
            "description": " ".join(sentences),
            "termsOfService": provider.legal.terms_of_service,
            "contact": {"name": provider.operator.name, "url": provider.homepage},
        }

    def _ref(self, kind: str, name: str, component: Mapping[str, Any]) -> dict[str, Any]:
        self.components.setdefault(kind, {}).setdefault(name, component)
        return {"$ref": f"#/components/{kind}/{name}"}

    def _path_items(self, name: str, api: Api) -> dict[str, dict[str, Any]]:
        alike: dict[tuple[str, str], dict[str, Operation]] = {}
        for operation_id, operation in api.operations.items():
            alike.setdefault((operation.path, operation.method.lower()), {})[operation_id] = operation
        items: dict[str, dict[str, Any]] = {}
        for (path, method), operations in alike.items():
            items.setdefault(path, {})[method] = self._operation(name, api, operations)
        return items

    def _operation(self, name: str, api: Api, alike: Mapping[str, Operation]) -> dict[str, Any]:
        """Describe the requests with one method and path, which differ only in their query."""
        first = min(alike, key=lambda operation_id: len(alike[operation_id].query or {}))
        key, shape = self.facts.keys[api.key], self._shape(alike[first])
        optional = all(each.key == "recommended" for each in alike.values())
        needs = "Better sent with the {}, but answered without it" if optional else "Needs the {}"
        notes = [each.note for each in alike.values() if each.note]
        sentences = [needs.format(key.name), *notes, shape.about]
        security: dict[str, list[str]] = {self._security(api.key): []}
        parameters = [*_query(alike), *shape.parameters]
        return {
            # An id in the catalog has no two underscores in a row, so these stay different from each other.
            "operationId": f"{name}__{first}",
            "tags": [api.name],
            "summary": alike[first].summary,
            "description": " ".join(_sentence(each) for each in sentences if each),
            "security": [{}, security] if optional else [security],
            **({"parameters": parameters} if parameters else {}),
            **({"requestBody": shape.body} if shape.body else {}),
            "responses": {"200": shape.answer, **self._errors(name)},
        }

    def _security(self, name: str) -> str:
        """Add the security scheme of a key: it goes by its prefix, and no OAuth server issues it."""
        key, way = self.facts.keys[name], self.facts.protocol.authentication
        sentences = [
            f"{key.name}, sent as {way.header}: {way.scheme} KEY.",
            f"It begins with {key.prefix} and its environment variable is {key.environment_variable}.",
        ]
        for other in self.facts.keys.values():
            if other.prefix.startswith(key.prefix) and other != key:
                sentences.append(f"A key that begins with {other.prefix} is of another kind: {other.name}.")
        scheme = {"type": "http", "scheme": way.scheme.lower(), "description": " ".join(sentences)}
        self._ref("securitySchemes", name, scheme)
        return name

    def _shape(self, operation: Operation) -> _Shape:
        if operation.method == "POST" and operation.path.endswith("/chat/completions"):
            return self._chat()
        if operation.method == "GET" and operation.path.endswith("/models"):
            schema = self._ref("schemas", "ModelList", self._model_list())
            return _Shape(_about_lists(self.facts.protocol.models), _answer("The models.", schema))
        answer = _answer("An object whose members are not published.", _OBJECT)
        body = {"content": {"application/json": {"schema": dict[str, Any]()}}}
        return _Shape("", answer, body=body if operation.method == "POST" else None)

    def _chat(self) -> _Shape:
        protocol, parameters = self.facts.protocol, list[dict[str, Any]]()
        request: dict[str, Any] = {"schema": self._ref("schemas", "ChatRequest", self._chat_request())}
        if model := self._example_model():
            request["example"] = {"model": model, "messages": [{"role": "user", "content": "Say hello."}]}
        completion = self._ref("schemas", "ChatCompletion", self._chat_completion())
        answer = _answer("The answer, whole or in pieces.", completion)
        if "stream" in protocol.chat.parameters:
            answer["content"]["text/event-stream"] = {"schema": _stream(protocol.streaming)}
        if fallback := protocol.fallback:
            parameters = [self._ref("parameters", fallback.request_header, _fallback_header(fallback))]
            answer["headers"] = {
                name: self._ref("headers", name, _fallback_result(meaning))
                for name, meaning in fallback.response_headers.items()
            }
        answer = self._ref("responses", "ChatCompletion", answer)
        body = {"required": True, "content": {"application/json": request}}
        return _Shape(_about_chats(protocol), answer, parameters, body)

    def _chat_request(self) -> dict[str, Any]:
        example = self._example_model()
        model = {
            "type": "string",
            "description": "Id of a model. What counts is what the models endpoint of the API lists.",
            **({"examples": [example]} if example else {}),
        }
        messages = {**_list(self._ref("schemas", "Message", _MESSAGE)), "minItems": 1}
        always = {"model": model, "messages": messages}
        # First for their place, last because the catalog may list them among the parameters.
        members = {**always, **_parameters(self.facts.protocol), **always}
        return {**_record(*always, **members), "additionalProperties": True}

    def _example_model(self) -> str | None:
        model = self.facts.models.get(self.facts.recommendations.default)
        usable = model and model.agents.available and model.status(self.day) == "available"
        return model.id if model and usable else None

    def _chat_completion(self) -> dict[str, Any]:
        protocol = self.facts.protocol
        text = {"description": "The model's reasoning, if the answer carries it here."}
        own = dict.fromkeys(protocol.reasoning.response_fields if protocol.reasoning else (), text)
        common = self._ref("schemas", "Message", _MESSAGE)
        message = {"allOf": [common, _record(**{**own, "role": {"const": "assistant"}})]}
        end = {"type": ["string", "null"]}
        choice = _record("index", "message", index=_WHOLE, message=message, finish_reason=end)
        completion = _record(
            *("id", "object", "created", "model", "choices"),
            id=_TEXT,
            object={"const": "chat.completion"},
            created={"type": "integer", "description": "Unix time in seconds."},
            model=_TEXT,
            choices=_list(choice),
            usage=_record(prompt_tokens=_WHOLE, completion_tokens=_WHOLE, total_tokens=_WHOLE),
        )
        if cache := protocol.prompt_cache:
            *parents, last = cache.usage_field.split(".")
            place = completion
            for parent in parents:
                place = place.setdefault("properties", {}).setdefault(parent, dict(_OBJECT))
            about = f"Prompt tokens from the cache, at the price {cache.price_field}."
            place.setdefault("properties", {})[last] = {"type": "integer", "description": about}
        return completion

    def _model_list(self) -> dict[str, Any]:
        models = self.facts.protocol.models
        names = dict.fromkeys(("id", "object", *models.fields))
        members = {name: _MODEL_FIELDS.get(name, {}) for name in names}
        if models.features and "supported_features" in members:
            about = f"Among them: {', '.join(models.features)}."
            members["supported_features"] = {**members["supported_features"], "description": about}
        about = "Members beyond id and object may be there only if the request asks for metadata."
        entry = self._ref("schemas", "Model", {**_record("id", "object", **members), "description": about})
        return _record("object", "data", object={"const": "list"}, data=_list(entry))

    def _errors(self, api: str) -> dict[str, dict[str, Any]]:
        by_status: dict[int, dict[str, ApiError]] = {}
        for name, error in self.facts.errors.items():
            if api in error.apis:
                by_status.setdefault(error.status, {})[name] = error
        return {
            str(status): self._ref("responses", f"{api}_{status}", self._error_answer(api, by_status[status]))
            for status in sorted(by_status)
        }

    def _error_answer(self, api: str, errors: Mapping[str, ApiError]) -> dict[str, Any]:
        limits = [(each.error, each) for each in self.facts.limits.values() if each.api == api]
        texts = [_explain(error, [limit for cause, limit in limits if cause == name]) for name, error in errors.items()]
        answer = _answer("\n\n".join(texts), self._ref("schemas", "Error", _ERROR))
        answer["content"]["application/json"]["examples"] = {
            name: self._ref("examples", name, {"summary": error.title, "value": _envelope(error)})
            for name, error in errors.items()
        }
        return answer


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _answer(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _prefixes(apis: Mapping[str, Api]) -> dict[str, str]:
    """Give for each API what its paths begin with: the path of its base URL if they would clash without."""
    paths = [path for api in apis.values() for path in {each.path for each in api.operations.values()}]
    clash = len(set(paths)) < len(paths)
    return {name: urlsplit(api.base_url).path if clash else "" for name, api in apis.items()}


def _servers(api: Api, prefix: str) -> Iterator[dict[str, str]]:
    """Give the API's addresses without the part that its paths begin with."""
    yield {"url": api.base_url.removesuffix(prefix), "description": api.name}
    for url in api.legacy_base_urls:
        if url.endswith(prefix):
            about = f"Older address of the {api.name}; it keeps working for existing clients."
            yield {"url": url.removesuffix(prefix), "description": about}


def _tag(api: Api) -> dict[str, Any]:
    docs = {"externalDocs": {"url": api.documentation}} if api.documentation else {}
    older = f" Existing clients may use {', '.join(api.legacy_base_urls)}." if api.legacy_base_urls else ""
    return {"name": api.name, "description": _sentence(api.summary) + older, **docs}


def _query(alike: Mapping[str, Operation]) -> Iterator[dict[str, Any]]:
    """Write a parameter for each name in the queries, with its known values and what each query is for."""
    queries = [(each.query, each.summary) for each in alike.values() if each.query]
    for name in dict.fromkeys(name for query, _ in queries for name in query):
        uses = [(query, summary) for query, summary in queries if name in query]
        texts = ["&".join(map("=".join, query.items())) + f": {_sentence(summary)}" for query, summary in uses]
        yield {
            "name": name,
            "in": "query",
            "required": len(uses) == len(alike),
            "description": " ".join(texts),
            "schema": {"type": "string", "enum": list(dict.fromkeys(query[name] for query, _ in uses))},
        }


def _parameters(protocol: Protocol) -> dict[str, Mapping[str, Any]]:
    """Give the schema of each parameter of a chat beside `model` and `messages`."""
    known: dict[str, Mapping[str, Any]] = {}
    if protocol.chat.tool_choice:
        known["tool_choice"] = _tool_choice(protocol.chat.tool_choice)
    if reasoning := protocol.reasoning:
        known[reasoning.parameter] = {"type": "string", "enum": [*reasoning.values]}
    if cache := protocol.prompt_cache:
        known[cache.parameter] = dict(_TEXT)
        if cache.added_for_agents:
            about = "For agents a stable key is added to a request without one."
            known[cache.parameter] = {**_TEXT, "description": about}
    return {name: known.get(name, _PARAMETERS.get(name, {})) for name in (*protocol.chat.parameters, *known)}


def _tool_choice(choices: tuple[str, ...]) -> dict[str, Any]:
    words = [choice for choice in choices if choice in ("none", "auto", "required")]
    forms: list[dict[str, Any]] = [{"type": "string", "enum": words}] if words else []
    if len(words) < len(choices):
        forms.append(_NAMED_TOOL)
    return {"description": f"One of: {', '.join(choices)}.", "anyOf": forms}


def _stream(streaming: Streaming) -> dict[str, Any]:
    sentences = (
        "Server-sent events, if the request has stream true.",
        f"The data of each event is a {streaming.object} object as JSON,",
        f"the data of the last event is {streaming.terminator}.",
        _sentence(f"Token counts stand in {streaming.usage}"),
    )
    return {"type": "string", "description": " ".join(sentences)}


def _fallback_header(fallback: Fallback) -> dict[str, Any]:
    sentences = (
        f"The value {fallback.off_value} makes the request fail where another model would step in.",
        f"Without this header fallback is {'on' if fallback.on_by_default else 'off'}.",
        _sentence(f"The rules of fallback: {fallback.rules}"),
    )
    schema = {"type": "string", "examples": [fallback.off_value]}
    return {
        "name": fallback.request_header,
        "in": "header",
        "description": " ".join(sentences),
        "schema": schema,
    }


def _fallback_result(meaning: str) -> dict[str, Any]:
    return {"description": _sentence(f"Fallback: {meaning}"), "schema": _TEXT}


def _about_chats(protocol: Protocol) -> str:
    sentences = [f"Request and answer are those of {protocol.chat.name}."]
    if routing := protocol.routing:
        needs = ", ".join(routing.capabilities)
        sentences.append(f"The route to the model depends on what the request needs: {needs}.")
        sentences.append(f"Clients {'can' if routing.configurable else 'cannot'} choose the route.")
    return " ".join(sentences)


def _about_lists(models: ModelList) -> str:
    never = ", ".join(models.agents_never_contain)
    without = f", never models of these kinds: {never}" if never else ""
    return f"Lists for agents contain {models.agents_contain}{without}"


def _envelope(error: ApiError) -> dict[str, Any]:
    """Give an example of the error without what nobody published."""
    members: dict[str, str | None] = {"message": error.meaning}
    if error.type != "unknown":
        members["type"] = error.type
    if error.code != "unknown":
        members["code"] = None if error.code == "not_offered" else error.code
    return {"error": members}


def _explain(error: ApiError, limits: list[Limit]) -> str:
    code = {"not_offered": "code null", "unknown": "code not published"}.get(error.code, f"code {error.code}")
    sentences = [f"{error.title} ({code})", error.meaning, error.remedy]
    sentences += ["The same request can succeed later"] if error.retry else []
    sentences += [f"Limits: {'; '.join(map(_limit, limits))}"] if limits else []
    return " ".join(_sentence(each) for each in sentences)


def _limit(limit: Limit) -> str:
    rate = {"unlimited": "any number of", "unknown": "an unpublished number of"}
    number = rate.get(str(limit.requests_per_minute), limit.requests_per_minute)
    text = f"{number} requests per minute per {limit.per}"
    if active := limit.active_requests:
        text += f", {active.count} active requests per {limit.per}"
        text += f", where a request that never ended counts for {active.reservation_minutes} minutes"
    return text
