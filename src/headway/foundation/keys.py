"""One master key; every other secret of the installation is derived from it.

Derivation is HKDF-SHA256 (RFC 5869), sealing is AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D).
"""

import base64
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from headway.foundation import paths
from headway.foundation.errors import Invalid

_NONCE = 12


def key_file() -> Path:
    """Where the master key stands when HEADWAY_MASTER_KEY does not give it."""
    return paths.home() / "master.key"


def where() -> str:
    """Says where the master key of this installation is, for backups and the doctor."""
    if os.environ.get("HEADWAY_MASTER_KEY"):
        return "the environment variable HEADWAY_MASTER_KEY"
    return str(key_file())


def parse_key(text: str) -> bytes:
    """The 32 bytes written in base64 by `text`. Raises Invalid when it is anything else."""
    try:
        key = base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Invalid("The master key must be 32 bytes in URL-safe base64. Copy it from the machine it was made on.")
    return key


@lru_cache(maxsize=4)
def _load(given: str | None, file: Path) -> bytes:
    if given:
        return parse_key(given)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = base64.urlsafe_b64encode(secrets.token_bytes(32))
        # not by process number: in a container that is the same at each start, and a crash may have left a draft
        draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(fresh)
            out.flush()
            os.fsync(out.fileno())
        try:
            # link, not rename: of two first starts at once, one key wins and both read it
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        # what is sealed from now on is lost with the key, so its name must survive a crash of the machine too
        descriptor = os.open(file.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    return parse_key(file.read_text())


def master_key() -> bytes:
    """The installation's 32-byte master key, made at the first call on a new installation."""
    return _load(os.environ.get("HEADWAY_MASTER_KEY"), key_file())


def derive(purpose: str, length: int = 32, *, key: bytes | None = None) -> bytes:
    """`length` bytes that depend on the master key and `purpose` and reveal neither."""
    return _derive(key or master_key(), purpose, length)


@lru_cache(maxsize=64)
def _derive(key: bytes, purpose: str, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"headway/{purpose}".encode()).derive(key)


def seal(purpose: str, data: bytes) -> bytes:
    """Encrypts `data` so that only this installation, for the same purpose, can read it."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(derive(purpose)).encrypt(nonce, data, purpose.encode())


def unseal(purpose: str, sealed: bytes) -> bytes:
    """What `seal` was given. Raises Invalid when the key differs or the bytes were changed."""
    try:
        return AESGCM(derive(purpose)).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise Invalid(
            "A stored secret cannot be read with this master key. "
            f"Put the key it was sealed with back in place ({where()}), or enter the secret again."
        ) from error
