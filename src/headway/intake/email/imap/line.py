"""One mailbox of a fetcher: its connection, what is remembered of it, and when it is looked at next."""

import random
import time
from typing import Final

import structlog
from django.db import Error
from django.utils import translation

from headway.foundation.clock import now
from headway.intake.email.imap.failures import DELICATE, PASSING, Failure, explain
from headway.intake.email.imap.folders import Memory
from headway.intake.email.imap.session import TROUBLE, Session, open_session
from headway.intake.email.imap.taking import Taken, take
from headway.intake.mailboxes import health
from headway.intake.models import Mailbox
from headway.settings import queries as settings

log = structlog.get_logger("headway.intake")

POLL_SECONDS: Final = 25.0  # where the server does not tell of new mail
# Servers may end a waiting of 30 minutes (RFC 2177); routers forget silent connections sooner.
IDLE_SECONDS: Final = 540.0
_STRUCK_SECONDS: Final = 60.0
_FIRST_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 600.0
_FIRST_PAUSE_DELICATE: Final = 60.0
_LONGEST_PAUSE_DELICATE: Final = 1800.0
_DATABASE_PAUSE: Final = 5.0


class Line:
    """Worked on by one thread at a time; between two turns it belongs to the fetcher's loop."""

    def __init__(self, mailbox_id: int, fingerprint: str) -> None:
        self.mailbox_id = mailbox_id
        self.fingerprint = fingerprint
        self.due = time.monotonic()
        self.running = False
        self.tried = False  # it runs although it failed before
        self.dropped = False  # not ours to read any more: ends at the next batch
        self.waiting = False  # the server tells when there is something
        self.failures = 0
        self._mailbox: Mailbox | None = None
        self._session: Session | None = None
        self._memory = Memory()
        self._language = "en"
        self._told = -1  # mails waiting, as last noted in the health; -1: not noted yet

    @property
    def well(self) -> bool:
        """Whether the last turn succeeded and the connection stands."""
        return self._session is not None and self.failures == 0 and self._told == 0

    @property
    def pending(self) -> bool:
        """Whether something came that no selector will tell of."""
        return self._session is not None and self._session.pending

    def fileno(self) -> int:
        """For selectors, while `waiting`."""
        assert self._session is not None
        return self._session.fileno()

    def work(self) -> None:
        """One turn; sets when the next is due. Raises nothing."""
        with translation.override(self._language):
            pause = self._one_turn()
        self.due = time.monotonic() + pause * random.uniform(0.9, 1.1)  # noqa: S311 - not all at once

    def _one_turn(self) -> float:
        try:
            return self._turn()
        except Failure as failure:
            return self._fail(failure)
        except Error as error:
            # nothing can be noted; what was not stored is fetched again
            log.warning("the database is away", mailbox_id=self.mailbox_id, error=type(error).__name__)
            self.close()
            return _DATABASE_PAUSE
        except Exception as error:
            log.exception("a mailbox could not be fetched", mailbox_id=self.mailbox_id)
            return self._fail(explain(error, "", 0))

    def close(self) -> None:
        """Ends the connection at once."""
        if self._session is not None:
            self._session.close()
        self._session, self.waiting = None, False

    def drop(self) -> None:
        """Stops the turn that runs: it is not ours to read any more. What was not stored yet stays at the server."""
        self.dropped = True
        session = self._session
        if session is not None:
            session.cut()

    def _turn(self) -> float:
        if self._mailbox is None:
            self._mailbox = Mailbox.objects.select_related("address").filter(pk=self.mailbox_id).first()
            if self._mailbox is None:
                return _LONGEST_PAUSE
            # what it notes is read by the team
            self._language = settings.spoken()
            translation.activate(self._language)
        try:
            taken = self._take(self._mailbox)
        except Failure as failure:
            # a connection that was left alone for a while may have ended: that is no news
            if self._told < 0 or self.failures or self.dropped or failure.word not in PASSING:
                raise
            self.close()
            taken = self._take(self._mailbox)
        self._note(taken)
        if taken.left:
            return 0.0 if taken.fresh else 1.0
        assert self._session is not None
        if self._memory.strikes:
            return _STRUCK_SECONDS
        if self._session.told:
            # it came while the folder was searched, and nobody will tell of it again
            return 0.0
        if not self._session.idles:
            return POLL_SECONDS
        try:
            self._session.wait()
        except TROUBLE as error:
            raise explain(error, self._mailbox.imap_host, self._mailbox.imap_port) from error
        self.waiting = True
        return IDLE_SECONDS

    def _take(self, mailbox: Mailbox) -> Taken:
        reused = self._session is not None
        if self._session is None:
            self._session = open_session(mailbox)
        try:
            if self.waiting:
                self.waiting = False
                self._session.wake()
            elif reused:
                self._session.refresh()
            return take(mailbox, self._session, self._memory, lambda: not self.dropped)
        except TROUBLE as error:
            raise explain(error, mailbox.imap_host, mailbox.imap_port) from error

    def _note(self, taken: Taken) -> None:
        """Tells the health what is new; that nothing is new the loop tells for all mailboxes at once."""
        assert self._session is not None
        waiting = taken.left + len(self._memory.strikes)
        if taken.fresh or waiting != self._told or self.failures:
            health.fetched(
                self.mailbox_id,
                waiting=waiting,
                mail_at=now() if taken.fresh else None,
                lag_seconds=taken.lag,
                idle=self._session.idles,
            )
        self._told, self.failures = waiting, 0

    def _fail(self, failure: Failure) -> float:
        self.close()
        if self.dropped:
            return 0.0
        self.failures += 1
        log.info("a mailbox cannot be read", mailbox_id=self.mailbox_id, failure=failure.word, times=self.failures)
        if self.failures > 1 or failure.word not in PASSING:
            try:
                health.failed(self.mailbox_id, failure=failure.word, error=failure.sentence)
            except Error:
                return _DATABASE_PAUSE
        delicate = failure.word in DELICATE
        first, longest = (
            (_FIRST_PAUSE_DELICATE, _LONGEST_PAUSE_DELICATE) if delicate else (_FIRST_PAUSE, _LONGEST_PAUSE)
        )
        return min(first * (1 << min(self.failures - 1, 10)), longest)
