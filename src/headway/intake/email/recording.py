"""What is remembered of a mail beside its message: the ids it is answered by, and the ids it answers."""

from collections.abc import Iterable, Mapping
from typing import Final

from headway.intake.email import keys, loops, threading
from headway.intake.email.mail import ParsedMail
from headway.intake.models import Awaited, MailId

_MANY: Final = 20  # readers outside from which on a mail is one to many
_MOST_AWAITED: Final = 30


def remember(written: Iterable[tuple[ParsedMail, int]], known: Mapping[str, object]) -> None:
    """Writes the ids of mails that became messages. `known` holds the ids that have a place already."""
    answered: list[MailId] = []
    waiting: list[Awaited] = []
    own: set[str] = set(known)
    pairs = list(written)
    for mail, message_id in pairs:
        for value in ids_of(mail):
            own.add(value)
            answered.append(MailId(key=keys.of_id(value), value=value, message_id=message_id, bulk=is_bulk(mail)))
    for mail, message_id in pairs:
        unknown = [value for value in threading.candidates(mail) if value not in own][:_MOST_AWAITED]
        waiting += [Awaited(key=keys.of_id(value), message_id=message_id) for value in unknown]
    MailId.objects.bulk_create(answered, batch_size=1000)
    Awaited.objects.bulk_create(waiting, batch_size=1000)


def remember_beside(mail: ParsedMail, side_message_id: int) -> None:
    """The same of a mail that became a message of a side conversation; what it answers is known already."""
    MailId.objects.bulk_create(
        MailId(key=keys.of_id(value), value=value, side_id=side_message_id, bulk=is_bulk(mail))
        for value in ids_of(mail)
    )


def forget_awaited(mails: Iterable[ParsedMail]) -> None:
    """What was awaited has arrived."""
    Awaited.objects.filter(key__in=[keys.of_id(value) for mail in mails for value in ids_of(mail)]).delete()


def ids_of(mail: ParsedMail) -> list[str]:
    """Every id the mail is answered by: its own, and the one it had before a provider re-wrote it."""
    return list(dict.fromkeys([mail.message_id, *mail.former_ids]))


def is_bulk(mail: ParsedMail) -> bool:
    """Whether the mail went to many, so that those who answer it have nothing to do with each other."""
    return loops.automatic(mail) == "bulk" or len({*mail.to, *mail.cc}) > _MANY
