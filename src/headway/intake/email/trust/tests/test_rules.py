"""Whom a verdict is believed from, and what it says about the sender."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.intake.email.mail import ParsedMail
from headway.intake.email.parse.whole import parse
from headway.intake.email.trust import queries, rules
from headway.intake.email.trust.authors import seen_through
from headway.intake.email.trust.rules import Trusting

OURS = Trusting(servers=("mx.desk.example",))
BORDER = "Received: from out.example.com (out.example.com [192.0.2.9]) by mx.desk.example with ESMTPS; x"
INNER = "Received: from mx.desk.example (mx.desk.example [10.0.0.2]) by imap.desk.example with LMTP; x"
PASS = "Authentication-Results: mx.desk.example; dmarc=pass header.from=example.com"


def mail(*headers: str, sender: str = "dana@example.com") -> ParsedMail:
    return parse("\r\n".join([*headers, f"From: {sender}", "Subject: x", "", "Hello"]).encode())


def verdict(*headers: str, trusting: Trusting = OURS, sender: str = "dana@example.com") -> tuple[str, str]:
    found = rules.judge(mail(*headers, sender=sender), trusting)
    return found.verdict, found.because


def says(text: str) -> str:
    return f"Authentication-Results: mx.desk.example; {text}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dmarc=pass header.from=example.com", ("pass", "dmarc")),
        ("dmarc=pass", ("pass", "dmarc")),
        ("dmarc=fail (p=none) header.from=example.com; spf=pass smtp.mailfrom=example.com", ("fail", "dmarc")),
        ("dmarc=none; dkim=pass header.d=example.com", ("pass", "dkim")),
        ("dkim=pass header.d=mail.example.com", ("pass", "dkim")),
        ("dkim=pass header.d=evil.example.org", ("none", "no-result")),
        ("dkim=fail header.d=example.com; dkim=pass header.i=@example.com", ("pass", "dkim")),
        ("dkim=pass header.d=com", ("none", "no-result")),
        ("dkim=pass header.d=notexample.com", ("none", "no-result")),
        ("spf=pass smtp.mailfrom=bounce@bounces.example.com", ("pass", "spf")),
        ("spf=pass smtp.mailfrom=evil.example.org", ("none", "no-result")),
        ("spf=fail smtp.mailfrom=example.com", ("none", "no-result")),
        ("dmarc=temperror; spf=softfail", ("none", "no-result")),
        ("dmarc=pass header.from=example.org", ("none", "another-sender")),
        ("none", ("none", "no-result")),
    ],
)
def test_verdicts(text: str, expected: tuple[str, str]) -> None:
    assert verdict(says(text), BORDER) == expected


class TestWhoIsBelieved:
    """Only a trusted server, and only where an outsider cannot write."""

    def test_a_server_nobody_trusts_is_not_believed(self) -> None:
        assert verdict("Authentication-Results: mx.evil.example; dmarc=pass", BORDER) == ("none", "no-header")
        assert verdict(PASS, BORDER, trusting=Trusting()) == ("none", "no-header")

    def test_a_name_that_only_ends_alike_is_another_server(self) -> None:
        assert verdict("Authentication-Results: evilmx.desk.example; dmarc=pass", BORDER)[0] == "none"

    def test_what_stands_below_the_borders_line_was_written_by_the_sender(self) -> None:
        assert verdict(BORDER, PASS) == ("none", "no-header")
        assert verdict(INNER, BORDER, PASS, trusting=Trusting(servers=("desk.example",))) == ("none", "no-header")

    def test_a_forged_line_of_the_border_below_the_real_one_moves_nothing(self) -> None:
        forged = "Received: from out.example.com by mx.desk.example with ESMTPS; x"
        assert verdict(BORDER, PASS, forged) == ("none", "no-header")

    def test_calling_itself_by_our_name_helps_nobody(self) -> None:
        lying = "Received: from mx.desk.example (dsl.evil.example [192.0.2.66]) by mx.desk.example with ESMTP; x"
        assert verdict(lying, PASS, BORDER) == ("none", "no-header")

    def test_nor_where_the_border_writes_down_no_address(self) -> None:
        lying = "Received: from mx.desk.example by mx.desk.example with ESMTP; x"
        assert verdict(lying, PASS, BORDER) == ("none", "no-header")
        inside = "Received: from mx.desk.example by imap.desk.example with LMTP id 1; x"
        assert verdict(inside, PASS, BORDER, trusting=Trusting(servers=("desk.example",))) == ("pass", "dmarc")

    def test_between_two_servers_of_ours_is_our_side(self) -> None:
        both = Trusting(servers=("desk.example",))
        assert verdict(INNER, PASS, BORDER, trusting=both) == ("pass", "dmarc")

    def test_below_the_line_of_a_server_that_is_not_ours_is_not_our_side(self) -> None:
        assert verdict("Received: from a by b.elsewhere.example; x", PASS, BORDER) == ("none", "no-header")

    def test_a_mail_that_no_server_passed_on_has_no_side_of_ours(self) -> None:
        assert verdict(PASS) == ("none", "no-header")

    def test_the_topmost_word_counts(self) -> None:
        assert verdict(says("dmarc=fail header.from=example.com"), PASS, BORDER) == ("fail", "dmarc")

    def test_checks_in_headers_of_their_own_count_together(self) -> None:
        assert verdict(says("spf=fail"), says("dkim=pass header.d=example.com"), BORDER) == ("pass", "dkim")

    def test_several_senders_are_nobody(self) -> None:
        found = rules.judge(mail(PASS, BORDER, sender="dana@example.com, eve@example.org"), OURS)
        assert (found.verdict, found.because, found.counts) == ("none", "several-senders", False)
        found = rules.judge(mail(PASS, BORDER, "From: eve@example.org"), OURS)
        assert (found.because, found.counts) == ("several-senders", False)


GOOGLE = (
    "Delivered-To: help@desk.example",
    "Received: by 2002:a05:7022:a90:b0:7c:1:2 with SMTP id z16csp1; x",
    "Received: from mail.example.com (mail.example.com. [192.0.2.9]) by mx.google.com with ESMTPS id q1; x",
    "Received-SPF: pass",
)
MICROSOFT = (
    "Received: from A1.namprd12.prod.outlook.com (2603:10b6:1::1) by B2.namprd12.prod.outlook.com with HTTPS; x",
    "Received: from mail.example.com (192.0.2.9) by BN8.mail.protection.outlook.com (10.13.1.2) with Server; x",
)


class TestBigProviders:
    """They write below their own line, on every mail, and take forgeries away."""

    def test_google(self) -> None:
        trusting = Trusting(servers=("mx.google.com",))
        theirs = (
            "Authentication-Results: mx.google.com; dkim=pass header.i=@example.com; dmarc=pass header.from=example.com"
        )
        assert verdict(*GOOGLE, theirs, trusting=trusting) == ("pass", "dmarc")
        forged = "Authentication-Results: mx.google.com; dmarc=pass header.from=example.com"
        failed = theirs.replace("=pass", "=fail")
        assert verdict(*GOOGLE, failed, forged, trusting=trusting) == ("fail", "dmarc")
        assert verdict(*GOOGLE, "Received: by mx.google.com; x", theirs, trusting=trusting) == ("none", "no-header")

    def test_nothing_is_added_to_what_google_says(self) -> None:
        """Who calls himself Google when he comes to Google may write lines that look like Google's, further down."""
        line = "Received: from mx.google.com (dsl.evil.example. [192.0.2.66]) by mx.google.com with ESMTPS id q1; x"
        theirs = "Authentication-Results: mx.google.com; spf=fail smtp.mailfrom=example.com"
        forged = "Authentication-Results: mx.google.com; dmarc=pass header.from=example.com"
        further = "Received: from a.example by mx.google.com with ESMTPS id q2; x"
        trusting = Trusting(servers=("mx.google.com",))
        for end in ((forged, further), (further, forged), (forged,)):
            assert verdict(GOOGLE[1], line, theirs, *end, trusting=trusting) == ("none", "no-result")

    def test_a_name_that_only_ends_like_a_providers_is_another(self) -> None:
        trusting = Trusting(servers=("outlook.com",))
        line = "Received: from mail.example.com (192.0.2.9) by mx.evil-outlook.com with SMTP; x"
        assert verdict(line, "Authentication-Results: dmarc=pass", trusting=trusting) == ("none", "no-header")

    def test_microsofts_header_without_a_name(self) -> None:
        theirs = (
            "Authentication-Results: spf=pass smtp.mailfrom=example.com; dmarc=pass action=none header.from=example.com"
        )
        trusting = Trusting(servers=("protection.outlook.com",))
        assert verdict(*MICROSOFT, theirs, trusting=trusting) == ("pass", "dmarc")
        assert verdict(*MICROSOFT, theirs, trusting=OURS) == ("none", "no-header")
        assert verdict(BORDER, theirs, trusting=OURS) == ("none", "no-header")

    def test_microsofts_verdict_on_another_of_its_customers(self) -> None:
        border = "Received: from AM0.outbound.protection.outlook.com (40.107.1.1) by BN8.mail.protection.outlook.com; x"
        theirs = "Authentication-Results: dmarc=fail action=none header.from=example.com"
        inside = "Received: from X1.eurprd01.prod.outlook.com ([::1]) by X1.eurprd01.prod.outlook.com with mapi; x"
        forged = "Authentication-Results: dmarc=pass action=none header.from=example.com"
        trusting = Trusting(servers=("outlook.com",))
        for end in ((inside,), (inside, forged), (forged, inside), (forged,)):
            assert verdict(MICROSOFT[0], border, theirs, *end, trusting=trusting) == ("fail", "dmarc")

    def test_amazon(self) -> None:
        line = "Received: from mail.example.com by inbound-smtp.us-east-1.amazonaws.com with SMTP id x; y"
        theirs = "Authentication-Results: amazonses.com; dmarc=pass header.from=example.com;"
        assert verdict(line, theirs, trusting=Trusting(servers=("amazonses.com",))) == ("pass", "dmarc")


class TestSealed:
    """ARC: what a forwarder saw before it broke the signature."""

    FAILED = says("dmarc=fail header.from=example.com; arc=pass (i=1)")
    SEAL = "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.example; s=x; b=y"
    SAW = "ARC-Authentication-Results: i=1; lists.example; dmarc=pass header.from=example.com"
    LISTS = Trusting(servers=("mx.desk.example",), sealers=("lists.example",))

    def test_a_trusted_sealer_is_believed_when_the_chain_holds(self) -> None:
        assert verdict(self.FAILED, BORDER, self.SEAL, self.SAW, trusting=self.LISTS) == ("pass", "arc")

    def test_any_other_sealer_is_not(self) -> None:
        assert verdict(self.FAILED, BORDER, self.SEAL, self.SAW) == ("fail", "dmarc")

    def test_a_broken_chain_is_not(self) -> None:
        broken = self.FAILED.replace("arc=pass", "arc=fail")
        assert verdict(broken, BORDER, self.SEAL, self.SAW, trusting=self.LISTS) == ("fail", "dmarc")

    def test_the_chain_itself_says_nothing_about_itself(self) -> None:
        none = says("dmarc=fail header.from=example.com")
        assert verdict(none, BORDER, "X: arc=pass", self.SEAL, self.SAW, trusting=self.LISTS) == ("fail", "dmarc")

    def test_only_the_newest_seal_counts(self) -> None:
        later = "ARC-Seal: i=2; d=evil.example", "ARC-Authentication-Results: i=2; evil.example; dmarc=pass"
        assert verdict(self.FAILED, BORDER, *later, self.SEAL, self.SAW, trusting=self.LISTS)[0] == "fail"

    def test_our_own_servers_seal_is_looked_through(self) -> None:
        own = "ARC-Seal: i=2; d=desk.example", "ARC-Authentication-Results: i=2; mx.desk.example; dmarc=fail"
        assert verdict(self.FAILED, *own, BORDER, self.SEAL, self.SAW, trusting=self.LISTS) == ("pass", "arc")


class TestForwarders:
    """A configured group is no list, and its author is behind it."""

    GROUP = ("help@groups.example",)
    LETTER = ("List-Id: <help.groups.example>", "Precedence: list", "X-Original-From: Dana <dana@example.com>")

    def test_the_author_is_behind_the_group(self) -> None:
        found = seen_through(mail(*self.LETTER, sender='"Dana via Help" <help@groups.example>'), self.GROUP)
        assert found.author is not None
        assert (found.author.email, found.evidence.list_id, found.evidence.precedence) == ("dana@example.com", "", "")

    def test_or_in_reply_to(self) -> None:
        found = seen_through(mail("Reply-To: dana@example.com", sender="help@groups.example"), self.GROUP)
        assert found.author is not None
        assert found.author.email == "dana@example.com"

    def test_a_group_that_leaves_the_author_alone(self) -> None:
        found = seen_through(mail(*self.LETTER[:2], sender="bo@example.org"), self.GROUP)
        assert found.author is not None
        assert (found.author.email, found.evidence.list_id) == ("bo@example.org", "")

    def test_everybody_else_stays_a_list_and_its_own_author(self) -> None:
        written = mail(*self.LETTER, sender="help@groups.example")
        assert seen_through(written, ()) is written
        assert seen_through(written, ("other@groups.test",)) is written


@pytest.mark.parametrize(
    ("history", "expected"),
    [("", False), ("111", False), ("1111", True), ("1110", True), ("1100", False), ("0" * 20 + "1" * 16, True)],
)
def test_what_a_server_normally_does(history: str, expected: bool) -> None:
    verdicts = seen = 0
    for one in history:
        verdicts, seen = rules.noted(verdicts, seen, stamped=one == "1")
    assert (rules.stamps(verdicts, seen), seen <= 16, verdicts < 65_536) == (expected, True, True)


def test_no_word_counts_only_where_none_is_normal() -> None:
    silent = mail(BORDER)
    assert rules.judge(silent, OURS).counts
    assert not rules.judge(silent, Trusting(servers=OURS.servers, stamps=True)).counts
    assert rules.judge(mail(PASS, BORDER), Trusting(servers=OURS.servers, stamps=True)).counts
    assert not rules.judge(mail(says("dmarc=fail"), BORDER), OURS).counts


@given(st.lists(st.sampled_from([BORDER, INNER, "Received: ", "Received: from by", "X: y", "Received: by [::1]"])))
def test_without_a_trusted_header_nobody_passes(lines: list[str]) -> None:
    assert verdict(*lines, "Authentication-Results: mx.evil.example; dmarc=pass") == ("none", "no-header")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((PASS, BORDER), ("mx.desk.example",)),
        ((INNER, PASS, BORDER), ("mx.desk.example", "imap.desk.example")),
        ((*GOOGLE, "Authentication-Results: mx.google.com; dmarc=pass"), ("mx.google.com",)),
        ((*MICROSOFT, "Authentication-Results: spf=pass"), ("protection.outlook.com",)),
        ((BORDER, PASS), ()),
        ((BORDER,), ()),
    ],
)
def test_which_server_is_suggested(headers: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert queries.stated_by(list(mail(*headers).headers)) == expected
