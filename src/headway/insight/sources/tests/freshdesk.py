"""A Freshdesk with five tickets, in the shapes its API publishes, in pages of at most two."""

from typing import Any

from headway.insight.sources.tests.desks import Answer, Asked, fine

FIELDS: list[dict[str, Any]] = [
    {"id": 1, "name": "subject", "label": "Subject", "type": "default_subject"},
    {"id": 2, "name": "cf_plan", "label": "Plan", "type": "custom_dropdown", "choices": ["Gold", "Free"]},
    {"id": 3, "name": "cf_seats", "label": "Seats", "type": "custom_number", "choices": []},
    {
        "id": 4,
        "name": "cf_country",
        "label": "Country",
        "type": "nested_field",
        "choices": {"Chile": {"Atacama": ["Copiapó"]}, "Peru": {}},
        "nested_ticket_fields": [{"name": "cf_region", "label": "Region", "level": 2}],
    },
]


class Freshdesk:
    """`broken` is a path that it answers with an error; `exports` what the exports of activities of some days hold."""

    def __init__(self) -> None:
        self.tickets = [_ticket(n) for n in range(1, 6)]
        self.broken = ""
        self.files = ""
        self.exports: dict[str, Any] = {}

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != "Basic c2VzYW1lOlg=":  # sesame:X
            return 401, {"code": "invalid_credentials"}, {}
        path = asked.path.removeprefix("/api/v2/")
        if path == self.broken:
            return 400, {"description": "Validation failed"}, {}
        if path == "export/ticket_activities":
            return fine(found) if (found := self.exports.get(asked.query["created_at"])) else (404, {}, {})
        page = int(asked.query.get("page", 1)) - 1
        if path == "tickets":
            later = sorted(
                (one for one in self.tickets if one["updated_at"] >= asked.query["updated_since"]),
                key=lambda one: str(one["updated_at"]),
            )
            assert (asked.query["order_by"], asked.query["order_type"]) == ("updated_at", "asc")
            return fine(later[page * 100 : page * 100 + 100], X_RateLimit_Remaining="48")
        if path.endswith("/conversations"):
            return fine(_conversations(int(path.split("/")[1]), self.files) if page == 0 else [])
        if path.startswith("tickets/"):
            return fine(self._whole(int(path.split("/")[1])))
        whole = {
            "agents": [{"id": 7, "contact": {"name": "Sam", "email": "sam@desk.example"}}],
            "groups": [{"id": 50, "name": "Billing"}],
            "contacts": [{"id": 100, "name": "Dana", "updated_at": "2026-03-01T00:00:00Z"}],
            "companies": [],
            "ticket_fields": FIELDS,
        }.get(path)
        return (404, {}, {}) if whole is None else fine(whole)

    def _whole(self, n: int) -> dict[str, Any]:
        """A ticket as it is shown alone."""
        return {**self.tickets[n - 1], "attachments": _attached(800 + n, self.files if n == 1 else "")}


def _attached(key: int, files: str) -> list[dict[str, Any]]:
    """A file, signed for a while."""
    address = f"{files}/{key}?Expires=1&Signature=s"
    named = {"id": key, "name": f"{key}.txt", "content_type": "text/plain", "size": 4, "attachment_url": address}
    return [named] if files else []


def _ticket(n: int) -> dict[str, Any]:
    day = f"2026-03-{n:02}"
    return {
        "id": n,
        "created_at": f"{day}T09:00:00Z",
        "updated_at": f"{day}T11:00:00Z",
        "requester_id": 100,
        "responder_id": 7,
        "group_id": 50,
        "status": 4,
        "priority": 2,
        "source": 1,
        "type": "Refund",
        "tags": ["vip"],
        "spam": n == 5,
        "subject": "Refund",
        "description_text": "I want my money back.",
        "stats": {"first_responded_at": f"{day}T09:40:00Z", "resolved_at": f"{day}T11:00:00Z", "closed_at": None},
    }


def _conversations(n: int, files: str) -> list[dict[str, Any]]:
    day = f"2026-03-{n:02}"
    return [
        _said(n, 1, f"{day}T09:40:00Z", 7, "Which order?", incoming=False),
        _said(n, 2, f"{day}T10:30:00Z", 100, "Order 12.", incoming=True, attachments=_attached(900 + n, files)),
        _said(n, 3, f"{day}T10:40:00Z", 7, "Ask billing.", incoming=False, private=True, source=2),
        _said(n, 4, f"{day}T11:00:00Z", 7, "Refunded.", incoming=False),
        _said(n, 5, f"{day}T12:00:00Z", 100, "Thank you!", incoming=True),
    ]


def _said(n: int, place: int, at: str, by: int, text: str, **more: Any) -> dict[str, Any]:
    known = {"private": False, "source": 0, "body_text": text, "body": f"<p>{text}</p>", "ticket_id": n}
    return {"id": n * 10 + place, "user_id": by, "created_at": at, "updated_at": at, **known, **more}
