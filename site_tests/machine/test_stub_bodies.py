"""The stub answers every body, however it is made, as an API would: with a chat, or with an error in the envelope."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from agentdocs.catalog import reading as catalogs
from agentdocs.stub import Recorded, Stub, log_line
from agentdocs.stub import body as bodies

from site_tests.conftest import DAY
from site_tests.projects import EXEMPLA
from site_tests.serving import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdocs.schema import Facts

MODEL = "qwen/qwen3-coder"
MESSAGES = [{"role": "user", "content": "hello"}]
TOOL = {"type": "function", "function": {"name": "add", "parameters": {"type": "object"}}}


def chat(**members: object) -> dict[str, Any]:
    return {"model": MODEL, "messages": MESSAGES, **members}


def nested(depth: int) -> str:
    return '{"model": ' + "[" * depth + "]" * depth + "}"


MALFORMED: dict[str, bytes | str | object] = {
    "no JSON": "model",
    "half of an object": '{"model": "',
    "two objects": "{}{}",
    "a list": [],
    "a string": '"a"',
    "a number": "1",
    "null": "null",
    "a NUL byte": b"\0",
    "bytes that are not UTF-8": b'{"model": "\xff"}',
    "UTF-16": '{"model": "a"}'.encode("utf-16"),
    "half of a character": '{"model": "é"}'.encode()[:-3],
    "half of a pair": '{"model": "\\ud800", "messages": [{"role": "user", "content": "a"}]}',
    "a control character in a string": '{"model": "a\nb"}',
    "NaN": '{"model": "a", "messages": [], "temperature": NaN}',
    "Infinity": '{"temperature": -Infinity}',
    "a number without bound": '{"temperature": 1e999}',
    "a number of 10,000 digits": '{"max_tokens": ' + "9" * 10_000 + "}",
    "lists 101 deep": nested(101),
    "lists 100,000 deep": nested(100_000),
    "lists without their ends": "[" * 100_000,
    "objects 100,000 deep": '{"a":' * 100_000,
    "nothing": {},
    "no model": {"messages": MESSAGES},
    "no messages": {"model": MODEL},
    "a model that is a list": chat(model=[MODEL]),
    "a model that is a number": chat(model=1),
    "a model that is null": chat(model=None),
    "messages that are a string": chat(messages="hello"),
    "messages that are an object": chat(messages={"0": MESSAGES[0]}),
    "no message": chat(messages=[]),
    "5,001 messages": chat(messages=MESSAGES * 5_001),
    "messages that are strings": chat(messages=["hello"]),
    "messages that are null": chat(messages=[None]),
    "messages that are lists": chat(messages=[MESSAGES]),
    "a message without a role": chat(messages=[{"content": "hello"}]),
    "a role that is a number": chat(messages=[{"role": 1, "content": "hello"}]),
    "a content that is a number": chat(messages=[{"role": "user", "content": 1}]),
    "a content that is an object": chat(messages=[{"role": "user", "content": {"text": "hello"}}]),
    "a content of strings": chat(messages=[{"role": "user", "content": ["hello"]}]),
    "a content of null": chat(messages=[{"role": "user", "content": [None]}]),
    "a part without a type": chat(messages=[{"role": "user", "content": [{"text": "hello"}]}]),
    "a part whose type is a list": chat(messages=[{"role": "user", "content": [{"type": []}]}]),
    "a part whose text is a list": chat(messages=[{"role": "user", "content": [{"type": "text", "text": []}]}]),
    "tools that are an object": chat(tools={"add": TOOL}),
    "tools that are numbers": chat(tools=[1]),
    "tools that are null": chat(tools=[None]),
    "a function that is null": chat(tools=[{"type": "function", "function": None}]),
    "a function that is a string": chat(tools=[{"type": "function", "function": "add"}]),
    "a function without a name": chat(tools=[{"type": "function", "function": {}}]),
    "a function whose name is a list": chat(tools=[{"function": {"name": ["add"]}}]),
    "parameters that are a list": chat(tools=[{"function": {"name": "add", "parameters": []}}]),
    "1,001 tools": chat(tools=[TOOL] * 1_001),
    "a choice that is a number": chat(tools=[TOOL], tool_choice=1),
    "a choice that is a list": chat(tools=[TOOL], tool_choice=["add"]),
    "a choice whose function is a string": chat(tools=[TOOL], tool_choice={"function": "add"}),
    "a choice whose function has no name": chat(tools=[TOOL], tool_choice={"function": {}}),
    "a format that is a string": chat(response_format="json_object"),
    "a format that is a list": chat(response_format=["json_object"]),
    "a format whose type is an object": chat(response_format={"type": {}}),
    "a stream that is a string": chat(stream="yes"),
    "a stream that is a number": chat(stream=1),
    "probabilities that are a list": chat(logprobs=[]),
}
"""Bodies that are refused."""


def given(**parameters: object) -> dict[str, Any]:
    return chat(tools=[{"function": {"name": "a", "parameters": parameters}}])


def said(prompt: str) -> dict[str, Any]:
    return chat(tools=[TOOL], messages=[{"role": "user", "content": prompt}])


UNUSUAL: dict[str, tuple[object, object]] = {
    "an empty list of tools": (chat(tools=[]), "pong"),
    "members that are null": (chat(tools=None, tool_choice=None, stream=None, response_format=None), "pong"),
    "members that nobody knows": (chat(zzz={"a": [1, None]}, temperature=[]), "pong"),
    "a content that is null": (chat(messages=[{"role": "assistant", "content": None}]), "pong"),
    "no content": (chat(messages=[{"role": "assistant"}]), "pong"),
    "parts of another kind": (chat(messages=[{"role": "user", "content": [{"type": "input_audio"}]}]), "pong"),
    "a tool of another kind": (chat(tools=[{"type": "web_search"}]), "pong"),
    "a tool without parameters": (chat(tools=[{"function": {"name": "a", "parameters": None}}]), {}),
    "a chosen tool that is not there": (chat(tools=[TOOL], tool_choice={"function": {"name": "b"}}), "pong"),
    "a choice of another kind": (chat(tools=[TOOL, {}], tool_choice={"type": "allowed_tools"}), "pong"),
    "a required argument of no kind": (given(required=["b"]), {"b": "text"}),
    "an argument of several kinds": (given(required=["b"], properties={"b": {"type": ["integer", "null"]}}), {"b": 1}),
    "schemas that are none": (
        given(required=[1, {}, "b", "c", "d"], properties={"b": True, "c": {"enum": []}, "d": {"type": {}}}),
        {"b": "text", "c": "text", "d": "text"},
    ),
    "properties that are a list": (given(required="b", properties=[]), {}),
    "arguments that are not JSON": (said("Call `add` with {a: 1}"), {}),
    "arguments 100,000 deep": (said("Call `add` with {" + "[" * 100_000 + "}"), {}),
    "an argument that is not a number": (said('Call `add` with {"a": NaN}'), {}),
    "60,000 beginnings of a call": (said("Call `add` with {" * 60_000), {}),
    "60,000 beginnings of a word": (
        chat(messages=[{"role": "user", "content": "exactly: " * 60_000 + " " * 60_000}]),
        "exactly:",
    ),
    "a pair of surrogates": (chat(messages=[{"role": "user", "content": "exactly: 😀"}]), "😀"),
}
"""Bodies that are answered, with the answer's text or the arguments of its call."""


@pytest.fixture(scope="module")
def facts() -> Facts:
    return catalogs.load(EXEMPLA / "catalog", DAY).facts


def as_bytes(body: object) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def post(facts: Facts, *contents: bytes) -> list[httpx.Response]:
    """Send bodies one after another, each to a stub without limits, and let what the stub raises come out."""

    async def send() -> list[httpx.Response]:
        stub = Stub(facts.model_copy(update={"limits": {}}))
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(stub.application()), base_url="http://stub"
        ) as client:
            headers = {"Authorization": f"Bearer {stub.key(facts.apis['agents'].key)}"}
            path = stub.path("agents") + "/chat/completions"
            return [await client.post(path, headers=headers, content=content) for content in contents]

    return asyncio.run(send())


def is_error(response: httpx.Response) -> bool:
    members = json.loads(response.content, parse_constant=pytest.fail)["error"]
    return set(members) == {"message", "type", "code"} and response.text.isprintable()


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_body_is_refused_in_the_envelope(name: str, facts: Facts) -> None:
    (response,) = post(facts, as_bytes(MALFORMED[name]))
    assert (response.status_code, is_error(response)) == (400, True)
    assert len(response.text) < 500


def test_a_body_without_end_is_refused_before_it_has_one(facts: Facts) -> None:
    (response,) = post(facts, b'{"model": "' + b"a" * bodies.MOST_BYTES + b'"}')
    assert (response.status_code, is_error(response)) == (413, True)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("name", UNUSUAL)
def test_an_unusual_body_is_answered(name: str, stream: bool, facts: Facts) -> None:
    body, expected = UNUSUAL[name]
    assert isinstance(body, dict)
    (response,) = post(facts, as_bytes({**body, "stream": stream} if stream else body))
    assert response.status_code == 200
    if stream:
        assert response.text.endswith("data: [DONE]\n\n")
        return
    message = response.json()["choices"][0]["message"]
    calls = [json.loads(call["function"]["arguments"]) for call in message.get("tool_calls", ())]
    assert (calls or [message["content"]]) == [expected]


PIECES: list[Any] = [
    None, True, 0, -1.5, 10**30, "", "a", "user", "tool", "assistant", "Call `add` with {}", "\x1b[2J", "\0", [], {},
    [[]], [{}], [None], ["a"], {"a": 1}, {"name": "add"}, {"type": "text"}, {"function": {"name": "add"}},
    {"role": "user"},
]  # fmt: skip


def changed(number: int) -> bytes:
    """Change a sound chat at random, in its members or in its bytes."""
    chance = random.Random(number)  # noqa: S311 - nothing is kept secret
    parameters = {"required": ["a"], "properties": {"a": {"type": "string", "enum": ["x"]}}}
    content = [{"type": "text", "text": "Call `add` with {}"}, {"type": "image_url", "image_url": {"url": "data:"}}]
    body: Any = chat(
        messages=[{"role": "user", "content": content}, {"role": "tool", "content": "42"}, *MESSAGES],
        tools=[{"type": "function", "function": {"name": "add", "parameters": parameters}}],
        tool_choice={"type": "function", "function": {"name": "add"}},
        response_format={"type": "json_object"},
        stream=False,
        logprobs=True,
    )
    for _ in range(chance.randint(1, 3)):
        places = list(inside(body))
        holder, key = chance.choice(places)
        if chance.random() < 0.2:
            del holder[key]
        else:
            holder[key] = json.loads(json.dumps(chance.choice(PIECES)))
    text = as_bytes(body)
    if chance.random() < 0.3:
        start = chance.randrange(len(text))
        text = text[:start] + chance.randbytes(chance.choice((0, 1, 4))) + text[start + chance.randrange(9) :]
    return text


def inside(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from inside(value[key])


def test_a_thousand_changed_bodies_are_answered_or_refused(facts: Facts) -> None:
    contents = [changed(number) for number in range(1_000)]
    responses = post(facts, *contents)
    statuses = [response.status_code for response in responses]
    wrong = [
        (number, contents[number])
        for number, response in enumerate(responses)
        if not (response.status_code == 200 or (400 <= response.status_code < 500 and is_error(response)))
    ]
    assert wrong == []
    assert min(statuses.count(200), statuses.count(400)) > 20, "the changes are all of one kind"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.2)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("length", "sent", "status"),
    [("1000", b"{}", 408), ("1", b"{}", 400), ("-1", b"{}", 400), ("many", b"{}", 400), (str(1 << 60), b"{", 408)],
)
def test_a_body_of_another_length_than_announced_is_answered(
    length: str, sent: bytes, status: int, facts: Facts
) -> None:
    stub = Stub(facts)
    with running(stub.application()) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            lines = [
                f"POST {stub.path('agents')}/chat/completions HTTP/1.1", f"Host: {host}", f"Content-Length: {length}",
                f"Authorization: Bearer {stub.key(facts.apis['agents'].key)}", "Connection: close",
            ]  # fmt: skip
            connection.sendall("\r\n".join([*lines, "", ""]).encode() + sent)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert httpx.get(address + stub.path("agents") + "/models").status_code == 401, "the stub is still there"
    assert int(answer.split()[1]) == status
    if status == 408:
        assert set(json.loads(answer.partition(b"\r\n\r\n")[2])["error"]) == {"message", "type", "code"}


def test_a_client_that_goes_away_is_nobodys_error(facts: Facts, capfd: pytest.CaptureFixture[str]) -> None:
    stub = Stub(facts)
    with running(stub.application()) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            head = f"POST {stub.path('agents')}/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
            connection.sendall(head.encode() + b"{")
        assert httpx.get(address + stub.path("agents") + "/models").status_code == 401
    assert "Traceback" not in capfd.readouterr().err


CONTROLS = ["\x1b[2J\x1b[31m", "a\r\nb", "\x07", "\x9b31m", "\u202eabc", "\u200b", "\ud800", "a" * 100_000]


@pytest.mark.parametrize("text", CONTROLS, ids=ascii)
def test_what_is_told_controls_no_terminal(text: str) -> None:
    for body in ({"model": text}, {"model": [text, {text: text}]}, {}):
        line = log_line(Recorded("agents", "chat", "POST", f"/{text}", {}, body, 400, None, 0.0))
        assert line.isprintable()
        assert line.isascii() or "\ud800" not in line
        assert len(line) < 1_000


def test_a_path_in_an_answer_controls_no_terminal(facts: Facts) -> None:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(Stub(facts).application())
        async with httpx.AsyncClient(transport=transport, base_url="http://stub") as client:
            return await client.get("/%1b[2J" + "a" * 5_000)

    response = asyncio.run(send())
    assert (response.status_code, is_error(response)) == (404, True)
    message = response.json()["error"]["message"]
    assert message.isprintable()
    assert len(message) < 1_200
    assert re.match(r"The stub does not answer GET /\\x1b\[2Ja+\.\.\.\.", message)
