"""What a person writes on a ticket: replies to the customer, notes to the team."""

from collections.abc import Sequence
from email.utils import getaddresses

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.foundation import markdown
from headway.foundation.errors import Invalid
from headway.people.rules import Permission, identities
from headway.settings import queries as settings
from headway.tickets import actions
from headway.tickets.actions import Attachment, Words
from headway.tickets.models import Message, Note, Scheduled, Ticket
from headway.tickets.queries import setup
from headway.tickets.queries.mentions import unable
from headway.tickets.queries.recipients import recipients
from headway.tickets.rules.macros import unfilled
from headway.web.desk.acting import act
from headway.web.desk.checklist import unless_told
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.incidents import offer_incidents
from headway.web.desk.responses import toast
from headway.web.desk.times import instant

MOST_COPIED = 50
THEN = {"wait": "waiting", "solve": "solved"}


@desk(Permission.NOTE)
def replies(request: DeskRequest, number: int) -> HttpResponse:
    """POST `body`, `mode` (reply or note), `then` (wait, solve, or keep the status) and `files`.

    With `later` (an instant, or "local" for `later_local` in the writer's zone) the reply waits until then.
    A reply that has not seen the latest is refused, with what is new shown and the text left where it was typed.
    """
    body = request.POST.get("body", "")
    files = uploaded(request)
    person = request.user.actor
    gaps = unfilled(body)
    if gaps and request.POST.get("mode") != "note":
        raise Invalid(_("Fill in %(gap)s before you send. Nothing was sent.") % {"gap": gaps[0]}, field="body")
    if request.POST.get("mode") == "note":
        noted: list[Note] = []

        def note(ticket: Ticket, _expected: int | None) -> object:
            with transaction.atomic():
                actions.discard_draft(ticket, actor=person)
                noted.append(actions.note(ticket, body, actor=person, files=files))
            return noted

        return _told(act(request, number, note, sent=True), noted)
    if request.POST.get("later"):
        return _later(request, number, body, files)
    then = request.POST.get("then", "")
    status = None if then == "keep" else setup.status_for(THEN.get(then, "waiting"))

    written: list[Message] = []

    def send(ticket: Ticket, expected: int | None) -> object:
        words = Words(text=body, html=markdown.to_html(body), files=files, copied=_copied(request, ticket))
        with transaction.atomic():
            if then == "solve":
                unless_told(request, ticket)
            actions.discard_draft(ticket, actor=person)
            written.append(actions.reply(ticket, words, actor=person, status=status, expected=expected))
        return written

    response = act(request, number, send, sent=True)
    if not written:
        return response
    said = {"solve": _("Sent and solved."), "keep": _("Sent.")}.get(then, _("Sent. Waiting on the customer."))
    toast(response, said, undo=f"/desk/messages/{written[0].pk}/withdrawal", ticket=number)
    return offer_incidents(request, response, number) if then == "solve" else response


def _later(request: DeskRequest, number: int, body: str, files: list[Attachment]) -> HttpResponse:
    """Keeps the reply until its time; `later_then` says what happens to the ticket when it is sent."""
    given = request.POST
    due = instant(given.get("later_local") if given["later"] == "local" else given["later"], field="later_local")
    then = given.get("later_then", "wait")
    status = None if then == "keep" else setup.status_for(THEN.get(then, "waiting"))
    kept: list[Scheduled] = []

    def keep(ticket: Ticket, expected: int | None) -> object:
        words = Words(text=body, html=markdown.to_html(body), files=files, copied=_copied(request, ticket))
        with transaction.atomic():
            if then == "solve":
                unless_told(request, ticket)
            actions.discard_draft(ticket, actor=request.user.actor)
            kept.append(
                actions.schedule(ticket, words, due, actor=request.user.actor, status=status, expected=expected)
            )
        return kept

    response = act(request, number, keep, sent=True)
    if not kept:
        return response
    said = _("It leaves at its time, unless somebody writes here before.")
    return toast(response, said, undo=f"/desk/scheduled/{kept[0].pk}/withdrawal", ticket=number)


def _told(response: HttpResponse, noted: Sequence[Note]) -> HttpResponse:
    """Says of whom a note mentions that they cannot see the ticket."""
    blind = unable(noted[0]) if noted and "@" in noted[0].text else []
    if not blind:
        return response
    said = ngettext(
        "Noted. %(names)s cannot see this ticket and hears nothing of it.",
        "Noted. %(names)s cannot see this ticket and hear nothing of it.",
        len(blind),
    )
    return toast(response, said % {"names": ", ".join(blind[:5]) + ("…" if len(blind) > 5 else "")})


def _copied(request: DeskRequest, ticket: Ticket) -> list[str]:
    """Who gets it too: `cc` as it was written; where the form had no such field, who was copied last."""
    written = request.POST.get("cc")
    if written is None:
        return recipients(ticket).copied
    given = [address for _name, address in getaddresses([written.replace(";", ",")]) if address.strip()]
    wrong = [address for address in given if identities.email(address) is None]
    found = [known for address in given if (known := identities.email(address))]
    if wrong or (written.strip() and not found):
        bad = {"addresses": ", ".join(wrong) or written.strip()}
        raise Invalid(_("CC holds what is no email address: %(addresses)s. Nothing was sent.") % bad, field="cc")
    if len(found) > MOST_COPIED:
        raise Invalid(_("A reply is copied to at most %(most)d addresses.") % {"most": MOST_COPIED}, field="cc")
    return list(dict.fromkeys(found))


def uploaded(request: DeskRequest) -> list[Attachment]:
    """The files of a form, in the store. Raises Invalid for one that is too large."""
    most = settings.current().attachment_megabytes
    attached = []
    for upload in request.FILES.getlist("files"):
        if (upload.size or 0) > most * 1_000_000:
            raise Invalid(
                _("%(name)s is larger than %(most)d MB. Share it another way.") % {"name": upload.name, "most": most}
            )
        attached.append(actions.stored(upload.name or "file", upload.content_type or "", upload.read()))
    return attached
