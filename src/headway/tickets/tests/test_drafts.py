"""Unsent words: kept, private until shared, never overwritten unseen."""

import pytest

from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Typed
from headway.tickets.models import Draft
from headway.tickets.queries.drafts import drafts, own_draft
from headway.tickets.tests.desk import asks


def test_every_pause_is_kept(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    assert actions.save_draft(ticket, Typed(text="  "), actor=sam.actor, expected=0) == 0
    first = actions.save_draft(ticket, Typed(text="Hello"), actor=sam.actor, expected=0)
    second = actions.save_draft(ticket, Typed(text="Hello Dana", copied="a@b.example"), actor=sam.actor, expected=first)
    assert (
        actions.save_draft(ticket, Typed(text="Hello Dana", copied="a@b.example"), actor=sam.actor, expected=0)
        == second
    )
    kept = own_draft(sam, ticket)
    assert kept is not None
    assert (kept.text, kept.mode, kept.copied, kept.version, kept.shared) == (
        "Hello Dana",
        "reply",
        "a@b.example",
        second,
        False,
    )
    version = ticket.version
    ticket.refresh_from_db()
    assert ticket.version == version, "a draft changes nothing for anybody else"
    assert not Entry.objects.filter(kind__startswith="draft.").exists()
    assert actions.save_draft(ticket, Typed(text=""), actor=sam.actor, expected=second) == 0
    assert not Draft.objects.exists()


def test_another_window_is_not_overwritten(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    version = actions.save_draft(ticket, Typed(text="From the office"), actor=sam.actor, expected=0)
    for expected in (0, version + 1):
        with pytest.raises(Conflict) as refused:
            actions.save_draft(ticket, Typed(text="From home"), actor=sam.actor, expected=expected)
        assert refused.value.details["version"] == version
    actions.discard_draft(ticket, actor=sam.actor)
    with pytest.raises(Conflict) as refused:
        actions.save_draft(ticket, Typed(text="From home"), actor=sam.actor, expected=version)
    assert refused.value.details["version"] == 0


def test_a_draft_is_its_writers_until_they_share_it(
    sam: Agent, mia: Agent, lim: Agent, vic: Agent, dana: Customer
) -> None:
    ticket = asks(dana)
    with pytest.raises(NotFound):
        actions.share_draft(ticket, actor=sam.actor, shared=True)
    actions.save_draft(ticket, Typed(text="Mine"), actor=sam.actor, expected=0)
    actions.save_draft(ticket, Typed(text="Note", mode="note"), actor=lim.actor, expected=0)
    assert drafts(mia, ticket) == []
    for _twice in range(2):
        actions.share_draft(ticket, actor=sam.actor, shared=True)
    assert [(one.agent, one.text) for one in drafts(mia, ticket)] == [("Sam", "Mine")]
    actions.share_draft(ticket, actor=sam.actor, shared=False)
    assert drafts(mia, ticket) == []
    kinds = Entry.objects.filter(ticket_id=ticket.pk, kind__startswith="draft.").order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == ["draft.shared", "draft.kept"]
    with pytest.raises(Forbidden):
        actions.save_draft(ticket, Typed(text="x"), actor=vic.actor, expected=0)
    with pytest.raises(Invalid):
        actions.save_draft(ticket, Typed(text="x", mode="email"), actor=sam.actor, expected=1)


def test_what_was_taken_back_stands_before_what_was_typed_since(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    assert actions.return_to_draft(ticket, Typed(text="Sent"), actor=sam.actor).text == "Sent"
    actions.save_draft(ticket, Typed(text="Since"), actor=sam.actor, expected=1)
    assert actions.return_to_draft(ticket, Typed(text="Sent"), actor=sam.actor).text == "Sent\n\nSince"
