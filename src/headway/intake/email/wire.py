"""What travels between the parent and its parsing children: length-prefixed msgpack, a raw mail behind its job.

A raw mail is no part of the message: a large one would be held twice to be packed.
"""

import struct
from typing import Final

import msgspec

from headway.intake.email.mail import ParsedMail

LENGTH: Final = struct.Struct("<I")
MOST_BYTES: Final = 256 * 1024 * 1024


class Job(msgspec.Struct, array_like=True, frozen=True):
    """One mail to parse, of which so many bytes follow."""

    care: int
    size: int


class Outcome(msgspec.Struct, array_like=True, frozen=True):
    """The parsed mail, or why there is none (`fatal`: the process died or must be replaced)."""

    mail: ParsedMail | None = None
    error: str = ""
    fatal: bool = False


_encoder: Final = msgspec.msgpack.Encoder()
jobs: Final = msgspec.msgpack.Decoder(Job)
outcomes: Final = msgspec.msgpack.Decoder(Outcome)


def frame(value: Job | Outcome) -> tuple[bytes, bytes]:
    """One message as it is written to a pipe: its length, and itself."""
    body = _encoder.encode(value)
    return LENGTH.pack(len(body)), body
