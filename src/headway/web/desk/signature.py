"""One's own signature: Markdown with variables, and how it reads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation import markdown
from headway.people.actions.agents import LONGEST_SIGNATURE
from headway.people.rules import Permission
from headway.tickets.actions.signatures import sign
from headway.tickets.queries.signatures import example
from headway.tickets.rules.macros import VARIABLES
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.settings.form import Form

PAGE = "/desk/signature"


@desk(Permission.REPLY)
def signature(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `signature` keeps it."""
    form = Form({"signature": request.user.signature})
    if request.method == "POST":
        text = form.read(request)["signature"]
        said = _("Saved. It stands under your answers from now on.")
        if saved := form.save(request, lambda: sign(request.user, text, actor=request.user.actor), PAGE, said):
            return saved
    shown = {
        "nav": navigation(request), "notices": notices(request), "form": form, "variables": VARIABLES,
        "most": LONGEST_SIGNATURE, **_reading(request, form.values["signature"]),
    }  # fmt: skip
    return render(request, "desk/signature.jinja", shown, status=form.status)


@desk(Permission.REPLY)
def preview(request: DeskRequest) -> HttpResponse:
    """POST `signature`: how it would read."""
    text = request.POST.get("signature", "").replace("\r\n", "\n")[:LONGEST_SIGNATURE]
    return render(request, "desk/_signature.jinja", _reading(request, text))


def _reading(request: DeskRequest, text: str) -> dict[str, str]:
    filled = example(request.user, text)
    return {"text": filled, "html": markdown.to_html(filled)}
