"""Tells a whole history: the entrance of the simulator's pure part."""

from datetime import datetime, timedelta
from functools import partial

from headway.simulator import company, people, texts
from headway.simulator.case import MACHINE, REPEAT, SPAM, Case
from headway.simulator.chance import Dice
from headway.simulator.clients import Clients
from headway.simulator.demand import arrivals
from headway.simulator.facts import Facts
from headway.simulator.floor import Floor
from headway.simulator.happenings import History, Opened
from headway.simulator.people import Crowd, Customer
from headway.simulator.plan import Plan
from headway.simulator.steps import Steps
from headway.simulator.texts import Topic
from headway.simulator.timeline import Timeline
from headway.simulator.wording import EVERYWHERE, Situation, Voice
from headway.sla.rules.calendars import Calendar, is_open
from headway.sla.rules.hours import week

PRIORITIES = {"low": 1, "normal": 2, "high": 3, "urgent": 4}
JUNK, ROBOTS, KNOWN_JUNK = 0.018, 0.012, 0.7
# The inbox is alive whenever the history ends, on a Sunday too: so many minutes before, somebody has just written.
LAST_MINUTES = (
    *(4, 9, 13, 17, 24, 31, 39, 46, 52, 63, 74, 85, 99, 118, 140, 161, 186),
    *(204, 233, 257, 290, 331, 368, 415, 470, 512, 566),
)
CHAT_ENDS = timedelta(hours=1)  # before closing time nobody is let into the chat any more
FIELDS = {"orders": "order", "billing": "invoice", "bugs": "version", "integrations": "version"}


def generate(plan: Plan) -> History:
    """The history of this plan. It depends on nothing else."""
    return _Story(plan).tell()


class _Story:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.dice = Dice(plan.seed, "openings")
        self.timeline = Timeline(plan.end)
        self.crowd = Crowd(Dice(plan.seed, "customers"), plan.end)
        self.voice = Voice(Dice(plan.seed, "voice"))
        self.agents = people.staff(plan.agents, plan.seed)
        steps = Steps(plan.seed, self.timeline, self.voice)
        self.floor = Floor(plan, self.agents, self.timeline, steps.work)
        self.clients = Clients(plan.seed, self.timeline, self.voice, self.floor.put, self.repeat)
        steps.floor, steps.clients = self.floor, self.clients
        self.count = 0
        self.hours = Calendar(company.ZONE, week(company.HOURS))

    def tell(self) -> History:
        for at, topic in arrivals(self.plan, Dice(self.plan.seed, "arrivals")):
            self.timeline.plan(at, partial(self.arrive, wanted=topic))
        for minutes in LAST_MINUTES if self.plan.tickets_per_day >= 5 else ():
            self.timeline.plan(self.plan.end - timedelta(minutes=minutes), partial(self.arrive, wanted=None))
        told = self.timeline.run()
        return History(
            start=self.plan.start,
            end=self.plan.end,
            agents=self.agents,
            customers=self.crowd.customers,
            organisations=self.crowd.organisations,
            happenings=told,
        )

    def arrive(self, at: datetime, wanted: str | None) -> None:
        """Somebody writes about something, or a machine, or a spammer."""
        dice, plan = self.dice, self.plan
        kind = dice.number()
        if wanted is None and kind < JUNK + ROBOTS:
            self.unwanted(at, SPAM if kind < JUNK else MACHINE)
            return
        shares = [(entry, share) for entry, share in company.LANGUAGES.items() if entry in plan.languages]
        language = dice.weighted([(e, s) for e, s in shares if wanted is None or wanted in texts.topics(e)] or shares)
        topic = self.topic(language, wanted)
        customer = self.crowd.someone(language, plan.newcomers)
        channel = self.channel(topic, at)
        urgent = channel != "api" and dice.happens(0.05)
        priority = PRIORITIES[topic.priority]
        if priority == 2 and dice.happens(0.08):
            priority = 1
        self.open(at, customer, topic, channel, min(priority + urgent, 4), urgent=urgent)

    def open(
        self, at: datetime, customer: Customer, topic: Topic, channel: str, priority: int, *, urgent: bool = False
    ) -> None:
        """A ticket begins and waits for us."""
        facts = Facts(customer, customer.language, at, self.dice)
        subject, text, situation = self.voice.opening(topic, customer, channel, facts, urgent)
        case = self.case(customer, topic, channel, facts, at, priority, situation)
        # forms and programs say what it is about, and bring the number or version along
        case.typed = channel in ("form", "api")
        known = FIELDS.get(topic.category)
        fields = {known: facts[known]} if known and case.typed and self.dice.happens(0.85) else {}
        self.opened(case, subject, text, fields=fields)

    def repeat(self, case: Case, at: datetime) -> None:
        """A customer who got no answer writes again in another way: a second ticket about the same."""
        channel = "chat" if case.channel == "email" and self.chats(at) else "form"
        weekday = texts.phrases(case.language).words["weekdays"][case.opened.weekday()]
        opener = self.voice.customer("repeats", case.customer, "api", case.facts, case.now(at), weekday=weekday)
        if not opener or case.channel == channel:
            return
        subject, text, situation = self.voice.opening(case.topic, case.customer, "api", case.facts, urgent=False)
        twin = self.case(case.customer, case.topic, channel, case.facts, at, case.priority, situation)
        twin.stage = REPEAT
        self.opened(twin, subject, f"{opener}\n\n{text}")

    def unwanted(self, at: datetime, kind: str) -> None:
        """Spam, mostly recognised at the door, or an automatic mail."""
        said = texts.phrases("en")
        customer = self.crowd.stranger("en")
        facts = Facts(customer, "en", at, self.dice)
        case = self.case(customer, texts.topics("en")["invoice"], "email", facts, at, 2, EVERYWHERE)
        case.stage, case.typed = kind, True
        lines = said.spam if kind == SPAM else said.machine
        subject = facts.fill(self.voice.text("subject", lines["subjects"], EVERYWHERE), subject="your message")
        text = facts.fill(self.voice.text("body", lines["bodies"], EVERYWHERE))
        suspected = kind == SPAM and self.dice.happens(KNOWN_JUNK)
        self.opened(case, subject, text, category="", suspected=suspected)

    def case(
        self,
        customer: Customer,
        topic: Topic,
        channel: str,
        facts: Facts,
        at: datetime,
        priority: int,
        situation: Situation,
    ) -> Case:
        self.count += 1
        return Case(self.count, customer, topic, channel, facts, at, priority, situation)

    def opened(
        self,
        case: Case,
        subject: str,
        text: str,
        *,
        category: str | None = None,
        suspected: bool = False,
        fields: dict[str, str] | None = None,
    ) -> None:
        self.timeline.tell(
            Opened(
                at=case.opened,
                ticket=case.number,
                customer=case.customer.number,
                channel=case.channel,
                language=case.language,
                category=case.topic.category if category is None else category,
                topic=case.stage if category is not None else case.topic.key,
                bucket="simple" if category is not None else case.topic.bucket,
                priority=case.priority,
                subject=subject,
                text=text,
                automatic=case.stage == MACHINE,
                suspected=suspected,
                typed=case.typed and bool(category is None),
                fields=fields or {},
            )
        )
        if not suspected:
            self.floor.put(case, case.opened)
            if case.stage not in (SPAM, MACHINE, REPEAT):
                self.clients.wait(case, case.opened)

    def topic(self, language: str, wanted: str | None) -> Topic:
        """A topic by its share; in languages with fewer texts, by the shares of those that are written."""
        known = texts.topics(language)
        if wanted is not None and wanted in known:
            return known[wanted]
        return self.dice.weighted([(topic, self.plan.topics[topic.key]) for topic in known.values()])

    def chats(self, at: datetime) -> bool:
        """Whether the chat is open."""
        return is_open(self.hours, at) and is_open(self.hours, at + CHAT_ENDS)

    def channel(self, topic: Topic, at: datetime) -> str:
        """How it is asked: programs ask about the API, nobody chats at night, urgent matters favour the chat."""
        weights = dict(company.CHANNELS)
        if topic.key == "api":
            weights["api"] *= 9
        elif topic.category in ("access", "howto"):
            weights["api"] *= 0.3
        if not self.chats(at):
            weights["chat"] = 0.0
        elif topic.priority in ("high", "urgent"):
            weights["chat"] *= 1.7
        return self.dice.weighted(list(weights.items()))
