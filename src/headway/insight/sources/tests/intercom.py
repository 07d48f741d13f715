"""An Intercom with three conversations, in the shapes its API publishes, in pages of two."""

import json
from typing import Any

from headway.insight.sources.tests.desks import Answer, Asked, fine

NINE = 1_772_442_000  # 2026-03-02 09:00 UTC
SAM = {"type": "admin", "id": "7", "name": "Sam", "email": "sam@desk.example"}
LI = {"type": "admin", "id": "8", "name": "Li", "email": "li@desk.example"}
DANA = {"type": "user", "id": "100", "name": "Dana", "email": "dana@example.com"}
COMPANY = {"type": "company", "id": "900", "name": "Initech", "created_at": NINE, "custom_attributes": {"seats": 12}}
CONTACT = {
    "type": "contact",
    "id": "100",
    "external_id": "u-1",
    "name": "Dana Ortiz",
    "email": "dana@example.com",
    "phone": "+493012345678",
    "signed_up_at": NINE - 86_400,
    "companies": {"type": "list", "data": [{"type": "company", "id": "900"}]},
    "custom_attributes": {"plan": "gold"},
    "role": "user",
    "updated_at": NINE,
}
FIN = {"type": "bot", "id": "1", "name": "Fin"}


ATTRIBUTES = [
    {"name": "Issue", "label": "Issue", "model": "conversation", "data_type": "string", "custom": True}
    | {"options": [{"value": "Refund"}, {"value": "Other"}]},
    {"name": "seats", "label": "Seats", "model": "conversation", "data_type": "integer", "custom": True},
    {"name": "state", "label": "State", "model": "conversation", "data_type": "string", "custom": False},
]


class Intercom:
    """`updated` is when each conversation was changed last."""

    def __init__(self) -> None:
        self.updated = {"1": NINE + 7200, "2": NINE + 7200, "3": NINE + 7200}
        self.files = ""

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != "Bearer sesame" or not asked.headers.get("intercom-version"):
            return 401, {"type": "error.list"}, {}
        match asked.path.strip("/").split("/"):
            case ["conversations", "search"]:
                return self._search(json.loads(asked.body))
            case ["contacts", "search"]:
                contacts = [CONTACT, *(_contact(number) for number in range(101, 104))]
                return fine({"type": "list", "data": contacts, "pages": {"type": "pages"}})
            case ["conversations", number]:
                return fine({**_listed(number, self.updated[number]), "conversation_parts": _parts(number, self.files)})
            case ["admins"]:
                return fine({"type": "admin.list", "admins": [SAM, LI]})
            case ["teams"]:
                return fine({"type": "team.list", "teams": [{"type": "team", "id": "50", "name": "Billing"}]})
            case ["data_attributes"]:
                assert asked.query == {"model": "conversation"}
                return fine({"type": "list", "data": ATTRIBUTES})
            case ["companies", "scroll"]:
                data = [] if asked.query.get("scroll_param") else [COMPANY]
                return fine({"type": "list", "data": data, "scroll_param": "s"})
        return 404, {}, {}

    def _search(self, body: dict[str, Any]) -> Answer:
        since = body["query"]["value"]
        later = [_listed(number, at) for number, at in self.updated.items() if at > since]
        begin = int(body["pagination"].get("starting_after", 0))
        part, rest = later[begin : begin + 2], later[begin + 2 :]
        onward = {"next": {"starting_after": str(begin + 2)}} if rest else {}
        return fine({"type": "conversation.list", "conversations": part, "pages": {"type": "pages", **onward}})


def _contact(number: int) -> dict[str, Any]:
    return {"type": "contact", "id": str(number), "role": "user", "name": "Dana", "updated_at": NINE}


def _listed(number: str, updated: int) -> dict[str, Any]:
    return {
        "type": "conversation",
        "id": number,
        "created_at": NINE,
        "updated_at": updated,
        "source": {
            "type": "conversation",
            "delivered_as": "automated" if number == "3" else "customer_initiated",
            "subject": "",
            "body": "<p>I want my money back.</p>",
            "author": SAM if number == "3" else DANA,
        },
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "100"}]},
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "5", "name": "refund"}]},
        "custom_attributes": {"Issue": "Refund", "seats": 12},
        "linked_objects": {
            "type": "list",
            "data": [{"type": "conversation", "id": "2"}, {"type": "ticket", "id": "9"}],
        },
        "state": "closed",
        "admin_assignee_id": 8,
        "team_assignee_id": 50,
        "priority": "not_priority",
        "statistics": {"first_admin_reply_at": NINE + 2400, "last_close_at": NINE + 7200, "count_reopens": 0},
    }


def _parts(number: str, files: str) -> dict[str, Any]:
    told: tuple[tuple[int, dict[str, Any], str, str | None, dict[str, Any] | None], ...] = (
        (1, FIN, "comment", "<p>Here is an article.</p>", None),
        (30, SAM, "assignment", None, SAM),
        (40, SAM, "comment", "<p>Which order?</p>", None),
        (41, SAM, "snoozed", None, None),
        (90, DANA, "comment", "<p>Order 12.</p>", None),
        (100, SAM, "note", "<p>Please refund.</p>", None),
        (101, SAM, "assignment", None, {"type": "team", "id": "50"}),
        (120, LI, "close", "<p>Refunded.</p>", None),
    )
    parts: list[dict[str, Any]] = [
        {
            "type": "conversation_part",
            "id": f"{number}{place}",
            "part_type": kind,
            "body": body,
            "created_at": NINE + minutes * 60,
            "author": author,
            "assigned_to": to,
        }
        for place, (minutes, author, kind, body, to) in enumerate(told)
    ]
    if files:  # they have no numbers there
        named = {"type": "upload", "name": "order.txt", "content_type": "text/plain", "filesize": 4}
        parts[4]["attachments"] = [{**named, "url": f"{files}/{number}/order.txt?expires=1&signature=s"}]
    return {"type": "conversation_part.list", "conversation_parts": parts, "total_count": len(parts)}
