"""Whether an automatic mail may answer one that came in; decided while it is read, kept beside it."""

from datetime import datetime, timedelta
from typing import Final

from headway.intake.email import loops
from headway.intake.email.mail import ParsedMail
from headway.intake.email.senders import Ours

OLD: Final = timedelta(days=1)


def findings(mail: ParsedMail, own: Ours, *, stored_at: datetime) -> dict[str, object]:
    """Why no automatic mail may answer this one, as it is kept beside the mail; nothing where one may."""
    reason = loops.reason_not_to_answer(mail, own.mailboxes.keys())
    written = mail.date or mail.received_at
    if not reason and written is not None and stored_at - written > OLD:
        reason = "an old mail"
    return {"no_answer": reason} if reason else {}
