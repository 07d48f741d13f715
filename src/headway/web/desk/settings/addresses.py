"""The addresses of a brand."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.people.actions import brands as actions
from headway.people.queries import brands as queries
from headway.people.rules import Permission
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.notices import done
from headway.web.desk.settings.brands import PAGE, page, shown
from headway.web.desk.settings.form import Form


@desk(Permission.SETTINGS)
def addresses(request: DeskRequest, brand_id: int) -> HttpResponse:
    """POST `address` and `shown_as` gives the brand one more address."""
    row = queries.brand_by_id(brand_id)
    form = Form({"address": "", "shown_as": ""})
    typed = form.read(request)
    said = _("What is sent to %(address)s is the brand's now.") % {"address": typed["address"]}
    if saved := form.save(
        request,
        lambda: actions.add_address(row, typed["address"], name=typed["shown_as"], actor=request.user.actor),
        f"{PAGE}/{row.pk}",
        said,
    ):
        return saved
    # an address that is none is refused by the name of its kind
    form.errors = {"address" if name == "" else name: words for name, words in form.errors.items()}
    form.values |= shown(row)
    return page(request, row, form)


@desk(Permission.SETTINGS)
def address(request: DeskRequest, address_id: int) -> HttpResponse:
    """POST `primary` has replies leave from the address; POST `remove` takes it from its brand."""
    row = queries.address_by_id(address_id)
    here, actor = f"{PAGE}/{row.brand_id}", request.user.actor
    if "remove" in request.POST:
        said = _("%(address)s is the brand's no more.") % {"address": row.address}
        return done(request, here, lambda: actions.remove_address(row, actor=actor), said)
    said = _("Replies leave from %(address)s now.") % {"address": row.address}
    return done(request, here, lambda: actions.make_primary(row, actor=actor), said)
