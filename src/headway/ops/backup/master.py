"""Which master key opens a backup, and making it this installation's own."""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from headway.foundation import keys
from headway.foundation.errors import Invalid
from headway.ops.backup import sealed

_VARIABLE = "HEADWAY_MASTER_KEY"


def find(header: dict[str, Any], key_file: Path | None) -> bytes:
    """The key in `key_file`, else this installation's, if it is the one of the backup with this header.

    Raises Invalid, saying where the right one was, when it is another or there is none.
    """
    if key_file is not None:
        if not key_file.exists():
            raise Invalid(f"There is no file {key_file}.")
        master = keys.parse_key(key_file.read_text())
    elif os.environ.get(_VARIABLE) or keys.key_file().exists():
        master = keys.master_key()
    else:
        raise Invalid(
            f"This backup needs the master key it was made with: {header['key_at']} on {header['host']}. "
            "Copy it here and give it with --key-file."
        )
    if sealed.key_id(master) != header["key_id"]:
        raise Invalid(
            f"This backup was made with another master key: {header['key_at']} on {header['host']}. "
            "Copy it here and give it with --key-file."
        )
    return master


@contextmanager
def in_force(master: bytes) -> Iterator[None]:
    """Inside the block this process works with `master`, whatever stands in the data folder."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = _text(master)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before


def adopt(master: bytes) -> None:
    """Makes `master` the key of this data folder. The one that stood there is kept beside it."""
    given = os.environ.get(_VARIABLE)
    if given:
        if keys.parse_key(given) != master:
            raise Invalid(f"Set {_VARIABLE} to the key of the backup, or unset it: its value is another key.")
        return
    file = keys.key_file()
    if file.exists():
        if keys.parse_key(file.read_text()) == master:
            return
        file.replace(file.with_name(f"{file.name}.before-restore"))
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(_text(master))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def _text(master: bytes) -> str:
    return base64.urlsafe_b64encode(master).decode()
