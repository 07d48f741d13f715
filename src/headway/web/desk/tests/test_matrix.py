"""Every address of the desk and every role: who is let in."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction

from headway.people.models import Agent, Customer
from headway.people.rules import Permission, Role, may
from headway.tickets.models import Message
from headway.web.desk import urls
from headway.web.desk.tests.conftest import HTMX, Ask, At

READ, NOTE, WORK = Permission.READ, Permission.NOTE, Permission.WORK
OPERATE, PEOPLE, TEAMS = Permission.OPERATE, Permission.PEOPLE, Permission.TEAMS
SETTINGS, CUSTOMERS, PRIVACY = Permission.SETTINGS, Permission.CUSTOMERS, Permission.PRIVACY

# route, method, what one needs
GUARDED = [
    ("", "get", READ), ("views/<slug:name>", "get", READ), ("changes", "get", READ), ("filters", "get", READ),
    ("counts", "get", READ), ("session", "get", READ),
    ("tickets", "post", WORK), ("tickets/draft", "get", WORK),
    ("tickets/<int:number>", "get", READ), ("tickets/<int:number>/changes", "get", READ),
    ("tickets/<int:number>/replies", "post", NOTE), ("tickets/<int:number>/status", "post", WORK),
    ("tickets/<int:number>/closure", "post", WORK), ("tickets/<int:number>/assignment", "post", WORK),
    ("tickets/<int:number>/team", "post", WORK), ("tickets/<int:number>/priority", "post", WORK),
    ("tickets/<int:number>/tags", "post", WORK), ("tickets/<int:number>/subject", "post", WORK),
    ("tickets/<int:number>/fields", "post", WORK), ("tickets/<int:number>/snooze", "post", WORK),
    ("tickets/<int:number>/suspicion", "post", WORK), ("tickets/<int:number>/merge", "post", WORK),
    ("tickets/<int:number>/links", "post", WORK),
    ("tickets/<int:number>/checklist", "post", NOTE), ("tickets/<int:number>/checklist/<int:item_id>", "post", NOTE),
    ("tickets/<int:number>/checklist/<int:item_id>/completion", "post", NOTE),
    ("tickets/<int:number>/checklist/<int:item_id>/removal", "post", NOTE),
    ("tickets/<int:number>/reading", "post", READ), ("tickets/<int:number>/following", "post", READ),
    ("tickets/<int:number>/presence", "get", READ), ("tickets/<int:number>/callees", "get", NOTE),
    ("tickets/<int:number>/work", "post", READ), ("notifications", "get", READ),
    ("notifications/reading", "post", READ), ("notifications/news", "get", READ),
    ("notifications/choices", "get", READ),
    ("messages/<int:message_id>/images/<int:number>", "get", READ),
    ("tickets/<int:number>/earlier", "get", READ), ("tickets/<int:number>/journal", "post", READ),
    ("messages/<int:message_id>/files/<int:file_id>/content", "get", READ),
    ("messages/<int:message_id>/files/<int:file_id>/preview", "get", READ),
    ("notes/<int:note_id>/files/<int:file_id>/content", "get", READ),
    ("notes/<int:note_id>/files/<int:file_id>/preview", "get", READ),
    ("messages/<int:message_id>/page", "get", READ), ("messages/<int:message_id>/files/<int:file_id>", "get", READ),
    ("messages/<int:message_id>/admission", "post", WORK), ("notes/<int:note_id>/files/<int:file_id>", "get", READ),
    ("messages/<int:message_id>/sending", "post", Permission.REPLY),
    ("messages/<int:message_id>/withdrawal", "post", Permission.REPLY), ("outbox", "get", READ),
    ("customers", "post", CUSTOMERS), ("customers/new", "get", CUSTOMERS),
    ("customers/duplicates", "get", CUSTOMERS), ("customers/<int:customer_id>", "get", READ),
    ("customers/<int:customer_id>/duplicates", "get", CUSTOMERS),
    ("customers/<int:customer_id>/merger", "post", CUSTOMERS), ("customers/<int:customer_id>/history", "get", READ),
    ("customers/<int:customer_id>/details", "post", CUSTOMERS),
    ("customers/<int:customer_id>/identities", "post", CUSTOMERS),
    ("customers/<int:customer_id>/identities/<int:identity_id>/removal", "post", CUSTOMERS),
    ("customers/<int:customer_id>/identities/<int:identity_id>/verification", "post", CUSTOMERS),
    ("organisations", "post", CUSTOMERS), ("organisations/new", "get", CUSTOMERS),
    ("organisations/<int:organisation_id>", "get", READ),
    ("organisations/<int:organisation_id>/details", "post", CUSTOMERS),
    ("organisations/<int:organisation_id>/domains", "post", CUSTOMERS),
    ("organisations/<int:organisation_id>/domains/removal", "post", CUSTOMERS),
    ("people", "get", READ), ("people/<int:agent_id>", "get", PEOPLE),
    ("customers/<int:customer_id>/privacy", "get", PRIVACY), ("customers/<int:customer_id>/exports", "post", PRIVACY),
    ("customers/<int:customer_id>/erasure", "post", PRIVACY), ("customers/<int:customer_id>/holds", "post", PRIVACY),
    ("exports/<int:export_id>", "get", PRIVACY), ("privacy", "get", PRIVACY), ("queue", "get", Permission.BULK),
    ("erasures/<int:erasure_id>", "get", PRIVACY), ("erasures/<int:erasure_id>/interruption", "post", PRIVACY),
    ("erasures/<int:erasure_id>/resumption", "post", PRIVACY), ("holds", "get", PRIVACY),
    ("holds/<int:hold_id>/lifting", "post", PRIVACY), ("retention", "get", PRIVACY),
    ("retention/<int:rule_id>", "get", PRIVACY),
    ("invitations", "post", PEOPLE), ("invitations/<int:invitation_id>/revocation", "post", PEOPLE),
    ("tokens", "get", READ), ("tokens/<int:token_id>/revocation", "post", READ),
    ("dead-letters", "get", OPERATE), ("dead-letters/<int:job_id>/retry", "post", OPERATE),
    ("dead-letters/<int:job_id>/removal", "post", OPERATE), ("audit-log", "get", TEAMS),
    ("first-steps", "get", SETTINGS), ("first-steps/dismissal", "post", SETTINGS),
    ("sample-data", "get", SETTINGS), ("sample-data/removal", "post", SETTINGS),
    ("audit-log/export", "get", Permission.EXPORT),
    ("people/<int:agent_id>/archival", "post", PEOPLE),
    ("people/<int:agent_id>/restoration", "post", PEOPLE),
    ("people/<int:agent_id>/second-factor-reset", "post", PEOPLE),
    ("settings/sending", "get", SETTINGS),
    ("settings/access", "get", SETTINGS),
    ("settings/audit", "get", SETTINGS), ("support-audit", "get", TEAMS),
    ("settings/reopening", "get", SETTINGS),
    ("settings/brands", "get", SETTINGS),
    ("settings/brands/new", "get", SETTINGS),
    ("settings/brands/<int:brand_id>", "get", SETTINGS),
    ("settings/brands/<int:brand_id>/logo", "post", SETTINGS),
    ("settings/brands/<int:brand_id>/addresses", "post", SETTINGS),
    ("settings/brands/<int:brand_id>/default", "post", SETTINGS),
    ("settings/brands/<int:brand_id>/archival", "post", SETTINGS),
    ("settings/brands/<int:brand_id>/restoration", "post", SETTINGS),
    ("settings/addresses/<int:address_id>", "post", SETTINGS),
    ("settings/teams", "get", TEAMS),
    ("settings/teams/new", "get", TEAMS),
    ("settings/teams/<int:team_id>", "get", TEAMS),
    ("settings/teams/<int:team_id>/archival", "post", TEAMS),
    ("settings/teams/<int:team_id>/restoration", "post", TEAMS),
    ("settings/statuses", "get", SETTINGS),
    ("settings/statuses/new", "get", SETTINGS),
    ("settings/statuses/<int:status_id>", "get", SETTINGS),
    ("settings/statuses/<int:status_id>/position", "post", SETTINGS),
    ("settings/statuses/<int:status_id>/archival", "post", SETTINGS),
    ("settings/statuses/<int:status_id>/restoration", "post", SETTINGS),
    ("settings/types", "get", SETTINGS),
    ("settings/types/new", "get", SETTINGS),
    ("settings/types/<int:type_id>", "get", SETTINGS),
    ("settings/types/<int:type_id>/archival", "post", SETTINGS),
    ("settings/types/<int:type_id>/restoration", "post", SETTINGS),
    ("settings/fields", "get", SETTINGS),
    ("settings/fields/new", "get", SETTINGS),
    ("settings/fields/<int:field_id>", "get", SETTINGS),
    ("settings/fields/<int:field_id>/position", "post", SETTINGS),
    ("settings/fields/<int:field_id>/archival", "post", SETTINGS),
    ("settings/fields/<int:field_id>/restoration", "post", SETTINGS),
    ("settings/imports", "get", SETTINGS), ("settings/imports", "post", SETTINGS),
    ("settings/imports/<int:import_id>", "get", SETTINGS), ("settings/imports/new", "get", SETTINGS),
    ("settings/imports/<int:import_id>/run", "post", SETTINGS),
    ("settings/imports/<int:import_id>/problems", "get", SETTINGS),
    ("settings/imports/<int:import_id>/problems.csv", "get", SETTINGS),
    ("settings/imports/<int:import_id>/run/ending", "post", SETTINGS),
    ("settings/imports/<int:import_id>/removal", "post", SETTINGS),
    ("settings/imports/stays/<int:stay_id>/ending", "post", SETTINGS),
    ("settings/senders", "get", WORK), ("settings/senders/addition", "post", SETTINGS),
    ("settings/senders/<int:sender_rule_id>/removal", "post", SETTINGS),
    ("settings/senders/<int:sender_rule_id>/restoration", "post", SETTINGS),
    ("settings/tags", "get", SETTINGS),
    ("settings/tags/<int:tag_id>", "get", SETTINGS),
    ("settings/tags/<int:tag_id>/merger", "post", SETTINGS),
    ("settings/tags/<int:tag_id>/archival", "post", SETTINGS),
    ("settings/tags/<int:tag_id>/restoration", "post", SETTINGS),
    ("settings/calendars", "get", SETTINGS),
    ("settings/calendars/new", "get", SETTINGS),
    ("settings/calendars/<int:calendar_id>", "get", SETTINGS),
    ("settings/calendars/<int:calendar_id>/holidays", "post", SETTINGS),
    ("settings/calendars/<int:calendar_id>/archival", "post", SETTINGS),
    ("settings/calendars/<int:calendar_id>/restoration", "post", SETTINGS),
    ("settings/targets", "get", SETTINGS),
    ("settings/targets/due", "get", SETTINGS),
    ("settings/targets/<int:target_id>", "post", SETTINGS),
    ("settings", "get", SETTINGS), ("settings/hold", "get", OPERATE),
    ("settings/hold/release", "post", OPERATE),
    ("messages/<int:message_id>/path", "get", READ), ("messages/<int:message_id>/source", "get", WORK),
    ("saved-views", "post", READ), ("saved-views/new", "get", READ), ("saved-views/<int:view_id>", "get", READ),
    ("saved-views/<int:view_id>/position", "post", READ), ("saved-views/<int:view_id>/removal", "post", READ),
    ("saved-views/<int:view_id>/restoration", "post", READ),
    ("bulk", "get", Permission.BULK), ("bulk/preview", "post", Permission.BULK), ("bulk/undo", "post", Permission.BULK),
    ("away", "post", READ), ("signature", "get", Permission.REPLY), ("signature/preview", "post", Permission.REPLY),
    ("habits", "get", READ), ("habits/look", "post", READ), ("tickets/<int:number>/move", "delete", WORK),
    ("palette", "get", READ), ("completions", "get", READ), ("trouble", "get", READ),
    ("tickets/<int:number>/split", "get", WORK),
    ("incidents", "get", Permission.REPLY),
    ("tickets/<int:number>/incidents", "get", Permission.REPLY),
    ("tickets/<int:number>/incidents/withdrawal", "post", Permission.REPLY),
    ("tickets/<int:number>/sides", "get", Permission.REPLY), ("sides/<int:side_id>", "get", READ),
    ("sides/<int:side_id>/replies", "post", Permission.REPLY), ("sides/<int:side_id>/closure", "post", WORK),
    ("side-messages/<int:message_id>/admission", "post", WORK),
    ("side-messages/<int:message_id>/files/<int:file_id>", "get", READ),
    ("side-messages/<int:message_id>/files/<int:file_id>/content", "get", READ),
    ("side-messages/<int:message_id>/files/<int:file_id>/preview", "get", READ),
    ("tickets/<int:number>/reading", "post", READ),
    ("scheduled/<int:scheduled_id>", "get", Permission.REPLY),
    ("scheduled/<int:scheduled_id>/sending", "post", Permission.REPLY),
    ("scheduled/<int:scheduled_id>/withdrawal", "post", Permission.REPLY),
    ("tickets/<int:number>/draft", "post", NOTE), ("tickets/<int:number>/draft/sharing", "post", NOTE),
    ("tickets/<int:number>/macros", "get", NOTE), ("tickets/<int:number>/macros/<int:macro_id>", "post", NOTE),
    ("macros", "get", NOTE), ("macros/draft", "get", NOTE), ("macros/<int:macro_id>", "get", NOTE),
    ("macros/<int:macro_id>/removal", "post", NOTE),
    ("hooks", "get", SETTINGS), ("hooks/new", "get", SETTINGS), ("hooks/<int:hook_id>", "post", SETTINGS),
    ("hooks/<int:hook_id>/password", "post", SETTINGS), ("hooks/<int:hook_id>/confirmation", "post", SETTINGS),
    ("hooks/<int:hook_id>/removal", "post", SETTINGS),
    ("mailboxes", "get", OPERATE),
    ("mailboxes/<int:mailbox_id>/pause", "post", OPERATE),
    ("mailboxes/<int:mailbox_id>/resumption", "post", OPERATE),
    ("mailboxes/<int:mailbox_id>/removal", "post", OPERATE),
    ("mailboxes/<int:mailbox_id>/test", "get", OPERATE), ("mailboxes/<int:mailbox_id>/look", "post", OPERATE),
    ("mailboxes/new", "get", OPERATE), ("mailboxes/connection", "post", OPERATE),
    ("mailboxes/signed-in", "get", OPERATE), ("mailboxes/<int:mailbox_id>", "get", OPERATE),
    ("mailboxes/<int:mailbox_id>/mails", "post", OPERATE), ("mailboxes/<int:mailbox_id>/preview", "post", OPERATE),
    ("mailboxes/<int:mailbox_id>/sign-in", "post", OPERATE), ("providers/<slug:name>", "get", OPERATE),
    ("suppressions", "get", READ), ("suppressions/addition", "post", OPERATE),
    ("suppressions/<int:suppression_id>/restoration", "post", OPERATE),
    ("quarantine", "get", OPERATE), ("quarantine/retries", "post", OPERATE),
    ("quarantine/<int:mail_id>", "get", OPERATE), ("quarantine/<int:mail_id>/source", "get", OPERATE),
    ("quarantine/<int:mail_id>/retry", "post", OPERATE), ("quarantine/<int:mail_id>/removal", "post", OPERATE),
]  # fmt: skip
OPEN = {"style"}  # only in development


def test_no_address_is_missing_here() -> None:
    routes = {str(entry.pattern) for entry in urls.urlpatterns}
    assert routes == {route for route, _method, _needs in GUARDED} | OPEN


@pytest.fixture
def everybody(ada: Agent, leo: Agent, sam: Agent, lim: Agent, vic: Agent) -> dict[str, Agent]:
    return {person.role: person for person in (ada, leo, sam, lim, vic)}


@pytest.mark.parametrize("role", Role)
def test_who_is_let_in(role: Role, at_desk: At, ask: Ask, everybody: dict[str, Agent], dana: Customer) -> None:
    ticket = ask(dana)
    message = Message.objects.get(ticket=ticket)
    client = at_desk(everybody[role])
    wrong = {}
    for route, method, needs in GUARDED:
        address = "/desk/" + (
            route.replace("<slug:name>", "open")
            .replace("<int:number>", str(ticket.pk))
            .replace("<int:message_id>", str(message.pk))
        )
        address = re.sub(r"<int:\w+>", "999999", address)
        # each finds the workspace as it was
        with transaction.atomic():
            status = getattr(client, method)(address, {"mode": "note"}, headers=HTMX).status_code
            transaction.set_rollback(True)
        if (status == 403) != (not may(role, needs)):
            wrong[f"{method} {route}"] = status
    assert wrong == {}


def test_a_ticket_of_another_team_does_not_exist(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    message = Message.objects.get(ticket=ticket)
    sam.sees = "teams"
    sam.save()
    client = at_desk(sam)
    for address in _ways_to(ticket.pk, message.pk):
        assert client.get(address, headers=HTMX).status_code == 404, address
    assert f'id="row-{ticket.pk}"' not in client.get("/desk/views/open").content.decode()
    assert (
        f'"ids": [{ticket.pk}]'
        not in client.get(f"/desk/changes?in=open&ids={ticket.pk}", headers=HTMX).headers["HX-Trigger"]
    )


def _ways_to(ticket: int, message: int) -> Iterator[str]:
    nouns = ("", "/changes", "/assignment", "/team", "/tags", "/subject", "/fields", "/merge", "/links")
    yield from (f"/desk/tickets/{ticket}{noun}" for noun in nouns)
    yield f"/desk/messages/{message}/page"
    yield f"/desk/messages/{message}/files/1"
