"""Processor time of a request through the whole web stack, beside the same work in plain SQL on the same connection."""

import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench.ground import Cost, measure
from bench.load import COMMON

# Milliseconds that each may cost, from the issue that set them.
BUDGET = {"list of 50": 5.0, "one ticket, 20 messages": 5.0, "search, two words": 20.0, "create": 3.0}

LIST = """
SELECT t.id, t.subject, t.snippet, t.status_id, s.name, t.category, t.priority, t.channel, t.team_id, m.name,
       t.assignee_id, a.name, t.customer_id, c.name, t.version, t.created_at, t.updated_at, t.active_at, t.waiting_since
FROM tickets_ticket t JOIN tickets_status s ON s.id = t.status_id LEFT JOIN people_team m ON m.id = t.team_id
LEFT JOIN people_agent a ON a.id = t.assignee_id LEFT JOIN people_customer c ON c.id = t.customer_id
WHERE t.suspected_at IS NULL AND t.merged_into_id IS NULL ORDER BY t.active_at DESC, t.id DESC LIMIT 50
"""
TICKET = "SELECT * FROM tickets_ticket WHERE id = %s"
THREAD = "SELECT * FROM tickets_message WHERE ticket_id = %s ORDER BY at, id"
FOUND = """
SELECT DISTINCT ON (e.ticket_id) e.ticket_id, e.at, t.subject, c.name FROM tickets_searchentry e
JOIN tickets_ticket t ON t.id = e.ticket_id LEFT JOIN people_customer c ON c.id = t.customer_id
WHERE e.vector @@ to_tsquery('simple', %s) ORDER BY e.ticket_id, e.at DESC
"""
CREATE_TICKET = """
INSERT INTO tickets_ticket (subject, status_id, category, priority, customer_id, channel, language, fields, version,
    created_at, updated_at, active_at, reminded, snippet, is_sample)
VALUES ('Plain', (SELECT id FROM tickets_status WHERE category = 'new' LIMIT 1), 'new', 2, 1, 'api', 'en', '{}', 1,
    now(), now(), now(), 0, '', false) RETURNING id
"""
CREATE_REST = (
    """
    INSERT INTO tickets_message (ticket_id, direction, channel, customer_id, at, text, quoted, html, language,
        automatic, held, copied)
    VALUES (%(id)s, 'in', 'api', 1, now(), 'Plain text', '', '', 'en', false, false, '[]')
    """,
    """
    INSERT INTO tickets_searchentry (at, kind, source_id, ticket_id, vector)
    VALUES (now(), 'm', %(id)s + 1000000000, %(id)s, to_tsvector('english', 'Plain text'))
    """,
    """
    INSERT INTO events_entry (at, kind, version, ticket_id, subject_kind, subject_id, actor_kind, data)
    SELECT now(), k, 1, %(id)s, 'ticket', %(id)s, 'agent', '{}'
    FROM unnest(ARRAY['ticket.created', 'message.received']) k
    """,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the result."""

    name: str
    ours: Cost
    plain: Cost

    @property
    def ratio(self) -> float:
        """How much dearer ours is than plain SQL, all processor time counted."""
        return self.ours.both / self.plain.both


def run(times: int = 100) -> list[Line]:
    """Measures the four requests on the loaded database. Leaves the created tickets in it."""
    from django.core.wsgi import get_wsgi_application

    token = _token()
    application = get_wsgi_application()
    ticket = _twenty_messages()
    words = " ".join(COMMON)
    numbers = iter(range(10**9))

    def call(method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
        return _call(application, token, method, path, body)

    def create() -> None:
        number = next(numbers)
        body = {"subject": f"Order {number} is late", "text": "Where is my order? It should be here.", "customer_id": 1}
        call("POST", "/api/v1/tickets", body)

    query = words.replace(" ", "+")
    works: dict[str, tuple[Callable[[], object], Callable[[], object], int]] = {
        "list of 50": (lambda: call("GET", "/api/v1/tickets?limit=50"), lambda: plain(LIST, []), times),
        "one ticket, 20 messages": (
            lambda: call("GET", f"/api/v1/tickets/{ticket}"),
            lambda: (plain(TICKET, [ticket]), plain(THREAD, [ticket])),
            times,
        ),
        "search, two words": (
            lambda: call("GET", f"/api/v1/tickets?q={query}&limit=50"),
            lambda: plain(FOUND, [" & ".join(COMMON)]),
            max(10, times // 4),
        ),
        "create": (create, _create_plain, times),
    }
    return [Line(name, measure(ours, count), measure(plain, count)) for name, (ours, plain, count) in works.items()]


def _call(application: Any, token: str, method: str, path: str, body: dict[str, Any] | None) -> bytes:
    data = json.dumps(body).encode() if body is not None else b""
    path, _, query = path.partition("?")
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.input": io.BytesIO(data),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    response = application(environ, lambda line, _headers, _info=None: status.append(line))
    answer = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    if not status[0].startswith("2"):
        raise RuntimeError(f"{method} {path}: {status[0]} {answer[:300]!r}")
    return answer


def plain(sql: str, parameters: list[Any]) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return json.dumps(cursor.fetchall(), default=str)


def _create_plain() -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CREATE_TICKET)
        values = {"id": cursor.fetchone()[0]}
        for statement in CREATE_REST:
            cursor.execute(statement, values)


def _token() -> str:
    """An administrator's token without a limit that matters."""
    from headway.people.actions import tokens
    from headway.people.models import Agent
    from headway.people.rules import Scope
    from headway.settings.actions import change

    ada = Agent.objects.create(email=f"bench{random.random()}@desk.example", name="Ada", role="administrator")
    change({"api_requests_per_minute": 100_000}, actor=ada.actor)
    return tokens.issue(ada, "bench", [str(scope) for scope in Scope], actor=ada.actor)[1]


def _twenty_messages() -> int:
    """A ticket with twenty messages, asked and answered in turn."""
    from headway.foundation.clock import now
    from headway.people.models import Agent
    from headway.tickets.actions.history import Past, Said, write

    at, agent = now() - timedelta(days=1), Agent.objects.order_by("pk")[0].pk
    said = [
        Said(
            direction="in" if turn % 2 == 0 else "out",
            at=at + timedelta(minutes=turn),
            text="I would like to know more about my order. " * 6,
            customer_id=1 if turn % 2 == 0 else None,
            agent_id=None if turn % 2 == 0 else agent,
        )
        for turn in range(20)
    ]
    past = Past(
        subject="A long one", channel="email", category="open", created_at=at, customer_id=1, said=said, happened=[]
    )
    return write([past])[0].ticket_id
