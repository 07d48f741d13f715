"""What is to be done on a ticket: kept in its order, by whoever may write a note, journalled without its words."""

import pytest

from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Recipe
from headway.tickets.models import Ticket
from headway.tickets.queries.checklist import checklist_of, open_items
from headway.tickets.rules.checklist import LENGTH, MOST, placed
from headway.tickets.rules.macros import Changes
from headway.tickets.tests.desk import again, asks, story


def texts(ticket: Ticket) -> list[str]:
    return [one.text for one in checklist_of(ticket.pk)]


@pytest.mark.parametrize(
    ("one", "to", "order"),
    [
        (1, 1, [1, 2, 3]),
        (1, 2, [2, 1, 3]),
        (1, 3, [2, 3, 1]),
        (3, 1, [3, 1, 2]),
        (2, 0, [2, 1, 3]),
        (2, 99, [1, 3, 2]),
    ],
)
def test_an_item_takes_its_place(one: int, to: int, order: list[int]) -> None:
    assert placed([1, 2, 3], one, to) == order


def test_the_life_of_an_item(sam: Agent, lim: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    log, bank, answer = actions.add_items(ticket, ["Look at  the log", "Ask the bank", "Answer"], actor=sam.actor)
    assert texts(ticket) == ["Look at the log", "Ask the bank", "Answer"]
    actions.do_item(ticket, log.pk, actor=lim.actor)
    actions.do_item(ticket, log.pk, actor=sam.actor)
    done = checklist_of(ticket.pk)[0]
    assert (done.done_by, done.done_by_name, done.done_at is None) == (lim.pk, lim.name, False)
    assert open_items([ticket.pk]) == {ticket.pk: 2}
    actions.undo_item(ticket, log.pk, actor=sam.actor)
    actions.move_item(ticket, answer.pk, 1, actor=sam.actor)
    actions.move_item(ticket, answer.pk, 1, actor=sam.actor)
    actions.reword_item(ticket, bank.pk, "Ask the bank again", actor=sam.actor)
    actions.remove_item(ticket, log.pk, actor=sam.actor)
    actions.remove_item(ticket, log.pk, actor=sam.actor)
    assert texts(ticket) == ["Answer", "Ask the bank again"]
    actions.restore_item(ticket, log.pk, actor=sam.actor)
    assert texts(ticket) == ["Answer", "Look at the log", "Ask the bank again"]
    told = [kind for kind in story(ticket) if kind.startswith("checklist")]
    # what changes nothing is no event
    assert [kind.removeprefix("checklist.") for kind in told] == [
        "added", "done", "undone", "moved", "reworded", "removed", "restored",
    ]  # fmt: skip
    assert "bank" not in str(list(Entry.objects.values_list("data", flat=True)))
    assert again(ticket).version == ticket.version + len(told)


def test_what_cannot_be(sam: Agent, vic: Agent, dana: Customer, chen: Customer) -> None:
    ticket, other = asks(dana), asks(chen)
    (item,) = actions.add_items(ticket, ["Look at the log"], actor=sam.actor)
    for wrong in (" ", "x" * (LENGTH + 1)):
        with pytest.raises(Invalid):
            actions.reword_item(ticket, item.pk, wrong, actor=sam.actor)
    with pytest.raises(Invalid):
        actions.add_items(ticket, ["x"] * MOST, actor=sam.actor)
    with pytest.raises(NotFound):
        actions.do_item(other, item.pk, actor=sam.actor)
    with pytest.raises(Forbidden):
        actions.do_item(ticket, item.pk, actor=vic.actor)
    actions.remove_item(ticket, item.pk, actor=sam.actor)
    with pytest.raises(NotFound):
        actions.do_item(ticket, item.pk, actor=sam.actor)
    assert texts(ticket) == []


def test_a_merge_takes_it_along_and_a_split_leaves_it(sam: Agent, dana: Customer) -> None:
    first, second = asks(dana), asks(dana)
    actions.add_items(first, ["One", "Two"], actor=sam.actor)
    actions.add_items(second, ["Three"], actor=sam.actor)
    message = actions.note(second, "A note", actor=sam.actor).ticket.messages.get()
    actions.merge(first, second, actor=sam.actor)
    assert (texts(second), texts(first)) == (["Three", "One", "Two"], [])
    with pytest.raises(Conflict):
        actions.add_items(first, ["Four"], actor=sam.actor)
    fresh = actions.split(second, [message.pk], subject="Apart", actor=sam.actor)
    assert (len(texts(second)), texts(fresh)) == (3, [])


def test_a_macro_puts_items_on_it(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    changes = Changes(checklist=("Check the order", "Check the payment"))
    macro = actions.save_macro(recipe=Recipe(name="Refund", changes=changes), actor=sam.actor)
    actions.use_macro(ticket, macro, user=sam, actor=sam.actor)
    assert texts(ticket) == ["Check the order", "Check the payment"]
    for wrong in (("",), ("x" * (LENGTH + 1),), ("x",) * 21):
        with pytest.raises(Invalid):
            actions.save_macro(recipe=Recipe(name="No", changes=Changes(checklist=wrong)), actor=sam.actor)
