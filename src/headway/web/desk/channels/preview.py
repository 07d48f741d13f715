"""How a mail made with a mailbox's texts would read, before they are saved."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.intake.email import layouts
from headway.intake.mailboxes import queries
from headway.people.rules import Permission
from headway.web.desk.door import DeskRequest, desk

PREVIEWED: Final = {"template": layouts.ANSWER, "acknowledgement": layouts.ACKNOWLEDGEMENT}


@desk(Permission.OPERATE)
def preview(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """POST `of` (template or acknowledgement) shows how a mail made with what is typed in would read."""
    row = queries.one(mailbox_id)
    of = request.POST.get("of", "")
    if of not in PREVIEWED:
        raise Invalid(_("There is nothing of this name to look at."), field="of")
    written = request.POST.get(of, "").replace("\r\n", "\n")[:20_000]
    signature = request.POST.get("signature", "").strip() or row.address.brand.signature
    shown: dict[str, Any] = {"refusal": "", "text": ""}
    try:
        layouts.check(written, PREVIEWED[of], field=of, needs="answer" if of == "template" else "")
        if of == "template" or written.strip():
            shown["text"] = layouts.render(written, _pieces(signature, request.user.name)).text
    except Invalid as refusal:
        shown["refusal"] = refusal.message
    return render(request, "desk/channels/_preview.jinja", shown)


def _pieces(signature: str, agent: str) -> dict[str, layouts.Piece]:
    """An answer as it might be."""
    conversation = _("On Monday at 9:02, Dana Ortiz wrote:\n> I tried to pay with two cards, and both were refused.")
    return {
        "answer": layouts.plain(_("Hello Dana,\n\nthe second step of your bank is missing. We mend it today.")),
        "signature": layouts.plain(signature),
        "conversation": layouts.plain(conversation),
        "ticket": layouts.plain("#10482"),
        "agent": layouts.plain(agent),
    }
