"""What an agent does with a case: the habits, the hand-overs and the mistakes."""

from datetime import datetime, timedelta

from headway.simulator import texts
from headway.simulator.case import (
    AGAIN,
    ASKED,
    BOUNCED,
    FAILED,
    FRESH,
    MACHINE,
    PASSED,
    REPEAT,
    RESUMED,
    SPAM,
    Case,
)
from headway.simulator.chance import Dice
from headway.simulator.clients import Clients
from headway.simulator.floor import Floor
from headway.simulator.happenings import (
    HOLD,
    NEW,
    OPEN,
    SOLVED,
    WAITING,
    Answered,
    Given,
    Moved,
    Noted,
    Raised,
    Routed,
    Snoozed,
    Suspected,
    Tagged,
    Typed,
    Woken,
)
from headway.simulator.lists import Lists
from headway.simulator.people import Agent
from headway.simulator.texts import Lines
from headway.simulator.timeline import Timeline
from headway.simulator.wording import Manner, Voice

SLOW = timedelta(hours=9)
TAGS = {"reader": "update-4.8", "payout": "payout-delay", "customs": "customs", "cancel": "churn-risk"}


class Steps:
    """Carries out one step on a case at the moment the agent is done with it."""

    def __init__(self, seed: int, timeline: Timeline, voice: Voice) -> None:
        self._dice = Dice(seed, "steps")
        self._lists = Lists(seed, timeline)
        self._timeline = timeline
        self._voice = voice
        self.clients: Clients
        self.floor: Floor

    def work(self, agent: Agent, case: Case, at: datetime) -> None:
        """The next step, whatever the case needs."""
        case.turn += 1
        self.floor.drop(case)
        if case.stage not in (SPAM, MACHINE):
            self._note_down(agent, case, at)
            self._lists.turn(agent, case, at)
        match case.stage:
            case "spam":
                self._timeline.tell(Suspected(at=at, ticket=case.number, agent=agent.number))
            case "machine":
                self._move(case, at, agent, SOLVED)
            case "repeat":
                self._answer(agent, case, at, self._voice.said("repeat_answers", case.language), SOLVED)
            case "pleased":
                self._move(case, at, agent, SOLVED)
                self.clients.solved(case, at)
            case _ if agent.tier == 2:
                self._second_tier(agent, case, at)
            case _:
                self._first_tier(agent, case, at)

    def _first_tier(self, agent: Agent, case: Case, at: datetime) -> None:
        dice, habits, topic = self._dice, agent.habits, case.topic
        hard = topic.bucket == "complex"
        if case.stage == ASKED:
            self._resolve(agent, case, at, self._voice.said("further", case.language))
        elif case.stage in (FAILED, AGAIN):
            if case.tries > 1 or (topic.bucket != "simple" and dice.happens(0.3 + habits.early * 0.5)):
                self._pass_on(agent, case, at)
            else:
                self._resolve(agent, case, at, self._voice.said("retries", case.language))
        elif topic.bucket == "simple":
            if case.stage == FRESH and "T" in topic.kinds and dice.happens(habits.asks * 0.10):
                self._ask(agent, case, at)
            else:
                self._resolve(agent, case, at, topic.answers)
        elif case.stage == FRESH and dice.happens(habits.early * (1.0 if hard else 0.35)):
            self._pass_on(agent, case, at)  # before any step: to be on the safe side
        elif not case.detailed and self._askable(case) and dice.happens(0.25 + 0.7 * habits.asks):
            self._ask(agent, case, at)
        elif hard and dice.happens(0.72):
            self._pass_on(agent, case, at, told=True)
        else:
            self._resolve(agent, case, at, topic.answers)

    def _second_tier(self, agent: Agent, case: Case, at: datetime) -> None:
        dice = self._dice
        if case.stage == PASSED and case.poorly_passed and not case.detailed and dice.happens(0.55):
            self._bounce(agent, case, at)
        elif case.stage == PASSED and not case.detailed and self._askable(case) and dice.happens(0.35):
            self._ask(agent, case, at)
        elif case.stage in (FAILED, AGAIN):
            self._resolve(agent, case, at, self._voice.said("retries", case.language))
        elif case.stage == ASKED:
            self._resolve(agent, case, at, self._voice.said("further", case.language))
        elif case.stage != RESUMED and case.topic.bucket == "complex" and dice.happens(0.45):
            self._hold(agent, case, at)
        else:
            self._resolve(agent, case, at, case.topic.answers)

    def _note_down(self, agent: Agent, case: Case, at: datetime) -> None:
        """What is done beside the step itself: the type set, tags, priority, a private note."""
        dice, habits = self._dice, agent.habits
        if not case.typed and dice.happens(0.55 + 0.45 * habits.thorough):
            case.typed = True
            kind = case.topic.category
            if dice.happens(0.06):
                kind = dice.pick(["billing", "bugs", "howto"])
            self._timeline.tell(Typed(at=at, ticket=case.number, agent=agent.number, category=kind))
        if case.topic.key in TAGS and case.stage == FRESH and dice.happens(0.3 + 0.6 * habits.thorough):
            tags = (TAGS[case.topic.key],)
            self._timeline.tell(Tagged(at=at, ticket=case.number, agent=agent.number, tags=tags))
        if case.chased > 1 and case.priority < 4 and dice.happens(0.6):
            raised = Raised(
                at=at, ticket=case.number, agent=agent.number, before=case.priority, after=case.priority + 1
            )
            case.priority += 1
            self._timeline.tell(raised)

    def _resolve(self, agent: Agent, case: Case, at: datetime, lines: Lines) -> None:
        """An answer that should settle it."""
        case.tries += 1
        if lines is case.topic.answers and self._dice.happens(agent.habits.notes * 0.75):
            self._note(agent, case, at, case.topic.notes)
        close = agent.habits.closes * (1.25 if case.channel == "chat" else 1.0)
        after = SOLVED if self._dice.happens(min(close, 0.95)) else WAITING
        self._answer(agent, case, at, lines, after)
        self.clients.answered(case, agent, at)

    def _askable(self, case: Case) -> bool:
        return any(line.fits(case.situation) for line in case.topic.asks)

    def _ask(self, agent: Agent, case: Case, at: datetime) -> None:
        asks = case.topic.asks if self._askable(case) else self._voice.said("asks", case.language)
        self._answer(agent, case, at, asks, WAITING)
        self.clients.asked(case, at)

    def _pass_on(self, agent: Agent, case: Case, at: datetime, *, told: bool = False) -> None:
        """Hands over to tier 2, well prepared or not."""
        early = case.stage == FRESH and not told
        if told and self._dice.happens(0.65):
            self._answer(agent, case, at, self._holds(case), OPEN)
        good = self._dice.happens(agent.habits.thorough * (0.55 if early else 1.0))
        case.poorly_passed = not good
        notes = texts.phrases("en").notes
        self._note(agent, case, at, notes["good_handoffs" if good else "poor_handoffs"])
        self._hand(agent, case, at, 2)
        case.stage = PASSED
        self._owe(case, at)

    def _bounce(self, agent: Agent, case: Case, at: datetime) -> None:
        """Gives back to tier 1 what cannot be worked with."""
        self._note(agent, case, at, texts.phrases("en").notes["bounces"])
        self._hand(agent, case, at, 1)
        case.stage, case.poorly_passed = BOUNCED, False
        case.handovers += 1
        self._owe(case, at)

    def _holds(self, case: Case) -> Lines:
        return case.topic.holds or self._voice.said("holds", case.language)

    def _hold(self, agent: Agent, case: Case, at: datetime) -> None:
        """Waits for engineers, the bank or the carrier, and goes on when they have answered."""
        until = at + timedelta(hours=self._dice.around(30, 0.6))
        self._answer(agent, case, at, self._holds(case), HOLD, date=case.facts.later(until))
        if self._dice.happens(0.5):
            self._note(agent, case, at, texts.phrases("en").notes["accepts"])
        snoozed = self._dice.happens(0.5)
        if snoozed:
            self._timeline.tell(Snoozed(at=at, ticket=case.number, agent=agent.number, until=until))
        turn = case.turn

        def resume(now: datetime) -> None:
            if case.turn != turn:
                return
            if snoozed:
                self._timeline.tell(Woken(at=now, ticket=case.number))
            if case.topic.category in ("bugs", "integrations") and self._dice.happens(0.6):
                note = self._voice.note(texts.phrases("en").notes["engineers"], case.facts, case.situation)
                self._timeline.tell(Noted(at=now, ticket=case.number, text=note, agent=ENGINEER))
            case.stage = RESUMED
            self.floor.put(case, now)

        self._timeline.plan(until, resume)

    def _answer(
        self, agent: Agent, case: Case, at: datetime, lines: Lines, after: str, *, date: str | None = None
    ) -> None:
        situation = case.now(at) | (frozenset() if case.answered else {"F"})
        line = self._voice.line("answer", lines, situation)
        # a language with few texts: any of its lines, rather than none
        line = line or self._dice.pick(lines)
        first = not case.answered
        manner = Manner(
            situation,
            first=first,
            sorry=first and at - case.opened > SLOW and self._dice.happens(0.5),
            opener=case.stage not in (FAILED, AGAIN, ASKED, REPEAT, BOUNCED),
            final=after in (SOLVED, WAITING) and lines is not case.topic.asks,
        )
        date = date or case.facts.later(at + timedelta(days=2))
        text = self._voice.reply(line, agent, case.channel, case.facts, manner, date=date)
        self._timeline.tell(Answered(at=at, ticket=case.number, agent=agent.number, text=text))
        if first:
            hoped = 0.1 if case.channel == "chat" else 4.0
            case.late += min((at - case.opened) / timedelta(hours=1) / hoped / 6, 1.5)
        case.answered = True
        case.facts["agent"] = agent.first
        self._move(case, at, agent, after)

    def _move(self, case: Case, at: datetime, agent: Agent, after: str) -> None:
        if after == SOLVED:
            self._lists.end(agent, case, at)
        if after != case.status:
            self._timeline.tell(
                Moved(at=at, ticket=case.number, agent=agent.number, before=case.status, after=after, reason="reply")
            )
            case.status = after

    def _note(self, agent: Agent, case: Case, at: datetime, lines: Lines) -> None:
        if text := self._voice.note(lines, case.facts, case.now(at)):
            self._timeline.tell(Noted(at=at, ticket=case.number, agent=agent.number, text=text))

    def _hand(self, agent: Agent, case: Case, at: datetime, team: int) -> None:
        if case.status == NEW:
            self._move(case, at, agent, OPEN)
        self._timeline.tell(Routed(at=at, ticket=case.number, agent=agent.number, before=case.team, after=team))
        if case.assignee is not None:
            self._timeline.tell(Given(at=at, ticket=case.number, agent=agent.number, before=case.assignee, after=None))
        case.team, case.assignee = team, None

    def _owe(self, case: Case, at: datetime) -> None:
        self.floor.put(case, at)
        self.clients.wait(case, at)


# Engineers note what they found; they are not among those who answer.
ENGINEER = -1
