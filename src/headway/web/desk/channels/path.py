"""The path of one message: from the server to its ticket, or from the desk to its reader."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.foundation.errors import NotFound
from headway.intake import queries as intake
from headway.intake.queries import Path, Sending
from headway.people.rules import Permission
from headway.tickets.models import Message
from headway.tickets.queries import message_for
from headway.web.desk.channels.findings import (
    acknowledged_words,
    defect_words,
    left_out_words,
    placed_words,
    sender_rule_words,
    sender_words,
)
from headway.web.desk.channels.quarantine import raw_download
from headway.web.desk.channels.words import sources_of
from headway.web.desk.delivery import state_words
from headway.web.desk.door import DeskRequest, desk
from headway.web.formats import file_size


@dataclass(frozen=True, slots=True)
class Step:
    """A station of a mail. `meaning`: "", positive, warning or danger. `details` are what else is known of it."""

    words: str
    at: datetime | None = None
    meaning: str = ""
    details: tuple[str, ...] = ()

    @property
    def time(self) -> str:
        """Hours, minutes and seconds in the reader's zone."""
        return formats.date_format(timezone.localtime(self.at), "H:i:s") if self.at else ""


@desk()
def path(request: DeskRequest, message_id: int) -> HttpResponse:
    """How a message came in, or how far it has come on its way out, in a dialog."""
    message = message_for(request.user, message_id)
    found = intake.path_of(message)
    if message.direction == "in":
        steps = inward(found, message) if found else []
    else:
        steps = outward(message, intake.sendings([message.pk]).get(message.pk, []), found)
    shown = {
        "message": message,
        "steps": steps,
        "source": f"/desk/messages/{message.pk}/source" if found and request.user.may(Permission.WORK) else "",
    }
    return render(request, "desk/channels/_path.jinja", shown)


@desk(Permission.WORK)
def source(request: DeskRequest, message_id: int) -> HttpResponseBase:
    """The mail of a message as it came; of one of ours, the report that came back. Raises NotFound."""
    found = intake.path_of(message_for(request.user, message_id))
    if found is None:
        raise NotFound(_("This message came by no mail, or its mail was erased."))
    return raw_download(intake.mail_by_id(found.raw_id))


def inward(found: Path, message: Message) -> list[Step]:
    """Received, stored, read, judged, placed."""
    way = sources_of([found.source])[found.source]
    steps = [
        Step(_("Received: %(way)s") % {"way": way}, found.stored_at),
        Step(_("Stored as it came, %(size)s") % {"size": file_size(found.size)}, found.stored_at),
        _read(found),
    ]
    sender, because, by = (str(found.findings.get(name, "")) for name in ("sender", "sender_because", "sender_by"))
    if words := sender_words(sender, because, by):
        steps.append(Step(words, meaning={"pass": "positive", "fail": "danger"}.get(sender, "warning")))
    steps.append(Step(placed_words(found.because, message.ticket_id)))
    if words := sender_rule_words(found.findings):
        steps.append(Step(words, meaning="warning" if found.findings.get("sender_rule") == "suspect" else ""))
    if message.held:
        steps.append(Step(_("Held: only agents see it, until somebody lets it in."), meaning="warning"))
    if words := acknowledged_words(str(found.findings.get("acknowledgement", ""))):
        steps.append(Step(words))
    return steps


def outward(message: Message, parts: list[Sending], report: Path | None) -> list[Step]:
    """Written, then what became of it at each address, then a report that came back."""
    steps = [Step(_("Written"), message.at)]
    for part in parts:
        tries = ngettext("%(num)d try", "%(num)d tries", part.attempts) % {"num": part.attempts}
        details = tuple(each for each in (part.result, tries if part.attempts > 1 else "") if each)
        meaning = {"sent": "positive", "failed": "danger", "uncertain": "warning"}.get(part.state, "")
        words = f"{state_words(part.state)}: {part.address}"
        steps.append(Step(words, part.settled_at or part.due_at, meaning, details))
    if report:
        steps.append(Step(_("A report about it came back"), report.stored_at, "warning"))
    return steps


def _read(found: Path) -> Step:
    details = []
    if found.attempts > 1:
        details.append(_("At try %(number)d.") % {"number": found.attempts})
    if left_out := [str(each) for each in found.findings.get("left_out", [])]:
        details.append(left_out_words(left_out))
    defects = [defect_words(str(each)) for each in found.findings.get("defects", [])]
    if defects:
        details.append(_("Wrong with it: %(defects)s.") % {"defects": ", ".join(defects)})
    return Step(_("Read"), found.processed_at, "warning" if left_out else "", tuple(details))
