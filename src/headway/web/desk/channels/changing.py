"""One mailbox: how it fares, how it is reached, what its mails look like, whom it believes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError, Invalid
from headway.intake.email import layouts
from headway.intake.email.trust.queries import suggested
from headway.intake.mailboxes import actions, credentials, queries, trying
from headway.intake.mailboxes.trying import Tried
from headway.intake.models import Mailbox
from headway.intake.oauth.endpoints import TABLE
from headway.people.rules import Permission
from headway.web.desk.channels.forms import SECURITIES, Form, of_mailbox, servers, texts
from headway.web.desk.channels.mailboxes import PAGE
from headway.web.desk.channels.preview import PREVIEWED
from headway.web.desk.channels.states import line
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices


@desk(Permission.OPERATE)
def mailbox(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """GET shows a mailbox with everything that can be changed. POST changes how it is reached, once it was tried."""
    row = queries.one(mailbox_id)
    form = _form(row)
    tried: list[Tried] = []
    if request.method == "POST":
        try:
            fields, secrets = servers(request.POST, form)
            if row.login in TABLE:
                secrets = {}
            elif not form.values["own_smtp"] and not credentials.read(row).get("smtp_password"):
                secrets.pop("smtp_password", None)
            draft = trying.draft(secrets, of=row, **fields)
            if secrets or any(getattr(draft, name) != getattr(row, name) for name in fields):
                tried = trying.both(draft)
            if all(one.worked for one in tried):
                return done(
                    request,
                    f"{PAGE}/{row.pk}",
                    lambda: actions.change(row, actor=request.user.actor, secrets=secrets or None, **fields),
                    _("Saved. Both sign-ins work.") if len(tried) > 1 else _("Saved."),
                )
        except HeadwayError as refusal:
            form.refuse(refusal)
    return _page(request, row, form, tried, failed=bool(tried or form.errors))


@desk(Permission.OPERATE)
def mails(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """POST changes what the mailbox's mails look like, whom it believes, and how its mails are signed."""
    row = queries.one(mailbox_id)
    form = _form(row)
    try:
        fields, secrets = texts(request.POST, form)
        for name, offered in PREVIEWED.items():
            layouts.check(form.values[name], offered, field=name, needs="answer" if name == "template" else "")
        if fields.get("dkim_selector") and not (secrets or credentials.read(row).get("dkim_key")):
            raise Invalid(_("Paste the private key that belongs to this selector."), field="dkim_key")
        if secrets and secrets["dkim_key"]:
            from headway.intake.email import signing  # reads keys; only this form needs it

            signing.check(secrets["dkim_key"])
        if secrets == {"dkim_key": ""} and not credentials.read(row).get("dkim_key"):
            secrets = None
        actions.change(row, actor=request.user.actor, secrets=secrets, **fields)
    except HeadwayError as refusal:
        form.refuse(refusal)
        return _page(request, row, form, [], failed=True)
    return done(request, f"{PAGE}/{row.pk}", lambda: None, _("Saved."))


def _form(row: Mailbox) -> Form:
    return of_mailbox(row, own_smtp=bool(row.smtp_user or _secrets(row).get("smtp_password")))


def _secrets(row: Mailbox) -> dict[str, str]:
    """For whether there are any: none when the master key is another, and they have to be entered anew."""
    try:
        return credentials.read(row)
    except HeadwayError:
        return {}


def _page(request: DeskRequest, row: Mailbox, form: Form, tried: list[Tried], *, failed: bool) -> HttpResponse:
    known = _secrets(row)
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        "mailbox": row,
        "row": line(queries.health(row.pk)),
        "form": form,
        "tried": tried,
        "securities": SECURITIES,
        "place": TABLE.get(row.login),
        "known_password": bool(known.get("password")),
        "known_key": bool(known.get("dkim_key")),
        "suggestion": suggested(row),
        "offered": {name: [f"{{{{{each}}}}}" for each in names] for name, names in PREVIEWED.items()},
        "usual": layouts.USUAL,
    }
    return render(request, "desk/channels/mailbox.jinja", shown, status=422 if failed else 200)
