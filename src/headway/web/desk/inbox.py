"""The inbox: a list of tickets in a view, and what changed in it."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from headway.notifications.queries import unread_count
from headway.people.queries import names
from headway.tickets.queries import visible_to
from headway.tickets.queries.listing import rows_of, with_tags
from headway.tickets.queries.readings import unread_among
from headway.web.desk import listing, navigation
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.due import due_times
from headway.web.desk.place import Place
from headway.web.desk.responses import announce
from headway.web.desk.start.steps import is_first_run
from headway.web.desk.words import numbers


@desk()
def home(request: DeskRequest) -> HttpResponse:
    """The desk opens at one's own tickets; a desk without any opens for an administrator at the first steps."""
    if is_first_run(request.user):
        return HttpResponseRedirect("/desk/first-steps")
    return HttpResponseRedirect(Place().address)


@desk()
def view(request: DeskRequest, name: str) -> HttpResponse:
    """A view, narrowed by the address: the whole page, the list alone, or its next rows (`cursor`)."""
    here = Place.of(request.GET, name)
    cursor = request.GET.get("cursor")
    teams = names.teams_of(request.user)
    pane = listing.of(request.user, here, teams, cursor=cursor)
    if cursor and request.htmx:
        return render(request, "desk/_rows.jinja", {"listing": pane})
    if request.htmx and request.htmx.target == "found":
        return render(request, "desk/_list.jinja", {"listing": pane})
    if request.htmx:
        return render(request, "desk/_switched.jinja", {"listing": pane})
    return render(request, "desk/inbox.jinja", {"listing": pane, "nav": navigation.navigation(request, here, teams)})


@desk()
def counts(request: DeskRequest) -> HttpResponse:
    """The views with their counts, which a page asks for once it is drawn."""
    here = Place.of(request.GET) if "in" in request.GET else None
    teams = names.teams_of(request.user)
    shown = {"nav": {"views": navigation.views(request, here, teams)}, "bell": unread_count(request.user)}
    return render(request, "desk/_counts.jinja", shown)


@desk()
def filters(request: DeskRequest) -> HttpResponse:
    """The filters on offer for a place, fetched when somebody opens them."""
    here = Place.of(request.GET)
    return render(request, "desk/_filters.jinja", {"filters": listing.filters_of(here), "action": here.address})


@desk()
def changes(request: DeskRequest) -> HttpResponse:
    """After live events: counts anew, the changed rows that are on the screen (`here`), and, of all changed tickets
    (`ids`), those that belong to the list but are not in it."""
    if "in" not in request.GET:
        return render(
            request,
            "desk/_views.jinja",
            {"nav": {"views": navigation.views(request, None, names.teams_of(request.user))}},
        )
    here = Place.of(request.GET)
    teams = names.teams_of(request.user)
    ids, on_screen = set(numbers(request.GET.get("ids"))), set(numbers(request.GET.get("here")))
    rows = rows_of(visible_to(request.user).filter(pk__in=on_screen))
    with_tags(rows)
    missing = ids - on_screen
    arrived: list[int] = []
    if missing and not here.q:
        fitting = here.shown(request.user).filter.apply(visible_to(request.user).filter(pk__in=missing))
        arrived = list(fitting.values_list("pk", flat=True))
    nav = {"views": navigation.views(request, here, teams)}
    pane: dict[str, Any] = {"place": here.query(), "with_assignee": here.view != "mine" or bool(here.q), "rows": rows}
    pane["unread"] = unread_among(request.user, [row.id for row in rows])
    pane["due"] = due_times([row.id for row in rows])
    response = render(request, "desk/_live.jinja", {"nav": nav, "listing": pane})
    return announce(response, arrived={"ids": arrived, "gone": sorted(missing - set(arrived))})
