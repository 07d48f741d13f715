"""A Zendesk with twelve tickets, in the shapes its exports publish, in pages of five."""

from typing import Any

from headway.insight.sources.tests.desks import BUSY, Answer, Asked, fine

NINE = 1_772_442_000  # 2026-03-02 09:00 UTC
USERS = [
    {"id": 7, "name": "Sam", "role": "agent", "email": "sam@desk.example"},
    {"id": 100, "name": "Dana", "role": "end-user", "email": "dana@example.com"},
]
PREPARED: dict[str, list[dict[str, Any]]] = {
    "macros": [{"id": 20, "title": "Refunded", "actions": [{"field": "comment_value", "value": "Refunded."}]}],
    "triggers": [{"id": 40, "title": "Thank the customer", "conditions": {}, "actions": []}],
}


class Zendesk:
    """`busy` says at which requests it refuses to be asked for now."""

    def __init__(self, tickets: int = 12, busy: tuple[int, ...] = (), page: int = 5) -> None:
        self.tickets = [_ticket(n) for n in range(1, tickets + 1)]
        self.events = [one for n in range(1, tickets + 1) for one in _story(n)]
        self.token = "Bearer sesame"
        self._busy, self._page, self._count = set(busy), page, 0
        self.files: dict[str, Answer] = {}

    def __call__(self, asked: Asked) -> Answer:
        self._count += 1
        if self._count in self._busy:
            return BUSY
        if asked.headers.get("authorization") != self.token:
            return 401, {"error": "Couldn't authenticate you"}, {}
        if asked.path in self.files:
            return self.files[asked.path]
        name = asked.path.removeprefix("/api/v2/").removesuffix(".json")
        match name:
            case "groups":
                return fine({"groups": [{"id": 50, "name": "Billing"}], "meta": {"has_more": False}, "links": {}})
            case "incremental/users/cursor":
                return self._by_cursor(asked, "users", USERS)
            case "incremental/tickets/cursor":
                return self._by_cursor(asked, "tickets", self.tickets)
            case "incremental/organizations":
                return fine({"organizations": [{"id": 1, "name": "Acme"}], "count": 1, "end_time": NINE})
            case "incremental/ticket_events":
                return self._by_time(int(asked.query["start_time"]))
            case (
                "brands"
                | "group_memberships"
                | "organization_memberships"
                | "ticket_fields"
                | "macros"
                | "views"
                | "triggers"
                | "automations"
            ):
                return fine({name: PREPARED.get(name, []), "meta": {"has_more": False}})
        return 404, {"error": "InvalidEndpoint"}, {}

    def _by_cursor(self, asked: Asked, name: str, whole: list[dict[str, Any]]) -> Answer:
        begin = int(asked.query.get("cursor", "0"))
        part = whole[begin : begin + self._page]
        after = begin + len(part)
        said: dict[str, Any] = {name: part, "after_cursor": str(after), "end_of_stream": after >= len(whole)}
        if asked.query.get("include") == "metric_sets":
            said["metric_sets"] = [_metrics(one["id"]) for one in part]
        return fine(said)

    def _by_time(self, begin: int) -> Answer:
        """From a second on, whole seconds, so that the last one comes again on the next page."""
        later = [one for one in self.events if one["timestamp"] >= begin]
        part = later[: self._page]
        part += [one for one in later[self._page :] if one["timestamp"] == part[-1]["timestamp"]] if part else []
        end = part[-1]["timestamp"] if part else begin
        return fine({"ticket_events": part, "end_time": end, "end_of_stream": len(part) == len(later)})


def _ticket(n: int) -> dict[str, Any]:
    return {
        "id": n,
        "created_at": "2026-03-02T09:00:00Z",
        "requester_id": 100,
        "submitter_id": 100,
        "assignee_id": 7,
        "group_id": 50,
        "status": "solved",
        "type": "question",
        "tags": ["refund"],
        "via": {"channel": "email"},
        "subject": "Refund",
        "description": "I want my money back.",
    }


def _metrics(n: int) -> dict[str, Any]:
    reply = {"calendar": 40, "business": 40}
    return {"ticket_id": n, "reopens": 0, "reply_time_in_minutes": reply, "full_resolution_time_in_minutes": reply}


def _story(n: int) -> list[dict[str, Any]]:
    asked = {"id": n * 100, "event_type": "Comment", "author_id": 100, "body": "Money back?", "public": True}
    told = {"id": n * 100 + 1, "event_type": "Comment", "author_id": 7, "body": "It is on its way.", "public": True}
    solved = {"event_type": "Change", "status": "solved", "previous_value": "new"}
    begun = {"event_type": "Create", "status": "new", "subject": "Refund"}
    at = NINE + n * 86_400
    return [
        {"id": n * 10, "ticket_id": n, "timestamp": at, "updater_id": 100, "child_events": [begun, asked]},
        {"id": n * 10 + 1, "ticket_id": n, "timestamp": at + 2400, "updater_id": 7, "child_events": [told, solved]},
    ]


def attached(zendesk: Zendesk, number: int, address: str, **more: Any) -> None:
    """Hangs a file on what the customer of a ticket said."""
    comment = zendesk.events[number * 2 - 2]["child_events"][1]
    key = 900 + len(comment.get("attachments", ())) + number * 10
    named = {"id": key, "file_name": f"{key}.txt", "content_type": "text/plain", "content_url": address, "size": 4}
    comment.setdefault("attachments", []).append(named | more)
