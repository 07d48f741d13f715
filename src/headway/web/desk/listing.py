"""The list pane: rows of a place, the filters on offer, what an empty one says."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.foundation.pages import Page
from headway.people.models import Agent
from headway.people.queries import names
from headway.people.queries.names import Named
from headway.people.rules import Permission
from headway.tickets.models import Status, Ticket
from headway.tickets.queries import ListRow, listing, search
from headway.tickets.queries.highlights import Hit, highlights
from headway.tickets.queries.readings import unread_among
from headway.tickets.queries.setup import tags
from headway.tickets.queries.views import may_edit, saved_by_id
from headway.tickets.rules.typed import parse
from headway.tickets.rules.views import saved_of
from headway.web.desk import place
from headway.web.desk.due import due_times
from headway.web.desk.place import Place
from headway.web.desk.story import channel_words, priority_words

PAGE = 50
FIRST = 30  # fill a screen: the first is drawn while somebody waits
PAGE_FOUND = 20  # drawn anew with every letter of a search
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list without rows says, and a way out of it."""

    icon: str
    title: str
    text: str = ""
    href: str = ""
    way_out: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Select:
    """A filter: its choices and what is chosen."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    value: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use; following it takes the filter away."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The list pane as its template shows it."""

    title: str
    action: str
    place: str
    words: str
    rows: Sequence[ListRow]
    due: Mapping[int, datetime]
    unread: Container[int]
    next: str
    chips: list[Chip]
    kept: list[tuple[str, str]]
    narrowed: bool
    found: str
    notes: Sequence[str]
    hits: Mapping[int, Hit]
    empty: Empty
    may_create: bool
    may_bulk: bool
    may_save: bool
    saved: int | None
    with_assignee: bool
    open_id: int | None = None


def of(
    agent: Agent, here: Place, teams: list[Named], *, cursor: str | None = None, open_id: int | None = None
) -> Listing:
    """The list pane of a place: the rows of its view, or what its words find anywhere. `open_id` is the ticket that
    stands open beside it."""
    number = saved_of(here.view)
    saved = saved_by_id(agent, number) if number else None
    shown = here.shown(agent, saved)
    searched = None
    if here.q:
        chosen = here.search_filter(agent)
        searched = search(agent, here.q, chosen, typing=True, order=shown.order, cursor=cursor, limit=PAGE_FOUND)
    found: Page[ListRow]
    if searched is not None:
        found = searched
    else:
        found = listing(agent, shown.filter, order=shown.order, cursor=cursor, limit=PAGE if cursor else FIRST)
    heading = saved.name if saved else place.title(here.view, teams)
    filters = filters_of(here) if here.narrowed and not cursor else []
    return Listing(
        title=_("Search") if here.q else heading,
        action=here.address,
        place=here.query(),
        words=here.q,
        rows=found.rows,
        due=due_times([row.id for row in found.rows]),
        unread=unread_among(agent, [row.id for row in found.rows]),
        next=here.full_address(cursor=found.next) if found.next else "",
        chips=_chips(here, filters),
        kept=list(here.narrowed.items()),
        narrowed=bool(here.narrowed),
        found=_found(len(found.rows), found.next is not None) if here.q else "",
        notes=searched.notes if searched else shown.notes,
        hits=highlights(searched) if searched else {},
        empty=_empty(here),
        may_bulk=agent.may(Permission.BULK),
        may_create=agent.may(Permission.WORK),
        may_save=bool(here.narrowed or (here.q and parse(here.q).parts)),
        saved=saved.pk if saved and not here.q and may_edit(agent, saved) else None,
        with_assignee=here.view != "mine" or bool(here.q),
        open_id=open_id,
    )


def _found(count: int, more: bool) -> str:
    if more:
        return _("The latest %(count)d tickets that match") % {"count": count}
    return ngettext("%(count)d ticket matches", "%(count)d tickets match", count) % {"count": count}


def filters_of(here: Place) -> list[Select]:
    """The filters on offer, each with what is chosen. Four queries."""
    anything = [("", _("Any"))]
    statuses = [(str(value), str(words)) for value, words in Status.Categories.choices]
    priorities = [(str(each.value), priority_words(each.name.lower())) for each in reversed(Ticket.Priorities)]
    channels = [(name, channel_words(name)) for name in ("email", "form", "chat", "phone", "api")]
    agents = [("me", _("Me")), (place.NONE, _("Nobody"))] + [(str(each.id), each.name) for each in names.answering()]
    teams = [(place.NONE, _("No team"))] + [(str(team.id), team.name) for team in names.teams()]
    brands = [(str(brand.id), brand.name) for brand in names.brands()]
    known = [(tag.name, tag.name) for tag in tags(limit=200)]
    if here.tag and (here.tag, here.tag) not in known:
        known.append((here.tag, here.tag))
    offered = [
        Select("status", _("Status"), anything + statuses, here.status),
        Select("priority", _("Priority"), anything + priorities, here.priority),
        Select("assignee", _("Assignee"), anything + agents, here.assignee),
        Select("team", _("Team"), anything + teams, here.team),
        Select("tag", _("Tag"), anything + known, here.tag),
        Select("channel", _("Channel"), anything + channels, here.channel),
        Select("brand", _("Brand"), anything + brands, here.brand),
        Select("order", _("Sorted by"), [("", _("As the view is")), *orders()], here.order),
    ]
    return [select for select in offered if len(select.choices) > 1]


def orders() -> list[tuple[str, str]]:
    """The sortings there are."""
    return [
        ("active", _("Latest activity")), ("waiting", _("Longest waiting")), ("due", _("Due soonest")),
        ("created", _("Newest first")), ("oldest", _("Oldest first")), ("priority", _("Most urgent")),
    ]  # fmt: skip


def _chips(here: Place, filters: list[Select]) -> list[Chip]:
    chips = []
    for select in filters:
        if select.value:
            words = next((words for value, words in select.choices if value == select.value), select.value)
            chips.append(Chip(f"{select.label}: {words}", here.without(select.name).full_address()))
    return chips


def _easier(here: Place) -> Iterator[tuple[str, str]]:
    """Searches that find more: without filters, then each word alone."""
    asked = parse(here.q)
    everywhere = replace(here, view="all", **dict.fromkeys(here.narrowed, ""))
    if asked.words and (asked.parts or here.narrowed):
        yield _("Search without filters"), replace(everywhere, q=asked.words).full_address()
    words = [word for word in asked.words.split() if not word.startswith("-")]
    if 1 < len(words) <= MOST_WORDS:
        for word in words:
            yield _("Only %(word)s") % {"word": word}, replace(everywhere, q=word).full_address()


def _empty(here: Place) -> Empty:
    if here.q:
        return Empty(
            "search", _("Nothing matches"),
            _("Every word must stand in one message or note, and every filter must fit."), others=tuple(_easier(here)),
        )  # fmt: skip
    if here.narrowed:
        return Empty("filter", _("No ticket fits these filters"), "", here.address, _("Clear filters"))
    match here.view:
        case "mine":
            return Empty(
                "inbox", _("Nothing waits for you"), _("Tickets assigned to you appear here."),
                "/desk/views/unassigned", _("See unassigned"),
            )  # fmt: skip
        case "unassigned":
            return Empty("positive", _("Everything is assigned"), _("New tickets without an assignee appear here."))
        case "mentions":
            return Empty(
                "mention", _("Nobody has mentioned you"),
                _("When a colleague writes @ and your name or your team’s in a note, the ticket appears here."),
            )  # fmt: skip
        case "waiting":
            return Empty(
                "waiting",
                _("No customer is being waited for"),
                _("Tickets rest here after Send and wait, until the customer answers."),
            )
        case "snoozed":
            return Empty("snooze", _("Nothing is snoozed"), _("Snoozed tickets rest here until their time comes."))
        case "spam":
            return Empty(
                "ban", _("No suspected spam"), _("What looks like spam rests here, outside lists and figures.")
            )
    return Empty("inbox", _("No tickets here"), _("They appear as soon as a customer writes."))
