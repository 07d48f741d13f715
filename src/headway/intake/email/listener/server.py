"""The listener's own process: accepts connections, keeps mails in threads, ends without losing what it has begun."""

import asyncio
import logging
import os
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import structlog

from headway.foundation.jobs.failures import describe
from headway.intake.email.listener import keeping
from headway.intake.email.listener.place import Place
from headway.intake.email.listener.recipients import Away, OwnAddresses
from headway.intake.email.listener.session import LmtpSession, SmtpSession

log = structlog.get_logger("headway.intake")

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_CONNECTIONS: Final = 100
MOST_OF_ONE: Final = 40  # by SMTP, of one address: the others get in too
_THREADS: Final = 4
_LARGE: Final = 1024 * 1024
_DRAIN_SECONDS: Final = 20.0
_GOODBYE_SECONDS: Final = 2.0
_SPOOL_SECONDS: Final = 30.0

Session = LmtpSession | SmtpSession


class Listener:
    """Listens at one place from `start` to `stop`, on the running event loop."""

    def __init__(self, place: Place, *, certificate: str = "", most_bytes: int = MOST_BYTES) -> None:
        # aiosmtpd writes a line for each command, with addresses in it
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        self.place = place
        self.most_bytes = most_bytes
        self.sessions: dict[object, str] = {}
        self._certificate = Path(certificate) if certificate else None
        self._context: ssl.SSLContext | None = None
        self._loaded = 0.0
        self._addresses = OwnAddresses()
        self._threads = ThreadPoolExecutor(_THREADS, "listener")
        self._one_large = asyncio.Lock()
        self._keeping: set[object] = set()
        self._server: asyncio.Server | None = None
        self._spool: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Raises OSError when the place or the certificate cannot be used."""
        loop = asyncio.get_running_loop()
        self._encryption()
        if self.place.path:
            self._server = await loop.create_unix_server(self._session, self.place.path)
            Path(self.place.path).chmod(0o660)  # the mail server's user shares our group
        else:
            self._server = await loop.create_server(self._session, self.place.host, self.place.port)
        self._spool = asyncio.create_task(self._look_after_spool())
        log.info("listening", place=str(self.place), encryption=self._context is not None)

    @property
    def port(self) -> int:
        """Where it listens, also when the system has chosen."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Accepts nobody any more, finishes what is being kept, then hangs up."""
        if self._server is not None:
            self._server.close()
        if self._spool is not None:
            self._spool.cancel()
        deadline = asyncio.get_running_loop().time() + _DRAIN_SECONDS
        while self._keeping and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.05)  # the last answers leave
        for session in list(self.sessions):
            transport = getattr(session, "transport", None)
            if transport is not None:
                transport.close()
        deadline = asyncio.get_running_loop().time() + _GOODBYE_SECONDS
        while self.sessions and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.01)
        self._threads.shutdown(wait=True, cancel_futures=True)
        if self.place.path:
            Path(self.place.path).unlink(missing_ok=True)

    def is_full(self, peer: str) -> bool:
        """Whether the connection that just came is one too many."""
        own = sum(1 for one in self.sessions.values() if one == peer)
        return len(self.sessions) > MOST_CONNECTIONS or (not self.place.lmtp and own > MOST_OF_ONE)

    async def judge(self, address: str) -> str:
        """The answer to RCPT: only our own addresses, so that nothing is ever passed on for strangers."""
        loop = asyncio.get_running_loop()
        try:
            ours = await loop.run_in_executor(self._threads, self._addresses.holds, address)
        except Away:
            return "451 4.3.0 Our addresses cannot be looked up now, try again later"
        return "250 2.1.5 Taken" if ours else "550 5.1.1 There is no such address here"

    async def keep(self, kept: IO[bytes], size: int, envelope: dict[str, object]) -> str:
        """The answer to a mail, which is 250 only when it is on stable storage. Large ones one after the other."""
        token = object()
        self._keeping.add(token)
        try:
            if size <= _LARGE:
                return await self._kept(kept, envelope)
            async with self._one_large:
                return await self._kept(kept, envelope)
        finally:
            self._keeping.discard(token)

    def failed(self, error: Exception) -> None:
        """Notes what nobody foresaw."""
        log.error("a session failed", error=describe(error))

    async def _kept(self, kept: IO[bytes], envelope: dict[str, object]) -> str:
        kept.seek(0)
        # as the last server does (RFC 5321, 4.4): whether a mail is a report is seen from it
        raw = f"Return-Path: <{envelope['from']}>\r\n".encode() + kept.read()
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._threads, keeping.keep, raw, envelope)
        except Exception as error:  # noqa: BLE001 - disk full, no right to write: the other server keeps it meanwhile
            log.error("a mail could not be kept", error=describe(error))
            return "451 4.3.0 The mail cannot be kept now, try again later"
        return "250 2.0.0 Kept"

    def _session(self) -> Session:
        kind = LmtpSession if self.place.lmtp else SmtpSession
        return kind(self, tls_context=self._encryption(), hostname=socket.gethostname())

    def _encryption(self) -> ssl.SSLContext | None:
        """With the certificate as it is on disk now: it is renewed while we run."""
        if self._certificate is None:
            return None
        with suppress(OSError):
            written = self._certificate.stat().st_mtime
            if self._context is not None and written == self._loaded:
                return self._context
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(self._certificate)
            self._context, self._loaded = context, written
        if self._context is None:
            raise OSError(f"The certificate {os.fspath(self._certificate)} cannot be read, or is none.")
        return self._context

    async def _look_after_spool(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_SPOOL_SECONDS)
            await loop.run_in_executor(self._threads, keeping.bring_in)
