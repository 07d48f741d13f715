"""The traps of reading mail that need a mail of their own, each by name."""

import base64
import struct
import sys
from pathlib import Path
from types import FrameType

import pytest

from headway.intake.email.children import Pool
from headway.intake.email.parse import transfer
from headway.intake.email.parse.whole import parse
from headway.intake.email.tests.storable import assert_storable
from headway.intake.email.tests.test_parse import mail

MIXED = ("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b")


def part(content_type: str, body: bytes, *headers: str) -> bytes:
    return "\n".join(["--b", f"Content-Type: {content_type}", *headers]).encode() + b"\n\n" + body + b"\n"


def test_a_mail_that_breaks_off_keeps_what_came() -> None:
    encoded = base64.encodebytes(b"PDF" * 400)
    body = part("text/plain", b"See the file.")
    body += part("application/pdf; name=a.pdf", encoded[:700], "Content-Transfer-Encoding: base64")
    found = parse(mail(body, *MIXED))
    (file,) = found.attachments
    assert (found.text, file.name) == ("See the file.", "a.pdf")
    assert file.size >= 500


@pytest.mark.parametrize(
    "content_type", ["multipart/mixed", "multipart/mixed; boundary=", 'multipart/mixed; boundary="never used"']
)
def test_a_broken_boundary_loses_no_text(content_type: str) -> None:
    found = parse(mail(b"--x\n\nHello there\n", "MIME-Version: 1.0", f"Content-Type: {content_type}"))
    assert "Hello there" in found.text


def tnef(*files: tuple[str, bytes]) -> bytes:
    """A winmail.dat with these files, as Outlook writes it."""

    def attribute(level: int, number: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    made = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    for name, data in files:
        made += attribute(2, 0x00069002, struct.pack("<HIHHII", 1, 0, 32, 32, 0, 0))
        made += attribute(2, 0x00018010, name.encode("cp1252") + b"\x00")
        made += attribute(2, 0x0006800F, data)
    return made


def test_the_files_in_a_winmail_dat_are_files_of_the_mail() -> None:
    packed = base64.encodebytes(tnef(("Angebot.pdf", b"PDF" * 99), ("b.txt", b"two")))
    body = part("text/plain", b"See inside.")
    body += part("application/ms-tnef; name=winmail.dat", packed, "Content-Transfer-Encoding: base64") + b"--b--\n"
    found = parse(mail(body, *MIXED))
    assert [(one.name, one.content, one.source) for one in found.attachments] == [
        ("Angebot.pdf", b"PDF" * 99, "tnef"),
        ("b.txt", b"two", "tnef"),
    ]


def test_a_damaged_winmail_dat_stays_a_file() -> None:
    packed = base64.encodebytes(tnef(("a.pdf", b"PDF"))[:30])
    body = part("application/ms-tnef; name=winmail.dat", packed, "Content-Transfer-Encoding: base64") + b"--b--\n"
    assert [one.name for one in parse(mail(body, *MIXED)).attachments] in (["winmail.dat"], [])


@pytest.mark.parametrize(
    ("folded", "name"),
    [
        ('attachment;\n filename="two\n words.txt"', "two words.txt"),
        ('attachment;\n\tfilename*0="long";\n\tfilename*1="name.txt"', "longname.txt"),
        ("attachment; filename*=utf-8''%E2%82%\n AC.txt", "€.txt"),
        ('attachment; filename="=?utf-8?q?caf=C3=A9?=\n =?utf-8?q?_am_See.txt?="', "café am See.txt"),
        ('attachment; filename="=?utf-8?b?Y2Fmw6k=\n ?=.txt"', "café.txt"),
    ],
)
def test_badly_folded_names(folded: str, name: str) -> None:
    raw = mail(b"data", "MIME-Version: 1.0", "Content-Type: text/plain", f"Content-Disposition: {folded}")
    (found,) = parse(raw).attachments
    assert found.name == name


def test_a_calendar_is_kept_as_a_file_beside_the_text() -> None:
    invitation = b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Call\nEND:VEVENT\nEND:VCALENDAR"
    body = part("text/plain", b"You are invited.") + part("text/calendar; method=REQUEST; charset=utf-8", invitation)
    found = parse(mail(body + b"--b--\n", "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=b"))
    assert found.text == "You are invited."
    assert [one.type for one in found.attachments] == ["text/calendar"]
    assert found.attachments[0].name.endswith(".ics")


def test_a_signed_mail_shows_its_text_and_keeps_the_signature() -> None:
    body = part("text/plain", b"Signed words.") + part("application/pkcs7-signature; name=smime.p7s", b"0000")
    found = parse(
        mail(body + b"--b--\n", "MIME-Version: 1.0", 'Content-Type: multipart/signed; protocol="x"; boundary=b')
    )
    assert (found.text, [one.name for one in found.attachments]) == ("Signed words.", ["smime.p7s"])


def test_a_signed_mail_in_one_piece_and_an_encrypted_one_are_kept_whole() -> None:
    one = parse(mail(b"MIAG", "MIME-Version: 1.0", "Content-Type: application/pkcs7-mime; name=smime.p7m"))
    assert [file.name for file in one.attachments] == ["smime.p7m"]
    body = part("application/pgp-encrypted", b"Version: 1") + part(
        "application/octet-stream; name=encrypted.asc", b"--"
    )
    two = parse(mail(body + b"--b--\n", "MIME-Version: 1.0", "Content-Type: multipart/encrypted; boundary=b"))
    assert "encrypted.asc" in [file.name for file in two.attachments]


def test_texts_between_pictures_are_all_shown() -> None:
    body = part("text/plain", b"First.") + part("image/png; name=a.png", b"PNG", "Content-Disposition: inline")
    body += part("text/plain", b"Second.") + part("image/png; name=b.png", b"PNG", "Content-Disposition: inline")
    body += part("text/plain", b"Third.") + b"--b--\n"
    found = parse(mail(body, *MIXED))
    assert found.text.split() == ["First.", "Second.", "Third."]
    assert [one.name for one in found.attachments] == ["a.png", "b.png"]


def test_mails_in_mails_end_somewhere() -> None:
    inner = b"Subject: innermost\n\nHello from far below"
    for _ in range(80):
        inner = b"Content-Type: message/rfc822\n\n" + inner
    found = parse(b"From: dana@example.com\nMIME-Version: 1.0\n" + inner)
    assert_storable(found)
    (file,) = found.attachments
    raw = b"From: dana@example.com\nMIME-Version: 1.0\n" + inner
    assert b"Hello from far below" in transfer.undo(raw[file.start : file.end], file.encoding)


def bombs(times: int) -> dict[str, bytes]:
    """Mails that make careless readers quadratic; their size grows with `times`."""
    return {
        "tags": mail(b"<div>" * 400 * times, "Content-Type: text/html"),
        "formatting": mail(b"<b><i><font>" * 150 * times + b"<p>x" * 100 * times, "Content-Type: text/html"),
        "attributes": mail(b"<a " + b"a=b " * 800 * times, "Content-Type: text/html"),
        "comments": mail(b"<!--" * 900 * times, "Content-Type: text/html"),
        "empty lines": mail(b"\n" * 4_000 * times),
        "quotes": mail(b"> > > a\n" * 500 * times),
        "attributions": mail(b"On 1 Jan 2026, Dana <d@example.com> wrote:\n" * 100 * times),
        "header blocks": mail(b"From: a@example.com\nSent: 1\nTo: b\nSubject: c\n\nx\n" * 60 * times),
        "dashes": mail(b"-" * 4_000 * times),
        "bounce": mail(b"<dana@example.com>: 550 5.1.1 user unknown\n" * 60 * times, "Return-Path: <>"),
        "addresses": b"From: dana@example.com\nTo: " + b"<a@b.example>, " * 300 * times + b"\n\nx",
        "angles": b"From: dana@example.com\nTo: " + b"<" * 3_000 * times + b"\n\nx",
        "words": b"Subject: " + b"=?utf-8?q?a?= " * 250 * times + b"\n\nx",
        "open word": b"Subject: =?utf-8?q?" + b"=41" * 1_200 * times + b"\n\nx",
        "references": b"References: " + b"<a@b> " * 600 * times + b"\n\nx",
        "parameters": b"Content-Type: text/plain; " + b"a*0*=utf-8''b; " * 250 * times + b"\n\nx",
        "parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 60 * times + b"--b--",
        "boundaries": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--bb\n" * 800 * times,
        "uuencode": mail(b"begin 644 a\n" * 300 * times),
        "flowed": mail(b"word \n" * 700 * times, "Content-Type: text/plain; format=flowed"),
        "utf-7": mail(b"+AAA" * 900 * times, "Content-Type: text/plain; charset=utf-7"),
    }


def work(raw: bytes) -> int:
    """How many functions are called while a mail is read, those written in C included."""
    count = [0]

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            count[0] += 1

    sys.setprofile(counted)
    try:
        parse(raw)
    finally:
        sys.setprofile(None)
    return count[0]


@pytest.mark.parametrize("name", list(bombs(1)))
def test_reading_is_linear_in_the_work_that_is_done(name: str) -> None:
    small, large = bombs(1)[name], bombs(4)[name]
    parse(small)  # what is made once and kept
    assert work(large) <= 4.5 * work(small) + 5_000


@pytest.mark.long
def test_large_bombs_stay_within_the_memory_and_processor_time_of_their_process() -> None:
    with Pool(2) as pool:
        outcomes = pool.parse(list(bombs(150).values()))
    assert [name for name, one in zip(bombs(1), outcomes, strict=True) if one.mail is None] == []


def test_fifty_megabytes_are_read_in_less_than_256_megabytes_of_memory() -> None:
    body = part("text/plain", b"Hello")
    body += (
        part("application/zip; name=a.zip", b"QUJD" * 19 * 660_000, "Content-Transfer-Encoding: base64") + b"--b--\n"
    )
    with Pool(1) as pool:
        (outcome,) = pool.parse([mail(body, *MIXED)])
        status = Path(f"/proc/{pool._children[0].process.pid}/status").read_text()
    assert outcome.mail is not None
    assert [one.size for one in outcome.mail.attachments] == [660_000 * 57]
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
    assert peak < 256 * 1024
