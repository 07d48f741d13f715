"""The order in which a mail finds its ticket, each step and each trap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.intake.email import threading, tokens
from headway.intake.email.mail import ParsedMail
from headway.intake.email.parse.whole import parse
from headway.intake.email.threading import Decision, Facts, Place

KEY = b"k" * 32
DANA = "dana@example.com"


def mail(*headers: str, sender: str = DANA) -> ParsedMail:
    return parse("\n".join([f"From: {sender}", *headers]).encode() + b"\n\nHello")


def facts(**found: object) -> Facts:
    return Facts(participants={7: {DANA}, 8: {DANA}, 9: {DANA}}, **found)  # type: ignore[arg-type]


def test_the_token_comes_first() -> None:
    found = threading.decide(
        mail("In-Reply-To: <b@x>"), facts(token=tokens.Token(7, 1), places={"b@x": Place(8)}, subject_ticket=9)
    )
    assert found == Decision(7, "token")


def test_in_reply_to_comes_before_references() -> None:
    found = threading.decide(
        mail("In-Reply-To: <b@x>", "References: <c@x>"), facts(places={"b@x": Place(8), "c@x": Place(9)})
    )
    assert found == Decision(8, "in-reply-to")


def test_of_the_references_the_newest_counts() -> None:
    found = threading.decide(mail("References: <b@x> <c@x>"), facts(places={"b@x": Place(8), "c@x": Place(9)}))
    assert found == Decision(9, "references")


def test_our_number_in_the_subject_counts_for_one_who_takes_part() -> None:
    assert threading.decide(mail("Subject: Re: [#9] x"), facts(subject_ticket=9)) == Decision(9, "subject")


def test_a_stranger_who_quotes_a_ticket_number_never_joins_it() -> None:
    found = threading.decide(mail(sender="eve@example.org"), facts(subject_ticket=9))
    assert found == Decision(None, "no-match")


def test_one_of_the_same_verified_organisation_takes_part() -> None:
    found = threading.decide(mail(sender="bo@acme.example"), facts(subject_ticket=9, domains={9: {"acme.example"}}))
    assert found == Decision(9, "subject")


@pytest.mark.parametrize("because", ["token", "in-reply-to"])
def test_a_stranger_who_holds_an_id_or_a_token_is_held(because: str) -> None:
    found = threading.decide(
        mail("In-Reply-To: <b@x>", sender="eve@example.org"),
        facts(token=tokens.Token(8, 1) if because == "token" else None, places={"b@x": Place(8)}),
    )
    assert found == Decision(8, because, held=True)  # type: ignore[arg-type]


def test_a_spoofed_participant_is_held() -> None:
    found = threading.decide(mail("In-Reply-To: <b@x>"), facts(places={"b@x": Place(8)}, verified=False))
    assert found == Decision(8, "in-reply-to", held=True)


def test_imported_history_is_not_held() -> None:
    found = threading.decide(
        mail("In-Reply-To: <b@x>", sender="bo@example.org"),
        facts(places={"b@x": Place(8)}, trusted=True, verified=False),
    )
    assert found == Decision(8, "in-reply-to")


@pytest.mark.parametrize("trusted", [True, False])
def test_many_people_answering_one_bulk_mail_do_not_merge(trusted: bool) -> None:
    known = facts(places={"news@x": Place(8, bulk=True)}, trusted=trusted)
    assert threading.decide(mail("In-Reply-To: <news@x>", sender="bo@example.org"), known) == Decision(None, "bulk")
    assert threading.decide(mail("In-Reply-To: <news@x>"), known) == Decision(8, "in-reply-to")


@pytest.mark.parametrize("prefix", ["Fwd", "FW", "WG", "TR", "RV", "I", "转发", "VB", "Doorst"])
def test_a_forward_starts_a_new_ticket(prefix: str) -> None:
    found = threading.decide(mail(f"Subject: {prefix}: Login", "References: <b@x>"), facts(places={"b@x": Place(8)}))
    assert found == Decision(None, "forward")


@pytest.mark.parametrize("subject", ["Re: Login", "AW: Login", "SV: VS: Login", "Iris: a question", "Login"])
def test_replies_and_plain_subjects_are_no_forwards(subject: str) -> None:
    assert not mail(f"Subject: {subject}").forward


def test_a_reply_to_a_merged_ticket_reaches_the_survivor() -> None:
    found = threading.decide(mail("In-Reply-To: <b@x>"), facts(places={"b@x": Place(8)}, survivors={8: 9, 9: 7}))
    assert found == Decision(7, "in-reply-to")


def test_the_same_subject_alone_joins_nothing() -> None:
    assert threading.decide(mail("Subject: Re: Login"), facts()) == Decision(None, "no-match")


@given(st.integers(0, 2**62), st.integers(0, 2**62))
def test_tokens_say_what_was_put_into_them_in_any_case_and_fit_an_address(ticket: int, recipient: int) -> None:
    token = tokens.make(KEY, ticket, recipient)
    assert tokens.verify(KEY, token.upper()) == tokens.Token(ticket, recipient)
    assert token == token.lower()
    address = tokens.address("help@example.com", token)
    assert len(address.partition("@")[0]) <= 64
    assert tokens.first(KEY, ["x@y.z", address]) == tokens.Token(ticket, recipient)


@given(st.text(alphabet="abcdefgt234567", max_size=40), st.integers(1, 10**6))
def test_no_other_token_is_ours(text: str, ticket: int) -> None:
    token = tokens.make(KEY, ticket, 1)
    assert tokens.verify(KEY, text) is None
    assert tokens.verify(b"other" * 8, token) is None
    assert tokens.verify(KEY, token[:-1] + ("a" if token[-1] != "a" else "b")) in (None, tokens.Token(ticket, 1))
