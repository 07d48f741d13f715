"""Saved views: what they show, who sees and changes them, their order, their way back; sortings in pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.foundation import clock
from headway.foundation.errors import Forbidden, Invalid, NotFound
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.actions import views
from headway.tickets.actions.views import Filters
from headway.tickets.models import SavedView, Ticket
from headway.tickets.queries import Filter, listing, tally
from headway.tickets.queries.typed import Known
from headway.tickets.queries.views import saved_by_id, saved_views, shown
from headway.tickets.tests.desk import NOON, answers, asks

OPEN = Filters(base="open", narrowing={})


def _save(
    agent: Agent, name: str = "Mine", filters: Filters = OPEN, audience: str = "own", team: Team | None = None
) -> SavedView:
    return views.save(name, filters, audience=audience, team=team, agent=agent, actor=agent.actor)


def _inside(agent: Agent, view: SavedView) -> set[int]:
    found = shown(view.address_name, agent)
    ids = {row.id for row in listing(agent, found.filter, order=found.order).rows}
    assert tally(agent, {"it": found.filter})["it"] == len(ids)
    return ids


def test_a_view_shows_its_list_its_filters_and_its_typed_filters(
    dana: Customer, chen: Customer, sam: Agent, mia: Agent, frontline: Team
) -> None:
    card, order, done = asks(dana, "Card"), asks(chen, "Order"), answers(sam, asks(dana, "Done"), then="solved")
    actions.set_team(card, frontline, actor=sam.actor)
    actions.set_priority(order, Ticket.Priorities.URGENT, actor=sam.actor)
    expected = [
        (Filters(base="open", narrowing={}), {card.pk, order.pk}),
        (Filters(base="all", narrowing={"team": str(frontline.pk)}), {card.pk}),
        (Filters(base="all", narrowing={"priority": "4"}, q="is:unassigned"), {order.pk}),
        (Filters(base="all", narrowing={}, q="from:dana -is:solved"), {card.pk}),
        (Filters(base="solved", narrowing={"assignee": "me"}), {done.pk}),
        (Filters(base=f"team-{frontline.pk}", narrowing={}), {card.pk}),
        (Filters(base="all", narrowing={}, q="assignee:nobodyatall"), set()),
    ]
    for filters, tickets in expected:
        assert _inside(sam, _save(sam, filters=filters)) == tickets, filters
    everybodys = _save_as(sam, "all", Filters(base="all", narrowing={}, q="assignee:me"))
    assert _inside(sam, everybodys) == {done.pk}
    assert _inside(mia, everybodys) == set()


def _save_as(agent: Agent, audience: str, filters: Filters) -> SavedView:
    return SavedView.objects.create(
        name="All", audience=audience, author=agent, base=filters.base, q=filters.q, position=1
    )


def test_who_sees_and_who_changes(ada: Agent, leo: Agent, sam: Agent, mia: Agent, vic: Agent, frontline: Team) -> None:
    own, team = _save(sam, "Own"), _save(sam, "Team", audience="team", team=frontline)
    everybodys = _save(leo, "All", audience="all")
    assert [view.name for view in saved_views(sam)] == ["Own", "Team", "All"]
    assert [view.name for view in saved_views(mia)] == ["All"]
    for hidden in (own, team):
        with pytest.raises(NotFound):
            saved_by_id(mia, hidden.pk)
    for agent, view in ((ada, own), (sam, everybodys), (vic, everybodys)):
        with pytest.raises(Forbidden):
            views.edit(view, agent=agent, actor=agent.actor, name="Taken")
    for agent, audience, group in ((sam, "all", None), (mia, "team", frontline), (vic, "all", None)):
        with pytest.raises(Forbidden):
            _save(agent, audience=audience, team=group)
    views.edit(everybodys, agent=ada, actor=ada.actor, name="For all")
    assert saved_by_id(vic, everybodys.pk).name == "For all"
    assert _save(vic, "Also a viewer has views").audience == "own"


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        (Filters(base="nothing", narrowing={}), "base"),
        (Filters(base="saved-1", narrowing={}), "base"),
        (Filters(base="open", narrowing={"colour": "red"}), "narrowing"),
        (Filters(base="open", narrowing={}, order="sideways"), "order"),
        (Filters(base="open", narrowing={}, q="refund tag:vip"), "q"),
    ],
)
def test_what_no_view_is_made_of(sam: Agent, filters: Filters, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        _save(sam, filters=filters)
    assert refusal.value.details["field"] == field
    with pytest.raises(Invalid):
        _save(sam, "  ")


def test_order_removal_and_the_way_back(sam: Agent) -> None:
    a, b, c = (_save(sam, name) for name in "abc")

    def names() -> str:
        return "".join(view.name for view in saved_views(sam))

    views.move(c, -1, agent=sam, actor=sam.actor)
    assert names() == "acb"
    views.move(a, 5, agent=sam, actor=sam.actor)
    assert names() == "cba"
    views.move(a, 1, agent=sam, actor=sam.actor)
    views.remove(b, agent=sam, actor=sam.actor)
    assert names() == "ca"
    with pytest.raises(NotFound):
        views.edit(b, agent=sam, actor=sam.actor, name="x")
    views.restore(b, agent=sam, actor=sam.actor)
    assert names() == "cba"


def test_counts_ask_for_each_kind_of_name_once(sam: Agent, frontline: Team) -> None:
    saved = [_save(sam, str(n), Filters(base="all", narrowing={}, q="to:frontline assignee:sam")) for n in range(6)]
    with CaptureQueriesContext(connection) as asked:
        known = Known()
        tally(sam, {view.address_name: shown("", sam, saved=view, known=known).filter for view in saved})
    assert len(asked) == len(["teams", "people", "counts"])


@pytest.mark.parametrize("order", ["active", "waiting", "created", "priority"])
def test_sortings_go_through_every_ticket_once(dana: Customer, sam: Agent, order: str) -> None:
    made = []
    for index, hours in enumerate((5, 1, 9, 3, 7, 2, 8)):
        with clock.frozen(NOON - timedelta(hours=hours)):
            ticket = asks(dana, f"Number {hours}")
            actions.set_priority(ticket, 1 + index % 4, actor=sam.actor)
            made.append(Ticket.objects.get(pk=ticket.pk))
    with clock.frozen(NOON):
        made[1] = answers(sam, made[1], then="open")
        made[4] = answers(sam, made[4], then="open")
    keys = {
        "active": lambda t: (-t.active_at.timestamp(), -t.pk),
        "waiting": lambda t: (t.waiting_since is None, t.waiting_since and t.waiting_since.timestamp(), -t.pk),
        "created": lambda t: -t.pk,
        "priority": lambda t: (-t.priority, -t.active_at.timestamp(), -t.pk),
    }
    expected = [ticket.pk for ticket in sorted(map(again, made), key=keys[order])]
    seen, cursor = [], None
    while True:
        page = listing(sam, Filter(), order=order, cursor=cursor, limit=2)
        seen += [row.id for row in page.rows]
        if (cursor := page.next) is None:
            break
    assert seen == expected


def again(ticket: Ticket) -> Ticket:
    """The ticket as it is now."""
    return Ticket.objects.get(pk=ticket.pk)
