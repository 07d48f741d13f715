"""Hashed names of deliveries, mails and message ids: short enough for an index, the same everywhere."""

import hashlib


def of_delivery(source: str, key: str) -> str:
    """One delivery at its source."""
    return _hash("delivery", source, key)


def of_mail(message_id: str, body_hash: str) -> str:
    """One mail, however often it is delivered."""
    return _hash("mail", message_id, body_hash)


def of_id(message_id: str) -> str:
    """One Message-ID."""
    return _hash("id", message_id)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
