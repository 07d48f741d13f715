"""Zendesk's export brought to the desk: whole, silent, once, and again when there is more."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from headway.events import journal
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.events.vocabulary.tickets import TicketRedacted
from headway.foundation import files
from headway.moving import telling
from headway.moving.actions import running
from headway.moving.actions import tickets as bringing
from headway.moving.models import Item, Problem, Rule, Run
from headway.moving.queries.figures import differences
from headway.moving.queries.runs import is_whole
from headway.moving.reading import Wanted
from headway.moving.tests import export
from headway.people.actions import teams
from headway.people.models import Agent, Brand, Customer, Organisation, Team
from headway.tickets.actions import note
from headway.tickets.models import Link, Macro, Message, Note, Origin, SavedView, Ticket

pytestmark = pytest.mark.usefixtures("db")


def bring(path: Path, source: str = "zendesk", **more: Any) -> Run:
    wanted = Wanted(source=source, path=path, **more)
    return running.bring(running.begin(wanted, actor=Actor.system()), wanted, lambda _part, _done: None)


def of(number: int) -> Ticket:
    return Origin.objects.get(system="zendesk", number=str(number)).ticket


def story(number: int) -> list[tuple[str, str]]:
    entries = Entry.objects.filter(ticket_id=of(number).pk, source_key__isnull=False).order_by("at", "pk")
    return [(f"{entry.at:%H:%M}", entry.kind) for entry in entries]


def rows() -> dict[str, int]:
    models = (Ticket, Message, Note, Customer, Agent, Team, Organisation, Entry, Item, Macro, SavedView, Rule)
    return {model.__name__: model._default_manager.count() for model in models}


@pytest.fixture
def whole(tmp_path: Path, sam: Agent, ada: Agent) -> Path:
    Agent.objects.filter(pk=sam.pk).update(email="sam@desk.example")
    return export.written(tmp_path / "export")


def test_a_ticket_comes_with_everything_said_and_done(whole: Path, sam: Agent) -> None:
    run = bring(whole)
    found = of(1)
    assert (found.subject, found.category, found.priority, found.channel) == ("Refund 1", "solved", 3, "email")
    assert found.assignee == sam
    assert found.team is not None
    assert found.team.name == "Billing"
    assert found.organisation is not None
    assert found.organisation.name == "Initech"
    assert found.created_at.isoformat() == "2026-03-02T09:00:00+00:00"
    assert found.origin.url == "https://acme.zendesk.example/agent/tickets/1"
    assert sorted(found.tags.values_list("name", flat=True)) == ["refund", "vip"]
    assert found.fields == {"plan": "Gold plan"}
    assert found.type is not None
    assert [field.label for field in found.type.fields.all()] == ["Plan"]
    assert [(one.direction, one.text) for one in found.messages.order_by("at")] == [
        ("in", "I want my money back.\n\n[photo.png: https://old.example/f/2]"),
        ("out", "Which order?"),
        ("in", "Order 12."),
        ("out", "Refunded."),
    ]
    safe = found.messages.order_by("at")[1].html
    assert "<b>order</b>" in safe
    assert "steal" not in safe
    assert "onclick" not in safe
    assert [one.text for one in found.notes.all()] == ["Seen in the ledger."]
    kept = found.messages.order_by("at")[0].files.get()
    assert (kept.name, files.read(kept.sha256)) == ("invoice.txt", b"Invoice 12")
    assert story(1) == [
        ("09:00", "ticket.created"),
        ("09:00", "message.received"),
        ("09:30", "message.written"),
        ("09:30", "ticket.status_changed"),
        ("09:30", "ticket.assigned"),
        ("10:00", "message.received"),
        ("10:00", "ticket.status_changed"),
        ("10:05", "note.written"),
        ("10:30", "message.written"),
        ("10:30", "ticket.status_changed"),
        ("10:30", "ticket.solved"),
        ("11:00", "ticket.status_changed"),
        ("11:00", "ticket.reopened"),
        ("12:00", "ticket.status_changed"),
        ("12:00", "ticket.solved"),
        ("12:00", "ticket.team_changed"),
        ("12:00", "ticket.rated"),
    ]
    assert found.first_replied_at is not None
    assert found.solved_at is not None
    assert (f"{found.first_replied_at:%H:%M}", f"{found.solved_at:%H:%M}") == ("09:30", "12:00")
    assert is_whole(run)


def test_it_is_silent(whole: Path) -> None:
    before = ProcrastinateJob.objects.count()
    bring(whole)
    assert ProcrastinateJob.objects.count() == before


def test_people_come_with_their_ways_and_once(whole: Path) -> None:
    dana = Customer.objects.create(name="Dana", created_at="2026-01-01T00:00Z")
    dana.identities.create(kind="email", value="dana@initech.example")
    bring(whole)
    assert of(1).customer == dana
    chen = of(2).customer
    assert chen is not None
    assert [(one.kind, one.value) for one in chen.identities.all()] == [("external", "zendesk:101")]
    former = Agent.objects.get(email="li@desk.example")
    assert former.archived_at is not None
    assert not former.has_usable_password()
    asking = of(5).customer  # an agent may ask too
    assert asking is not None
    assert asking.name == "Sam Fisher"
    assert Organisation.objects.get(name="Initech").domains.get().domain == "initech.example"


def test_what_cannot_be_taken_is_reported_and_counted(whole: Path) -> None:
    run = bring(whole)
    counts = run.counts["ticket"]
    assert (counts["source"], counts["new"], counts["reported"], counts["missing"]) == (5, 3, 2, 0)
    lost = Problem.objects.filter(run=run, lost=True).order_by("kind", "key").values_list("kind", "key", "reason")
    assert list(lost) == [
        ("file", "4712", "the file is not in the export; its address stands in the message"),
        ("macro", "21", "it belongs to somebody who is not here"),
        ("ticket", "3", "deleted in Zendesk"),
        ("ticket", "4", "cannot be read: created_at is missing"),
    ]
    assert counts["source"] == counts["here"] + counts["reported"]


def test_a_second_run_changes_nothing(whole: Path) -> None:
    bring(whole)
    before, versions = rows(), list(Ticket.objects.values_list("pk", "version"))
    again = bring(whole)
    assert {**rows(), "Entry": 0} == {**before, "Entry": 0}
    assert rows()["Entry"] == before["Entry"] + 2  # that it ran
    assert list(Ticket.objects.values_list("pk", "version")) == versions
    assert again.counts["ticket"]["same"] == 3
    assert is_whole(again)


def test_a_later_export_brings_only_what_changed(whole: Path) -> None:
    bring(whole)
    messages = set(Message.objects.values_list("pk", flat=True))
    others = dict(Ticket.objects.exclude(pk=of(2).pk).values_list("pk", "version"))
    more = [*export.SAID, export.comment(13, 101, "2026-03-05T09:00:00Z", "It was not.")]
    later = export.ticket(
        2, requester_id=101, status="open", comments=more, type=None, updated_at="2026-03-05T09:00:00Z", tags=["late"]
    )
    (whole / "tickets.json").write_text(json.dumps({"tickets": [later]}))
    (whole / "ticket_audits.json").unlink()
    run = bring(whole)
    found = of(2)
    assert [one.text for one in found.messages.exclude(pk__in=messages)] == ["It was not."]
    assert (found.category, f"{found.waiting_since:%d %H:%M}") == ("open", "05 09:00")
    assert "late" in found.tags.values_list("name", flat=True)
    assert run.counts["ticket"] | {"same": 0} == {
        "source": 1, "new": 0, "changed": 1, "same": 0, "reported": 0, "here": 1, "missing": 0
    }  # fmt: skip
    assert dict(Ticket.objects.exclude(pk=found.pk).values_list("pk", "version")) == others
    moves = Entry.objects.filter(ticket_id=found.pk, kind="ticket.status_changed").order_by("at")
    assert [entry.data["to_category"] for entry in moves] == ["open", "waiting", "open"]


def test_what_was_edited_there_is_put_right_and_missing_files_come_after(whole: Path) -> None:
    bring(whole)
    edited = [{**export.SAID[0], "plain_body": "It does start.", "html_body": "<p>It does start.</p>"}, export.SAID[1]]
    edited[1] = {**edited[1], "attachments": [export.FILE]}
    changed = export.ticket(2, requester_id=101, status="pending", comments=edited, type=None)
    (whole / "tickets.json").write_text(json.dumps({"tickets": [changed]}))
    run = bring(whole)
    assert [one.text for one in of(2).messages.order_by("at")] == ["It does start.", "Is it plugged in?"]
    assert of(2).messages.order_by("at")[1].files.get().name == "invoice.txt"
    assert run.counts["ticket"]["changed"] == 1
    assert bring(whole).counts["ticket"]["changed"] == 0


def test_what_belongs_together_comes_so(tmp_path: Path, sam: Agent, acme: Brand) -> None:
    Agent.objects.filter(pk=sam.pk).update(email="sam@desk.example")
    merge = {"channel": "system", "source": {"rel": "merge", "from": {"ticket_ids": [3]}, "to": {}}}
    goes_on = {"channel": "web", "source": {"rel": "follow_up", "from": {"ticket_id": 1}}}
    told = export.comment(90, 7, "2026-03-05T09:00:00Z", "Request #3 was merged into this.", public=False, via=merge)
    tickets = [
        export.ticket(1, brand_id=61, type="problem"),
        export.ticket(2, brand_id=62, problem_id=1, comments=[told]),
        export.ticket(3, status="closed", problem_id=99),
        export.ticket(4, requester_id=101, via=goes_on),
    ]
    folder = export.written(
        tmp_path / "export",
        tickets={"tickets": tickets},
        brands={"brands": [{"id": 61, "name": "Acme"}, {"id": 62, "name": "Acme Labs"}]},
        group_memberships={
            "group_memberships": [{"id": 1, "user_id": 7, "group_id": 50}, {"id": 2, "user_id": 8, "group_id": 50}]
        },
        organization_memberships={"organization_memberships": [{"id": 3, "user_id": 101, "organization_id": 900}]},
    )
    run = bring(folder)
    assert is_whole(run), run.counts
    links = [(one.ticket_id, one.kind, one.other_id) for one in Link.objects.order_by("kind")]
    assert links == [
        (of(4).pk, "follow_up", of(1).pk), (of(2).pk, "incident", of(1).pk), (of(3).pk, "related", of(2).pk),
    ]  # fmt: skip
    assert run.counts["link"]["reported"] == 1
    assert (of(1).brand, Brand.objects.count()) == (acme, 2)
    assert of(2).brand == Brand.objects.get(name="Acme Labs")
    assert [agent.pk for agent in Team.objects.get(name="Billing").members.all()] == [sam.pk]
    chen = of(4).customer
    assert chen is not None
    assert chen.organisation == Organisation.objects.get(name="Initech")
    teams.set_members(Team.objects.get(name="Billing"), [], actor=Actor.system())
    before = rows()
    assert bring(folder).counts["link"]["new"] == 0
    assert {**rows(), "Entry": 0} == {**before, "Entry": 0}
    assert not Team.objects.get(name="Billing").members.exists()


def test_what_somebody_was_erased_from_stays_so(whole: Path) -> None:
    bring(whole)
    with transaction.atomic():
        journal.record(TicketRedacted(ticket_id=of(2).pk), actor=Actor.system())
    changed = export.ticket(2, requester_id=101, status="closed", subject="Their name", comments=export.SAID)
    (whole / "tickets.json").write_text(json.dumps({"tickets": [changed]}))
    run = bring(whole)
    assert of(2).subject == "Refund 2"
    assert Problem.objects.get(run=run, kind="ticket").reason.startswith("somebody was erased")


def test_what_somebody_worked_on_here_stays(whole: Path, sam: Agent) -> None:
    bring(whole)
    note(of(2), "Ours now.", actor=sam.actor)
    changed = export.ticket(2, requester_id=101, status="closed", comments=export.SAID)
    (whole / "tickets.json").write_text(json.dumps({"tickets": [changed]}))
    run = bring(whole)
    assert of(2).category == "waiting"
    kept = Problem.objects.get(run=run, kind="ticket")
    assert (kept.key, kept.lost) == ("2", False)
    assert is_whole(run)


def test_one_bad_ticket_is_reported_and_its_neighbours_come(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = telling.past_of

    def broken(told: Any, words: Any, world: Any) -> Any:
        past = real(told, words, world)
        object.__setattr__(past, "priority", "high" if told.matter.key == "2" else past.priority)
        return past

    monkeypatch.setattr(bringing, "past_of", broken)
    run = bring(whole)
    assert sorted(Origin.objects.values_list("number", flat=True)) == ["1", "5"]
    assert run.counts["message"] == {
        "source": 6, "new": 4, "changed": 0, "same": 0, "reported": 2, "here": 4, "missing": 0
    }  # fmt: skip
    assert is_whole(run)
    monkeypatch.setattr(bringing, "past_of", real)
    assert bring(whole).counts["ticket"]["new"] == 1


def test_a_killed_run_goes_on(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "BATCH", 1)
    taken = bringing._Work.take

    def dies(self: Any, keys: Any, pool: Any) -> None:
        if keys == ["2"]:
            raise KeyboardInterrupt
        taken(self, keys, pool)

    monkeypatch.setattr(bringing._Work, "take", dies)
    with pytest.raises(KeyboardInterrupt):
        bring(whole)
    monkeypatch.setattr(bringing._Work, "take", taken)
    run = bring(whole)
    assert (run.counts["ticket"]["new"], run.counts["ticket"]["same"]) == (2, 1)
    assert is_whole(run)


def test_macros_views_and_rules(whole: Path) -> None:
    run = bring(whole)
    macro = Macro.objects.get()
    assert (macro.name, macro.text) == ("Refunded", "Dear {{customer.first_name}},\n[[dc x]]")
    assert macro.changes["tags"] == ["refund", "done"]
    view = SavedView.objects.get()
    assert (view.name, view.base, view.q) == ("Refunds", "open", "tag:refund")
    rule = Rule.objects.get()
    assert (rule.name, rule.kind, rule.was_active) == ("Thank the customer", "trigger", True)
    left = Problem.objects.get(run=run, kind="macro", key="20")
    assert (left.reason, left.lost) == ("came without: custom_fields_360", False)


def test_our_figures_beside_the_sources_own(whole: Path) -> None:
    bring(whole)
    assert [(one.metric, one.compared, one.agree) for one in differences("zendesk")] == [
        ("first_response", 1, 1),
        ("resolution", 1, 1),
        ("reopens", 1, 1),
    ]


def test_ticket_events_and_comments_in_files_of_their_own(tmp_path: Path) -> None:
    update = {
        "id": 9001,
        "ticket_id": 1,
        "timestamp": 1_772_442_000,
        "updater_id": 100,
        "via": "Mail",
        "child_events": [
            {"id": 1, "event_type": "Create", "status": "new", "subject": "Refund"},
            {"id": 70, "event_type": "Comment", "author_id": 100, "body": "Money back?", "public": True},
        ],
    }
    folder = export.written(
        tmp_path / "export", ticket_audits=None, ticket_events={"ticket_events": [update]}, macros=None, views=None
    )
    (folder / "tickets").mkdir()
    (folder / "tickets" / "5-comments.json").write_text(
        json.dumps({"comments": [export.comment(71, 7, "2026-03-02T10:00:00Z", "From the file.")]})
    )
    bring(folder)
    assert [one.text for one in of(1).messages.all()] == ["Money back?"]
    assert [one.text for one in of(5).messages.all()] == ["From the file."]


def test_an_object_a_line(tmp_path: Path) -> None:
    folder = tmp_path / "lines"
    folder.mkdir()
    tickets = [export.ticket(1, comments=export.SAID), export.ticket(2, requester_id=101)]
    (folder / "tickets.json").write_text("\n".join(json.dumps(one) for one in tickets))
    (folder / "users.json").write_text("\n".join(json.dumps(one) for one in export.DOCUMENTS["users"]["users"]))
    run = bring(folder)
    assert (run.counts["ticket"]["new"], run.counts["message"]["source"]) == (2, 2)
    assert of(2).messages.get().text == "I want my money back."
