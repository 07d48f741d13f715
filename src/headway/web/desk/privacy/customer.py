"""One customer's data: handed over, kept by law, or erased."""

from datetime import date

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.queries import customers
from headway.people.rules import Permission
from headway.privacy.actions import erasing, exporting
from headway.privacy.actions import holds as hold_actions
from headway.privacy.queries import erasures, exports, holds
from headway.web.desk.customers.one import name_of
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices

PAGE = "/desk/customers/%d/privacy"


@desk(Permission.PRIVACY)
def customer(request: DeskRequest, customer_id: int) -> HttpResponse:
    """What there is of the customer, what an erasure would take, what a hold keeps, and their archives."""
    found = customers.customer_by_id(customer_id)
    if found.pk != customer_id:
        return HttpResponseRedirect(PAGE % found.pk)
    under_way = erasures.of_customer(found)
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "customer": found,
        "name": name_of(found),
        "typed": erasures.confirmation(found),
        "preview": erasures.preview(found) if found.erased_at is None and under_way is None else None,
        "holds": holds.of_customer(customers.family(found)),
        "erasure": under_way,
        "exports": exports.latest(found, 10),
        "busy": any(one.state == "running" for one in exports.latest(found, 1)),
    }
    return render(request, "desk/privacy/customer.jinja", shown)


@desk(Permission.PRIVACY)
def ask_export(request: DeskRequest, customer_id: int) -> HttpResponse:
    """POST asks for an archive of everything that is theirs."""
    found = customers.customer_by_id(customer_id)
    said = _("The archive is being prepared. It appears below when it is ready, for seven days.")
    return done(request, PAGE % found.pk, lambda: exporting.ask(found, actor=request.user.actor), said)


@desk(Permission.PRIVACY)
def export(request: DeskRequest, export_id: int) -> HttpResponseBase:
    """GET: the archive itself, as long as it is kept. Each time is recorded."""
    found = exports.export_by_id(export_id)
    stream = exporting.fetch(found, actor=request.user.actor)
    response = FileResponse(
        stream, as_attachment=True, filename=f"customer-{found.customer_id}.zip", content_type="application/zip"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@desk(Permission.PRIVACY)
def erasure(request: DeskRequest, customer_id: int) -> HttpResponse:
    """POST `typed`: the customer's name, to confirm that they are to be erased."""
    found = customers.customer_by_id(customer_id)
    typed = request.POST.get("typed", "")
    return done(request, PAGE % found.pk, lambda: erasing.begin(found, typed=typed, actor=request.user.actor))


@desk(Permission.PRIVACY)
def hold(request: DeskRequest, customer_id: int) -> HttpResponse:
    """POST `reason` and, if it ends by itself, `until`: nothing of the customer is erased."""
    found = customers.customer_by_id(customer_id)
    reason, until = request.POST.get("reason", ""), request.POST.get("until", "")

    def place() -> None:
        hold_actions.place(reason=reason, until=day(until), customer=found, actor=request.user.actor)

    return done(request, PAGE % found.pk, place, _("Kept. Nothing of theirs is erased while the hold stands."))


def day(text: str) -> date | None:
    """A day as a form sends it. Raises Invalid."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid(_("Write the day as year-month-day."), field="until") from error
