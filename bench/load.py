"""Fills a database by COPY: people, customers, tickets, messages and their search entries."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import psycopg

WORDS = 6000
COMMON = ("ledgerly", "quorumly")  # each stands in SHARE of the messages
SHARE = 0.02
YEARS = 2
BODIES = 8000
PER_TICKET = 6
END = datetime(2026, 11, 1, tzinfo=UTC)


def fill(url: str, tickets: int, *, seed: int = 1, say: bool = True) -> float:
    """Loads `tickets` tickets with six messages each; returns the seconds it took."""
    started = time.monotonic()
    chance = random.Random(seed)
    _people(tickets)
    with psycopg.connect(url) as own:
        dates = sorted(END - timedelta(seconds=chance.random() * YEARS * 365 * 86400) for _ in range(tickets))
        own.execute("DROP INDEX searchentry_vector")
        _months(own, dates[0])
        _tickets(own, dates, chance)
        own.commit()
        _say(say, f"{tickets:,} tickets", started)
        _messages(url, dates, seed)
        _say(say, f"{tickets * PER_TICKET:,} messages and their search entries", started)
        _index(url, own)
        for table in ("tickets_ticket", "tickets_message", "people_customer"):
            own.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        own.commit()
        own.autocommit = True
        own.execute("VACUUM ANALYZE")
    _say(say, "indexed", started)
    return time.monotonic() - started


def _say(say: bool, what: str, started: float) -> None:
    if say:
        print(f"  {time.monotonic() - started:6.1f} s  {what}", flush=True)


def _people(tickets: int) -> None:
    """Through the models: whatever column comes new has its default."""
    from headway.people.models import Agent, Customer, Team

    Agent.objects.bulk_create(
        Agent(email=f"agent{n}@desk.example", name=f"Agent {n}", sees="all", joined_at=END) for n in range(1, 51)
    )
    Team.objects.bulk_create(Team(name=f"Team {n}") for n in range(1, 6))
    customers = (Customer(name=f"Customer {n}", created_at=END) for n in range(1, max(1, tickets // 4) + 1))
    Customer.objects.bulk_create(customers, batch_size=5000)


def _vocabulary(own: psycopg.Connection, chance: random.Random) -> list[tuple[str, str]]:
    """Made-up words with their English stems, common ones first."""
    syllables = ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "xa", "zen"]
    words = {"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(WORDS)}
    rows = own.execute(
        "SELECT w, coalesce((tsvector_to_array(to_tsvector('english', w)))[1], w) FROM unnest(%s::text[]) w",
        [[*COMMON, *sorted(words)]],
    ).fetchall()
    found: dict[str, str] = dict(rows)
    return [(word, found[word]) for word in [*COMMON, *sorted(words)]]


def _tickets(own: psycopg.Connection, dates: list[datetime], chance: random.Random) -> None:
    statuses: dict[str, int] = dict(own.execute("SELECT category, id FROM tickets_status WHERE is_default").fetchall())
    agents = [row[0] for row in own.execute("SELECT id FROM people_agent ORDER BY id").fetchall()]
    teams = [row[0] for row in own.execute("SELECT id FROM people_team ORDER BY id").fetchall()]
    customers = max(1, len(dates) // 4)
    columns = (
        "id, subject, status_id, category, priority, team_id, assignee_id, customer_id, channel, language, fields, "
        "version, created_at, updated_at, active_at, waiting_since, solved_at, closed_at, reminded, snippet, is_sample"
    )
    with own.cursor().copy(f"COPY tickets_ticket ({columns}) FROM STDIN") as copy:
        for number, created in enumerate(dates, start=1):
            recent = len(dates) - number < len(dates) * 0.02
            category = chance.choice(["new", "open", "open", "waiting"]) if recent else "closed"
            active = created + timedelta(hours=chance.random() * 48)
            copy.write_row(
                (
                    number,
                    f"Question {number} about an order",
                    statuses[category],
                    category,
                    chance.randint(1, 4),
                    chance.choice(teams),
                    chance.choice(agents) if category != "new" else None,
                    chance.randint(1, customers),
                    "email",
                    "en",
                    "{}",
                    1,
                    created,
                    active,
                    active,
                    created if category in ("new", "open") else None,
                    None if recent else active,
                    None if recent else active,
                    0,
                    "I would like to know where my order is",
                    False,
                )
            )


def _messages(url: str, dates: list[datetime], seed: int) -> None:
    """Messages and search entries, written by one process for each half of the tickets."""
    half = len(dates) // 2
    parts = [(url, dates[:half], 0, len(dates), seed), (url, dates[half:], half, len(dates), seed + 1)]
    with get_context("spawn").Pool(len(parts)) as pool:
        pool.starmap(_copy_part, parts)


def _copy_part(url: str, dates: list[datetime], offset: int, tickets: int, seed: int) -> None:
    chance = random.Random(seed)
    customers = max(1, tickets // 4)
    with psycopg.connect(url) as own:
        own.execute("SET synchronous_commit = off")
        agents = [row[0] for row in own.execute("SELECT id FROM people_agent ORDER BY id").fetchall()]
        bodies = _bodies(_vocabulary(own, random.Random(7)), chance)
        columns = (
            "id, ticket_id, direction, channel, customer_id, agent_id, at, text, quoted, html, language, "
            "automatic, held, copied"
        )
        chosen = [_choice(chance) for _ in range(len(dates) * PER_TICKET)]
        with own.cursor().copy(f"COPY tickets_message ({columns}) FROM STDIN") as copy:
            for place, which in enumerate(chosen):
                ticket, turn = offset + place // PER_TICKET + 1, place % PER_TICKET
                at = min(dates[place // PER_TICKET] + timedelta(hours=turn * 3), END)
                sender = (
                    f"in\temail\t{1 + ticket % customers}\t\\N"
                    if turn % 2 == 0
                    else (f"out\temail\t\\N\t{agents[ticket % len(agents)]}")
                )
                number = offset * PER_TICKET + place + 1
                copy.write(f"{number}\t{ticket}\t{sender}\t{at}\t{bodies[which][0]}\t\t\ten\tf\tf\t[]\n")
        with own.cursor().copy("COPY tickets_searchentry (at, kind, source_id, ticket_id, vector) FROM STDIN") as copy:
            for place, which in enumerate(chosen):
                ticket, turn = offset + place // PER_TICKET + 1, place % PER_TICKET
                at = min(dates[place // PER_TICKET] + timedelta(hours=turn * 3), END)
                number = offset * PER_TICKET + place + 1
                copy.write(f"{at}\tm\t{number}\t{ticket}\t{bodies[which][1]}\n")


def _choice(chance: random.Random) -> tuple[int, bool, bool]:
    """A body, and whether each of the two common words stands in it."""
    return chance.randrange(BODIES), chance.random() < SHARE, chance.random() < SHARE


def _bodies(vocabulary: list[tuple[str, str]], chance: random.Random) -> dict[tuple[int, bool, bool], tuple[str, str]]:
    """Texts with their vectors, each with and without the common words."""
    rare, (first, second) = vocabulary[len(COMMON) :], vocabulary[: len(COMMON)]
    found = {}
    for number in range(BODIES):
        words = chance.choices(rare, k=chance.randint(15, 40))
        for one in (False, True):
            for two in (False, True):
                said = words + [first] * one + [second] * two
                found[number, one, two] = (" ".join(word for word, _stem in said), _vector(said))
    return found


def _vector(words: list[tuple[str, str]]) -> str:
    """The words as the text form of a tsvector: each with its positions, and its stem."""
    positions: dict[str, list[int]] = {}
    for position, (word, _stem) in enumerate(words, start=1):
        positions.setdefault(word, []).append(position)
    stems = {stem for _word, stem in words} - positions.keys()
    parts = [f"'{word}':{','.join(map(str, places))}" for word, places in positions.items()]
    return " ".join(parts + [f"'{stem}'" for stem in stems])


def _months(own: psycopg.Connection, first: datetime) -> None:
    month = first.replace(day=1)
    while month <= END + timedelta(days=40):
        own.execute("SELECT headway_search_month(%s)", [month])
        month += timedelta(days=27)


def _index(url: str, own: psycopg.Connection) -> None:
    """The search index, month by month on two connections, then joined to one."""
    own.execute(
        "CREATE INDEX searchentry_vector ON ONLY tickets_searchentry USING gin (vector) WITH (fastupdate = off)"
    )
    own.commit()
    rows = own.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'tickets_searchentry'::regclass"
    ).fetchall()

    def build(tables: list[str]) -> None:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("SET maintenance_work_mem = '256MB'")
            for table in tables:
                other.execute(f"CREATE INDEX {table}_vector ON {table} USING gin (vector) WITH (fastupdate = off)")
                other.execute(f"ALTER INDEX searchentry_vector ATTACH PARTITION {table}_vector")

    tables = [row[0] for row in rows]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(build, [tables[0::2], tables[1::2]]))
