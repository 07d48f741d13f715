"""The file stores: what was put is there, whole, before anything names it; a crash leaves no half file."""

import hashlib
import io
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from headway.foundation import files
from headway.foundation.files import disk
from headway.foundation.files.disk import DiskStore

HELLO = b"hello"
HELLO_SHA = hashlib.sha256(HELLO).hexdigest()


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """An S3 server on the loopback with an empty bucket; its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    before = dict(os.environ)
    os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1")
    import boto3

    boto3.client("s3", endpoint_url=f"http://{host}:{port}").create_bucket(Bucket="attachments")
    yield f"http://{host}:{port}"
    server.stop()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either store, empty."""
    address = str(tmp_path / "files")
    if request.param == "s3":
        monkeypatch.setattr(settings.HEADWAY, "files_endpoint", request.getfixturevalue("bucket"))
        address = f"s3://attachments/{tmp_path.name}"
    monkeypatch.setattr(settings.HEADWAY, "files", address)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty store on disk."""
    monkeypatch.setattr(settings.HEADWAY, "files", str(tmp_path / "files"))
    return tmp_path / "files"


def test_a_stream_is_stored_whole_whatever_was_read_of_it(store: None) -> None:
    whole = HELLO * 500_000
    stream = io.BytesIO(whole)
    stream.read(7)
    blob = files.put_stream(stream)
    assert (blob, files.read(blob.sha256)) == (files.blob_of(whole), whole)


def test_what_was_put_is_read_back_under_its_hash(store: None) -> None:
    blob = files.put(HELLO)
    assert (blob.sha256, blob.size) == (HELLO_SHA, 5)
    assert files.read(HELLO_SHA) == HELLO
    assert files.exists(HELLO_SHA)
    with files.open_blob(HELLO_SHA) as stream:
        assert stream.read(2) == b"he"
    assert list(files.hashes()) == [HELLO_SHA]


def test_many_come_back_in_their_order_and_twice_is_once(store: None) -> None:
    contents = [b"", b"b", b"a", b"b", bytes(300_000)]
    blobs = files.put_many(contents)
    assert [files.read(blob.sha256) for blob in blobs] == contents
    assert files.put_many(contents) == blobs
    assert set(files.hashes()) == {blob.sha256 for blob in blobs}
    assert files.put_many([]) == []


def test_what_is_missing_is_missing(store: None) -> None:
    assert not files.exists(HELLO_SHA)
    with pytest.raises(FileNotFoundError):
        files.read(HELLO_SHA)
    files.delete(HELLO_SHA)
    assert list(files.hashes()) == []


def test_a_deleted_file_is_gone_and_can_come_again(store: None) -> None:
    files.put(HELLO)
    files.delete(HELLO_SHA)
    assert not files.exists(HELLO_SHA)
    files.put(HELLO)
    assert files.read(HELLO_SHA) == HELLO


@trying(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=30, deadline=None
)
@given(st.lists(st.binary(max_size=2000), max_size=6))
def test_any_bytes_are_kept(folder: Path, contents: list[bytes]) -> None:
    assert [files.read(blob.sha256) for blob in files.put_many(contents)] == contents


def test_a_file_has_its_name_only_after_its_bytes_are_safe(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, replace = disk._sync, Path.replace

    def synced(path: Path) -> None:
        done.append(f"sync {'folder' if path.is_dir() else 'bytes'}")
        sync(path)

    def replaced(draft: Path, target: Path) -> Path:
        done.append("name")
        return replace(draft, target)

    store = DiskStore(folder)
    store.put({"0" * 64: b"makes the folders"})
    monkeypatch.setattr(disk, "_sync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    store.put({"0" * 63 + "1": b"x", "0" * 63 + "2": b"y"})
    assert done == ["sync bytes", "sync bytes", "name", "name", "sync folder"]


@pytest.mark.parametrize("fails_at", range(1, 12))
def test_a_crash_at_any_step_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    """The process dies at the n-th thing it asks of the disk; nothing it leaves behind counts as a file."""
    steps = iter(range(1, 1000))

    class Died(BaseException):
        pass

    def dies(function: object) -> object:
        def call(*arguments: object, **named: object) -> object:
            if next(steps) >= fails_at:
                raise Died
            return function(*arguments, **named)  # type: ignore[operator]

        return call

    for place, name in [(disk, "_sync"), (Path, "replace"), (Path, "mkdir"), (Path, "unlink"), (os, "open")]:
        monkeypatch.setattr(place, name, dies(getattr(place, name)))
    contents = [HELLO, b"world"]
    finished = True
    try:
        files.put_many(contents)
    except Died:
        finished = False
    monkeypatch.undo()
    monkeypatch.setattr(settings.HEADWAY, "files", str(folder))
    for sha256 in files.hashes():
        assert hashlib.sha256(files.read(sha256)).hexdigest() == sha256
    if finished:
        assert len(list(files.hashes())) == 2
    assert [files.read(blob.sha256) for blob in files.put_many(contents)] == contents


def test_a_full_disk_leaves_no_draft(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "_sync", full)
    DiskStore(folder)._drafts.mkdir(parents=True)
    with pytest.raises(OSError, match="No space left"):
        files.put(HELLO)
    assert list((folder / "drafts").iterdir()) == []


def test_drafts_of_a_crash_are_swept_after_an_hour_and_young_ones_stay(folder: Path) -> None:
    files.put(HELLO)
    old, young = folder / "drafts" / "old", folder / "drafts" / "young"
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    files.tidy()
    assert list((folder / "drafts").iterdir()) == [young]
    assert list(files.hashes()) == [HELLO_SHA]


def test_only_the_owner_can_look(folder: Path) -> None:
    files.put(HELLO)
    path = DiskStore(folder).path(HELLO_SHA)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_writers_of_the_same_file_at_once_all_succeed(folder: Path) -> None:
    def put(_writer: int) -> None:
        for number in range(20):
            files.put(b"%d" % number)

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(put, range(6)))
    assert len(list(files.hashes())) == 20
