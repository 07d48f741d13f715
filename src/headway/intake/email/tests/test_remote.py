"""Pictures on other servers, found in safe HTML."""

import pytest

from headway.intake.email.html.remote import MOST, Remote, remotes, shown
from headway.intake.email.html.sanitise import sanitise


def one(attributes: str) -> Remote:
    """The picture of a mail that has one."""
    return remotes(sanitise(f'<p>Hi</p><img src="https://a.example/x" {attributes}>', {}).html)[0]


@pytest.mark.parametrize(
    "attributes",
    [
        'width="1" height="1"', "width=0 height=0", 'width="1px" height="1px"', 'width="2" height="2"', 'width="1"',
        'style="width:1px;height:1px"', 'style="width: 0; height: 0"',
        'width="600" height="80" style="width:1px;height:1px"',
        'style="border:0;HEIGHT:1px !important;width:1px"',
    ],
)  # fmt: skip
def test_pixels(attributes: str) -> None:
    assert one(attributes).pixel


@pytest.mark.parametrize(
    "attributes",
    ["", 'width="600" height="1"', 'width="100%"', 'style="max-width:1px"', 'alt="width=1 height=1"', 'width="12"'],
)
def test_pictures(attributes: str) -> None:
    assert not one(attributes).pixel


def test_addresses_are_as_the_mail_meant_them_and_encrypted() -> None:
    html = sanitise('<img src="HTTP://a.example/x?a=1&amp;b=%22"><img src="//b.example/y"><img src="cid:1">', {}).html
    assert [each.address for each in remotes(html)] == ["https://a.example/x?a=1&b=%22", "https://b.example/y"]


def test_what_may_be_shown_keeps_its_number() -> None:
    html = sanitise('<img src="https://a.example/1" width=1><img alt="src" src="https://a.example/2">', {}).html
    assert shown(html, lambda number: f"/{number}?a&b").count("data-image") == 1
    assert 'data-image="/1?a&amp;b"' in shown(html, lambda number: f"/{number}?a&b")
    many = '<img data-remote-src="https://a.example/1">' * (MOST + 5)
    assert shown(many, str).count("data-image") == MOST
