"""What is kept of a secret that opens something: a link, a token."""

import hashlib


def hashed(secret: str) -> str:
    """Its SHA-256 in hexadecimal. Our secrets are random and long, so the hash cannot be turned back by guessing."""
    return hashlib.sha256(secret.encode()).hexdigest()
