"""A listener on loopback with its event loop in a thread, and raw conversations with it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from headway.foundation.clock import now
from headway.intake.email.listener.place import Place
from headway.intake.email.listener.server import Listener

LOOPBACK = Place(lmtp=False, host="127.0.0.1")
LMTP = Place(lmtp=True, host="127.0.0.1")
OURS = "help@desk.example"
END = b"\r\n.\r\n"


@contextmanager
def listening(place: Place = LOOPBACK, **options: Any) -> Iterator[Listener]:
    """A listener that runs inside the block."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> Listener:
        found = Listener(place, **options)
        await found.start()
        return found

    try:
        listener = asyncio.run_coroutine_threadsafe(begin(), loop).result(20)
        yield listener
        asyncio.run_coroutine_threadsafe(listener.stop(), loop).result(40)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
        loop.close()


class Talk:
    """One connection, byte by byte."""

    def __init__(self, listener: Listener) -> None:
        self._socket = socket.create_connection(("127.0.0.1", listener.port), timeout=20)
        self._file = self._socket.makefile("rb")
        self.greeting = self.answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        self._socket.sendall(data)

    def answer(self) -> str:
        """The last line of the next answer; "" when the connection ended."""
        while True:
            line = self._file.readline().decode("utf-8", "replace")
            if line[3:4] != "-":
                return line.strip()

    def say(self, command: str) -> str:
        """One command and its answer."""
        self.send(command.encode() + b"\r\n")
        return self.answer()

    def hand_in(self, data: bytes, *, to: str = "help@desk.example", sender: str = "dana@example.com") -> str:
        """A whole transaction; `data` is sent as it is, with its end."""
        for command in ("EHLO there", f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA"):
            said = self.say(command)
            assert said[0] in "23", (command, said)
        self.send(data)
        return self.answer()


def write_certificate(path: Path, name: str) -> None:
    """Key and certificate for a host of this name, signed by itself."""
    key = generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    signed = made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + signed)
