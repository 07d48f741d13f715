"""The master key and what is derived from it."""

import base64
import multiprocessing
import stat
from pathlib import Path

import pytest

from headway.foundation import keys
from headway.foundation.errors import Invalid

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
OTHER = base64.urlsafe_b64encode(bytes(range(1, 33))).decode()


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A known master key in the environment."""
    monkeypatch.setenv("HEADWAY_MASTER_KEY", KEY)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new installation without a key."""
    monkeypatch.delenv("HEADWAY_MASTER_KEY", raising=False)
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_same_purpose_gives_the_same_bytes_and_another_gives_others(key: None) -> None:
    assert keys.derive("mail") == keys.derive("mail")
    assert keys.derive("mail") != keys.derive("web")
    assert len(keys.derive("django", 48)) == 48
    assert keys.derive("mail", key=bytes(32)) != keys.derive("mail")


def test_derivation_never_changes(key: None) -> None:
    """What was sealed by an earlier version must stay readable: a fixed value of RFC 5869 with our prefix."""
    assert keys.derive("mail").hex() == "7c22f0ce31ea3aacd31ebedb07c84ed01fb82853696e4c7032e596ecea874522"


def test_what_is_sealed_is_read_back_and_looks_different_each_time(key: None) -> None:
    sealed = keys.seal("smtp", b"a password")
    assert keys.unseal("smtp", sealed) == b"a password"
    assert b"password" not in sealed
    assert keys.seal("smtp", b"a password") != sealed


def test_another_key_another_purpose_or_changed_bytes_are_refused(key: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = keys.seal("smtp", b"a password")
    flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for purpose, data in [("imap", sealed), ("smtp", flipped), ("smtp", sealed[:5]), ("smtp", b"")]:
        with pytest.raises(Invalid, match="cannot be read with this master key"):
            keys.unseal(purpose, data)
    monkeypatch.setenv("HEADWAY_MASTER_KEY", OTHER)
    with pytest.raises(Invalid, match="HEADWAY_MASTER_KEY"):
        keys.unseal("smtp", sealed)


@pytest.mark.parametrize("text", ["short", "", "ä" * 43, base64.urlsafe_b64encode(bytes(31)).decode(), "!" * 44])
def test_a_key_of_the_wrong_shape_is_one_sentence(text: str) -> None:
    with pytest.raises(Invalid, match="32 bytes in URL-safe base64"):
        keys.parse_key(text)


def test_a_new_installation_makes_its_key_once_and_for_its_owner_only(home: Path) -> None:
    first = keys.master_key()
    file = home / "master.key"
    assert keys.parse_key(file.read_text()) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keys.where() == str(file)
    assert list(home.iterdir()) == [file]


def test_a_draft_that_a_crash_left_behind_is_in_nobodys_way(home: Path) -> None:
    home.mkdir()
    (home / ".master.key.1").touch()
    assert len(keys.master_key()) == 32


def _key_of(home: Path) -> str:
    import os

    os.environ["HEADWAY_HOME"] = str(home)
    os.environ.pop("HEADWAY_MASTER_KEY", None)
    return keys.master_key().hex()


def test_first_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        found = set(pool.map(_key_of, [tmp_path / "home"] * 8, chunksize=1))
    assert len(found) == 1
