"""Why an import could not take something, in words for people, and what helps. Unknown reasons stand as they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from headway.web.desk.settings.import_words import kind_words

_MORE: Final = noop("Export that list too and import again: only what is missing comes.")
_AGAIN: Final = noop("Import again: it is tried once more.")
_THERE: Final = noop("It stays in the old system. Its address stands in the message.")
_OURS: Final = noop("Nothing to do: what was done here counts.")
_REBUILD: Final = noop("Make it anew here if you miss it.")
_LEFT: Final = noop("Nothing to do, unless you want it: then restore it there and import again.")
# By what begins a reason: the sentence, and what helps. What follows the beginning stands for %(rest)s.
WHY: Final[dict[str, tuple[str, str]]] = {
    "deleted in ": (noop("It was deleted in %(rest)s."), _LEFT),
    "removed in ": (noop("It was deleted in %(rest)s."), _LEFT),
    "marked as spam in ": (noop("It was marked as spam in %(rest)s."), _LEFT),
    "switched off in ": (noop("It is switched off in %(rest)s."), noop("Switch it on there if you need its values.")),
    "no field here holds ": (noop("No kind of field here holds %(rest)s."), _REBUILD),
    "the token may not see which attributes": (
        noop("The token may not see how fields are defined, so their values came as texts."),
        noop("Give the token the permission admin.object before you import, if you want lists, numbers and dates."),
    ),
    "cannot be read: ": (
        noop("It cannot be read: %(rest)s."),
        noop("Look at its place in the export, mend it there, and import again."),
    ),
    "the file breaks off": (
        noop("The file breaks off or is no JSON. What stands before that is read."),
        noop("Export it again, and import again: only what is missing comes."),
    ),
    "could not be written: ": (noop("It could not be written (%(rest)s)."), _AGAIN),
    "its ticket is not in the export": (noop("The ticket it belongs to is not in the export."), _MORE),
    "its customer is not in the export": (
        noop("Its customer is not in the export, so the ticket is here without one."),
        _MORE,
    ),
    "one of its tickets is not here": (noop("One of the two tickets it links is not here."), _MORE),
    "what it was attached to is not here": (noop("The message it was attached to is not here."), _MORE),
    "it belongs to somebody who is not here": (
        noop("It belongs to somebody who does not work here."),
        noop("Invite that person, then import again."),
    ),
    "it was not active": (noop("It was switched off there."), _REBUILD),
    "none of its conditions": (noop("None of its conditions can be said as a search here."), _REBUILD),
    "came without the value of a field": (
        noop("It came without the value of a field: it does not fit the field’s kind, or is none of its choices."),
        noop("Mend the value there, or add the choice to the field here, and import again."),
    ),
    "came without: ": (noop("It came without what has no counterpart here: %(rest)s."), _REBUILD),
    "the file is not in the export": (
        noop("The file is not in the export."),
        noop("Put it into a folder named attachments beside the export, and import again."),
    ),
    "the file is too large": (noop("The file is too large."), _THERE),
    "the file is gone there": (noop("The file is gone there, too."), noop("Nothing to do.")),
    "the old system refuses the file": (noop("The old system refuses the file."), _THERE),
    "the file's address may not be asked": (noop("The file’s address leads to where Headway does not ask."), _THERE),
    "the file is out of reach": (noop("The file could not be reached."), _AGAIN),
    "its ticket is left as it is here": (noop("Its ticket is left as it is here."), _OURS),
    "it was removed here": (noop("It was deleted here after an earlier import."), _OURS),
    "its team answers here now": (noop("Its team answers here now, so it is left as it is."), _OURS),
    "somebody was erased from it": (noop("Somebody was erased from it here, so it is left as it is."), _OURS),
    "somebody worked on it here": (noop("Somebody worked on it here since, so it is left as it is."), _OURS),
    "the address cannot be used": (
        noop("The address cannot be used, so the customer is here without it."),
        noop("Enter the right one on the customer’s page, if you know it."),
    ),
    "it does not begin as a mail": (
        noop("It does not begin as a mail does. It will be kept in quarantine."),
        noop("Nothing to do, if it is a picture or a note that lies among the mails."),
    ),
    "It is larger than any mail": (noop("It is larger than any mail."), noop("See what it is: mails end at 160 MB.")),
    "it cannot be read as a mail": (
        noop("It cannot be read as a mail. It is kept in quarantine."),
        noop("Look at it in the quarantine, under Channels."),
    ),
}


@dataclass(frozen=True, slots=True)
class Because:
    """One reason as the page shows it; `more` of its numbers stand at `href`."""

    kind: str
    why: str
    helps: str
    count: int
    keys: str
    more: bool
    href: str


_OF_TICKET: Final = "of its ticket: "


def why(reason: str) -> tuple[str, str]:
    """A reason as a sentence, and what helps; "" where nothing is known to."""
    if reason.startswith(_OF_TICKET):
        sentence, helps = why(reason.removeprefix(_OF_TICKET))
        return _("Its ticket did not come or was left: %(why)s") % {"why": sentence}, helps
    for begins, (sentence, helps) in WHY.items():
        if reason.startswith(begins):
            rest = reason.removeprefix(begins).rstrip(".")
            return (_(sentence) % {"rest": rest} if "%(rest)s" in sentence else _(sentence)), _(helps)
    return reason[:1].upper() + reason[1:] + "." * (not reason.endswith((".", "!", "?"))), ""


def because(reasons: Iterable[dict[str, Any]], address: str) -> list[tuple[str, list[Because]]]:
    """The reasons of a report: those of what is not here, and those of what is here and not whole.

    Without an `address` where each is shown they are a dry run's.
    """
    told = [(one["lost"], _because(one, address)) for one in reasons]
    parts = {True: _("Not here") if address else _("What will not come"), False: _("Here, but not whole")}
    return [(title, found) for lost, title in parts.items() if (found := [one for gone, one in told if gone is lost])]


def _because(one: dict[str, Any], address: str) -> Because:
    sentence, helps = why(one["reason"])
    return Because(
        kind=kind_words(one["kind"]),
        why=sentence,
        helps=helps,
        count=one["count"],
        keys=", ".join(one["keys"]),
        more=one["count"] > len(one["keys"]),
        href=address and f"{address}?{urlencode({'kind': one['kind'], 'reason': one['reason']})}",
    )
