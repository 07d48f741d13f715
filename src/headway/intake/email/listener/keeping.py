"""A mail that was handed in is kept: in the workspace, else in the spool of this machine."""

import secrets
from typing import Final

import structlog
from django.db import close_old_connections

from headway.foundation.jobs.failures import describe
from headway.intake.channel import Arrival
from headway.intake.email import receiving, spool

log = structlog.get_logger("headway.intake")

SOURCE: Final = "listener"


def keep(raw: bytes, envelope: dict[str, object]) -> None:
    """When it returns the mail is on stable storage. Raises OSError when it could not be kept at all.

    SMTP names no delivery: a server that misses our answer sends the same mail again, under another key. That it is
    the same is seen from its Message-ID and body when it is processed.

    The spool is as good as the workspace, as its bytes are synced too and come in as soon as the database is back;
    refusing instead would leave the mail to servers that give up, or warn the customer, after hours.
    """
    close_old_connections()
    try:
        receiving.keep([Arrival(SOURCE, secrets.token_hex(16), raw, envelope)])
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the workspace: the spool keeps the mail
        log.warning("a mail goes to the spool", error=describe(error))
        spool.write(raw, envelope, source=SOURCE)
    finally:
        close_old_connections()


def bring_in() -> None:
    """What the spool of this machine holds goes into the workspace, if that is back."""
    if not spool.waiting():
        return
    close_old_connections()
    try:
        spool.drain()
    except Exception as error:  # noqa: BLE001 - it stays in the spool
        log.info("the spool waits", error=describe(error))
    finally:
        close_old_connections()
