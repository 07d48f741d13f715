"""Tags: written in another way, made one with another, archived."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.tickets.actions import tags as actions
from headway.tickets.models import Tag
from headway.tickets.queries import setup, words
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.settings.archiving import MOST_COUNTED, decided
from headway.web.desk.settings.form import Form

PAGE = "/desk/settings/tags"


@desk(Permission.SETTINGS)
def tags(request: DeskRequest) -> HttpResponse:
    """Tags by name with how often each is used; `q` finds a part of a name, `show=archived` the archived ones."""
    sought = request.GET.get("q", "").strip()[:60]
    archived = request.GET.get("show") == "archived"
    page = words.tags_in_use(search=sought, archived=archived, cursor=request.GET.get("cursor"))
    following = {"q": sought, "show": "archived" if archived else "", "cursor": page.next or ""}
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "rows": page.rows,
        "words": sought,
        "archived": archived,
        "next": f"{PAGE}?{urlencode({key: value for key, value in following.items() if value})}" if page.next else "",
    }
    return render(request, "desk/settings/tags.jinja", shown)


@desk(Permission.SETTINGS)
def tag(request: DeskRequest, tag_id: int) -> HttpResponse:
    """GET: the form. POST `name` writes the tag in another way."""
    row = setup.tag_by_id(tag_id)
    form = Form({"name": row.name})
    if request.method == "POST":
        typed = form.read(request)
        if saved := form.save(
            request, lambda: actions.rename(row, typed["name"], actor=request.user.actor), PAGE, _("Saved.")
        ):
            return saved
    return _page(request, row, form)


@desk(Permission.SETTINGS)
def merger(request: DeskRequest, tag_id: int) -> HttpResponse:
    """POST `into`, the name of another tag, makes this one one with it."""
    row = setup.tag_by_id(tag_id)
    form = Form({"name": row.name, "into": request.POST.get("into", "").strip()})

    def merge() -> None:
        target = words.tag_named(form.values["into"])
        if target is None:
            raise Invalid(_("There is no tag of this name. Choose one that exists."), field="into")
        actions.merge(row, target, actor=request.user.actor)

    if saved := form.save(request, merge, PAGE, _("%(name)s is one with the other now.") % {"name": row.name}):
        return saved
    return _page(request, row, form)


archival = decided(
    PAGE, setup.tag_by_id, actions.archive, lambda: _("%(name)s is archived: it is not offered any more.")
)
restoration = decided(PAGE, setup.tag_by_id, actions.restore, lambda: _("%(name)s is offered again."))


def _page(request: DeskRequest, row: Tag, form: Form) -> HttpResponse:
    used = setup.tickets_with(row, MOST_COUNTED)
    form.values.setdefault("into", "")
    shown = {
        "nav": navigation(request), "notices": notices(request), "tag": row, "form": form, "used": used,
        "others": [one.name for one in setup.tags(limit=500) if one.pk != row.pk],
        "aliases": words.aliases_of(row),
    }  # fmt: skip
    return render(request, "desk/settings/tag.jinja", shown, status=form.status)
