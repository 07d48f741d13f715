"""Teams: tiers, members, and what becomes of the tickets of one that is dissolved."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.actions import teams as actions
from headway.people.models import Team
from headway.people.queries import agents
from headway.people.queries import teams as queries
from headway.people.rules import Permission
from headway.tickets.actions import handing
from headway.tickets.queries import usage
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.archiving import MOST_COUNTED, decided
from headway.web.desk.settings.form import Form
from headway.web.desk.words import number as number_of

PAGE = "/desk/settings/teams"


@desk(Permission.TEAMS)
def teams(request: DeskRequest) -> HttpResponse:
    """The teams by tier with their members, and those that were dissolved."""
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "teams": [(team, [member.name for member in team.members.all()]) for team in queries.teams()],
        "archived": queries.archived(),
    }
    return render(request, "desk/settings/teams.jinja", shown)


@desk(Permission.TEAMS)
def new(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `name`, `tier` and `members` forms a team."""
    return _page(request, None)


@desk(Permission.TEAMS)
def team(request: DeskRequest, team_id: int) -> HttpResponse:
    """GET: the form. POST `name`, `tier` and `members` changes a team."""
    return _page(request, queries.team_by_id(team_id))


@desk(Permission.TEAMS)
def archival(request: DeskRequest, team_id: int) -> HttpResponse:
    """POST dissolves a team; its open tickets go to the team `to`, or stay with none."""
    row, actor = queries.team_by_id(team_id), request.user.actor
    to = next((one for one in queries.teams() if str(one.pk) == request.POST.get("to") and one.pk != row.pk), None)

    def dissolve() -> None:
        actions.archive(row, actor=actor)
        handing.hand_on_team(row, to, actor=actor)

    return done(request, PAGE, dissolve, _("%(name)s is dissolved. Its tickets follow now.") % {"name": row.name})


restoration = decided(
    PAGE, queries.team_by_id, actions.restore, lambda: _("%(name)s is a team again."), Permission.TEAMS
)


def _page(request: DeskRequest, row: Team | None) -> HttpResponse:
    people = list(agents.on_the_team())
    inside = [str(member.pk) for member in row.members.all()] if row else []
    form = Form({"name": row.name if row else "", "tier": str(row.tier if row else 1), "members": inside})
    if request.method == "POST":
        typed = form.read(request)

        def save() -> None:
            tier, chosen = number_of(typed["tier"]) or 0, [one for one in people if str(one.pk) in typed["members"]]
            if row is None:
                actions.set_members(
                    actions.create(typed["name"], tier, actor=request.user.actor), chosen, actor=request.user.actor
                )
                return
            actions.edit(row, name=typed["name"], tier=tier, actor=request.user.actor)
            actions.set_members(row, chosen, actor=request.user.actor)

        if saved := form.save(request, save, PAGE, _("Saved.")):
            return saved
    shown = {
        "nav": navigation(request), "notices": notices(request), "team": row, "form": form, "people": people,
        "others": [(one.pk, one.name) for one in queries.teams() if row and one.pk != row.pk],
        "used": usage.unfinished_of_team(row.pk, MOST_COUNTED) if row else 0,
    }  # fmt: skip
    return render(request, "desk/settings/team.jinja", shown, status=form.status)
