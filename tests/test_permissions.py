"""The permission matrix: every address and every operation, tried at the front door by everybody."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from headway.foundation import files
from headway.foundation.clock import now
from headway.intake.email import links
from headway.intake.hooks import actions as hooks
from headway.intake.mailboxes import actions as mailboxes
from headway.intake.models import RawMail
from headway.intake.spam import actions as sender_rules
from headway.intake.suppression import actions as suppression
from headway.moving.models import Run
from headway.notifications.models import Notification
from headway.people.actions import brands, identities, invitations, organisations
from headway.people.models import Agent, ApiToken, Brand, Customer, Team
from headway.people.rules import Permission, Role, Scope, Sees, may
from headway.people.rules.secrets import hashed
from headway.privacy.models import Erasure, Export, Hold, Rule
from headway.sla.models import Calendar, Target
from headway.tickets import actions
from headway.tickets.actions import Opening, Words, stays
from headway.tickets.models import (
    Draft,
    Field,
    Link,
    Macro,
    MessageFile,
    Note,
    NoteFile,
    SavedView,
    Scheduled,
    SideFile,
    SideMessage,
    Status,
    Tag,
    TicketType,
)
from headway.web.api.app import api
from headway.web.api.door import door_of
from tests import permission_table as table
from tests.permission_table_api import API

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ABOUT_A_TICKET = re.compile(r"\{(number|ticket_id|message_id|note_id|scheduled_id|side_id)\}")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    path: str
    who: str
    scope: Scope | None

    @property
    def is_operation(self) -> bool:
        """Whether tokens open it, not sessions."""
        return self.path.startswith("/api/") and self.who != "public"

    def lets_in(self, role: str) -> bool:
        """Whether somebody of this role passes."""
        return self.who in ("public", "person") or (self.who != "nobody" and may(role, Permission(self.who)))


def rows() -> Iterator[Row]:
    for line in f"{table.SIGNING_IN}{table.INBOUND}{table.DESK}{API}".strip().splitlines():
        if line.strip():
            method, path, who, *scope = line.split()
            yield Row(method, path, who, Scope(scope[0]) if scope and scope[0] != "-" else None)


ROWS = list(rows())


def patterns(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the web process but the API's operations, with `{name}` where something is filled in."""
    for entry in resolver.url_patterns:
        path = before + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(entry.pattern))
        if isinstance(entry, URLResolver):
            if path != "/api/v1/":
                yield from patterns(entry, path)
        else:
            yield path, entry


def operations() -> Iterator[tuple[str, str, Any]]:
    """Every operation of the API: method, path, and its door."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    full = "/api/v1" + prefix + re.sub(r"\{(?:\w+:)?(\w+)\}", r"{\1}", path)
                    yield method, full, door_of(operation)


def test_no_address_is_missing_from_the_table() -> None:
    listed = {(row.method, row.path) for row in ROWS}
    assert len(listed) == len(ROWS), "an address stands twice in the table"
    there = {path for path, _pattern in patterns(get_resolver())}
    assert there == {path for _method, path in listed if not any(path == other for _m, other, _d in operations())}
    assert {(method, path) for method, path, _door in operations()} == {
        (row.method, row.path) for row in ROWS if row.is_operation
    }


def test_the_api_declares_what_the_table_says() -> None:
    known = {(row.method, row.path): row for row in ROWS}
    wrong = [
        f"{method} {path}"
        for method, path, door in operations()
        if (str(door.permission or "person"), door.scope) != (known[method, path].who, known[method, path].scope)
    ]
    assert wrong == []


@dataclass
class World:
    """Something of everything, so that no answer is a 404 for want of it."""

    ids: Mapping[str, object]
    cookies: SimpleCookie
    secret: str
    person: Agent

    def address(self, path: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: str(self.ids[found.group(1)]), path)


@pytest.fixture
def ids(
    ada: Agent, leo: Agent, sam: Agent, dana: Customer, chen: Customer, acme: Brand, frontline: Team
) -> dict[str, object]:
    """What stands for each name in the table's addresses."""
    opening = Opening(subject="Card declined", channel="email", customer=dana, brand=acme, tags=["billing"])
    ticket, message = actions.open_ticket(opening, Words(text="Twice today."), actor=sam.actor)
    other, _message = actions.open_ticket(opening, Words(text="Again."), actor=sam.actor)
    Link.objects.create(ticket=ticket, other=other, kind="related", at=now())
    blob = files.put(b"a file")
    file = {"sha256": blob.sha256, "name": "a.txt", "media_type": "text/plain", "size": blob.size}
    note = Note.objects.create(ticket=ticket, agent=sam, at=now(), text="Looks like 3DS.")
    note_file = NoteFile.objects.create(note=note, **file)
    message_file = MessageFile.objects.create(message=message, pk=note_file.pk + 1000, **file)
    other_brand = brands.create(actor=ada.actor, name="Other")
    Brand.objects.filter(pk=other_brand.pk).update(logo=blob.sha256)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) "
            "VALUES ('default', 'foundation.rescue', '{}', 'failed') RETURNING id"
        )
        (job_id,) = cursor.fetchone()
    mail = RawMail.objects.create(
        source="pipe", delivery_key="1", sha256=blob.sha256, size=blob.size, state="quarantined", stored_at=now()
    )
    RawMail.objects.create(
        source="pipe",
        delivery_key="2",
        sha256=blob.sha256,
        size=blob.size,
        state="done",
        stored_at=now(),
        message=message,
    )  # fmt: skip
    answer = actions.reply(ticket, Words(text="Here it is."), actor=sam.actor)
    linked = MessageFile.objects.create(message=answer, pk=note_file.pk + 2000, **file)
    mailbox = mailboxes.connect(address="help@desk.example", brand=acme, actor=ada.actor)
    words = Words(text="Where is it?")
    beside = actions.start_side(ticket, ["li@supplier.example"], "Order 7", words, actor=sam.actor)
    # the table names messages and files of both kinds alike
    SideFile.objects.create(message=_renumbered(beside, message.pk), pk=message_file.pk, **file)
    organisation = organisations.create("Acme Ltd", actor=sam.actor, domains=("acme.example",))
    return {
        "secret": "made-up", "uidb36": "1", "key": "made-up", "name": "billing", "kind": "related", "scale": "csat",
        "number": ticket.pk, "ticket_id": ticket.pk, "other_id": other.pk, "message_id": message.pk,
        "file_id": message_file.pk, "side_id": beside.side_id,
        "item_id": actions.add_items(ticket, ["Ask the bank"], actor=sam.actor)[0].pk,
        "note_id": note.pk, "note_file_id": note_file.pk, "job_id": job_id,
        "mail_id": mail.pk, "mailbox_id": mailbox.pk,
        "suppression_id": suppression.suppress("gone@example.com", "asked", actor=ada.actor).pk,
        "sender_rule_id": sender_rules.add("pills@spam.example", "suspect", actor=ada.actor).pk,
        "link": links.make(linked.pk, now() + timedelta(days=1)),
        "path": "made-up", "hook_id": hooks.add("postmark", "Postmark", actor=ada.actor)[0].pk,
        **_private(dana, chen, blob.sha256),
        "agent_id": sam.pk, "person_id": sam.pk, "team_id": frontline.pk, "customer_id": dana.pk,
        "identity_id": identities.add(dana, "phone", "+14155550100", actor=sam.actor).pk,
        "organisation_id": organisation.pk, "domain": "acme.example", "brand_id": other_brand.pk,
        "address_id": brands.add_address(other_brand, "help@other.example", actor=ada.actor).pk,
        "status_id": Status.objects.create(name="With the bank", category="hold").pk,
        "day": "2026-12-24", "tag_id": Tag.objects.get(name="billing").pk,
        "calendar_id": Calendar.objects.create(name="Berlin").pk, "target_id": Target.objects.order_by("pk")[0].pk,
        "type_id": TicketType.objects.create(name="Question").pk,
        "field_id": Field.objects.create(key="plan", label="Plan", kind="text").pk,
        "import_id": Run.objects.create(source="csv", system="csv", started_at=now()).pk,
        "stay_id": stays.stay("csv", frontline, actor=ada.actor).pk,
        "invitation_id": invitations.invite("nina@desk.example", "agent", actor=ada.actor).pk,
    }  # fmt: skip


def _private(dana: Customer, chen: Customer, sha256: str) -> dict[str, object]:
    """Something of everything that privacy keeps."""
    soon, kept = now() + timedelta(days=1), {"customer": chen, "asked_at": now()}
    export = Export.objects.create(**kept, state="ready", sha256=sha256, expires_at=soon)
    return {
        "export_id": export.pk,
        "erasure_id": Erasure.objects.create(**kept).pk,
        "hold_id": Hold.objects.create(customer=dana, reason="Law", placed_at=now()).pk,
        "rule_id": Rule.objects.create(name="Old", days=365).pk,
    }


def _renumbered(message: SideMessage, number: int) -> SideMessage:
    held = {"side_id": message.side_id, "direction": "in", "at": now(), "text": "Here.", "held": True}
    return SideMessage.objects.filter(pk=number).first() or SideMessage.objects.create(pk=number, **held)


def entering(person: Agent, ids: Mapping[str, object], scopes: list[str] | None = None) -> World:
    """The person at every door: with a session, and with a token of all scopes, however far their role goes."""
    client = Client()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    for kind, data in (("totp", {"secret": encrypt("x")}), ("recovery_codes", {"seed": encrypt("x"), "used_mask": 0})):
        Authenticator.objects.get_or_create(user=person, type=kind, defaults={"data": data})
    secret = f"hw_{person.pk}-{'-'.join(scopes or ['all'])}"
    _token, own = (
        ApiToken.objects.create(
            owner=person, name="test", hint="hw_", token_hash=hashed(text), created_at=now(),
            scopes=scopes or [str(one) for one in Scope], expires_at=now() + timedelta(days=1),
        )
        for text in (secret, f"{secret}-own")
    )  # fmt: skip
    # as with tokens: what is one's own may be changed
    draft = {"text": "Hi", "saved_at": now()}
    Draft.objects.get_or_create(ticket_id=int(str(ids["number"])), agent=person, defaults=draft)
    later = {"text": "Hi", "due_at": now() + timedelta(days=1), "written_at": now(), "seen": 0}
    waiting = Scheduled.objects.create(ticket_id=int(str(ids["number"])), agent=person, **later)
    macro = Macro.objects.create(name="Hi", text="Hi", owner=person)
    told = Notification.objects.create(
        agent=person, ticket_id=int(str(ids["number"])), kind="reply", key=f"made:{secret}"[:40],
        actor_kind="system", at=now(), in_desk=True, on_desktop=True, by_mail=False,
    )  # fmt: skip
    view = SavedView.objects.create(name="Hi", audience="own", author=person, base="open", position=1)
    own_ids = {"token_id": own.pk, "macro_id": macro.pk, "view_id": view.pk, "scheduled_id": waiting.pk}
    own_ids["notification_id"] = told.pk
    return World({**ids, **own_ids}, client.cookies, secret, person)


def tried(row: Row, world: World, *, signed_in: bool = True, part: bool = False) -> HttpResponse:
    """One request, whose effects are taken back. `part`: as the page's script asks for a part of a page."""
    path = row.path
    if row.path == "/desk/views/{name}":
        path = "/desk/views/open"
    if "/notes/{note_id}/files/{file_id}" in row.path:
        path = row.path.replace("{file_id}", "{note_file_id}")
    client = Client(raise_request_exception=False)
    headers = {"HX-Request": "true"} if part else {}
    if signed_in and row.is_operation:
        headers["Authorization"] = f"Bearer {world.secret}"
    elif signed_in:
        client.cookies = SimpleCookie({name: morsel.value for name, morsel in world.cookies.items()})
    with transaction.atomic():
        # a note is what the least of those who may write there write
        body: dict[str, Any] = {"data": {"mode": "note"}} if row.path == "/desk/tickets/{number}/replies" else {}
        if row.method != "GET" and row.is_operation:
            body = {"data": json.dumps({}), "content_type": "application/json"}
        response: HttpResponse = getattr(client, row.method.lower())(world.address(path), headers=headers, **body)
        transaction.set_rollback(True)
    if response.streaming:
        response.getvalue()
    return response


def refused(response: HttpResponse) -> bool:
    """Whether somebody was turned away: not known, not allowed, or not told that it exists."""
    return response.status_code in (401, 403, 404) or response.headers.get("Location", "").startswith("/sign-in?")


@pytest.mark.parametrize("role", Role)
def test_each_role_passes_where_the_table_says(ids: dict[str, object], ada: Agent, role: Role) -> None:
    person = Agent.objects.create(email="who@desk.example", name="Who", role=role)
    world = entering(person, ids)
    wrong = {}
    for row in ROWS:
        if row.who == "public":
            continue
        response = tried(row, world)
        if response.status_code >= 500 or refused(response) == row.lets_in(role):
            wrong[f"{row.method} {row.path}"] = response.status_code
    assert wrong == {}


def test_who_is_not_signed_in_passes_where_it_is_public(ids: dict[str, object], ada: Agent) -> None:
    world = entering(ada, ids)
    # public, and there is nothing behind a secret that nobody has
    made_up = ("/invitation/{secret}", "/in/{path}", "/in/{path}/mime")
    wrong = {}
    for row in ROWS:
        response = tried(row, world, signed_in=False)
        expected = row.who != "public" or row.path in made_up
        if response.status_code >= 500 or refused(response) != expected:
            wrong[f"{row.method} {row.path}"] = response.status_code
    assert wrong == {}


def test_a_narrow_token_passes_where_its_scope_reaches(ids: dict[str, object], ada: Agent) -> None:
    for scope in Scope:
        world = entering(ada, ids, [str(scope)])
        wrong = {}
        for row in ROWS:
            if not row.is_operation:
                continue
            response = tried(row, world)
            inside = row.scope in (None, scope)
            if response.status_code >= 500 or (response.status_code == 403) == inside:
                wrong[f"{row.method} {row.path}"] = response.status_code
        assert wrong == {}, scope


def test_a_ticket_out_of_sight_does_not_exist(ids: dict[str, object], ada: Agent) -> None:
    """Somebody who may do everything, and sees only their teams' tickets, of which there are none."""
    person = Agent.objects.create(email="who@desk.example", name="Who", role=Role.ADMINISTRATOR, sees=Sees.TEAMS)
    world = entering(person, ids)
    seen = {}
    for row in ROWS:
        if ABOUT_A_TICKET.search(row.path):
            response = tried(row, world, part=True)
            # a body that does not fit may be said first; it says nothing about the ticket
            if response.status_code not in (404, 400, 422):
                seen[f"{row.method} {row.path}"] = response.status_code
    assert seen == {}


def test_no_other_method_is_taken(ids: dict[str, object], ada: Agent) -> None:
    """What the table does not list is answered 405: nothing changes by a GET that was meant as a POST."""
    world = entering(ada, ids)
    listed: dict[str, set[str]] = {}
    for row in ROWS:
        listed.setdefault(row.path, set()).add(row.method)
    plain = {path for path, pattern in patterns(get_resolver()) if not hasattr(pattern.callback, "view_class")}
    wrong = {}
    for path in plain:
        for method in set(METHODS) - listed[path]:
            response = tried(Row(method, path, "person", None), world)
            if response.status_code != 405:
                wrong[f"{method} {path}"] = response.status_code
    assert wrong == {}
