"""Reading what came in and what goes out."""

from headway.intake.queries.excerpts import Excerpt, excerpt_of
from headway.intake.queries.outbox import (
    UNSENT,
    OutboxRow,
    Sending,
    outbox,
    recipient_of,
    sender_of,
    sendings,
    side_sendings,
    unsent,
)
from headway.intake.queries.paths import Path, beginning_of, findings_of, path_of
from headway.intake.queries.quarantine import (
    Quarantined,
    Reason,
    Reread,
    quarantine_size,
    quarantined,
    reasons,
    reread,
)
from headway.intake.queries.raw import mail_by_id, quarantined_mail, raw_of

__all__ = [
    "UNSENT",
    "Excerpt",
    "OutboxRow",
    "Path",
    "Quarantined",
    "Reason",
    "Reread",
    "Sending",
    "beginning_of",
    "excerpt_of",
    "findings_of",
    "mail_by_id",
    "outbox",
    "path_of",
    "quarantine_size",
    "quarantined",
    "quarantined_mail",
    "raw_of",
    "reasons",
    "recipient_of",
    "reread",
    "sender_of",
    "sendings",
    "side_sendings",
    "unsent",
]
