"""Reading single mails: each survival by name, and no input that breaks the reader."""

import base64
import binascii
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.intake.email import limits
from headway.intake.email.parse import addresses, dates, transfer
from headway.intake.email.parse.charsets import decode
from headway.intake.email.parse.whole import Care, parse
from headway.intake.email.stretch import Stretch
from headway.intake.email.tests.storable import assert_storable


def mail(body: bytes, *headers: str) -> bytes:
    return "\n".join(["From: Dana <dana@example.com>", "Subject: Login", *headers]).encode() + b"\n\n" + body


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("gb2312", "镕".encode("gb18030"), "镕"),
        ("iso-8859-1", b"\x93smart\x94 \x80", "“smart” €"),
        ("us-ascii", "naïve".encode(), "naïve"),
        ("iso-2022-jp", "日本語".encode("iso2022_jp"), "日本語"),
        ("utf-7", b"Hi+AOk-", "Hié"),
        ("ks_c_5601-1987", "한국".encode("cp949"), "한국"),
        ("x-unknown", "Grüße".encode(), "Grüße"),
        ("unicode_escape", b"\\u0041", "\\u0041"),
        ("punycode", b"abc-def", "abc-def"),
        ("zlib", b"abc", "abc"),
        ("", b"caf\xe9", "café"),
        ('"utf-8"', "é".encode(), "é"),
        ("windows-1251", "Привет".encode("cp1251"), "Привет"),
        ("utf-8", b"a\x00b", "a�b"),
    ],
)
def test_wrong_and_missing_charsets_are_survived(label: str, data: bytes, text: str) -> None:
    assert decode(data, label)[0] == text


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?utf-8?b?Y2Fmw6k=?= =?utf-8?b?IQ==?=", "café!"),
        ("=?utf-8?b?Y2Fmw6k?=", "café"),
        ("=?utf-8?b?w?=\n =?utf-8?b?Y2Fm?=", "caf"),
        ("=?utf-8?q?a=C3?= =?utf-8?q?=A9?=", "aé"),
        ("plain =?utf-8?q?=E2=82=AC?= 5", "plain € 5"),
        ("=?broken", "=?broken"),
        ("a\n\tb", "a b"),
    ],
)
def test_encoded_subjects(header: str, subject: str) -> None:
    raw = f"From: a@b.example\nSubject: {header}\n\nx".encode()
    assert parse(raw).subject == subject


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename*=utf-8''%E2%82%AC%20rates.txt", "€ rates.txt"),
        ("attachment; filename*0=long; filename*1=name.txt", "longname.txt"),
        ("attachment; filename*0*=utf-8''%E2%82; filename*1*=%AC.txt", "€.txt"),
        ('attachment; filename="=?utf-8?q?caf=C3=A9.txt?="', "café.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\temp\\\\a.txt"', "a.txt"),
        ('attachment; filename=""', "text-1.txt"),
        ("attachment; filename=two words.txt", "two words.txt"),
        ('attachment; filename="a\x01\u202egnp.exe"', "a_gnp.exe"),
    ],
)
def test_names_of_files(disposition: str, name: str) -> None:
    raw = mail(b"data", "MIME-Version: 1.0", "Content-Type: text/plain", f"Content-Disposition: {disposition}")
    assert [one.name for one in parse(raw).attachments] == [name]


def test_a_file_is_read_back_from_the_raw_mail_by_its_offsets() -> None:
    data = bytes(range(256)) * 40
    body = b"--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: image/png; name=a.png\n"
    body += b"Content-Transfer-Encoding: base64\nContent-ID: <pic>\n\n" + base64.encodebytes(data) + b"--b--\n"
    raw = mail(body, "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b")
    (found,) = parse(raw).attachments
    assert transfer.undo(raw[found.start : found.end], found.encoding) == data
    assert (found.size, found.content, found.inline) == (len(data), None, False)


def test_a_uuencoded_file_in_the_text_becomes_a_file() -> None:
    data = b"hello uuencode " * 10
    lines = b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    found = parse(mail(b"See below.\n\nbegin 644 notes.bin\n" + lines + b"`\nend\nBye\n"))
    assert [(one.name, one.content) for one in found.attachments] == [("notes.bin", data)]
    assert found.text.split() == ["See", "below.", "Bye"]


def test_text_that_only_says_begin_stays() -> None:
    assert parse(mail(b"begin 644 the day\nHello there\n")).attachments == ()


def test_flowed_paragraphs_are_joined() -> None:
    raw = mail(b"One \nline.\n-- \nDana\n", "Content-Type: text/plain; format=flowed")
    found = parse(raw)
    assert (found.text, found.signature) == ("One line.", "--\nDana")


def test_an_embedded_image_is_inline_and_rewritten_and_a_remote_one_blocked() -> None:
    body = (
        b"--b\nContent-Type: text/html\n\n<p>Hi<img src='cid:pic'><img src='https://spy.example/1.gif'></p>\n"
        b"--b\nContent-Type: image/png\nContent-ID: <pic>\n\nPNG\n--b--\n"
    )
    found = parse(mail(body, "MIME-Version: 1.0", "Content-Type: multipart/related; boundary=b"))
    assert 'src="attachment:0"' in found.html
    assert 'data-remote-src="https://spy.example/1.gif"' in found.html
    assert (found.remote_images, [one.inline for one in found.attachments]) == (1, [True])


def test_an_enclosed_mail_is_a_file_and_its_text_is_shown_where_there_is_no_other() -> None:
    body = b"--b\nContent-Type: message/rfc822\n\nSubject: Inner\nFrom: chen@example.net\n\nInner text\n--b--\n"
    found = parse(mail(body, "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"))
    assert ([one.name for one in found.attachments], found.text) == (["Inner.eml"], "Inner text")


def test_a_mail_without_an_id_always_gets_the_same_one_and_no_other_mail_gets_it() -> None:
    first, again = (
        parse(mail(b"one", "Date: Tue, 3 Mar 2026 09:14:00 +0000")),
        parse(mail(b"one", "Date: Tue, 3 Mar 2026 09:14:00 +0000")),
    )
    later = parse(mail(b"one", "Date: Tue, 3 Mar 2026 09:15:00 +0000"))
    assert first.synthetic_id
    assert first.message_id == again.message_id != later.message_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana <dana@example.com>, chen@example.net", [("Dana", "dana@example.com"), ("", "chen@example.net")]),
        ("Example, Dana <dana@example.com>", [("Example, Dana", "dana@example.com")]),
        ('"Dana \\"D\\" E." <dana@EXAMPLE.com>', [('Dana "D" E.', "dana@example.com")]),
        ("Team: a@x.example, b@x.example;", [("", "a@x.example"), ("", "b@x.example")]),
        ("undisclosed-recipients:;", []),
        ('"ceo@bank.example via List" <list@x.example>', [("ceo@bank.example via List", "list@x.example")]),
        ("<dana@example.com", [("", "dana@example.com")]),
        ("dana@example.com (Dana)", [("Dana", "dana@example.com")]),
        ("=?utf-8?q?D=C3=A4na?= <dana@example.com>", [("Däna", "dana@example.com")]),
        ("MAILER-DAEMON", [("MAILER-DAEMON", "")]),
        ("", []),
    ],
)
def test_addresses(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.name, one.email) for one in addresses.read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 3 Mar 2026 09:14:00 +0100", datetime(2026, 3, 3, 8, 14, tzinfo=UTC)),
        ("3 Mar 2026 09:14 (CET)", datetime(2026, 3, 3, 9, 14, tzinfo=UTC)),
        ("2026-03-03T09:14:00Z", datetime(2026, 3, 3, 9, 14, tzinfo=UTC)),
        ("Tue, 3 Mar 26 09:14:61 -0500", datetime(2026, 3, 3, 14, 14, 59, tzinfo=UTC)),
        ("Tue, 3 Mar 3609 09:14:00 +0000", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text: str, expected: datetime | None) -> None:
    assert dates.read(text) == expected


def test_a_mail_without_a_date_has_that_of_its_newest_received_line() -> None:
    raw = b"Received: from a by b; Tue, 3 Mar 2026 09:14:00 +0000\nDate: soon\n\nx"
    assert parse(raw).date == datetime(2026, 3, 3, 9, 14, tzinfo=UTC)


def nested(depth: int) -> bytes:
    lines = [b"Content-Type: multipart/mixed; boundary=b0\n"]
    lines += [b"\n--b%d\nContent-Type: multipart/mixed; boundary=b%d\n" % (at, at + 1) for at in range(depth)]
    return b"From: dana@example.com\nMIME-Version: 1.0\n" + b"".join(lines) + b"\nend\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: =?utf-8?q?" + b"=41" * 120_000 + b"?=\n\nx",
        b"Subject: " + b"=?utf-8?q?a?= " * 5_000 + b"\n\nx",
        b"To: " + b"<" * 60_000 + b"\n\nx",
        b"To: " + b"a@b.example, " * 30_000 + b"\n\nx",
        nested(300),
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 3_000 + b"--b--",
        mail(b"<div>" * 20_000 + b"deep", "Content-Type: text/html"),
        mail(b"<font color=red>" * 3_000 + b"<p>x" * 20_000, "Content-Type: text/html"),
        mail(b"<a " * 100_000, "Content-Type: text/html"),
        mail(b"<!--" * 100_000, "Content-Type: text/html"),
        mail(b"<title>" * 50_000, "Content-Type: text/html"),
        mail(b"\n" * 200_000),
        mail(b"> " * 100_000),
        mail(b"On 1 Jan 2026\n" * 20_000),
        mail(b"From: \n" * 20_000),
        b"\r\n" * 10,
        b"",
        b"\x00" * 1000,
        b"Content-Type: multipart/mixed; boundary=\n\n--\n\nx",
        b"Content-Type: text/plain; " + b"a=b; " * 20_000 + b"\n\nx",
        b"Content-Type: multipart/mixed; boundary=" + b"b" * 900 + b"\n\n--" + b"b" * 900 + b"\n\nx",
        b"Subject: x\r\rBody with old line ends\r",
    ],
    ids=range(22),
)
def test_bombs_are_read_within_the_bounds(raw: bytes) -> None:
    found = parse(raw)
    assert_storable(found)
    assert len(found.attachments) <= limits.PARTS


def test_after_a_death_the_dangerous_steps_are_left_out() -> None:
    raw = mail(b"<p>Hi</p><blockquote>old</blockquote>", "Content-Type: text/html")
    found = parse(raw, Care.PLAIN)
    assert (found.html, found.degraded, found.text) == ("", ("quotes", "html"), "Hi\n\n> old")


_WORDS = [
    b"From: ", b"Subject: ", b"Content-Type: ", b"multipart/mixed; boundary=b", b"text/html", b"text/plain; charset=",
    b"\n", b"\r\n", b"\n\n", b"--b", b"--b--", b"=?utf-8?q?", b"?=", b"<", b">", b"a@b.example", b"base64",
    b"Content-Transfer-Encoding: ", b"quoted-printable", b"message/rfc822", b"> ", b"On 3 Mar 2026 Dana wrote:",
    b"begin 644 a\n", b"=", b"\x00", b"\xff", b";", b'"', b"<p>", b"<img src=cid:x>",
    b"Final-Recipient: rfc822; a@b.example",
    b"message/delivery-status", b"utf-7", b"format=flowed", b"iso-2022-jp", b"+2AA-", b"References: <a@b>", b" ", b"x",
]  # fmt: skip


@given(st.binary(max_size=2_000))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    assert_storable(parse(raw))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_WORDS), max_size=60).map(b"".join))
def test_no_almost_mail_breaks_the_reader(raw: bytes) -> None:
    assert_storable(parse(raw))


@given(st.binary(max_size=300), st.sampled_from(["base64", "quoted-printable"]))
def test_what_was_encoded_is_decoded(data: bytes, encoding: str) -> None:
    encoded = base64.encodebytes(data) if encoding == "base64" else binascii.b2a_qp(data, istext=False)
    assert transfer.undo(encoded, encoding) == data


@given(
    st.lists(st.one_of(st.binary(max_size=12), st.sampled_from([b"QUJD", b"QQ==", b"=", b"\r\n", b"Q"])), max_size=12)
)
def test_long_base64_is_decoded_in_pieces_as_in_one(parts: list[bytes]) -> None:
    data = b"".join(parts)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(transfer, "_PIECE", 5)
        part = Stretch(io.BytesIO(b"--" + data + b"--"), 2, 2 + len(data))
        in_pieces = transfer.base64(part)
        written = io.BytesIO()
        transfer.undo_into(part, "base64", written)
    assert in_pieces == written.getvalue() == transfer.base64(data)


@given(st.binary(max_size=60), st.sampled_from(["", "quoted-printable", "uuencode"]))
def test_a_file_is_written_as_it_is_decoded(data: bytes, encoding: str) -> None:
    written = io.BytesIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(transfer, "_PIECE", 5)
        transfer.undo_into(data, encoding, written)
    assert written.getvalue() == transfer.undo(data, encoding)
