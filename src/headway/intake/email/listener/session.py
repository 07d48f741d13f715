"""One connection of a mail server: what aiosmtpd does, with bounds, and with DATA of our own.

Only CRLF.CRLF ends a mail. A lone LF or CR stays what it is, inside of the mail, so that nobody smuggles a second one
behind a dot that other servers read differently. Lines may be of any length: what is broken is kept, not refused.
"""

import asyncio
import re
import tempfile
from collections import defaultdict
from ipaddress import ip_address
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Talk

from headway.foundation import paths
from headway.foundation.outward.places import internal, is_public
from headway.intake.email.parse.charsets import storable

if TYPE_CHECKING:
    from headway.intake.email.listener.server import Listener

MOST_RECIPIENTS: Final = 100
MOST_REFUSALS: Final = 20  # of recipients on one connection: who goes on is guessing
IDLE_SECONDS: Final = 120.0
_LONGEST_DATA: Final = 900.0  # seconds
_LONGEST_COMMAND: Final = 2048
_IN_MEMORY: Final = 256 * 1024
_PATH: Final = re.compile(r'\s*<((?:@[^<>:]*:)?)((?:"(?:[^"\\]|\\.)*"@)?[^<>\s]*)>(.*)', re.DOTALL)


class _Endless(Exception):
    """It goes on far beyond the limit that was announced."""


class _Careful(SMTP):
    """The bounded session, for both protocols."""

    line_length_limit = 64 * 1024  # of what is read at once
    answers_each = False

    def __init__(self, listener: "Listener", **options: Any) -> None:
        super().__init__(
            Handler(listener),
            data_size_limit=listener.most_bytes,
            enable_SMTPUTF8=True,
            ident="Headway",
            timeout=IDLE_SECONDS,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            **options,
        )
        self._listener = listener
        self.command_size_limits = defaultdict(lambda: _LONGEST_COMMAND)
        self.command_size_limit = _LONGEST_COMMAND
        self.refusals = 0
        self._peer = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Also called when encryption begins."""
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self._peer = peer[0] if isinstance(peer, tuple) else ""
        self._listener.sessions[self] = self._peer

    def connection_lost(self, error: Exception | None) -> None:
        self._listener.sessions.pop(self, None)
        super().connection_lost(error)

    def _cb_client_connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super()._cb_client_connected(reader, writer)
        read = reader.readuntil

        async def readuntil(separator: bytes = b"\n") -> bytes:
            try:
                return await read(separator)
            except asyncio.IncompleteReadError as error:
                raise asyncio.CancelledError from error  # nothing more will come

        reader.readuntil = readuntil  # type: ignore[method-assign, assignment]

    def eof_received(self) -> bool | None:
        """Who has said everything may close their side and still wait for our answers."""
        if self.session is not None and self.session.ssl is not None:
            return super().eof_received()
        self._reader.feed_eof()
        return True

    async def _handle_client(self) -> None:
        if self._listener.is_full(self._peer):
            await self.hang_up("421 4.3.2 Too many connections, try again later")
        await super()._handle_client()

    async def hang_up(self, status: str) -> NoReturn:
        """Says it and ends the connection. Nothing that was sent after it is taken for a command."""
        await self.push(status)
        if self.transport is not None:
            self.transport.close()
        raise asyncio.CancelledError

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """The address of MAIL and RCPT as it is written: odd senders write too. `<>` stands for the empty one."""
        match = _PATH.fullmatch(arg)
        if match is None:
            return None, None
        return match[2] or "<>", match[3].strip()

    async def smtp_DATA(  # noqa: N802 - aiosmtpd's name
        self, arg: str | None
    ) -> None:
        """The mail itself, in bounded memory; answered when it is stable."""
        envelope = self.envelope
        if envelope is None or await self.check_helo_needed():
            return
        if not envelope.rcpt_tos:
            await self.push("503 5.5.1 There is no recipient")
            return
        if arg:
            await self.push("501 5.5.4 DATA takes nothing with it")
            return
        await self.push("354 End with <CRLF>.<CRLF>")
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(paths.folder("spool"))) as kept:
            size = await self._received(kept)
            if size > self._listener.most_bytes:
                status = "552 5.3.4 The mail is too large"
            else:
                self._reset_timeout(_LONGEST_DATA)
                status = await self._listener.keep(kept, size, _described(envelope, self._peer))
        self._reset_timeout()
        answers = len(envelope.rcpt_tos) if self.answers_each else 1
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        await self.push("\r\n".join([status] * answers))

    async def _received(self, kept: IO[bytes]) -> int:
        """The size of the mail that was read. Where reading fails the connection ends: what follows is still mail."""
        try:
            async with asyncio.timeout(_LONGEST_DATA):
                return await self._receive(kept)
        except TimeoutError:
            await self.hang_up("421 4.4.2 This takes too long")
        except _Endless:
            await self.hang_up("552 5.3.4 The mail is too large")
        except OSError as error:
            self._listener.failed(error)
            await self.hang_up("421 4.3.0 The mail cannot be kept now, try again later")

    async def _receive(self, kept: IO[bytes]) -> int:
        """Writes the mail to `kept`, dots taken off; returns its size. What is beyond the limit is not written."""
        most, size, at_start = self._listener.most_bytes, 0, True
        heard = self.loop.time()
        while True:
            try:
                piece = await self._reader.readuntil(b"\r\n")
                ends = True
            except asyncio.LimitOverrunError as error:
                piece = await self._reader.read(error.consumed)
                ends = False
            if at_start and piece == b".\r\n":
                return size
            if at_start and piece.startswith(b"."):
                piece = piece[1:]
            at_start = ends
            size += len(piece)
            if size <= most:
                kept.write(piece)
            elif size > 2 * most:
                raise _Endless
            if self.loop.time() - heard > 1:
                heard = self.loop.time()
                self._reset_timeout()


class SmtpSession(_Careful):
    """Speaks SMTP: one answer for all recipients."""


class LmtpSession(_Careful, LMTP):
    """Speaks LMTP (RFC 2033): one answer for each recipient."""

    answers_each = True


class Handler:
    """aiosmtpd's hooks. Their names are its own."""

    def __init__(self, listener: "Listener") -> None:
        self._listener = listener

    async def handle_EHLO(  # noqa: N802
        self,
        _server: SMTP,
        session: Talk,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        # Commands sent ahead are answered in order, but not asked for: Exim then closes its side together with the end
        # of the mail, which over TLS leaves no way for our answer (Python's SSL knows no half of a connection)
        offered = [line for line in responses if not line[4:].startswith(("AUTH", "HELP"))]
        return [*offered[:-1], f"250 {offered[-1][4:]}"]

    async def handle_RCPT(  # noqa: N802
        self, server: _Careful, _session: Talk, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        status = await self._listener.judge(address)
        if status.startswith("2"):
            envelope.rcpt_tos.append(address)
        elif status.startswith("5"):
            server.refusals += 1
            if server.refusals >= MOST_REFUSALS:
                await server.hang_up("421 4.7.0 Too many recipients that do not exist")
        return status

    async def handle_exception(self, error: Exception) -> str:
        self._listener.failed(error)
        return "451 4.3.0 An error of ours, try again later"


def _described(envelope: Envelope, peer: str) -> dict[str, object]:
    """The envelope as it is stored. The sender of reports is empty.

    `outside`: it was handed in from the public network, so no server of ours has seen it before.
    """
    sender = "" if envelope.mail_from in (None, "<>") else str(envelope.mail_from)
    found: dict[str, object] = {"from": storable(sender), "to": [storable(one) for one in envelope.rcpt_tos]}
    return found | {"outside": True} if _is_outside(peer) else found


def _is_outside(peer: str) -> bool:
    try:
        return is_public(ip_address(peer.partition("%")[0])) and not internal(peer)
    except ValueError:
        return False  # a socket file
