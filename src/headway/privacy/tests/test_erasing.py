"""A customer is erased, and then looked for in everything that is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.intake.models import RawMail
from headway.intake.tests.letters import arrive
from headway.people.actions import customers, merging
from headway.people.models import Agent, Customer
from headway.privacy.actions import erasing, holds
from headway.privacy.models import Erasure
from headway.privacy.queries import erasures
from headway.privacy.queries.holds import today
from headway.privacy.tasks import erase, go_on
from headway.privacy.tests.conftest import WORDS, Life
from headway.privacy.tests.sweep import found_in_files, found_in_tables
from headway.tickets.models import Message, Note, Ticket
from headway.tickets.queries import search
from headway.tickets.queries.checklist import checklist_of
from headway.tickets.queries.filters import Filter

NAME = "Octavia Quillfeather"


def _run(erasure: Erasure) -> Erasure:
    erase(erasure.pk)
    erasure.refresh_from_db()
    return erasure


def test_nothing_is_left_anywhere(
    committed_db: str, life: Life, ada: Agent, sam: Agent, run_jobs: Callable[[], None]
) -> None:
    twin = customers.create(actor=sam.actor, name="O. Quillfeather", known_by=[("email", "o@quillfeather.example")])
    merging.merge(twin, life.octavia, actor=sam.actor)
    assert {hit.split(":")[0].split(".")[0] for hit in found_in_tables(WORDS)} >= {
        "people_customer", "people_identity", "people_organisation", "tickets_message", "tickets_note", "tickets_draft",
        "tickets_ticket", "tickets_savedview", "tickets_checklistitem", "intake_delivery", "intake_suppression",
        "intake_senderrule",
    }  # fmt: skip
    assert found_in_files(WORDS)
    erasing.begin(life.octavia, typed=NAME, actor=ada.actor)
    run_jobs()
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.removed, erasure.redacted, erasure.held) == ("done", 1, 2, 0)
    assert found_in_tables(WORDS) == []
    assert found_in_files(WORDS) == []
    for word in WORDS:
        assert search(ada, word, Filter()).rows == [], word
    assert not Ticket.objects.filter(pk=life.own.pk).exists()
    # what stays is Chen's, without her
    life.shared.refresh_from_db()
    assert life.shared.customer is not None
    assert life.shared.customer.name == "Chen Wei"
    texts = Message.objects.filter(ticket=life.shared).order_by("pk").values_list("text", flat=True)
    assert [text.strip() for text in texts] == [
        "Where is our order?", "[erased]", "Dear [erased], dear Chen,\n\n[erased] gets it tomorrow.",
    ]  # fmt: skip
    assert Note.objects.get(ticket=life.shared).text == "Call [erased] on [erased]."
    assert [one.text for one in checklist_of(life.shared.pk)] == ["Write to [erased]"]
    assert Message.objects.get(ticket=life.named).text == "Send it to [erased] please."
    # the record stays, nameless, and says when
    for one in (life.octavia, twin):
        row = Customer.objects.get(pk=one.pk)
        assert (row.name, row.facts, row.organisation_id, row.identities.count()) == ("", {}, None, 0)
        assert row.erased_at is not None
    kinds = set(Entry.objects.filter(subject_kind__in=["customer", "erasure"]).values_list("kind", flat=True))
    assert {"customer.erased", "erasure.begun", "erasure.finished"} <= kinds
    # a rescan revives nothing
    again = arrive(life.raw, key="a rescan")
    assert (again.state, again.message) == ("duplicate", None)
    assert not Customer.objects.filter(name__icontains="quill").exists()


def test_previewed_without_a_change(life: Life) -> None:
    seen = erasures.preview(life.octavia)
    assert (seen.whole, seen.shared, seen.messages, seen.files, seen.mails) == (1, 2, 3, 1, 1)
    assert (seen.identities, list(seen.holds), seen.held) == (3, [], 0)
    assert Customer.objects.get(pk=life.octavia.pk).name == NAME


def test_only_who_may_and_only_what_was_typed(life: Life, ada: Agent, leo: Agent) -> None:
    with pytest.raises(Forbidden):
        erasing.begin(life.octavia, typed=NAME, actor=leo.actor)
    for wrong in ("", "Octavia", "yes"):
        with pytest.raises(Invalid):
            erasing.begin(life.octavia, typed=wrong, actor=ada.actor)
    erasing.begin(life.octavia, typed="  octavia quillfeather ", actor=ada.actor)
    with pytest.raises(Conflict, match="being erased already"):
        erasing.begin(life.octavia, typed=NAME, actor=ada.actor)


def test_a_hold_on_the_customer_keeps_everything_until_its_last_day(life: Life, ada: Agent) -> None:
    hold = holds.place(reason="Tax law, ten years", customer=life.octavia, until=today(), actor=ada.actor)
    with pytest.raises(Conflict, match="Tax law"):
        erasing.begin(life.octavia, typed=NAME, actor=ada.actor)
    type(hold).objects.filter(pk=hold.pk).update(until=today() - timedelta(days=1))
    assert erasing.begin(life.octavia, typed=NAME, actor=ada.actor).state == "running"


def test_a_held_ticket_stays_whole_and_goes_when_the_hold_ends(life: Life, ada: Agent) -> None:
    hold = holds.place(reason="A lawsuit", ticket=life.own, actor=ada.actor)
    erasure = _run(erasing.begin(life.octavia, typed=NAME, actor=ada.actor))
    assert (erasure.state, erasure.removed, erasure.redacted, erasure.held) == ("held", 0, 2, 1)
    assert Message.objects.filter(ticket=life.own, text__contains="zanzibarparcel").exists()
    assert Customer.objects.get(pk=life.octavia.pk).name == NAME
    go_on()
    assert Erasure.objects.get().state == "held"
    holds.lift(hold, actor=ada.actor)
    go_on()
    erasure = _run(Erasure.objects.get())
    assert (erasure.state, erasure.removed, erasure.held) == ("done", 1, 0)
    assert found_in_tables(WORDS) == []


def test_stopped_on_its_way_and_resumed(life: Life, ada: Agent) -> None:
    erasure = erasing.begin(life.octavia, typed=NAME, actor=ada.actor)
    assert erasing.step(erasure.pk, actor=Actor.system())
    erasing.stop(erasure, actor=ada.actor)
    assert _run(erasure).state == "stopped"
    assert Ticket.objects.filter(pk=life.own.pk).exists()
    with pytest.raises(Conflict):
        erasing.stop(erasure, actor=ada.actor)
    erasing.resume(erasure, actor=ada.actor)
    assert _run(erasure).state == "done"
    with pytest.raises(Conflict):
        erasing.resume(erasure, actor=ada.actor)
    with pytest.raises(Conflict, match="erased already"):
        erasing.begin(life.octavia, typed="", actor=ada.actor)


def test_what_is_written_meanwhile_goes_too(life: Life, ada: Agent) -> None:
    erasure = erasing.begin(life.octavia, typed=NAME, actor=ada.actor)
    while Erasure.objects.get().pending is None or Erasure.objects.get().pending:
        erasing.step(erasure.pk, actor=Actor.system())
    from headway.intake.tests.letters import letter

    late = arrive(letter("Another zanzibarparcel", sender="octavia@quillfeather.example"))
    assert late.message is not None
    assert _run(erasure).state == "done"
    assert found_in_tables(WORDS) == []
    assert not RawMail.objects.filter(state="done", message__isnull=True).exists()


def test_holds_say_why_and_until_when(life: Life, ada: Agent, leo: Agent) -> None:
    with pytest.raises(Forbidden):
        holds.place(reason="No", customer=life.octavia, actor=leo.actor)
    for wrong in ({"reason": " "}, {"reason": "x" * 501}, {"reason": "Law", "until": today() - timedelta(days=1)}):
        with pytest.raises(Invalid):
            holds.place(customer=life.octavia, actor=ada.actor, **wrong)
    with pytest.raises(Invalid):
        holds.place(reason="Law", actor=ada.actor)
    hold = holds.place(reason="Law", customer=life.octavia, actor=ada.actor)
    holds.lift(hold, actor=ada.actor)
    with pytest.raises(Conflict):
        holds.lift(hold, actor=ada.actor)
    assert now() >= hold.placed_at
