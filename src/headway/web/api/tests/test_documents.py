"""What the API says about itself is true and complete."""

import re

from headway.people.models import Agent
from headway.people.rules import Permission, Scope
from headway.web.api import documents
from headway.web.api.door import door_of
from headway.web.api.tests.program import Program

ADMINISTRATIVE = (
    Permission.TEAMS,
    Permission.SETTINGS,
    Permission.PEOPLE,
    Permission.OPERATE,
    Permission.PRIVACY,
)


def test_every_endpoint_says_what_it_asks_for() -> None:
    for path, method, operation in documents._operations():
        door = door_of(operation)
        described = documents.document()["paths"][path][method]
        assert described["x-scope"] == (str(door.scope) if door.scope else None)
        assert described["description"], operation.view_func
        # the token's owner is enough for these
        assert (door.scope is None) == (path in ("/api/v1/me", "/api/v1/tokens", "/api/v1/tokens/{token_id}"))
        assert (door.scope is None) == (door.permission is None)
        if method != "get":
            names = {given["name"] for given in described["parameters"]}
            assert {"Idempotency-Key", "If-Match"} <= names
        if door.scope is Scope.ADMIN:
            assert door.permission in ADMINISTRATIVE


def test_names_of_operations_are_unique() -> None:
    names = [operation.operation_id for _path, _method, operation in documents._operations()]
    assert len(set(names)) == len(names)


def test_the_document_is_whole(sam: Agent) -> None:
    served = Program(secret=None).get("/openapi.json")
    assert (served.status, served.body["openapi"][:3]) == (200, "3.1")
    text = served.content.decode()
    for name in re.findall(r'"#/components/schemas/([^"]+)"', text):
        assert name in served.body["components"]["schemas"], name
    assert served.body["paths"]["/api/v1/tickets/{ticket_id}"]["get"]["security"] == [{"token": []}]


def test_the_page_needs_nothing_from_elsewhere(sam: Agent) -> None:
    page = Program(secret=None).get("/docs")
    text = page.content.decode()
    assert page.status == 200
    assert "/api/v1/tickets/{ticket_id}" in text
    assert "<script" not in text
    assert all(address.startswith("/") for address in re.findall(r'(?:src|href)="([^"#][^"]*)"', text))
