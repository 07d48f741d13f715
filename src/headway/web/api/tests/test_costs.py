"""How many queries a request costs, each by name: what is asked for again and again must not grow unseen."""

from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.people.actions import agents
from headway.people.models import Agent, Brand, Customer, Team
from headway.tickets.tests.desk import answers, asks
from headway.web.api.tests.program import Program

# every request: the token with its owner, counted in this minute, and the settings' version
DOOR = ["people_apitoken"]


def _tables(program: Program, method: str, path: str, body: dict[str, object] | None = None, **more: str) -> list[str]:
    """The first table of each statement of a request, in order.

    Transactions' own statements are left out, and the question for the month's search table: it is asked once a
    process, but in a test nothing is ever committed.
    """
    assert program.ask(method, path, body, **more).status < 300  # type: ignore[arg-type]  # warms what is kept
    with CaptureQueriesContext(connection) as captured:
        answer = program.ask(method, path, body, **({"key": "second"} if more else {}))  # type: ignore[arg-type]
    assert answer.status < 300, answer.body
    statements = [entry["sql"].replace('"', "") for entry in captured]
    return [_table(sql) for sql in statements if "SAVEPOINT" not in sql and "headway_search_month" not in sql]


def _table(sql: str) -> str:
    prefixes = ("settings_", "people_", "foundation_", "tickets_", "events_", "procrastinate_", "web_")
    words = sql.translate(str.maketrans("(,.'", "    ")).split()
    after = [word for before, word in pairwise(words) if before in ("FROM", "INTO", "UPDATE")]
    return next((word for word in [*after, *words] if word.startswith(prefixes)), sql[:60])


def test_a_list_costs_two_queries(sam: Agent, dana: Customer) -> None:
    for number in range(5):
        asks(dana, f"Question {number}")
    program = Program(sam)
    listed = [*DOOR, "tickets_ticket", "tickets_tagging"]  # the rows with their names; their tags
    assert _tables(program, "GET", "/tickets?limit=5") == listed
    assert _tables(program, "GET", "/tickets?category=new&limit=1") == listed


def test_a_ticket_with_its_conversation_costs_four(ada: Agent, sam: Agent, dana: Customer, frontline: Team) -> None:
    ticket = asks(dana)
    for _turn in range(5):
        answers(sam, ticket, then=None)
    read = [
        *DOOR,
        "tickets_ticket",  # the row with its names
        "tickets_tagging",  # its tags
        "tickets_message",  # messages and notes with who wrote them
        "tickets_messagefile",  # their files
    ]
    assert _tables(Program(sam), "GET", f"/tickets/{ticket.pk}") == read
    agents.set_scope(sam, "teams", actor=ada.actor)
    # and one more for who sees a part only: whether this is in it
    assert _tables(Program(sam), "GET", f"/tickets/{ticket.pk}") == [*DOOR, "tickets_ticket", *read[len(DOOR) :]]


CREATE = [
    *DOOR,
    "people_customer",  # who asks, the default brand, the status to begin with, and the numbers of what is written
    "tickets_ticket",  # with its message, how that is found, two events, and their followers' job
]


def test_a_new_ticket_is_written_once(sam: Agent, dana: Customer, acme: Brand) -> None:
    body: dict[str, object] = {"subject": "Late", "text": "Where is my order?", "customer_id": dana.pk}
    program = Program(sam)
    assert _tables(program, "POST", "/tickets", body) == CREATE
    # with a key: whether it is known, and its answer
    keyed = _tables(program, "POST", "/tickets", body, key="first")
    assert keyed == [*DOOR, "web_idempotencykey", *CREATE[1:], "web_idempotencykey"]


def test_an_answer(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    answers(sam, ticket)
    tables = _tables(Program(sam), "POST", f"/tickets/{ticket.pk}/replies", {"text": "And another thing."})
    assert tables == [
        *DOOR,
        "tickets_ticket",  # may they see it
        "tickets_origin",  # the row, locked, and whether it is answered here
        "tickets_message_id_seq",  # the message's number
        "tickets_ticket",  # its state after it
        "tickets_message",  # with how it is found, one event, and its followers' job
    ]
