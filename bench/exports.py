"""A help desk's export of any size: tickets with comments, people, organisations, audits and the desk's own figures."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

_BEGAN: Final = datetime(2025, 1, 6, 8, tzinfo=UTC)
_WORDS: Final = (
    *("invoice", "payment", "account", "password", "export", "order", "refund", "screen", "button", "report", "team"),
    *("yesterday", "again", "please", "cannot", "after", "before", "update", "browser", "error", "customer", "the"),
    *("my", "our", "when", "I", "we", "open", "close", "see", "find", "and", "to", "of", "in", "a", "with", "for"),
)
_TAGS: Final = ("billing", "login", "vip", "bug", "late", "how-to", "shop")


def write(folder: Path, tickets: int) -> int:
    """Writes the export as JSON, an object a line; how many comments it has. The same at each call."""
    rng = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    people = max(20, tickets // 3)
    _lines(folder / "organizations.jsonl", (_organisation(number) for number in range(max(1, people // 10))))
    _lines(folder / "users.jsonl", _users(people))
    comments = 0
    with (folder / "tickets.jsonl").open("w") as told:
        for number in range(1, tickets + 1):
            ticket = _ticket(number, rng, people)
            comments += len(ticket["comments"])
            told.write(json.dumps(ticket) + "\n")
    return comments


def _lines(path: Path, elements: Iterator[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(element) + "\n" for element in elements))


def _organisation(number: int) -> dict[str, Any]:
    at = _BEGAN.isoformat()
    return {"id": 1000 + number, "name": f"Company {number}", "domain_names": [f"c{number}.example"], "created_at": at}


def _users(people: int) -> Iterator[dict[str, Any]]:
    for number in range(1, 13):
        mail, began = f"agent{number}@desk.example", _BEGAN.isoformat()
        yield {
            "id": number,
            "name": f"Agent {number}",
            "email": mail,
            "role": "agent",
            "created_at": began,
        }
    for number in range(people):
        company = number % max(1, people // 10)
        yield {
            "id": 100_000 + number,
            "name": f"Customer {number}",
            "email": f"customer{number}@c{company}.example",
            "role": "end-user",
            "organization_id": 1000 + company,
            "created_at": _BEGAN.isoformat(),
        }


def _ticket(number: int, rng: random.Random, people: int) -> dict[str, Any]:
    at = _BEGAN + timedelta(minutes=number * 7)
    customer, agent = 100_000 + rng.randrange(people), rng.randint(1, 12)
    comments = []
    for place in range(rng.choice((2, 2, 3, 3))):
        text = "\n".join(" ".join(rng.choices(_WORDS, k=rng.randint(8, 40))) for _ in range(rng.randint(1, 4)))
        ours = place % 2 == 1
        html = "".join(f"<p>{line}</p>" for line in text.splitlines())
        if rng.random() < 0.2:  # what only HTML can say, which has to be made safe
            html += '<ul><li>See <a href="https://help.example/a">the article</a></li></ul>'
        comments.append(
            {
                "id": number * 10 + place,
                "author_id": agent if ours else customer,
                "public": place < 2 or rng.random() < 0.8,
                "plain_body": text,
                "html_body": f'<div class="zd-comment">{html}</div>',
                "created_at": (at + timedelta(minutes=30 * place)).isoformat(),
            }
        )
    solved = at + timedelta(minutes=30 * len(comments))
    return {
        "id": number,
        "url": f"https://old.example/api/v2/tickets/{number}.json",
        "requester_id": customer,
        "submitter_id": customer,
        "assignee_id": agent,
        "organization_id": None,
        "status": rng.choice(("solved", "closed", "closed", "pending", "open")),
        "priority": rng.choice(("low", "normal", "normal", "high")),
        "type": "question",
        "subject": " ".join(rng.choices(_WORDS, k=6)),
        "tags": rng.sample(_TAGS, k=rng.randint(0, 3)),
        "created_at": at.isoformat(),
        "updated_at": solved.isoformat(),
        "comments": comments,
        "metric_set": {
            "id": number,
            "reopens": 0,
            "reply_time_in_minutes": {"calendar": 30},
            "full_resolution_time_in_minutes": {"calendar": 30 * len(comments)},
        },
    }
