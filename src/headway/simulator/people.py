"""The people of a history: those who answer, with their habits, and those who ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import combining, normalize

from headway.simulator import company, names
from headway.simulator.chance import Dice
from headway.simulator.company import Plan

WEEKENDS = (0, 3, 7)  # of the first nine; two of tier 1, one of tier 2
SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ı": "i"}


@dataclass(frozen=True, slots=True)
class Habits:
    """How a person works. Shares are between 0 and 1."""

    speed: float  # minutes needed, against the usual 1.0
    asks: float  # how often the first step is a question rather than an answer
    thorough: float  # reads everything, notes what was tried, answers so that it holds
    early: float  # how often hard matters go to tier 2 at once, before any step
    closes: float  # how often solved with the answer rather than waiting for a word
    notes: float  # how often what was found is written down


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who answers. `start`: minutes past midnight, local, when the working day of eight hours begins."""

    number: int
    name: str
    languages: tuple[str, ...]
    tier: int
    start: int
    weekend: bool
    habits: Habits

    @property
    def first(self) -> str:
        """The first name, as customers see it."""
        return self.name.split()[0]

    @property
    def email(self) -> str:
        """Where the person signs in."""
        known = self.first if self.number < len(names.AGENTS) else self.name
        return f"{latin(known)}@{company.DOMAIN}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A shop or a chain that pays us."""

    number: int
    name: str
    language: str
    domain: str
    city: str
    plan: Plan
    tills: int
    since: datetime
    renews: datetime


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who asks. `temper`: how soon the patience ends, 1 being usual."""

    number: int
    name: str
    email: str
    language: str
    since: datetime
    temper: float
    talkative: float
    organisation: Organisation | None
    plan: Plan
    shop: str
    city: str

    @property
    def first(self) -> str:
        """What an agent calls the person."""
        return self.name.split()[-1] if self.language == "ja" else self.name.split()[0]


class Crowd:
    """Customers by language, those who write often more likely to be drawn."""

    def __init__(self, dice: Dice, end: datetime) -> None:
        self.customers: list[Customer] = []
        self.organisations: list[Organisation] = []
        self._dice = dice
        self._end = end
        self._by_language: dict[str, list[Customer]] = {}
        self._taken: set[str] = set()

    def someone(self, language: str, share_new: float) -> Customer:
        """A customer of this language: a new one, or one who wrote before (some often, most seldom)."""
        known = self._by_language.setdefault(language, [])
        if not known or self._dice.happens(share_new):
            known.append(self.stranger(language))
            return known[-1]
        # the power favours those known longest: a few write again and again
        return known[int(self._dice.number() ** 1.6 * len(known))]

    def stranger(self, language: str) -> Customer:
        """Somebody who never wrote before."""
        dice = self._dice
        first, last = dice.pick(names.FIRST[language]), dice.pick(names.LAST[language])
        mates = [entry for entry in self.organisations[-40:] if entry.language == language]
        organisation = dice.pick(mates) if mates and dice.happens(0.22) else None
        if organisation is None and dice.happens(0.62):
            organisation = self._organisation(language)
        domain = organisation.domain if organisation else names.MAILBOXES.get(language, "mailbox.example")
        customer = Customer(
            number=len(self.customers),
            name=f"{last} {first}" if language == "ja" else f"{first} {last}",
            email=self._free(".".join(latin(part) for part in (first, last)), f"@{domain}"),
            language=language,
            since=self._joined(organisation),
            temper=dice.around(1.0, 0.35),
            talkative=dice.number(),
            organisation=organisation,
            plan=organisation.plan if organisation else dice.weighted([(p, p.share) for p in company.PLANS[:2]]),
            shop=organisation.name if organisation else self._shop(language)[0],
            city=organisation.city if organisation else dice.pick(names.CITIES[language]),
        )
        self.customers.append(customer)
        return customer

    def _joined(self, organisation: Organisation | None) -> datetime:
        """When the person became a customer: not before the shop did."""
        oldest = self._end - timedelta(days=1400) if organisation is None else organisation.since
        newest = self._end - timedelta(days=95)
        return oldest + (newest - oldest) * self._dice.number()

    def _organisation(self, language: str) -> Organisation:
        dice = self._dice
        name, word = self._shop(language)
        city = dice.pick(names.CITIES[language])
        plan = dice.weighted([(entry, entry.share) for entry in company.PLANS])
        organisation = Organisation(
            number=len(self.organisations),
            name=name,
            language=language,
            domain=self._free(f"{latin(word)}-{latin(city)}", ".example"),
            city=city,
            plan=plan,
            tills={"Counter": 1, "Corner": dice.whole(1, 3), "High Street": dice.whole(3, 10)}.get(plan.name, 24),
            since=self._end - timedelta(days=dice.whole(95, 1500)),
            renews=self._end + timedelta(days=dice.whole(4, 360)),
        )
        self.organisations.append(organisation)
        return organisation

    def _shop(self, language: str) -> tuple[str, str]:
        word = self._dice.pick(names.WORDS[language])
        return self._dice.fresh(("shop", language), names.SHOPS[language]).format(word), word

    def _free(self, start: str, end: str) -> str:
        """An address or a domain that nobody has yet."""
        number, found = 1, f"{start}{end}"
        while found in self._taken:
            number += 1
            found = f"{start}{number}{end}"
        self._taken.add(found)
        return found


def staff(count: int, seed: int) -> list[Agent]:
    """So many people who answer, about one in four of them in tier 2. Habits differ from person to person."""
    dice = Dice(seed, "agents")
    people = []
    for number in range(count):
        if number < len(names.AGENTS):
            name, languages, start, tier = names.AGENTS[number]
        else:
            first, last = names.FIRST["en"][number % 24], names.LAST["en"][(number * 7) % 26]
            name, languages, start = f"{first} {last}", ("en",), 7 * 60 + 30 * dice.whole(0, 10)
            tier = 2 if number % 4 == 3 else 1
        habits = Habits(
            speed=min(max(dice.around(1.0, 0.3), 0.55), 1.9),
            asks=0.15 + 0.7 * dice.number(),
            thorough=0.35 + 0.6 * dice.number(),
            early=0.55 * dice.number() ** 1.7,
            closes=0.2 + 0.7 * dice.number(),
            notes=0.1 + 0.7 * dice.number(),
        )
        weekend = number in WEEKENDS or (number > 8 and number % 3 == 0) or count < 3
        people.append(Agent(number, name, languages, tier, start, weekend, habits))
    if count > 1 and not any(agent.tier == 2 for agent in people):
        last_one = people[-1]
        people[-1] = Agent(last_one.number, last_one.name, last_one.languages, 2, 9 * 60, True, last_one.habits)
    return people


def latin(text: str) -> str:
    """Letters for an address: lower case, no accents, no spaces."""
    text = names.LATIN.get(text, text)
    for letter, written in SPELLED.items():
        text = text.replace(letter, written)
    plain = "".join(char for char in normalize("NFKD", text) if not combining(char))
    return "".join(char for char in plain.lower() if char.isascii() and char.isalnum()) or "kontakt"
