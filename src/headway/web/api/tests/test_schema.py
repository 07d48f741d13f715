"""The API against its own document: generated requests, an administrator's token, never a 5xx, answers as described."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from headway.intake.hooks import actions as hooks
from headway.people.actions import tokens
from headway.people.models import Agent, Brand, Customer, Identity, Organisation, Team
from headway.people.rules import Scope
from headway.settings.actions import change
from headway.tickets import actions
from headway.tickets.actions import Attachment, Words, setup, stored
from headway.tickets.models import Field, MessageFile, Note, Status, Ticket, TicketType
from headway.tickets.tests.desk import asks
from headway.web.api.documents import document
from headway.web.api.tests.program import Program
from headway.web.models import Upload

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]
# What one noun offers, together: the workspace that they are tried in is made once for all of them.
NOUNS = sorted({path.split("/")[3] for path, _method in OPERATIONS})

# Ids of things that exist, by the parameter that names them: without these every request ends at 404.
Known = dict[str, list[int]]


@pytest.fixture(scope="module")
def schema() -> Iterator[Any]:
    """The document with the application behind it, which leaves the test's connection open after a request."""
    loaded = schemathesis.openapi.from_dict(copy.deepcopy(document()))
    loaded.app = _closing(get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield loaded
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _closing(app: Any) -> Any:
    """The application under a server that reads each answer to its end and closes it, as every real one does."""

    def serve(environ: Any, start_response: Any) -> list[bytes]:
        response = app(environ, start_response)
        try:
            return [b"".join(response)]
        finally:
            response.close()

    return serve


@pytest.fixture
def known(ada: Agent, sam: Agent, mia: Agent, dana: Customer, chen: Customer, frontline: Team, acme: Brand) -> Known:
    """A workspace with one of everything."""
    change({"api_requests_per_minute": 100_000}, actor=ada.actor)
    tickets = [asks(dana, f"Question {number}") for number in range(3)]
    file: Attachment = stored("a.txt", "text/plain", b"text")
    reply = actions.reply(tickets[0], Words(text="Hello", files=[file]), actor=sam.actor)
    note = actions.note(tickets[0], "Hm", actor=sam.actor)
    setup.define_type("Billing", [setup.define_field("plan", "text", label="Plan", actor=ada.actor)], actor=ada.actor)
    organisation = Organisation.objects.create(name="Example")
    Upload.objects.create(agent=ada, sha256="0" * 64, name="a", media_type="text/plain", size=1, at=reply.at)
    return {
        "ticket_id": [ticket.pk for ticket in tickets],
        "other_id": [tickets[1].pk],
        "message_id": [reply.pk],
        "note_id": [note.pk],
        "file_id": list(MessageFile.objects.values_list("pk", flat=True)),
        "customer_id": [dana.pk, chen.pk],
        "identity_id": list(Identity.objects.filter(customer=dana).values_list("pk", flat=True)),
        "organisation_id": [organisation.pk],
        "team_id": [frontline.pk],
        "person_id": [sam.pk, mia.pk, ada.pk],
        "agent_id": [sam.pk],
        "brand_id": [acme.pk],
        "hook_id": [hooks.add(kind, kind, actor=ada.actor)[0].pk for kind in ("postmark", "postmark")],
        "status_id": list(Status.objects.values_list("pk", flat=True)),
        "type_id": list(TicketType.objects.values_list("pk", flat=True)),
        "field_id": list(Field.objects.values_list("pk", flat=True)),
        "into_id": [tickets[1].pk, chen.pk],
        "assignee_id": [sam.pk],
        "upload_ids": list(Upload.objects.values_list("pk", flat=True)),
        "ticket_ids": [ticket.pk for ticket in tickets],
    }


def _aimed(known: Known, values: Any) -> Any:
    """The values with most ids pointing at what exists."""
    if not isinstance(values, dict):
        return values
    for name, value in values.items():
        if isinstance(value, dict):
            _aimed(known, value)
        elif name in known and isinstance(value, list):
            values[name] = [known[name][0] if isinstance(entry, int) and entry % 3 else entry for entry in value]
        elif name in known and str(value).isdigit() and int(value) % 4:
            values[name] = known[name][int(value) % len(known[name])]
    return values


@pytest.fixture
def secret(ada: Agent) -> str:
    """A token of all scopes."""
    return tokens.issue(ada, "schema", [str(scope) for scope in Scope], actor=ada.actor)[1]


def _try(schema: Any, known: Known, secret: str, path: str, method: str, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method.upper()].as_strategy())
    def request(case: Any) -> None:
        _aimed(known, case.path_parameters)
        _aimed(known, case.query)
        _aimed(known, case.body)
        sid = transaction.savepoint()
        response = case.call(headers={"Authorization": f"Bearer {secret}"})
        case.validate_response(response, checks=CHECKS)
        # each request meets the same workspace
        transaction.savepoint_rollback(sid)

    request()


@pytest.mark.parametrize("noun", NOUNS)
def test_operations_keep_their_word(schema: Any, known: Known, secret: str, noun: str) -> None:
    for path, method in OPERATIONS:
        if path.split("/")[3] == noun:
            _try(schema, known, secret, path, method, examples=3)


@pytest.mark.long
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_an_operation_keeps_its_word_for_long(schema: Any, known: Known, secret: str, path: str, method: str) -> None:
    _try(schema, known, secret, path, method, examples=150)


def test_the_known_things_are_found(known: Known, ada: Agent) -> None:
    """The fuzzing above would prove little if its ids led nowhere."""
    program = Program(ada)
    assert program.get(f"/tickets/{known['ticket_id'][0]}").status == 200
    assert program.get(f"/tickets/{known['ticket_id'][0]}/messages/{known['message_id'][0]}").status == 200
    assert Ticket.objects.count() == 3
    assert Note.objects.get().pk == known["note_id"][0]
