"""A Zammad with three tickets, in the shapes its API publishes."""

from typing import Any

from headway.insight.sources.tests.desks import Answer, Asked, fine

DAY = "2026-03-02T"


class Zammad:
    """`updated` is when each ticket was changed last; `own` is what tickets hold of attributes made there."""

    def __init__(self) -> None:
        self.updated = dict.fromkeys((1, 2, 3), f"{DAY}11:00:00.000Z")
        self.files = False
        self.own: dict[int, dict[str, Any]] = {}
        self.attributes = [attribute("title", "Title", "input", editable=False)]
        self.may_see_attributes = True

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != "Token token=sesame":
            return 401, {"error": "Invalid token"}, {}
        match asked.path.removeprefix("/api/v1/").split("/"):
            case ["tickets"]:
                return fine([_ticket(n, updated) | self.own.get(n, {}) for n, updated in self.updated.items()])
            case ["object_manager_attributes"]:
                return fine(self.attributes) if self.may_see_attributes else (403, {"error": "Not authorized"}, {})
            case ["ticket_articles", "by_ticket", number]:
                return fine(_articles(int(number), files=self.files))
            case ["ticket_attachment", _ticket_id, _article_id, key]:
                return fine(f"f{key}".encode())
            case ["links"]:
                linked = [{"link_type": "normal", "link_object": "Ticket", "link_object_value": 2}]
                known = {"Ticket": {"2": {"id": 2, "number": "45002"}}}
                return fine({"links": linked if asked.query["link_object_value"] == "1" else [], "assets": known})
            case ["tags"]:
                return fine({"tags": ["refund"]})
            case ["ticket_history", number]:
                return fine({"history": _history(int(number)), "assets": {"User": {}}})
            case ["users"]:
                return fine(
                    [
                        {"id": 7, "firstname": "Sam", "lastname": "Lee", "roles": ["Agent"]},
                        {"id": 8, "firstname": "Li", "lastname": "", "roles": ["Agent", "Admin"]},
                        {"id": 100, "firstname": "Dana", "lastname": "Ortiz", "roles": ["Customer"]},
                    ]
                )
            case ["groups"]:
                return fine([{"id": 1, "name": "Frontline"}, {"id": 2, "name": "Billing"}])
            case ["organizations"]:
                return fine([])
        return 404, {}, {}


def attribute(name: str, label: str, kind: str, options: Any = None, **more: Any) -> dict[str, Any]:
    """One as `list_full` gives it."""
    known = {"object": "Ticket", "editable": True, "active": True, "data_option": {"options": options or {}}}
    return {"id": len(name), "name": name, "display": label, "data_type": kind, **known, **more}


def _ticket(n: int, updated: str) -> dict[str, Any]:
    return {
        "id": n,
        "number": f"4500{n}",
        "title": "Refund",
        "state": "closed",
        "group_id": 2,
        "owner_id": 8,
        "customer_id": 100,
        "priority": "2 normal",
        "create_article_type_id": 1,
        "create_article_type": "email",
        "article_count": 3,
        "created_at": f"{DAY}09:00:00.000Z",
        "updated_at": updated,
        "first_response_at": f"{DAY}09:40:00.000Z",
        "close_at": f"{DAY}11:00:00.000Z",
    }


def _articles(n: int, *, files: bool) -> list[dict[str, Any]]:
    told = (
        ("09:00", 100, "Customer", "email", "<p>I want my money back.</p>"),
        ("09:01", 1, "System", "email", "<p>We got your mail.</p>"),
        ("09:40", 7, "Agent", "email", "<p>Which order?</p><blockquote>I want</blockquote>"),
        ("10:30", 100, "Customer", "email", "<p>Order 12.</p>"),
        ("10:50", 7, "Agent", "note", "<p>Please refund.</p>"),
        ("11:00", 8, "Agent", "email", "<p>Refunded.</p>"),
    )
    return [
        {
            "id": n * 100 + place,
            "ticket_id": n,
            "created_at": f"{DAY}{at}:00.000Z",
            "created_by_id": by,
            "sender": sender,
            "type": kind,
            "internal": kind == "note",
            "content_type": "text/html",
            "body": body,
            "attachments": _attached(900 + n) if files and body == "<p>Order 12.</p>" else [],
        }
        for place, (at, by, sender, kind, body) in enumerate(told)
    ]


def _attached(key: int) -> list[dict[str, Any]]:
    return [{"id": key, "filename": f"{key}.txt", "size": "4", "preferences": {"Content-Type": "text/plain"}}]


def _history(n: int) -> list[dict[str, Any]]:
    changed = (
        ("09:40", 7, "state", "new", "open", 1, 2),
        ("09:40", 7, "owner", "-", "Sam Lee", 1, 7),
        ("09:41", 7, "state", "open", "pending reminder", 2, 3),
        ("10:30", 1, "state", "pending reminder", "open", 3, 2),
        ("10:50", 7, "group", "Frontline", "Billing", 1, 2),
        ("10:55", 8, "owner", "Sam Lee", "Li", 7, 8),
        ("11:00", 8, "state", "open", "closed", 2, 4),
    )
    created = {"id": n * 100, "object": "Ticket", "type": "created", "created_at": f"{DAY}09:00:00.000Z"}
    return [created] + [
        {
            "id": n * 100 + place,
            "o_id": n,
            "object": "Ticket",
            "type": "updated",
            "attribute": attribute,
            "value_from": before,
            "value_to": to,
            "id_from": id_from,
            "id_to": id_to,
            "created_by_id": by,
            "created_at": f"{DAY}{at}:00.000Z",
        }
        for place, (at, by, attribute, before, to, id_from, id_to) in enumerate(changed, start=1)
    ]
