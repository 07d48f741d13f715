"""Authentication-Results as servers really write them, and as nobody should."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.intake.email.trust import results


def said(text: str) -> list[tuple[str, str]]:
    return [(one.method, one.value) for one in results.read(text).results]


@pytest.mark.parametrize(
    ("text", "server", "expected"),
    [
        ("mx.example; none", "mx.example", []),
        ("mx.example 1; spf=pass smtp.mailfrom=example.com", "mx.example", [("spf", "pass")]),
        ("MX.Example.; DKIM=Pass header.d=x.example; dmarc=FAIL", "mx.example", [("dkim", "pass"), ("dmarc", "fail")]),
        ('mx.example; dkim/1=pass (good; signature) reason="a;b" header.d=x.example', "mx.example", [("dkim", "pass")]),
        ("mx.example (a (nested) comment; spf=fail); spf = pass", "mx.example", [("spf", "pass")]),
        ("mx.example;\r\n\tspf=pass\r\n\tsmtp.mailfrom=x.example", "mx.example", [("spf", "pass")]),
        ('"mx.example"; spf=pass', "mx.example", [("spf", "pass")]),
        ("", "", []),
        (";;;===;;", "", []),
        ("mx.example; (unclosed; dmarc=pass", "mx.example", []),
        ('mx.example; "unclosed; dmarc=pass', "mx.example", []),
        ("mx.example; dmarc=", "mx.example", []),
        ("mx.example; =pass; dmarc=pass", "mx.example", [("dmarc", "pass")]),
    ],
)
def test_what_a_header_says(text: str, server: str, expected: list[tuple[str, str]]) -> None:
    assert (results.read(text).server, said(text)) == (server, expected)


def test_microsofts_header_without_a_name_does_not_break_the_reader() -> None:
    found = results.read(
        "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=example.com; dkim=pass (signature was verified)"
        " header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass reason=100"
    )
    assert found.server == ""
    assert [(one.method, one.value) for one in found.results] == [
        ("spf", "pass"),
        ("dkim", "pass"),
        ("dmarc", "pass"),
        ("compauth", "pass"),
    ]
    assert found.results[2].domain("header.from") == "example.com"


def test_an_arc_header_has_its_instance() -> None:
    found = results.read("i=2; lists.example; dmarc=pass header.from=example.com")
    assert (found.instance, found.server, len(found.results)) == (2, "lists.example", 1)


def test_a_property_counts_as_it_stands_first() -> None:
    found = results.read("mx.example; dkim=pass header.d=a.example header.d=b.example")
    assert found.results[0].domain("header.d") == "a.example"


def test_the_domain_of_an_address() -> None:
    found = results.read('mx.example; spf=pass smtp.mailfrom="Dana@Example.COM"; dkim=pass header.i=@x.example')
    assert [one.domain("smtp.mailfrom", "header.i") for one in found.results] == ["example.com", "x.example"]


@given(st.text(alphabet=st.sampled_from('ab;=()"\\ .\t\n/@i1'), max_size=300))
def test_rubbish_never_breaks_the_reader(text: str) -> None:
    found = results.read(text)
    assert all(one.method and one.value is not None for one in found.results)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    results.read(text)
    results.tags(text)


@pytest.mark.parametrize("piece", ["(", ")", '"', "\\", ";", "a=b ", "a=b;", "((\\", "= "])
def test_a_header_of_64_kilobytes_is_read_in_a_moment(piece: str) -> None:
    text = piece * (64 * 1024 // len(piece))
    began = time.process_time()
    results.read(text)
    assert time.process_time() - began < 2  # quadratic reading takes minutes
