"""The audit of the team's own tickets: the first page for a leader, then each finding with its evidence."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from headway.insight.actions import auditing
from headway.insight.findings.finding import Off
from headway.insight.models import Audit
from headway.insight.queries import audits, samples
from headway.insight.queries.audits import Standing
from headway.insight.queries.samples import FEWEST
from headway.insight.rules.question import ALL, DAYS, Question, is_period
from headway.people.models import Agent
from headway.people.queries import names
from headway.people.rules import Permission, Sees
from headway.settings.queries import spoken
from headway.tickets.rules.typed import CHANNELS
from headway.web import formats
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.words import number

PAGE = "/desk/support-audit"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form above the audit holds: fields as typed, and what they may be."""

    period: str
    begin: str
    end: str
    team: int
    channel: str
    periods: list[tuple[str, str]]
    teams: list[tuple[int, str]]
    channels: list[tuple[str, str]]
    query: str


@desk(Permission.TEAMS)
def audit(request: DeskRequest) -> HttpResponse:
    """GET: what is known; a job is asked for where it is not, or not any more. POST: tries again what failed."""
    chosen = _chosen(request)
    again = request.method == "POST"
    row = auditing.ask(question(request.user, chosen), actor=request.user.actor, again=again)
    if again:
        return redirect(f"{PAGE}?{chosen.query}")
    found = audits.standing(row, spoken(get_language() or ""))
    shown = {
        "nav": navigation(request), "notices": notices(request), "chosen": chosen, "found": found, "fewest": FEWEST,
        "enough": found.result is not None and found.result.counted >= FEWEST, "body": _body(found),
        "sampled": samples.are_counted(), "states": Audit.States,
        "partial": request.user.sees != Sees.ALL, "page": PAGE,
        "lacking": _lacking(found), "may_set": request.user.may(Permission.SETTINGS),
        "news": request.GET.get("news") == "1",
    }  # fmt: skip
    template = "desk/support_audit.jinja"
    if request.htmx:
        template = "desk/_support_audit_news.jinja" if shown["news"] else "desk/_support_audit.jinja"
    return render(request, template, shown)


def question(agent: Agent, chosen: Chosen) -> Question:
    """What the form asks, within what the reader sees."""
    return audits.question(
        agent,
        period=chosen.period,
        channel=chosen.channel,
        team_id=chosen.team or None,
    )


def period_of(period: str, begin: str, end: str) -> str:
    """The period of a form or a query: two days where both are given (the second not part of it), else the name."""
    between = f"{begin}/{end}"
    if begin and end and is_period(between):
        return between
    return period if is_period(period) else str(DAYS[1])


def _chosen(request: DeskRequest) -> Chosen:
    asked = request.GET if request.method == "GET" else request.POST
    begin, end = (_day(asked.get(name, "")) for name in ("from", "to"))
    period = period_of(asked.get("period", ""), begin, end)
    teams = [(team.id, team.name) for team in _teams(request.user)]
    team = number(asked.get("team"))
    channel = asked.get("channel", "")
    chosen = Chosen(
        period=period,
        begin=begin if "/" in period else "",
        end=end if "/" in period else "",
        team=team if team in dict(teams) else 0,
        channel=channel if channel in CHANNELS else "",
        periods=[
            *((str(days), _("Last %d days") % days) for days in DAYS),
            (ALL, _("Everything")),
        ],
        teams=[(0, _("All teams")), *teams],
        channels=[("", _("All channels")), *((name, formats.channel(name)) for name in CHANNELS)],
        query="",
    )
    return _with_query(chosen)


def _with_query(chosen: Chosen) -> Chosen:
    given = {
        "period": "" if chosen.begin else chosen.period, "from": chosen.begin, "to": chosen.end,
        "team": chosen.team or "", "channel": chosen.channel,
    }  # fmt: skip
    return replace(chosen, query=urlencode({name: value for name, value in given.items() if value}))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _teams(agent: Agent) -> list[names.Named]:
    """Teams whose tickets the person sees whole."""
    return names.teams_of(agent) if agent.sees == Sees.TEAMS else names.teams()


def _body(found: Standing) -> Markup | None:
    # imported here: charts and templates of reports, for this page alone
    from headway.web.reports.audit import inside

    if found.result is None or found.result.counted < FEWEST:
        return None
    return inside(found.result, "/desk/tickets/")


def _lacking(found: Standing) -> list[tuple[str, str]]:
    """What is missing for findings that are off, where too few tickets are there to show the others."""
    if found.result is None or found.result.counted >= FEWEST:
        return []
    return [(_(spec.title), one.why) for spec, one in found.result.findings.values() if isinstance(one, Off)]
