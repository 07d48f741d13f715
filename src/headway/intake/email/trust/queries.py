"""What a mailbox's own mails say about the server that stands before it."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from headway.foundation import files
from headway.intake.email.parse import headers
from headway.intake.email.parse.words import clean, raw_text
from headway.intake.email.trust import position, results
from headway.intake.models import Mailbox, RawMail

_LOOKED_AT: Final = 40  # mails
_AMONG: Final = 5_000  # of the installation's latest
_MICROSOFT: Final = "protection.outlook.com"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Servers that might be trusted: so many of the latest mails (`of`) carry their word in the right place."""

    servers: tuple[str, ...]
    mails: int
    of: int


def suggested(mailbox: Mailbox) -> Suggestion | None:
    """The server that states a verdict on most mails of a mailbox; None when there is none. Reads up to forty mails.

    A person confirms it: it is a guess from mails that others wrote. Two queries.
    """
    newest = RawMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = RawMail.objects.filter(source=f"mailbox:{mailbox.pk}", pk__gt=newest - _AMONG)
    kept = rows.exclude(state=RawMail.States.ERASED).order_by("-pk")
    counted: Counter[tuple[str, ...]] = Counter()
    looked = 0
    for sha256 in kept.values_list("sha256", flat=True)[:_LOOKED_AT]:
        try:
            raw = files.read(sha256)
        except FileNotFoundError:
            continue
        looked += 1
        found = stated_by(_headers(raw))
        if found:
            counted[found] += 1
    if not counted:
        return None
    servers, mails = counted.most_common(1)[0]
    return Suggestion(servers, mails, looked) if mails * 2 > looked else None


def stated_by(written: list[tuple[str, str]]) -> tuple[str, ...]:
    """The names that would have to be trusted so that the topmost verdict of a mail is believed; none when it has no
    verdict, or one that might be an outsider's."""
    at = next((n for n, (name, _) in enumerate(written) if name == "authentication-results"), None)
    if at is None:
        return ()
    above = [hop.by for hop in position.hops(written) if hop.at < at and hop.by]
    server = results.read(written[at][1]).server or _MICROSOFT
    for names in ((server,), tuple(dict.fromkeys((server, *above)))):
        if position.believed(written, names):
            return names
    return ()


def _headers(raw: bytes) -> list[tuple[str, str]]:
    block, _body = headers.read(raw, 0, len(raw), [])
    return [(name, clean(raw_text(value))) for name, value in block.items]
