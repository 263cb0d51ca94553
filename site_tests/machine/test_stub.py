"""The stub answers, refuses and counts as the catalog says, and no clock decides a test of it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from agentdocs.catalog import reading as catalogs
from agentdocs.errors import UsageError
from agentdocs.schema import Limit
from agentdocs.schema.values import References
from agentdocs.stub import Stub
from agentdocs.stub.guard import Asked, Guard

from site_tests.conftest import DAY
from site_tests.projects import MINIMAL
from site_tests.serving import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentdocs.render import Rendering
    from agentdocs.schema import Facts

AGENTDOCS = str(Path(sys.executable).with_name("agentdocs"))
PROVENANCE = {"checked": DAY, "confidence": "inferred"}
MESSAGES = [{"role": "user", "content": "Reply with exactly: pong"}]


@pytest.fixture(scope="module")
def facts(preview: Rendering) -> Facts:
    return preview.facts


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def ask(stub: Stub, method: str, path: str, key: str | None = None, body: Any = None, **more: Any) -> httpx.Response:  # noqa: ANN401
    """Send one request, without a network."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(stub.application())
        async with httpx.AsyncClient(transport=transport, base_url="http://stub") as client:
            headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
            return await client.request(method, path, headers=headers, json=body, **more)

    return asyncio.run(send())


def chat(stub: Stub, api: str = "agents", key: str | None = "", **members: Any) -> httpx.Response:  # noqa: ANN401
    sent = stub.key(stub.facts.apis[api].key) if key == "" else key
    body = {"model": stub.facts.recommendations.default, "messages": MESSAGES, **members}
    return ask(stub, "POST", stub.path(api) + "/chat/completions", sent, body)


def code(response: httpx.Response) -> tuple[int, str | None]:
    return response.status_code, response.json()["error"]["code"]


@pytest.mark.parametrize("api", ["agents", "inference"])
def test_each_api_takes_its_own_key_and_refuses_the_others(api: str, facts: Facts) -> None:
    stub = Stub(facts)
    assert chat(stub, api).json()["choices"][0]["message"]["content"] == "pong"
    (other,) = [stub.key(name) for name in facts.keys if name != facts.apis[api].key]
    assert code(chat(stub, api, key=other)) == (401, "invalid_api_key")
    assert code(chat(stub, api, key=facts.keys[facts.apis[api].key].prefix + "wrong")) == (401, "invalid_api_key")
    assert code(chat(stub, api, key=None)) == (401, "missing_api_key")
    assert [request.error for request in stub.requests] == [
        None,
        "invalid_api_key",
        "invalid_api_key",
        "missing_api_key",
    ]


def test_the_older_base_url_answers_alike(facts: Facts) -> None:
    stub = Stub(facts)
    for base in ("/api/v1/agents", "/api/chat-agent/v1"):
        listed = ask(stub, "GET", base + "/models", stub.key("chat_agent")).json()["data"]
        assert [entry["id"] for entry in listed] == [m.id for m in facts.models.values() if m.for_agents]


def test_the_inference_api_lists_every_model_without_a_key(facts: Facts) -> None:
    listed = ask(Stub(facts), "GET", "/v1/models").json()["data"]
    assert [entry["id"] for entry in listed] == list(facts.models)


def test_every_error_of_the_catalog_can_be_had_in_its_envelope(facts: Facts) -> None:
    for name, error in facts.errors.items():
        for api in error.apis:
            response = chat(Stub(facts, name), api)
            members = response.json()["error"]
            assert response.status_code == error.status, name
            assert members["code"] == (None if error.code == "not_offered" else error.code)
            assert (members["type"], members["message"]) == (error.type, error.words(api))
            limited = name in {limit.error for limit in facts.limits.values()}
            assert ("retry-after" in response.headers) == limited


def test_an_unknown_error_is_told_with_the_nearest(facts: Facts) -> None:
    with pytest.raises(UsageError, match=r"no error 'burst_gard'; did you mean burst_guard\?"):
        Stub(facts, "burst_gard")


def test_a_model_that_agents_cannot_use_is_refused_and_an_alias_is_taken(facts: Facts) -> None:
    stub = Stub(facts)
    assert code(chat(stub, model="paddlepaddle/paddleocr-vl-0.9b")) == (403, "model_reserved")
    assert code(chat(stub, model="nobody/nothing")) == (403, "model_reserved")
    assert chat(stub, model="zai-org/glm-5").status_code == 200
    assert chat(stub, "inference", model="paddlepaddle/paddleocr-vl-0.9b").status_code == 200


def test_a_capability_that_a_model_is_known_not_to_have_is_refused(facts: Facts) -> None:
    model = facts.models[facts.recommendations.default]
    known = model.known.model_copy(update={"json_mode": False, "structured_outputs": False, "logprobs": False,
                                           "reasoning": False})  # fmt: skip
    lacking = model.model_copy(update={"capabilities": known})
    stub = Stub(facts.model_copy(update={"models": {**facts.models, model.id: lacking}}))
    picture = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:"}}]}]
    for members in (
        {"response_format": {"type": "json_object"}},
        {"response_format": {"type": "json_schema"}},
        {"logprobs": True},
        {"reasoning_effort": "low"},
        {"messages": picture},
    ):
        assert chat(stub, **members).status_code == 422, members
    # What is unknown is not refused.
    assert chat(stub, model="z-ai/glm-5.1", response_format={"type": "json_object"}).status_code == 200


def test_a_stream_ends_with_the_counts_and_the_terminator(facts: Facts) -> None:
    events = [line[6:] for line in chat(Stub(facts), stream=True).text.splitlines() if line]
    *pieces, end = events
    assert end == "[DONE]"
    last = json.loads(pieces[-1])
    assert last["object"] == "chat.completion.chunk"
    assert last["choices"][0]["finish_reason"] == "stop"
    assert last["usage"]["prompt_tokens_details"]["cached_tokens"] == 0
    assert "".join(json.loads(piece)["choices"][0]["delta"].get("content", "") for piece in pieces) == "pong"


PARAMETERS = {
    "type": "object",
    "properties": {"a": {"type": "number"}, "kind": {"enum": ["x", "y"]}},
    "required": ["a", "kind"],
}
TOOL = {"type": "function", "function": {"name": "add", "parameters": PARAMETERS}}
OTHER = {"type": "function", "function": {"name": "other"}}


@pytest.mark.parametrize(
    ("members", "name", "arguments"),
    [
        ({"tools": [TOOL]}, "add", {"a": 1, "kind": "x"}),
        ({"tools": [OTHER, TOOL], "tool_choice": "required"}, "other", {}),
        ({"tools": [OTHER, TOOL], "tool_choice": {"type": "function", "function": {"name": "add"}}}, "add",
         {"a": 1, "kind": "x"}),
        ({"tools": [OTHER, TOOL], "messages": [{"role": "user", "content": 'Call `add` with {"a": 7}'}]}, "add",
         {"a": 7}),
        ({"tools": [OTHER, TOOL], "messages": [{"role": "user", "content": r'"Call `add` with {\"a\": 7}"'}]}, "add",
         {"a": 7}),
        ({"tools": [OTHER, TOOL]}, None, None),
        ({"tools": [TOOL], "tool_choice": "none"}, None, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stream", [False, True])
def test_a_tool_is_called_where_the_rule_says_so(
    members: dict[str, Any], name: str | None, arguments: dict[str, Any] | None, stream: bool, facts: Facts
) -> None:
    response = chat(Stub(facts), **members, stream=stream)
    if stream:
        pieces = [json.loads(line[6:]) for line in response.text.splitlines() if line.startswith("data: {")]
        calls = [call for piece in pieces for call in piece["choices"][0]["delta"].get("tool_calls", [])]
        reason = pieces[-1]["choices"][0]["finish_reason"]
    else:
        choice = response.json()["choices"][0]
        calls, reason = choice["message"].get("tool_calls", []), choice["finish_reason"]
    assert [(call["function"]["name"], json.loads(call["function"]["arguments"])) for call in calls] == (
        [(name, arguments)] if name else []
    )
    assert reason == ("tool_calls" if name else "stop")


def test_a_tools_result_is_repeated(facts: Facts) -> None:
    answer = chat(Stub(facts), tools=[TOOL], messages=[*MESSAGES, {"role": "tool", "content": "42"}]).json()
    assert answer["choices"][0]["message"]["content"] == "The tool said: 42"


@pytest.mark.parametrize("body", [None, [], {"model": "x"}, {"messages": []}])
def test_a_body_that_is_no_chat_is_refused_in_the_same_envelope(body: Any, facts: Facts) -> None:  # noqa: ANN401
    stub = Stub(facts)
    response = ask(stub, "POST", "/api/v1/agents/chat/completions", stub.key("chat_agent"), body)
    assert (response.status_code, set(response.json()["error"])) == (400, {"message", "type", "code"})


def test_what_the_stub_does_not_answer_is_told_as_such(facts: Facts) -> None:
    assert (
        ask(Stub(facts), "GET", "/v1/balance").json()["error"]["message"] == "The stub does not answer GET /v1/balance."
    )


def test_one_key_meets_its_limit_first_and_the_wait_ends_it(facts: Facts) -> None:
    clock = Clock()
    stub = Stub(facts, clock=clock)
    per_key = facts.limits["agents_per_key"].requests_per_minute
    assert isinstance(per_key, int)
    for second in range(per_key):
        clock.now = 1000.0 + second
        assert chat(stub).status_code == 200
    refused = chat(stub)
    assert code(refused) == (420, "unknown")
    wait = int(refused.headers["retry-after"])
    assert wait == 60 - (per_key - 1)
    clock.now += wait - 0.5
    assert chat(stub).status_code == 420
    clock.now += 0.5
    assert chat(stub).status_code == 200


def _limit(facts: Facts, **members: Any) -> Limit:  # noqa: ANN401
    """Make a limit of the API for agents."""
    entry = {"api": "agents", "per": "account", "error": "burst_guard", "provenance": PROVENANCE, **members}
    return Limit.model_validate(entry, context=References())


def _rate(amount: int | str, unit: str, span: str) -> dict[str, Any]:
    return {"amount": amount, "unit": unit, "span": span}


def test_the_limit_of_the_account_counts_beside_that_of_the_key(facts: Facts) -> None:
    key = _limit(facts, per="key", rates=(_rate(100, "requests", "minute"),))
    account = facts.limits["agents_per_account"]
    clock = Clock()
    guard = Guard({"key": key, "account": account}, clock)
    most = account.requests_per_minute
    assert isinstance(most, int)
    assert [guard.refuses(Asked("agents", "k")) for _ in range(most)] == [None] * most
    beyond = guard.refuses(Asked("agents", "another"))
    assert beyond is not None
    assert (beyond.error, beyond.seconds) == ("burst_guard", 60)
    assert guard.refuses(Asked("inference", "k")) is None


@pytest.mark.parametrize(
    ("span", "seconds"),
    [("second", 1), ("minute", 60), ("hour", 3600), ("5 hours", 18_000), ("day", 86_400), ("week", 604_800),
     ("month", 2_592_000)],
)  # fmt: skip
def test_each_span_is_waited_for(span: str, seconds: int, facts: Facts) -> None:
    clock = Clock()
    guard = Guard({"one": _limit(facts, rates=(_rate(1, "requests", span),))}, clock)
    assert guard.refuses(Asked("agents", "k")) is None
    beyond = guard.refuses(Asked("agents", "k"))
    assert beyond is not None
    assert beyond.seconds == seconds
    clock.now += seconds
    assert guard.refuses(Asked("agents", "k")) is None


@pytest.mark.parametrize(
    ("unit", "taken"), [("tokens", 7), ("input_tokens", 6), ("output_tokens", 1), ("images", 0), ("audio_seconds", 0)]
)
def test_tokens_are_counted_as_answers_tell_them(unit: str, taken: int, facts: Facts) -> None:
    rates = (_rate("unlimited", "requests", "minute"), _rate(2 * taken or 1, unit, "minute"))
    stub = Stub(facts.model_copy(update={"limits": {"one": _limit(facts, rates=rates)}}), clock=Clock())
    messages = [{"role": "user", "content": "Six words are six tokens here"}]
    answers = [chat(stub, messages=messages) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 420 if taken else 200]
    told = answers[0].json()["usage"]
    names = {"tokens": "total_tokens", "input_tokens": "prompt_tokens", "output_tokens": "completion_tokens"}
    assert told[names.get(unit, "total_tokens")] == (taken or 7)


def test_what_never_fits_is_refused_for_the_whole_span(facts: Facts) -> None:
    guard = Guard({"one": _limit(facts, rates=(_rate(10, "tokens", "hour"),))}, Clock())
    asked = Asked("agents", "k", "z-ai/glm-5", {"tokens": 11})
    assert [beyond and beyond.seconds for beyond in (guard.refuses(asked), guard.refuses(asked))] == [3600, 3600]


def test_each_model_has_its_own_where_models_are_counted(facts: Facts) -> None:
    limit = _limit(facts, per=("account", "model"), models=("z-ai/*",), rates=(_rate(1, "requests", "day"),))
    guard = Guard({"one": limit}, Clock())
    free = ["z-ai/glm-5", "z-ai/glm-5.1", "minimax/minimax-m2.5", "minimax/minimax-m2.5", ""]
    assert [guard.refuses(Asked("agents", "k", model)) for model in free] == [None] * len(free)
    assert guard.refuses(Asked("agents", "another", "z-ai/glm-5"))


def test_only_limits_of_the_plan_of_the_account_are_kept(facts: Facts) -> None:
    assert facts.keys[facts.apis["agents"].key].plans == ("pro",)
    rates = (_rate(1, "requests", "day"),)
    for plans, status in ((("pro", "free"), 420), (("starter",), 200), ("unknown", 200)):
        stub = Stub(facts.model_copy(update={"limits": {"one": _limit(facts, plans=plans, rates=rates)}}))
        assert [chat(stub).status_code for _ in range(2)] == [200, status], plans


def test_a_limit_whose_error_nobody_published_refuses_all_the_same(facts: Facts) -> None:
    limit = _limit(facts, error="unknown", rates=(_rate(1, "requests", "hour"),))
    stub = Stub(facts.model_copy(update={"limits": {"one": limit}}), clock=Clock())
    assert chat(stub).status_code == 200
    refused = chat(stub)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3600")


def test_requests_that_run_at_the_same_time_have_a_limit(facts: Facts) -> None:
    active = facts.limits["inference_per_account"].active_requests
    assert active is not None

    async def scenario() -> tuple[list[int], list[int]]:
        go, started = asyncio.Event(), asyncio.Semaphore(0)

        async def pause() -> None:
            started.release()
            await go.wait()

        stub = Stub(facts, pause=pause)
        transport = httpx.ASGITransport(stub.application())
        async with httpx.AsyncClient(transport=transport, base_url="http://stub", timeout=60) as client:

            async def one() -> int:
                headers = {"Authorization": "Bearer " + stub.key("inference")}
                body = {"model": facts.recommendations.default, "messages": MESSAGES, "stream": True}
                return (await client.post("/v1/chat/completions", headers=headers, json=body)).status_code

            running = [asyncio.create_task(one()) for _ in range(active.count)]
            for _ in running:
                await started.acquire()
            beyond = await one()
            go.set()
            held = [await task for task in running]
            return [beyond, await one()], held

    (beyond, after), held = asyncio.run(scenario())
    assert (beyond, after) == (429, 200)
    assert held == [200] * active.count


def test_another_providers_stub_needs_no_more_than_its_catalog() -> None:
    other = Stub(catalogs.load(MINIMAL / "catalog", DAY).facts)
    assert chat(other, "plain").status_code == 200
    assert code(chat(other, "plain", key=None)) == (401, "key_refused")
    assert code(chat(other, "plain", key="wrong")) == (401, "key_refused")
    assert chat(other, "plain", model="no/such").status_code == 404


@pytest.fixture
def command(
    exempla: Path,
) -> Iterator[Callable[..., tuple[list[str], subprocess.Popen[str]]]]:
    """Start the command and give the first lines that it prints."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> tuple[list[str], subprocess.Popen[str]]:
        program = [AGENTDOCS, "stub", *arguments]
        process = subprocess.Popen(program, cwd=exempla, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        assert process.stdout is not None
        return [process.stdout.readline().strip() for _ in range(2)], process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=30)


def test_the_command_says_where_it_answers_and_tells_each_request_without_its_key(
    command: Callable[..., Any], facts: Facts
) -> None:
    with running(lambda *_: None) as address:  # type: ignore[arg-type]
        port = address.rpartition(":")[2]
    lines, process = command("--port", port, "--refuse", "chat_pro_required")
    assert lines == [
        f"Agent API: http://127.0.0.1:{port}/api/v1/agents and http://127.0.0.1:{port}/api/chat-agent/v1"
        f" with the key {facts.keys['chat_agent'].prefix}test",
        f"Inference API: http://127.0.0.1:{port}/v1 with the key {facts.keys['inference'].prefix}test",
    ]
    stub = Stub(facts)
    headers = {"Authorization": "Bearer " + stub.key("chat_agent")}
    body = {"model": facts.recommendations.default, "messages": MESSAGES}
    transport = httpx.HTTPTransport(retries=20)
    with httpx.Client(transport=transport) as client:
        response = client.post(f"http://127.0.0.1:{port}/api/v1/agents/chat/completions", headers=headers, json=body)
    assert code(response) == (403, "chat_pro_required")
    line = process.stdout.readline()
    assert line == f"POST /api/v1/agents/chat/completions {facts.recommendations.default}: 403 chat_pro_required\n"


def test_the_command_tells_an_error_that_does_not_exist(exempla: Path) -> None:
    program = [AGENTDOCS, "stub", "--refuse", "burst_gard"]
    result = subprocess.run(program, cwd=exempla, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "the catalog has no error 'burst_gard'; did you mean burst_guard?\n"
