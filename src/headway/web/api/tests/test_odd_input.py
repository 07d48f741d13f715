"""Whatever is sent, the answer is never a 5xx."""

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.people.models import Agent, Brand, Customer
from headway.settings.actions import change
from headway.tickets.tests.desk import asks
from headway.web.api.documents import document
from headway.web.api.tests.program import Program

# every character there is: NUL, controls, lone surrogates, what is not assigned
TEXTS = st.one_of(
    st.text(st.characters(categories=["Cc", "Cs", "Cn", "Co", "L", "Z"]), max_size=20),
    st.sampled_from(
        ["\x00", "\ud800", "\udfff\ud800", "a" * 70_000, "-1", "9" * 400, "1e999", "../..", "%00", "\u202e"]
    ),
)
NUMBERS = st.one_of(
    st.integers(), st.sampled_from([0, -1, 2**31, 2**63 - 1, 2**63, 2**64, 10**400]), st.floats(allow_nan=False)
)
TIMES = st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z", "now"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS, TIMES),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
WRITES = [
    (path, method, described)
    for path, methods in document()["paths"].items()
    for method, described in methods.items()
    if method != "get"
]
READS = [(path, methods["get"]) for path, methods in document()["paths"].items() if "get" in methods]


def _properties(described: dict[str, Any]) -> dict[str, Any]:
    content = described.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return {}
    schema = content["schema"]
    if "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    found: dict[str, Any] = schema.get("properties", {})
    return found


def _fine(name: str, shape: dict[str, Any]) -> Any:
    """A value that fits well enough for the odd ones beside it to be looked at."""
    kinds = {"integer": 1, "array": [1] if name.endswith("ids") else ["x"], "object": {"plan": "x"}, "boolean": True}
    shapes = [shape, *shape.get("anyOf", [])]
    return next((kinds[kind] for kind in (one.get("type") for one in shapes) if kind in kinds), "x")


@st.composite
def _bodies(draw: st.DrawFn, properties: dict[str, Any]) -> dict[str, Any]:
    body = {name: _fine(name, shape) for name, shape in properties.items() if draw(st.booleans())}
    for name in draw(st.lists(st.sampled_from(sorted(properties)), max_size=2)) if properties else []:
        body[name] = draw(VALUES)
    return body


@pytest.fixture
def program(ada: Agent, dana: Customer, acme: Brand) -> Program:
    """An administrator's, with tickets to aim at and no limit that matters."""
    change({"api_requests_per_minute": 100_000}, actor=ada.actor)
    asks(dana)
    return Program(ada)


def _survived(status: int, content: bytes) -> None:
    assert status < 500, content[:500]
    assert b"Traceback" not in content


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_writes(program: Program, dana: Customer, data: st.DataObject) -> None:
    path, method, described = data.draw(st.sampled_from(WRITES))
    body = data.draw(st.one_of(_bodies(_properties(described)), VALUES))
    ids = data.draw(st.sampled_from([dana.pk, 1, 2**62]))
    address = _filled(path, str(ids))
    headers = {"Idempotency-Key": data.draw(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=300))}
    if data.draw(st.booleans()):
        headers["If-Match"] = '"1"'
    answer = program.ask(
        method.upper(), address, raw=json.dumps(body).encode(), headers=headers if data.draw(st.booleans()) else None
    )
    _survived(answer.status, answer.content)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_reads(program: Program, data: st.DataObject) -> None:
    path, described = data.draw(st.sampled_from(READS))
    names = [given["name"] for given in described.get("parameters", []) if given["in"] == "query"]
    query = (
        {name: data.draw(TEXTS) for name in data.draw(st.lists(st.sampled_from(names), max_size=3))} if names else {}
    )
    address = _filled(path, data.draw(st.one_of(TEXTS, st.just("1"))))
    answer = program.get(f"{address}?{urlencode(query, errors='surrogatepass')}")
    _survived(answer.status, answer.content)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200), st.sampled_from(["application/json", "text/plain", "multipart/form-data", "\xff", ""]))
def test_any_bytes(program: Program, raw: bytes, kind: str) -> None:
    for path in ("/tickets", "/uploads?name=a", "/tickets/bulk"):
        answer = program.ask("POST", path, raw=raw, content_type=kind)
        _survived(answer.status, answer.content)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"text": "' + b"\\u0000" * 1000 + b'", "subject": "\\u0000x"}',
        b'{"text": "\\ud800 alone", "subject": "\\udc00"}',
        b'{"text": "x", "fields": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"text": "x", "customer_id": ' + b"9" * 5000 + b"}",
        b'{"text": "x", "priority": 1e400}',
        b'{"text": "x", "text": "y"}',
        b"\xff\xfe{\x00}\x00",
        b'"' + b"x" * 7_000_000 + b'"',
        b'{"text": "' + b"x" * 11_000_000 + b'"}',
    ],
    ids=["nul", "surrogates", "deep", "huge id", "huge number", "twice", "utf-16", "7 MB", "11 MB"],
)
def test_the_classics(program: Program, raw: bytes) -> None:
    answer = program.ask("POST", "/tickets", raw=raw)
    _survived(answer.status, answer.content)


def test_nul_is_left_out(program: Program) -> None:
    made = program.ask("POST", "/tickets", raw=b'{"text": "a\\u0000b", "tags": ["v\\u0000ip"]}')
    assert (made.status, made.body["tags"]) == (201, ["vip"])
    said = program.get(f"/tickets/{made.body['id']}").body["conversation"]
    assert [turn["text"] for turn in said] == ["ab"]


def _filled(path: str, value: str) -> str:
    """The address with a value in place of each of its parameters."""
    parts = path.removeprefix("/api/v1").split("/")
    sent = quote(value, safe="", errors="surrogatepass")
    return "/".join(sent if part.startswith("{") else part for part in parts)
