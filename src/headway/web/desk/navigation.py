"""The desk's left side: views with their counts, and the pages a person may open."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.people.queries import names
from headway.people.queries.names import Named
from headway.people.rules import Permission
from headway.settings import queries as settings
from headway.tickets.queries import tally
from headway.tickets.queries.typed import Known
from headway.tickets.queries.views import counted as counted_in
from headway.tickets.queries.views import saved_views
from headway.tickets.queries.views import shown as shown_in
from headway.web.desk import place
from headway.web.desk.door import DeskRequest
from headway.web.desk.settings.sections import Group, Section, groups, is_here

COUNTED = ("mine", "unassigned", "mentions", "open", "waiting", "snoozed", "spam")
ICONS = {
    "mine": "person", "unassigned": "assign", "mentions": "mention", "open": "inbox", "waiting": "waiting",
    "snoozed": "snooze", "solved": "solved", "all": "list", "spam": "ban",
}  # fmt: skip

# Two keys, one after the other, as they usually are; the first of one's teams has the team's.
_KEYS = {
    "mine": "g m", "unassigned": "g u", "mentions": "g n", "open": "g i", "waiting": "g w", "snoozed": "g z",
    "solved": "g s", "all": "g a", "/desk/customers": "g c", "/desk/outbox": "g o", "/desk/settings": "g e",
    "/desk/people": "g e",
}  # fmt: skip

_AUDIENCES = {"own": "person", "team": "people", "all": "list"}

# pages that stand under another one's link
_BELOW = {
    "/desk/customers": ("/desk/customers", "/desk/organisations"),
    "/desk/privacy": ("/desk/privacy", "/desk/holds", "/desk/retention"),
    "/desk/mailboxes": ("/desk/mailboxes", "/desk/providers", "/desk/hooks", "/desk/quarantine", "/desk/suppressions"),
}


@dataclass(frozen=True, slots=True)
class View:
    """A way to the list, with how many tickets are in it (0 shows nothing)."""

    href: str
    words: str
    icon: str
    current: bool
    count: int = 0
    heading: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page."""

    href: str
    words: str
    icon: str
    current: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Navigation:
    """What the desk's shell needs."""

    workspace: str
    views: list[View]
    pages: list[Link]
    held: bool
    may_operate: bool
    # the sections of the settings: beside the page where it is one of them, and each for the palette
    groups: list[Group]
    ways: list[Section]
    place: str = ""


def navigation(request: DeskRequest, here: place.Place | None = None, teams: list[Named] | None = None) -> Navigation:
    """The left side as the reader sees it. `here` is the view they are in, if they are in one."""
    person = request.user
    own = names.teams_of(person) if teams is None else teams
    settable = groups(request)
    return Navigation(
        workspace=settings.current().name,
        views=views(request, here, own, counted=False),
        pages=_pages(request),
        held=settings.is_held(),
        may_operate=person.may(Permission.OPERATE),
        groups=settable if is_here(request.path) else [],
        ways=[section for group in settable for section in group.sections],
        place=here.query() if here else "",
    )


def views(request: DeskRequest, here: place.Place | None, teams: list[Named], *, counted: bool = True) -> list[View]:
    """The views, with their counts unless those come later."""
    person, known = request.user, Known()
    saved = {view.address_name: view for view in saved_views(person, [team.id for team in teams])}
    team_views = [f"team-{team.id}" for team in teams]
    order = [
        "mine",
        "unassigned",
        "mentions",
        *team_views,
        *saved,
        "open",
        "waiting",
        "snoozed",
        "solved",
        "all",
        "spam",
    ]
    wanted = [name for name in order if name in COUNTED or name in team_views or name in saved] if counted else []
    shown = {name: shown_in(name, person, saved=saved.get(name), known=known).filter for name in wanted}
    counts = tally(person, {name: counted_in(name, person, chosen) for name, chosen in shown.items()})
    heads = {"open": _("Everybody")} | {first[0]: words for first, words in (
        (team_views, _("Teams")), (list(saved), _("Saved views"))) if first}  # fmt: skip
    return [
        View(
            href=f"/desk/views/{name}",
            words=saved[name].name if name in saved else place.title(name, teams),
            icon=_AUDIENCES[saved[name].audience] if name in saved else ICONS.get(name, "people"),
            current=here is not None and here.view == name and not here.q,
            count=counts.get(name, 0),
            heading=heads.get(name, ""),
            key=_KEYS.get(name, "g t" if name in team_views[:1] else ""),
        )
        for name in order
    ]


def _pages(request: DeskRequest) -> list[Link]:
    """What stands below the views, as far as the reader's role goes."""
    person = request.user
    administers = person.may(Permission.SETTINGS)
    first = settings.current().first_steps
    offered = [
        *([("/desk/first-steps", _("First steps"), "check", Permission.SETTINGS)] if first else []),
        ("/desk/queue", _("Live queue"), "assign", Permission.TEAMS),
        ("/desk/support-audit", _("Audit"), "search", Permission.TEAMS),
        ("/desk/customers", _("Customers"), "person", Permission.READ),
        ("/desk/macros", _("Macros"), "macro", Permission.NOTE),
        ("/desk/outbox", _("Outbox"), "outbox", Permission.READ),
        ("/desk/mailboxes", _("Channels"), "mail", Permission.OPERATE),
        ("/desk/privacy", _("Privacy"), "lock", Permission.PRIVACY),
        ("/desk/settings" if administers else "/desk/people", _("Settings"), "settings", Permission.READ),
    ]
    inside = is_here(request.path) and not (first and request.path.startswith("/desk/first-steps"))
    return [
        Link(
            href,
            words,
            icon,
            inside if icon == "settings" else _stands(request.path, href),
            _KEYS.get(href, ""),
        )
        for href, words, icon, permission in offered
        if person.may(permission)
    ]


def _stands(path: str, href: str) -> bool:
    return path.startswith(_BELOW.get(href, (href,)))
