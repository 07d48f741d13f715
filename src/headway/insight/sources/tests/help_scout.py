"""A Help Scout with three conversations, in the shapes its Mailbox API publishes, in pages of two."""

import base64
from typing import Any
from urllib.parse import parse_qs

from headway.insight.sources.tests.desks import Answer, Asked, fine

DAY = "2026-03-02T"
SAM = {"id": 7, "type": "user", "first": "Sam", "last": "Lee", "email": "sam@desk.example"}
LI = {"id": 8, "type": "user", "first": "Li", "last": "", "email": "li@desk.example"}
DANA = {"id": 100, "type": "customer", "first": "Dana", "last": "Ortiz", "email": "dana@example.com"}

CUSTOMER = {
    "id": 100,
    "firstName": "Dana",
    "lastName": "Ortiz",
    "createdAt": "2026-01-01T09:00:00Z",
    "organization": "Initech",
    "_embedded": {
        "emails": [{"id": 1, "value": "dana@example.com"}, {"id": 2, "value": "dana@home.example"}],
        "phones": [{"id": 3, "value": "+493012345678"}],
    },
}


FIELDS: list[dict[str, Any]] = [
    {"id": 1, "name": "Plan", "type": "DROPDOWN", "options": [{"id": 5, "label": "Gold"}, {"id": 6, "label": "Free"}]},
    {"id": 2, "name": "Seats", "type": "NUMBER"},
]


class HelpScout:
    """Tokens last for `lasting` requests."""

    def __init__(self, lasting: int = 1000) -> None:
        self.updated = dict.fromkeys((1, 2, 3), f"{DAY}11:00:00Z")
        self.tokens = 0
        self.files = False
        self._lasting = self._left = lasting

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == "/v2/oauth2/token":
            form = parse_qs(asked.body.decode())
            if (form["client_id"], form["client_secret"]) != (["app"], ["sesame"]):
                return 401, {"error": "invalid_client"}, {}
            self.tokens, self._left = self.tokens + 1, self._lasting
            return fine({"token_type": "bearer", "access_token": f"granted-{self.tokens}", "expires_in": 172_800})
        self._left -= 1
        if asked.headers.get("authorization") != f"Bearer granted-{self.tokens}" or self._left < 0:
            return 401, {"error": "invalid_token"}, {}
        page = int(asked.query.get("page", 1))
        match asked.path.removeprefix("/v2/").split("/"):
            case ["conversations"]:
                since = asked.query.get("modifiedSince", "")
                later = [_listed(n, at, files=self.files) for n, at in self.updated.items() if at >= since]
                return _paged("conversations", later, page)
            case ["conversations", number, "threads"]:
                return _paged("threads", _threads(int(number), files=self.files), page)
            case ["conversations", _number, "attachments", key, "data"]:
                return fine({"data": base64.b64encode(f"f{key}".encode()).decode()})
            case ["users"]:
                return _paged("users", [{"id": 7, "firstName": "Sam", "lastName": "Lee"}], page)
            case ["customers"]:
                return _paged("customers", [CUSTOMER], page)
            case ["teams"]:
                return _paged("teams", [], page)
            case ["mailboxes", "50", "fields"]:
                return _paged("fields", FIELDS, page)
            case ["mailboxes"]:
                return _paged("mailboxes", [{"id": 50, "name": "Billing"}], page)
        return 404, {}, {}


def _paged(name: str, whole: list[dict[str, Any]], page: int) -> Answer:
    part = whole[page * 2 - 2 : page * 2]
    told = {"size": 2, "totalElements": len(whole), "totalPages": (len(whole) + 1) // 2, "number": page}
    return fine({"_embedded": {name: part}, "page": told}, X_RateLimit_Remaining_Minute="300")


def _listed(n: int, updated: str, *, files: bool) -> dict[str, Any]:
    threads = _threads(n, files=files)
    return {
        "id": n,
        "number": 4500 + n,
        "threads": len(threads),
        "type": "email",
        "status": "closed",
        "subject": "Refund",
        "mailboxId": 50,
        "createdBy": DANA,
        "createdAt": f"{DAY}09:00:00Z",
        "closedAt": f"{DAY}11:00:00Z",
        "closedByUser": LI,
        "userUpdatedAt": updated,
        "source": {"type": "email", "via": "customer"},
        "customFields": [
            {"id": 1, "name": "Plan", "value": "5", "text": "Gold"},
            {"id": 2, "name": "Seats", "value": "12", "text": "12"},
        ],
        "tags": [{"id": 1, "color": "#fff", "tag": "refund"}],
        "primaryCustomer": DANA,
        "_embedded": {"threads": threads if n == 1 else []},  # the others' are fetched
    }


def _attached(n: int) -> dict[str, Any]:
    key = 900 + n
    href = f"https://api.helpscout.net/v2/conversations/{n}/attachments/{key}/data"
    file = {
        "id": key,
        "filename": f"{key}.txt",
        "mimeType": "text/plain",
        "size": 4,
        "_links": {"data": {"href": href}},
    }
    return {"_embedded": {"attachments": [file]}}


def _threads(n: int, *, files: bool) -> list[dict[str, Any]]:
    told: tuple[tuple[str, dict[str, Any], str, str, str, dict[str, Any]], ...] = (
        ("09:00", DANA, "customer", "active", "<p>I want my money back.</p>", {}),
        ("09:30", SAM, "lineitem", "active", "", {"assignedTo": SAM}),
        ("09:40", SAM, "message", "pending", "<p>Which order?</p>", {"assignedTo": SAM}),
        (
            "10:30",
            DANA,
            "customer",
            "active",
            "<p>Order 12.</p>",
            {"assignedTo": SAM, **(_attached(n) if files else {})},
        ),
        ("10:50", SAM, "note", "active", "<p>Please refund.</p>", {"assignedTo": LI}),
        ("10:55", LI, "message", "active", "<p>Never sent.</p>", {"state": "draft"}),
        ("11:00", LI, "message", "closed", "<p>Refunded.</p>", {"assignedTo": LI}),
    )
    return [
        {"id": n * 10 + place, "type": kind, "status": status, "state": "published", "createdBy": by}
        | {"createdAt": f"{DAY}{at}:00Z", "body": body, "action": {"type": "default"}}
        | more
        for place, (at, by, kind, status, body, more) in enumerate(told)
    ]
