"""Sender rules: whose mail is suspected spam, what taught it, how often it mattered; added, removed, put back."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.intake.spam import actions, queries
from headway.intake.spam.queries import Row
from headway.people.rules import Permission
from headway.people.rules.identities import host_of
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.words import number as number_of
from headway.web.suspicion import RULES as PAGE
from headway.web.suspicion import origin_words


@desk(Permission.WORK)
def senders(request: DeskRequest) -> HttpResponse:
    """Rules in force of one verdict (`show` suspect or allow) or those removed; `q` finds a part of a sender."""
    show = request.GET.get("show", "suspect")
    show = show if show in ("suspect", "allow", "removed") else "suspect"
    words = request.GET.get("q", "").strip()[:254]
    page = queries.listed(show, search=words, cursor=request.GET.get("cursor"))  # type: ignore[arg-type]
    following = {"show": show, "q": words, "cursor": page.next or ""}
    may_decide = request.user.may(Permission.SETTINGS)
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "show": show,
        "tabs": [
            (_("Suspected"), PAGE, show == "suspect", None),
            (_("Let in"), f"{PAGE}?show=allow", show == "allow", None),
            (_("Removed"), f"{PAGE}?show=removed", show == "removed", None),
        ],
        "rows": [(row, why(row)) for row in page.rows],
        "asking": queries.worth_asking() if may_decide and show == "suspect" and not words else [],
        "removed": queries.named(number_of(request.GET.get("removed"))) if may_decide else None,
        "words": words,
        "next": f"{PAGE}?{urlencode(following)}" if page.next else "",
        "may_decide": may_decide,
    }
    return render(request, "desk/settings/senders.jinja", shown)


@desk(Permission.SETTINGS)
def addition(request: DeskRequest) -> HttpResponse:
    """POST `sender` (an address or a domain) and `verdict`: what to think of its mail from now on."""
    sender = request.POST.get("sender", "").strip()[:320]
    allow = request.POST.get("verdict") == "allow"
    said = _("Mail from %(sender)s is never suspected.") if allow else _("Mail from %(sender)s is suspected spam.")

    def add() -> None:
        actions.add(sender, "allow" if allow else "suspect", actor=request.user.actor)

    return done(request, f"{PAGE}?show=allow" if allow else PAGE, add, said % {"sender": sender})


@desk(Permission.SETTINGS)
def removal(request: DeskRequest, sender_rule_id: int) -> HttpResponse:
    """POST takes the rule out of force; the page it leads to has the way back."""
    rule = queries.one(sender_rule_id)
    back = f"{PAGE}?show={rule.verdict}&removed={rule.pk}"
    return done(request, back, lambda: actions.remove(rule, actor=request.user.actor))


@desk(Permission.SETTINGS)
def restoration(request: DeskRequest, sender_rule_id: int) -> HttpResponse:
    """POST puts a removed rule back in force."""
    rule = queries.one(sender_rule_id)
    to = f"{PAGE}?show=allow" if rule.verdict == "allow" else PAGE
    said = _("The rule about %(sender)s holds again.") % {"sender": rule.pattern}
    return done(request, to, lambda: actions.put_back(rule, actor=request.user.actor), said)


def why(row: Row) -> str:
    """What taught a rule of the page."""
    return origin_words(row.origin, row.agent, row.ticket_id, host_of(row.sender))
