"""Prepared answers: offered where they fit, filled in, applied whole or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.actions import Recipe
from headway.tickets.models import Macro, Note, Status, Tagging, Ticket
from headway.tickets.queries import setup
from headway.tickets.queries.macros import macro_for, macros, offered
from headway.tickets.rules.macros import VARIABLES, Changes, Conditions, Facts, fits, render, unfilled, unknown
from headway.tickets.tests.desk import asks

VALUES = {"customer.first_name": "Dana", "ticket.number": "7", "ticket.subject": "x {{agent.name}} [[gap]]"}


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("Hello {{customer.first_name}},", "Hello Dana,"),
        ("{{ ticket.number }}{{ticket.number}}", "77"),
        ("by {{agent.first_name}}", "by [[agent first name]]"),
        ("about {{ticket.subject}}", "about x agent.name gap"),
        ("{{os.environ}}", "[[os environ]]"),
        ("{{}} {% raw %} ${x} {0}", "[[]] {% raw %} ${x} {0}"),
        ("order [[order number]]", "order [[order number]]"),
    ],
)
def test_words_are_filled_in(text: str, rendered: str) -> None:
    assert render(text, VALUES) == rendered


@given(st.text(), st.dictionaries(st.sampled_from(VARIABLES), st.text()))
def test_values_bring_no_variables_or_gaps(text: str, values: dict[str, str]) -> None:
    """Whatever a customer is called: filling in once leaves the same gaps as the writer put there, and no variables."""
    asked = "Hello {{customer.name}}, " + "".join(letter for letter in text if letter not in "[]{}")
    rendered = render(asked, values)
    assert unfilled(rendered) in ([], ["[[customer name]]"])
    assert render(rendered, values) == rendered


def test_gaps_and_unknown_variables_are_found() -> None:
    assert unfilled("a [[order number]] b [[]] [[x\ny]] [[z]]") == ["[[order number]]", "[[z]]"]
    assert unknown("{{customer.name}} {{ customer.age }} {{customer.age}}") == ["customer.age"]


@pytest.mark.parametrize(
    ("conditions", "fit"),
    [
        (Conditions(), True),
        (Conditions(channels=("email",)), True),
        (Conditions(channels=("chat", "phone")), False),
        (Conditions(languages=("de",)), True),
        (Conditions(languages=("en",)), False),
        (Conditions(statuses=(3,), teams=(9,)), True),
        (Conditions(statuses=(3,), teams=(8,)), False),
    ],
)
def test_where_one_is_offered(conditions: Conditions, fit: bool) -> None:
    assert fits(conditions, Facts("email", "de-at", 3, 9)) is fit


def thanks(**more: object) -> Recipe:
    values: dict[str, object] = {"name": "Thanks", "shortcut": "thx", "text": "Hello {{customer.first_name}}"}
    return Recipe(**(values | more))  # type: ignore[arg-type]  # the fields of a recipe


def test_own_ones_are_ones_own(sam: Agent, mia: Agent) -> None:
    own = actions.save_macro(recipe=thanks(), actor=sam.actor)
    assert list(macros(sam)) == [own]
    assert list(macros(mia)) == []
    with pytest.raises(NotFound):
        macro_for(mia, own.pk)
    with pytest.raises(Forbidden):
        actions.save_macro(own, recipe=thanks(name="Mine now"), actor=mia.actor)
    with pytest.raises(Forbidden):
        actions.archive_macro(own, actor=mia.actor)
    actions.archive_macro(own, actor=sam.actor)
    assert list(macros(sam)) == []
    assert list(Entry.objects.filter(subject_kind="macro").order_by("id").values_list("kind", flat=True)) == [
        "macro.defined",
        "macro.archived",
    ]


def test_shared_ones_are_written_by_leads(sam: Agent, mia: Agent, leo: Agent, vic: Agent, frontline: Team) -> None:
    with pytest.raises(Forbidden):
        actions.save_macro(recipe=thanks(personal=False), actor=sam.actor)
    with pytest.raises(Forbidden):
        actions.save_macro(recipe=thanks(), actor=vic.actor)
    everybodys = actions.save_macro(recipe=thanks(personal=False), actor=leo.actor)
    teams = actions.save_macro(recipe=thanks(name="Team", personal=False, team=frontline), actor=leo.actor)
    assert list(macros(sam)) == [teams, everybodys]
    assert list(macros(mia)) == [everybodys]
    assert list(macros(leo)) == [teams, everybodys]
    with pytest.raises(Forbidden):
        actions.save_macro(everybodys, recipe=thanks(), actor=sam.actor)
    # a lead cannot turn somebody's own into theirs, nor read it
    with pytest.raises(NotFound):
        macro_for(leo, actions.save_macro(recipe=thanks(), actor=sam.actor).pk)


def test_a_shortcut_is_taken_once_in_each_place(sam: Agent, mia: Agent, leo: Agent) -> None:
    actions.save_macro(recipe=thanks(), actor=sam.actor)
    with pytest.raises(Conflict):
        actions.save_macro(recipe=thanks(name="Other", shortcut="THX"), actor=sam.actor)
    actions.save_macro(recipe=thanks(), actor=mia.actor)
    actions.save_macro(recipe=thanks(personal=False), actor=leo.actor)
    with pytest.raises(Conflict):
        actions.save_macro(recipe=thanks(personal=False), actor=leo.actor)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "  "},
        {"shortcut": "two words"},
        {"text": "{{customer.password}}"},
        {"text": "", "note": " "},
        {"changes": Changes(team=999_999)},
        {"changes": Changes(status=999_999)},
        {"changes": Changes(tags=("ok", " "))},
    ],
)
def test_what_cannot_be_used_is_refused(wrong: dict[str, object], sam: Agent) -> None:
    with pytest.raises(Invalid):
        actions.save_macro(recipe=thanks(**wrong), actor=sam.actor)
    assert not Macro.objects.exists()


def test_using_one_does_all_it_says(sam: Agent, leo: Agent, specialists: Team, dana: Customer) -> None:
    ticket = asks(dana)
    hold = setup.status_for("hold")
    changes = Changes(status=hold.pk, priority=4, tags=("vip", "3ds"), team=specialists.pk, assignee=leo.pk)
    specialists.members.add(leo)
    macro = actions.save_macro(recipe=thanks(note="Seen by {{agent.name}}", changes=changes), actor=sam.actor)
    words = actions.use_macro(ticket, macro, user=sam, actor=sam.actor, expected=ticket.version)
    assert words.text == "Hello Dana"
    ticket.refresh_from_db()
    assert (ticket.status, ticket.priority, ticket.team, ticket.assignee) == (hold, 4, specialists, leo)
    assert Tagging.objects.filter(ticket=ticket).count() == 2
    assert Note.objects.get().text == "Seen by Sam"
    assert Entry.objects.filter(ticket_id=ticket.pk, kind="ticket.macro_used").count() == 1
    assert not ticket.messages.filter(direction="out").exists()


def test_what_cannot_be_done_whole_is_not_begun(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    gone = Status.objects.create(name="With the bank", category="hold")
    macro = actions.save_macro(recipe=thanks(changes=Changes(priority=4, status=gone.pk)), actor=sam.actor)
    Status.objects.filter(pk=gone.pk).update(archived_at=ticket.created_at)
    version = Ticket.objects.get(pk=ticket.pk).version
    with pytest.raises(Invalid):
        actions.use_macro(ticket, macro, user=sam, actor=sam.actor)
    assert Ticket.objects.get(pk=ticket.pk).version == version
    with pytest.raises(Conflict):
        actions.use_macro(ticket, macro, user=sam, actor=sam.actor, expected=version + 1)


def test_a_note_with_a_gap_is_not_written(sam: Agent, dana: Customer) -> None:
    macro = actions.save_macro(recipe=thanks(note="Order [[order number]]"), actor=sam.actor)
    with pytest.raises(Invalid, match="order number"):
        actions.use_macro(asks(dana), macro, user=sam, actor=sam.actor)
    assert not Note.objects.exists()


def test_a_light_agent_changes_nothing_by_a_macro(lim: Agent, leo: Agent, dana: Customer) -> None:
    changing = actions.save_macro(recipe=thanks(personal=False, changes=Changes(priority=4)), actor=leo.actor)
    plain = actions.save_macro(recipe=thanks(shortcut="", personal=False), actor=leo.actor)
    ticket = asks(dana)
    with pytest.raises(Forbidden):
        actions.use_macro(ticket, changing, user=lim, actor=lim.actor)
    assert actions.use_macro(ticket, plain, user=lim, actor=lim.actor).text == "Hello Dana"


def test_an_address_is_no_name(sam: Agent, dana: Customer) -> None:
    Customer.objects.filter(pk=dana.pk).update(name="dana@example.com")
    dana.refresh_from_db()
    ticket = asks(dana)
    actions.save_macro(recipe=thanks(), actor=sam.actor)
    assert [one.text for one in offered(sam, ticket)] == ["Hello [[customer first name]]"]
