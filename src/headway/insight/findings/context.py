"""What every finding is made from: the lake with its derived tables, what the source has, hours and money."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from headway.insight.findings.features import Features, Money
from headway.insight.lake.deriving import DAY_MS, HOUR_MS
from headway.insight.lake.engine import Lake
from headway.insight.questions import openings
from headway.insight.questions.openings import Openings

DAYS_A_MONTH = 30.4375
HOURS_A_PERSON = 160.0  # a full-time equivalent's paid hours in a month
SHOWN_TICKETS = 10


@dataclass
class Context:
    """One audit. Times in milliseconds; `names` says whether people's names may be shown; `customers` how many there
    are, whether they wrote or not, where that is known.
    """

    lake: Lake
    features: Features
    money: Money = field(default_factory=Money)
    names: bool = False
    zone: str = "UTC"
    hours: str = ""
    silent_days: int | None = None
    desk: bool = False  # told at the desk: costs are entered in its settings, not behind a command
    customers: int | None = None
    threads: int = 1
    progress: Callable[[str, int], None] = lambda _part, _done: None
    # what an activity is called: a source's own words, or the desk's in the reader's language
    said: Callable[[str], str] = str

    @cached_property
    def openings(self) -> Openings:
        """What customers wrote first, grouped by meaning."""
        return openings.read(self.lake, self.threads, self.progress)

    def asked(self) -> Openings | None:
        """The openings, where the source has texts. Nothing takes longer: it tells how far it is."""
        return self.openings if self.features.texts else None

    @cached_property
    def tickets(self) -> int:
        """The population's size."""
        return int(self.lake.one("SELECT count(*) FROM population")[0])

    @cached_property
    def span_ms(self) -> tuple[int, int]:
        """The first and the last moment of the population's events; the period is [first, last]."""
        first, last = self.lake.one("SELECT min(created_ms), max(last_ms) FROM population")
        return int(first), int(last)

    @cached_property
    def months(self) -> float:
        """The period's length in months, at least a day's."""
        first, last = self.span_ms
        return max(last - first, DAY_MS) / (DAYS_A_MONTH * DAY_MS)

    @cached_property
    def handle_ms(self) -> tuple[int, int, int]:
        """Estimated working time on the population: low, middle and high."""
        low, mid, high = self.lake.one("SELECT sum(low_ms), sum(mid_ms), sum(high_ms) FROM facts")
        return int(low or 0), int(mid or 0), int(high or 0)

    @cached_property
    def workers(self) -> int:
        """How many people of the team did something."""
        return int(self.lake.one("SELECT count(DISTINCT actor_id) FROM actions")[0])

    @cached_property
    def thin(self) -> bool:
        """Whether what people do leaves hardly a trace in the source: nothing they wrote, no recorded time, and under
        10 estimated hours a month for who was at work.
        """
        if self.features.messages:
            return False
        recorded = self.lake.one("SELECT count(active_ms) FROM actions")[0]
        return not recorded and self.handle_ms[1] / HOUR_MS < 10 * self.person_months

    @cached_property
    def person_months(self) -> int:
        """In how many months people did something, summed over people."""
        (months,) = self.lake.one(
            "SELECT count(*) FROM (SELECT 1 FROM actions "
            "GROUP BY actor_id, CAST((at_ms - at_ms % 2629800000) / 2629800000 AS BIGINT)) AS worked"
        )
        return int(months)

    @property
    def scale(self) -> float:
        """What an estimated hour is in paid hours: 1 where paid hours were not entered."""
        if not self.money.hours_month or not self.handle_ms[1]:
            return 1.0
        return self.money.hours_month * self.months / (self.handle_ms[1] / HOUR_MS)

    def hours_month(self, ms: int) -> float:
        """Hours a month that a working time over the whole period comes to, paid ones where those were entered."""
        return ms / HOUR_MS * self.scale / self.months

    def cost(self, share: float) -> float | None:
        """What a share of the working time cost over the period; None where no cost was entered."""
        return None if self.money.cost_month is None else self.money.cost_month * self.months * share

    def people(self, ids: Iterable[int]) -> dict[int, str]:
        """How people and teams are called: by name where names may be shown, else by kind and number."""
        wanted = sorted({int(one) for one in ids})
        if not wanted:
            return {}
        marks = ", ".join("?" for _ in wanted)
        rows = self.lake.rows(
            f"SELECT person_id, kind, name, row_number FROM (SELECT person_id, kind, name, "
            f"row_number() OVER (PARTITION BY kind ORDER BY person_id) AS row_number FROM people) "
            f"WHERE person_id IN ({marks})",
            wanted,
        )
        return {row[0]: str(row[2]) if self.names else f"{str(row[1]).capitalize()} {row[3]}" for row in rows}

    def sources(self, condition: str, order: str, most: int = SHOWN_TICKETS) -> Sequence[str]:
        """The source ids of tickets whose facts meet a condition, for checking by hand."""
        return [
            row[0]
            for row in self.lake.rows(
                f"SELECT t.source_id FROM facts AS f JOIN tickets AS t ON t.ticket_id = f.ticket_id "
                f"WHERE {condition} ORDER BY {order}, f.ticket_id LIMIT {int(most)}"
            )
        ]
