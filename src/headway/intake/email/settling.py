"""What became of a batch of mails: which came before, and the verdict on each, written at once."""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db import connection

from headway.foundation import files
from headway.intake.email import keys
from headway.intake.email.claiming import Claimed
from headway.intake.email.erasing import keyed
from headway.intake.email.mail import ParsedMail
from headway.intake.models import RawMail

_SAVE: Final = """
UPDATE intake_rawmail r SET state = n.state, mail_key = n.mail_key, message_id = n.message_id, side_id = n.side_id,
    error = '', findings = n.findings, processed_at = n.at
FROM (SELECT unnest(%s::bigint[]) AS id, unnest(%s::text[]) AS state, unnest(%s::text[]) AS mail_key,
             unnest(%s::bigint[]) AS message_id, unnest(%s::bigint[]) AS side_id, unnest(%s::jsonb[]) AS findings,
             %s::timestamptz AS at) n
WHERE r.id = n.id
"""


@dataclass(frozen=True, slots=True)
class Read:
    """A claimed mail that was parsed, with its bytes unless they are many."""

    claimed: Claimed
    mail: ParsedMail
    raw: bytes | None

    def open(self) -> BinaryIO:
        """The raw mail as a stream that can seek."""
        return files.open_blob(self.claimed.sha256) if self.raw is None else io.BytesIO(self.raw)


def locked(read: Iterable[Read]) -> dict[int, RawMail]:
    """The rows of these mails that still wait, locked in one order, by id. One query."""
    rows = RawMail.objects.select_for_update().filter(pk__in=[one.claimed.id for one in read], state="stored")
    return {row.pk: row for row in rows.order_by("pk")}


def first_copies(read: Sequence[Read], rows: dict[int, RawMail]) -> list[int]:
    """The numbers of the mails that came for the first time and still wait; further copies are marked. One query."""
    names = [keys.of_mail(one.mail.message_id, one.mail.body_hash) for one in read]
    erased = {keyed(name): name for name in names}
    found = RawMail.objects.filter(mail_key__in=[*names, *erased]).values_list("mail_key", flat=True)
    taken = {erased.get(name, name) for name in found if name}
    kept: list[int] = []
    for number, (one, name) in enumerate(zip(read, names, strict=True)):
        row = rows.get(one.claimed.id)
        if row is None:
            continue
        if name in taken:
            row.state = RawMail.States.DUPLICATE
            continue
        taken.add(name)
        row.mail_key = name
        kept.append(number)
    return kept


def save(rows: Iterable[RawMail], at: datetime) -> None:
    """Writes what became of the mails, in one statement."""
    changed = [row for row in rows if row.state != RawMail.States.STORED]
    if not changed:
        return
    columns = (
        [row.pk for row in changed],
        [row.state for row in changed],
        [row.mail_key for row in changed],
        [row.message_id for row in changed],
        [row.side_id for row in changed],
        [json.dumps(row.findings) for row in changed],
    )
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [*columns, at])
