"""Archives that were uploaded: what may be in them, and what must not get out of them."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from headway.foundation.errors import Invalid
from headway.intake.email import archives
from headway.moving import unpacking
from headway.moving.sources.recognising import recognise
from headway.moving.unpacking import unpacked

MAIL = b"From: dana@example.com\nSubject: %d\nDate: Tue, 3 Mar 2026 09:00:00 +0000\n\nHello\n\n"
MBOX = b"".join(b"From dana@example.com Tue Mar  3 09:00:00 2026\n" + MAIL % n for n in range(2))
MAILDIR = {"Maildir/cur/1:2,S": MAIL % 1, "Maildir/.Sent/cur/2:2,S": MAIL % 2, "Maildir/dovecot-uidlist": b"3 V1"}


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def tarred(files: dict[str, bytes], *entries: tarfile.TarInfo, mode: str = "w:gz") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for entry in entries:
            archive.addfile(entry)
    return target.getvalue()


def laid(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return unpacked(folder / name, folder / "unpacked")


@pytest.mark.parametrize(
    ("name", "data", "mails"),
    [
        ("one.mbox", MBOX, 2),
        ("one.eml", MAIL % 1, 1),
        ("list.txt.gz", gzip.compress(MBOX), 2),
        ("maildir.zip", zipped(MAILDIR), 2),
        ("maildir.tar.gz", tarred(MAILDIR), 2),
        ("maildir.tar", tarred({f"./{name}": data for name, data in MAILDIR.items()}, mode="w"), 2),
        ("boxes.tgz", tarred({"Takeout/Inbox.mbox": MBOX, "Takeout/Sent": MBOX.replace(b"Hello", b"Hi")}), 4),
    ],
)
def test_mail_is_recognised_however_it_is_packed(name: str, data: bytes, mails: int, tmp_path: Path) -> None:
    path = laid(tmp_path, name, data)
    assert recognise(path) == "mail"
    found = list(archives.read([path]))
    assert len(found) == mails
    assert all(archives.looks_like_mail(one.raw) for one in found)


def test_mails_beside_an_export_are_its_attachments(tmp_path: Path) -> None:
    ticket = b'{"tickets": [{"id": 1, "created_at": "2026-03-03T09:00:00Z", "requester_id": 2, "brand_id": 3}]}'
    path = laid(tmp_path, "a.zip", zipped({"e/attachments/1-a.eml": MAIL % 1, "e/tickets.json": ticket}))
    assert recognise(path) == "zendesk"


def _leads_away(kind: bytes, name: str, target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


OUT = {"../out.eml": b"1", "//tmp/out.eml": b"2", "/tmp/out.eml": b"3", "a/../../out.eml": b"4", "C:\\out.eml": b"5"}


@pytest.mark.parametrize(
    "data",
    [
        zipped(OUT | {"in.eml": MAIL % 1}),
        tarred(
            OUT | {"in.eml": MAIL % 1},
            _leads_away(tarfile.SYMTYPE, "away", "/etc"),
            _leads_away(tarfile.LNKTYPE, "passwd", "/etc/passwd"),
            _leads_away(tarfile.CHRTYPE, "null"),
            _leads_away(tarfile.FIFOTYPE, "pipe"),
        ),
    ],
)
def test_nothing_gets_out_of_its_folder(data: bytes, tmp_path: Path) -> None:
    before = {one.name for one in Path("/tmp").glob("out.eml")}
    path = laid(tmp_path, "hostile", data)
    assert [one.name for one in path.rglob("*")] == ["in.eml"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["hostile", "unpacked"]
    assert {one.name for one in Path("/tmp").glob("out.eml")} == before


def _pax_of(size: int) -> bytes:
    """A tar whose first header says that so many bytes of further headers follow."""
    entry = tarfile.TarInfo("x")
    entry.type, entry.size = tarfile.XHDTYPE, size
    return gzip.compress(entry.tobuf(tarfile.USTAR_FORMAT) + b"\0" * 4096)


def _sparse(blocks: int) -> bytes:
    """A tar of one old sparse file whose description does not end."""
    head = bytearray(tarfile.TarInfo("x").tobuf(tarfile.GNU_FORMAT))
    head[156:157], head[482] = tarfile.GNUTYPE_SPARSE, 1
    head[148:156] = b"        "
    head[148:156] = b"%06o\0 " % sum(head)
    return gzip.compress(bytes(head) + (b"\0" * 504 + b"\1" + b"\0" * 7) * blocks)


_OPEN = b"PK\x01\x02\x14\x03\x14\0"  # in a ZIP's directory, before the mark of a password


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: zipped({"a": b"\0" * 2_000_000}), "holds more"),
        (lambda: tarred({"a": b"\0" * 2_000_000}), "holds more"),
        (lambda: tarred({"../passed-over": b"\0" * 2_000_000}), "holds more"),
        (lambda: gzip.compress(MBOX + b"\0" * 2_000_000), "holds more"),
        (lambda: zipped({f"{n}.eml": b"" for n in range(60)}), "holds more"),
        (lambda: tarred({f"{n}.eml": b"" for n in range(60)}), "holds more"),
        (lambda: _pax_of(2**32), "damaged"),
        (lambda: _sparse(9000), "damaged"),
        (lambda: tarred(MAILDIR)[:-40], "damaged"),
        (lambda: zipped({"a.eml": b"abc" * 500})[:60], "damaged"),
        (lambda: tarred({"a.eml": b"a" * 5000}, mode="w")[:3000], "damaged"),
        (lambda: zipped({"a.eml": b"abc" * 500}).replace(_OPEN + b"\0", _OPEN + b"\1"), "password"),
    ],
)
def test_what_would_fill_the_machine_or_is_broken_is_refused(
    make: Callable[[], bytes], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_ALWAYS", 1_000_000)
    monkeypatch.setattr(unpacking, "_MOST_FILES", 50)
    with pytest.raises(Invalid, match=why):
        laid(tmp_path, "archive", make())
