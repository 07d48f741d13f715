"""A company's export as Zendesk's API shapes it, written by us: small, and with what goes wrong in real ones."""

import json
from pathlib import Path
from typing import Any

ADDRESS = "https://acme.zendesk.example/api/v2/tickets/{}.json"


def user(number: int, name: str, role: str = "end-user", **more: Any) -> dict[str, Any]:
    email = f"{name.split()[0].lower()}@{'desk' if role != 'end-user' else 'initech'}.example"
    created = {"created_at": "2025-11-01T08:00:00Z", "locale": "en-US", "active": True}
    return {"id": number, "name": name, "email": email, "role": role, **created, **more}


def ticket(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "url": ADDRESS.format(number),
        "created_at": "2026-03-02T09:00:00Z",
        "updated_at": "2026-03-02T12:00:00Z",
        "requester_id": 100,
        "submitter_id": 100,
        "assignee_id": 7,
        "group_id": 50,
        "organization_id": 900,
        "status": "solved",
        "type": "question",
        "priority": "high",
        "tags": ["refund", "vip"],
        "via": {"channel": "email"},
        "subject": f"Refund {number}",
        "description": "I want my money back.",
        "custom_fields": [{"id": 360, "value": "gold"}, {"id": 361, "value": None}],
        "satisfaction_rating": {"score": "good", "comment": "Quick."},
        **more,
    }


def comment(number: int, author: int, at: str, body: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "Comment",
        "author_id": author,
        "public": True,
        "body": body,
        "html_body": f'<div class="zd-comment"><p>{body}</p></div>',
        "plain_body": body,
        "attachments": [],
        "created_at": at,
        **more,
    }


def audit(number: int, of: int, author: int, at: str, *events: dict[str, Any], channel: str = "web") -> dict[str, Any]:
    via = {"channel": channel}
    return {
        "id": number,
        "ticket_id": of,
        "author_id": author,
        "created_at": at,
        "via": via,
        "events": list(events),
    }


def change(name: str, value: Any, before: Any = None) -> dict[str, Any]:
    return {"id": 1, "type": "Change", "field_name": name, "value": value, "previous_value": before}


FILE = {"id": 4711, "file_name": "invoice.txt", "content_type": "text/plain", "content_url": "https://old.example/f/1"}
LOST = {"id": 4712, "file_name": "photo.png", "content_type": "image/png", "content_url": "https://old.example/f/2"}
EVIL = '<p>Which <b>order</b>?<script>steal()</script></p><p onclick="x()">Thanks</p><ul><li>a</li></ul>'

AUDITS = [
    audit(
        5001,
        1,
        100,
        "2026-03-02T09:00:00Z",
        {"id": 2, "type": "Create", "field_name": "status", "value": "new"},
        comment(1, 100, "2026-03-02T09:00:00Z", "I want my money back.", attachments=[FILE, LOST]),
    ),
    audit(
        5002,
        1,
        7,
        "2026-03-02T09:30:00Z",
        comment(2, 7, "2026-03-02T09:30:00Z", "Which order?", html_body=EVIL),
        change("status", "pending", "new"),
        change("assignee_id", "7"),
    ),
    audit(
        5003,
        1,
        100,
        "2026-03-02T10:00:00Z",
        comment(3, 100, "2026-03-02T10:00:00Z", "Order 12."),
        change("status", "open", "pending"),
    ),
    audit(
        5004, 1, 7, "2026-03-02T10:05:00Z", comment(4, 7, "2026-03-02T10:05:00Z", "Seen in the ledger.", public=False)
    ),
    audit(
        5005,
        1,
        7,
        "2026-03-02T10:30:00Z",
        comment(5, 7, "2026-03-02T10:30:00Z", "Refunded."),
        change("status", "solved", "open"),
    ),
    audit(5006, 1, 100, "2026-03-02T11:00:00Z", change("status", "open", "solved")),
    audit(5007, 1, 8, "2026-03-02T12:00:00Z", change("status", "solved", "open"), change("group_id", "50")),
]
SAID = [
    comment(11, 101, "2026-03-03T09:00:00Z", "It does not start."),
    comment(12, 8, "2026-03-03T10:00:00Z", "Is it plugged in?"),
]
DOCUMENTS: dict[str, Any] = {
    "users": {
        "users": [
            user(7, "Sam Fisher", "agent"),
            user(8, "Li Former", "admin"),
            user(100, "Dana Ortiz", organization_id=900, phone="+49 30 1234567", user_fields={"plan": "gold"}),
            user(101, "Chen Wei", email=None),
            user(102, "Double Dana", email="dana@initech.example"),
        ]
    },
    "organizations": {
        "organizations": [
            {
                "id": 900,
                "name": "Initech",
                "domain_names": ["initech.example", "gmail.com"],
                "created_at": "2025-10-01T08:00:00Z",
                "organization_fields": {"seats": 12},
            }
        ]
    },
    "groups": {"groups": [{"id": 50, "name": "Billing", "deleted": False}]},
    "ticket_fields": {
        "ticket_fields": [
            {"id": 1, "type": "subject", "title": "Subject"},
            {
                "id": 360,
                "type": "tagger",
                "title": "Plan",
                "custom_field_options": [{"name": "Gold plan", "value": "gold"}, {"name": "Free", "value": "free"}],
            },
        ]
    },
    "tickets": {
        "tickets": [
            ticket(1),
            ticket(2, requester_id=101, status="pending", comments=SAID, type=None, satisfaction_rating=None),
            ticket(3, status="deleted"),
            {"id": 4, "subject": "A ticket without a time", "requester_id": 100, "status": "open"},
            ticket(5, requester_id=7, status="open", assignee_id=None, updated_at="2026-03-04T09:00:00Z"),
        ],
        "count": 5,
    },
    "ticket_audits": {"audits": AUDITS, "after_cursor": None},
    "ticket_metrics": {
        "ticket_metrics": [
            {
                "ticket_id": 1,
                "reopens": 1,
                "reply_time_in_minutes": {"calendar": 30, "business": 30},
                "full_resolution_time_in_minutes": {"calendar": 180, "business": 180},
            }
        ]
    },
    "macros": {
        "macros": [
            {
                "id": 20,
                "title": "Refunded",
                "active": True,
                "actions": [
                    {"field": "comment_value_html", "value": "<p>Dear {{ticket.requester.first_name}},</p>{{dc.x}}"},
                    {"field": "status", "value": "solved"},
                    {"field": "current_tags", "value": "refund done"},
                    {"field": "custom_fields_360", "value": "gold"},
                ],
            },
            {"id": 21, "title": "Lonely", "active": True, "actions": [], "restriction": {"type": "User", "id": 999}},
        ]
    },
    "views": {
        "views": [
            {
                "id": 30,
                "title": "Refunds",
                "active": True,
                "conditions": {
                    "all": [
                        {"field": "status", "operator": "less_than", "value": "solved"},
                        {"field": "current_tags", "operator": "includes", "value": "refund"},
                    ],
                    "any": [],
                },
            }
        ]
    },
    "triggers": {
        "triggers": [
            {"id": 40, "title": "Thank the customer", "active": True, "conditions": {"all": []}, "actions": []}
        ]
    },
}


def written(folder: Path, **instead: Any) -> Path:
    """The export in a folder, with some documents replaced; None leaves one out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in {**DOCUMENTS, **instead}.items():
        if document is not None:
            (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    attachments = folder / "attachments"
    attachments.mkdir(exist_ok=True)
    (attachments / "4711-invoice.txt").write_text("Invoice 12", encoding="utf-8")
    return folder
