"""Reading what came in and what goes out."""

from headway.intake.queries.excerpts import Excerpt, excerpt_of
from headway.intake.queries.outbox import (
    UNSENT,
    Leaving,
    OutboxRow,
    Sending,
    leaving_as,
    outbox,
    recipient_of,
    sendings,
    sendings_on,
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
    "Leaving",
    "OutboxRow",
    "Path",
    "Quarantined",
    "Reason",
    "Reread",
    "Sending",
    "beginning_of",
    "excerpt_of",
    "findings_of",
    "leaving_as",
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
    "sendings",
    "sendings_on",
    "side_sendings",
    "unsent",
]
