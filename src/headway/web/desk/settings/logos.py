"""The logo of a brand."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError, Invalid
from headway.people.actions import logos as actions
from headway.people.queries import brands as queries
from headway.people.rules import Permission
from headway.people.rules.pictures import LARGEST
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.notices import done
from headway.web.desk.settings.brands import PAGE, page, shown
from headway.web.desk.settings.form import Form


@desk(Permission.SETTINGS)
def logo(request: DeskRequest, brand_id: int) -> HttpResponse:
    """POST `logo`, a picture, gives the brand another one; POST `remove` takes it away."""
    row = queries.brand_by_id(brand_id)
    to, actor = f"{PAGE}/{row.pk}", request.user.actor
    if "remove" in request.POST:
        return done(request, to, lambda: actions.remove_logo(row, actor=actor), _("The logo is gone."))
    sent = request.FILES.get("logo")
    form = Form(shown(row) | {"address": "", "shown_as": "", "logo": ""})
    try:
        if sent is None:
            raise Invalid(_("Choose a picture."), field="logo")
        actions.set_logo(row, sent.read(LARGEST + 1), actor=actor)
    except HeadwayError as refusal:
        form.refuse(refusal)
        return page(request, row, form)
    return done(request, to, lambda: None, _("The logo is used from now on."))
