"""Who hears of what: once, never of one's own act, never of what one may not see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.events import followers, queries
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.events.tasks import follow
from headway.foundation.clock import frozen, now
from headway.foundation.errors import Forbidden, Invalid
from headway.notifications import tasks
from headway.notifications.actions import choosing, following, telling
from headway.notifications.models import Following, Notification
from headway.notifications.queries import told, unread_count
from headway.notifications.rules import KINDS
from headway.people.models import Agent, Customer, Team
from headway.people.rules import Sees
from headway.sla.models import Clock
from headway.tickets import actions
from headway.tickets.actions import Opening, Words
from headway.tickets.actions.aging import send_due
from headway.tickets.queries import search
from headway.tickets.tests.desk import answers, asks, writes
from headway.web.accounts import letters
from headway.web.accounts.tests.doors import Outbox
from headway.web.notifying.tasks import gather, send


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """The mails that left."""
    kept = Outbox()
    monkeypatch.setattr(letters, "exit_for", lambda _address: kept)
    return kept


def _follow_up() -> None:
    """What a worker does: every event's followers, twice, for a job may come again."""
    for _again in range(2):
        for number in Entry.objects.order_by("pk").values_list("pk", flat=True):
            follow(number)


def _told(agent: Agent) -> list[tuple[str, str, str]]:
    return [(one.kind, one.event, one.by) for one in reversed(told(agent).rows)]


def test_whoever_is_given_a_ticket_hears_of_it(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.assign(ticket, mia, actor=sam.actor)
    _follow_up()
    assert _told(mia) == [("assignment", "ticket.assigned", "Sam")]
    assert _told(sam) == []
    actions.assign(ticket, sam, actor=sam.actor)
    _follow_up()
    assert _told(sam) == [], "never of one's own act"


def test_whoever_a_ticket_is_begun_for_hears_of_it(sam: Agent, mia: Agent, dana: Customer, frontline: Team) -> None:
    opening = Opening(subject="Refund", channel="phone", customer=dana, team=frontline, assignee=mia)
    ticket, _message = actions.open_ticket(opening, Words(text="Call me back."), actor=sam.actor)
    kinds = Entry.objects.filter(ticket_id=ticket.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["ticket.created", "ticket.team_changed", "ticket.assigned", "message.received"]
    _follow_up()
    assert _told(mia) == [("assignment", "ticket.assigned", "Sam")]
    assert Following.objects.filter(ticket=ticket, agent=mia, left_at=None).exists()


def test_the_writer_of_a_reply_for_later_hears_that_it_was_held_back(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.schedule(ticket, Words(text="Good morning"), now() + timedelta(hours=1), actor=sam.actor)
    writes(dana, ticket, "It works now.")
    with frozen(now() + timedelta(hours=2)):
        send_due()
    _follow_up()
    assert ("reply", "reply.held_back", "") in _told(sam)


def test_an_answer_in_a_side_conversation_is_told_to_who_has_the_ticket(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.assign(ticket, mia, actor=sam.actor)
    written = actions.start_side(ticket, ["li@supplier.example"], "Order 7", Words(text="Where?"), actor=sam.actor)
    words = Words(text="Tomorrow.")
    actions.receive_side(written.side, words, address="li@supplier.example", name="Li", actor=Actor.system())
    _follow_up()
    assert ("reply", "side.answered", "") in _told(mia)


def test_answers_on_what_is_mine_or_followed(sam: Agent, mia: Agent, leo: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.assign(ticket, sam, actor=sam.actor)
    following.follow(ticket, actor=leo.actor)
    writes(dana, ticket, "And another thing.")
    writes(dana, ticket, "I am away.", automatic=True)
    actions.note(ticket, "Ask the bank, @Mia.", actor=leo.actor)
    answers(mia, ticket)
    _follow_up()
    assert _told(sam) == [
        ("reply", "message.received", "Dana Ortiz"), ("reply", "note.written", "Leo"),
        ("reply", "message.written", "Mia"),
    ]  # fmt: skip
    assert _told(leo) == [("reply", "message.received", "Dana Ortiz"), ("reply", "message.written", "Mia")]
    assert _told(mia) == [("mention", "note.written", "Leo")]


def test_a_team_that_is_called_hears_of_it(sam: Agent, mia: Agent, specialists: Team, dana: Customer) -> None:
    actions.note(asks(dana), "@Specialists please", actor=sam.actor)
    _follow_up()
    assert _told(mia) == [("mention", "note.written", "Sam")]


def test_nobody_hears_of_what_they_may_not_see(sam: Agent, mia: Agent, specialists: Team, dana: Customer) -> None:
    mia.sees = Sees.TEAMS
    mia.save()
    hidden, shown = asks(dana), asks(dana)
    actions.set_team(shown, specialists, actor=sam.actor)
    for ticket in (hidden, shown):
        actions.note(ticket, "@Mia", actor=sam.actor)
    _follow_up()
    assert [one.ticket_id for one in told(mia).rows] == [shown.pk]
    actions.set_team(shown, None, actor=sam.actor)
    assert (told(mia).rows, unread_count(mia)) == ([], 0), "asked again when it is shown"
    assert Notification.objects.filter(agent=mia).count() == 1


def test_suspected_spam_calls_nobody(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.assign(ticket, sam, actor=sam.actor)
    actions.suspect(ticket, actor=sam.actor)
    writes(dana, ticket, "Cheap!")
    _follow_up()
    assert _told(sam) == []


def test_each_chooses_what_they_hear(sam: Agent, mia: Agent, dana: Customer) -> None:
    ways = {kind: ["desk"] for kind in KINDS} | {"reply": [], "mention": ["mail"]}
    choosing.choose(mia, actor=mia.actor, ways=ways, follows=[])
    ticket = asks(dana)
    actions.assign(ticket, mia, actor=sam.actor)
    writes(dana, ticket, "And another thing.")
    actions.note(ticket, "@Mia", actor=sam.actor)
    _follow_up()
    assert _told(mia) == [("assignment", "ticket.assigned", "Sam")]
    rows = Notification.objects.filter(agent=mia).order_by("pk")
    assert [(row.kind, row.in_desk, row.on_desktop, row.by_mail) for row in rows] == [
        ("assignment", True, False, False), ("mention", False, False, True),
    ]  # fmt: skip
    assert not Following.objects.filter(agent=mia).exists()
    with pytest.raises(Forbidden):
        choosing.choose(mia, actor=sam.actor, ways=ways, follows=[])
    with pytest.raises(Invalid):
        choosing.choose(mia, actor=mia.actor, ways={"reply": ["pigeon"]}, follows=[])


def test_following_begins_by_itself_and_ends_by_hand(sam: Agent, mia: Agent, leo: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.note(ticket, "@Leo", actor=sam.actor)
    answers(mia, ticket)
    _follow_up()
    reasons = dict(
        Entry.objects.filter(kind="ticket.followed").values_list("data__agent_id", "data__by").order_by("data__by")
    )
    # Mia took the new ticket with her answer
    assert reasons == {leo.pk: "mentioned", sam.pk: "noted", mia.pk: "assigned"}
    following.unfollow(ticket, actor=sam.actor)
    following.unfollow(ticket, actor=sam.actor)
    actions.note(ticket, "Once more.", actor=sam.actor)
    writes(dana, ticket, "Hello?")
    _follow_up()
    assert [one for one in _told(sam) if one[1] == "message.received"] == []
    following.follow(ticket, actor=sam.actor)
    writes(dana, ticket, "Hello??")
    _follow_up()
    assert [one[1] for one in _told(sam)][-1] == "message.received"
    assert Entry.objects.filter(kind="ticket.unfollowed").count() == 1


def test_followers_go_where_the_ticket_goes(sam: Agent, leo: Agent, dana: Customer) -> None:
    one, other = asks(dana), asks(dana)
    following.follow(one, actor=leo.actor)
    actions.merge(one, other, actor=sam.actor)
    _follow_up()
    writes(dana, other, "Hello?")
    _follow_up()
    assert [each.ticket_id for each in told(leo).rows] == [other.pk]


def test_what_is_due_soon_is_told_once(sam: Agent, dana: Customer) -> None:
    ticket, later = asks(dana), asks(dana)
    for each, minutes in ((ticket, 10), (later, 60)):
        actions.assign(each, sam, actor=sam.actor)
        due = now() + timedelta(minutes=minutes)
        Clock.objects.update_or_create(ticket=each, defaults={"kind": "first", "since": now(), "due_at": due})
    tasks.warn()
    tasks.warn()
    assert [(one.kind, one.ticket_id) for one in told(sam).rows] == [("due", ticket.pk)]


def test_a_burst_is_one_mail(
    outbox: Outbox, sam: Agent, mia: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(send, "defer", lambda **given: sent.append((given["agent_id"], given["mail"])))
    ticket, other = asks(dana, "Card declined"), asks(dana, "Order")
    actions.note(ticket, "@Mia", actor=sam.actor)
    actions.assign(other, mia, actor=sam.actor)
    _follow_up()
    gather()
    assert sent == [], "it waits for what else comes along"
    monkeypatch.setattr(telling, "now", lambda: now() + timedelta(minutes=3))
    gather()
    gather()
    assert len(sent) == 1
    send(*sent[0])
    send(*sent[0])
    (letter,) = outbox.mails
    assert letter["To"] == "mia@desk.example"
    assert letter["Subject"] == "2 pieces of news on your tickets"
    body = letter.get_content()
    assert f"Sam mentioned you: #{ticket.pk} Card declined" in body
    assert f"/desk/tickets/{other.pk}" in body


def test_what_was_seen_or_is_out_of_sight_is_not_mailed(
    outbox: Outbox, sam: Agent, mia: Agent, leo: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = asks(dana)
    actions.note(ticket, "@Mia @Leo", actor=sam.actor)
    _follow_up()
    telling.read_ticket(ticket, actor=mia.actor)
    monkeypatch.setattr(telling, "now", lambda: now() + timedelta(minutes=3))
    mails = telling.gather(actor=sam.actor)
    assert [agent_id for agent_id, _mail in mails] == [leo.pk]
    leo.sees = Sees.TEAMS
    leo.save()
    send(*mails[0])
    assert outbox.mails == []


def test_the_past_and_old_news_are_let_go(sam: Agent, mia: Agent, dana: Customer) -> None:
    actions.assign(asks(dana), mia, actor=sam.actor, silent=True)
    _follow_up()
    actions.assign(asks(dana), mia, actor=sam.actor)
    _follow_up()
    Notification.objects.update(at=now() - telling.KEPT - timedelta(days=1))
    tasks.forget()
    assert not Notification.objects.exists()


def test_what_it_costs_when_it_concerns_nobody(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    writes(dana, ticket, "Hello?")
    entry = Entry.objects.filter(kind="message.received").latest("pk")
    with CaptureQueriesContext(connection) as asked:
        tasks.tell_many([queries.recorded(entry)] * 50)
    names = ["whose tickets they are", "who follows them"]
    assert len(asked) == len(names), "\n".join(query["sql"][:160] for query in asked)
    assert followers.named("message.received", "notifications.tell").together is not None


def test_what_somebody_follows_is_found(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, left, plain = asks(dana, "One"), asks(dana, "Two"), asks(dana, "Three")
    for each in (ticket, left):
        following.follow(each, actor=sam.actor)
    following.unfollow(left, actor=sam.actor)
    found = {text: {row.id for row in search(sam, text).rows} for text in ("is:followed", "-is:followed")}
    assert found == {"is:followed": {ticket.pk}, "-is:followed": {left.pk, plain.pk}}
    assert search(mia, "is:followed").rows == []
