"""The customers' side: they ask, answer, lose patience, say thanks, come back and rate."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from headway.simulator import company, texts
from headway.simulator.case import AGAIN, ASKED, FAILED, PLEASED, TOLD, Case
from headway.simulator.chance import Dice
from headway.simulator.happenings import (
    CLOSED,
    HOLD,
    OPEN,
    SOLVED,
    WAITING,
    Answered,
    Moved,
    Rated,
    Reminded,
    Wrote,
)
from headway.simulator.people import Agent
from headway.simulator.timeline import Timeline
from headway.simulator.wording import Voice

Owed = Callable[[Case, datetime], None]
Repeats = Callable[[Case, datetime], None]

REMIND = timedelta(hours=72)
GIVE_UP = timedelta(days=7)
CLOSE = timedelta(days=14)
SUCCESS = {"simple": 0.95, "medium": 0.88, "complex": 0.84}


class Clients:
    """What customers do after each of our steps. `owed` puts a case into the queue; `repeats` opens a second ticket."""

    def __init__(self, seed: int, timeline: Timeline, voice: Voice, owed: Owed, repeats: Repeats) -> None:
        self._dice = Dice(seed, "clients")
        self._timeline = timeline
        self._voice = voice
        self._owed = owed
        self._repeats = repeats

    def wait(self, case: Case, at: datetime) -> None:
        """The customer begins to wait for us."""
        hours = {"chat": 0.2}.get(case.channel, {4: 5.0, 3: 13.0}.get(case.priority, 28.0)) * (1 + case.chased)
        self._later(case, at, self._dice.around(hours / case.customer.temper, 0.35), self._chase)

    def asked(self, case: Case, at: datetime) -> None:
        """We asked for details."""
        case.asked = True
        if self._dice.happens(0.88):
            self._later(case, at, self._hours(case), self._tell)
        else:
            self._silence(case, at)

    def answered(self, case: Case, agent: Agent, at: datetime) -> None:
        """We answered: it helps or it does not, and the customer says so or stays silent."""
        case.asked = False
        dice, quality = self._dice, agent.habits.thorough - 0.65
        helps = SUCCESS[case.topic.bucket] + 0.12 * quality - 0.10 * case.poorly_passed
        if dice.happens(helps):
            if case.status == SOLVED:
                self._solved(case, at)
                if dice.happens(0.13):
                    self._later(case, at, self._hours(case) * 0.6, self._thank)
                if dice.happens(0.07 - 0.08 * quality) and case.reopened < 2:
                    self._later(case, at, dice.around(40, 0.9), self._come_back)
            elif dice.happens(0.62):
                self._later(case, at, self._hours(case), self._thank)
            else:
                self._silence(case, at)
        else:
            self._later(case, at, self._hours(case) * 1.5, self._fail)

    def solved(self, case: Case, at: datetime) -> None:
        """The ticket was closed after the customer's word."""
        self._solved(case, at)

    def _solved(self, case: Case, at: datetime) -> None:
        chance = 0.0 if case.rated else {"chat": 0.42, "email": 0.26, "form": 0.24}.get(case.channel, 0.0)
        if self._dice.happens(chance):
            self._later(case, at, 0.1 if case.channel == "chat" else self._dice.around(7, 1.0), self._rate)
        self._later(case, at, CLOSE / timedelta(hours=1), self._close)

    def _later(self, case: Case, at: datetime, hours: float, then: Callable[[Case, datetime], None]) -> None:
        """Plans something for this turn; a turn that has passed by then drops it. Nobody writes at night."""
        turn, when = case.turn, at + timedelta(hours=hours)
        when = self._awake(when) if then not in (self._close, self._remind, self._give_up) else when
        self._timeline.plan(when, lambda now: then(case, now) if case.turn == turn else None)

    def _awake(self, at: datetime) -> datetime:
        local = at.astimezone(ZoneInfo(company.ZONE))
        if 6 <= local.hour < 23:
            return at
        asleep = (6 - local.hour) % 24 * 60 - local.minute
        return at + timedelta(minutes=asleep + self._dice.around(70, 0.6))

    def _hours(self, case: Case) -> float:
        if case.channel == "chat":
            return self._dice.around(2.5, 0.6) / 60
        return self._dice.around(2.4 if case.priority >= 3 else 4.0, 1.1)

    def _write(self, case: Case, at: datetime, text: str, stage: str, *, thanks: bool = False) -> None:
        """The customer's message: it opens what waited, was on hold or was solved, unless it only says thanks."""
        quiet = thanks and case.status in (WAITING, HOLD, SOLVED, CLOSED)
        if not quiet and case.status in (WAITING, HOLD, SOLVED):
            case.reopened += case.status == SOLVED
            self._timeline.tell(Moved(at=at, ticket=case.number, before=case.status, after=OPEN, reason="reply"))
            case.status = OPEN
        self._timeline.tell(Wrote(at=at, ticket=case.number, text=text, thanks=quiet))
        if quiet:
            return
        case.turn += 1
        case.stage = stage
        self._owed(case, at)
        if stage != PLEASED:
            self.wait(case, at)

    def _say(self, case: Case, key: str, at: datetime) -> str:
        weekdays = texts.phrases(case.language).words["weekdays"]
        since = weekdays[case.opened.astimezone(ZoneInfo(company.ZONE)).weekday()]
        situation = case.now(at)
        return self._voice.customer(key, case.customer, case.channel, case.facts, situation, weekday=since)

    def _tell(self, case: Case, at: datetime) -> None:
        """Gives the details; what they say settles which of the topic's variants it is."""
        line = None if case.detailed else self._voice.line("details", case.topic.details, case.situation)
        if line is None:
            body = self._say(case, "details", at)
        else:
            parts = [case.facts.fill(line.text)]
            body = self._voice.letter(parts, case.customer, case.channel, case.facts, first=False)
            if line.variants:
                known = case.situation & line.variants
                case.situation = (known or line.variants) | case.topic.kinds
        case.detailed = True
        if body:
            self._write(case, at, body, TOLD)

    def _thank(self, case: Case, at: datetime) -> None:
        if case.status == SOLVED or self._dice.happens(0.3):
            text = self._voice.text("bare", texts.phrases(case.language).customer["bare_thanks"], case.situation)
            self._write(case, at, text, PLEASED, thanks=True)
            if case.status == WAITING:
                # nothing moves by itself, but the agent sees it and closes
                case.turn, case.stage = case.turn + 1, PLEASED
                self._owed(case, at)
        elif text := self._say(case, "thanks", at):
            self._write(case, at, text, PLEASED)

    def _fail(self, case: Case, at: datetime) -> None:
        if text := self._say(case, "angry" if case.tries > 1 and self._dice.happens(0.4) else "unsolved", at):
            self._write(case, at, text, FAILED)

    def _come_back(self, case: Case, at: datetime) -> None:
        if case.status == SOLVED and (text := self._say(case, "reopenings", at)):
            self._write(case, at, text, ASKED if text.rstrip().endswith("?") else AGAIN)

    def _chase(self, case: Case, at: datetime) -> None:
        if case.taken or case.waiting is None or case.chased > 2:
            return
        case.late += 1
        case.chased += 1
        if case.chased == 1 and case.channel != "chat" and self._dice.happens(0.14):
            self._repeats(case, at)
            return
        text = self._say(case, "chasers" if case.chased == 1 else "angry", at)
        if text and text not in case.chasers:
            case.chasers.add(text)
            self._write(case, at, text, case.stage)

    def _silence(self, case: Case, at: datetime) -> None:
        if case.status == WAITING:
            self._later(case, at, REMIND / timedelta(hours=1), self._remind)
            self._later(case, at, GIVE_UP / timedelta(hours=1), self._give_up)

    def _remind(self, case: Case, at: datetime) -> None:
        if case.status != WAITING:
            return
        reminder = self._voice.text("reminder", self._voice.said("reminders", case.language), case.situation)
        self._timeline.tell(Reminded(at=at, ticket=case.number, number=1))
        self._timeline.tell(Answered(at=at, ticket=case.number, text=reminder, automatic=True))
        if self._dice.happens(0.3):
            again = self._tell if case.asked else self._thank
            self._later(case, at, self._hours(case), again)

    def _give_up(self, case: Case, at: datetime) -> None:
        if case.status == WAITING:
            self._settle(case, at, SOLVED, "silence")
            self._solved(case, at)

    def _close(self, case: Case, at: datetime) -> None:
        if case.status == SOLVED:
            self._settle(case, at, CLOSED, "time")

    def _settle(self, case: Case, at: datetime, after: str, reason: str) -> None:
        self._timeline.tell(Moved(at=at, ticket=case.number, before=case.status, after=after, reason=reason))
        case.status = after

    def _rate(self, case: Case, at: datetime) -> None:
        if case.status != SOLVED or case.rated:
            return
        case.rated = True
        mood = 4.85 - 0.55 * case.late - 0.7 * case.reopened - 0.4 * case.handovers - 0.25 * max(case.tries - 1, 0)
        days = (at - case.opened) / timedelta(days=1)
        score = min(max(round(mood - 0.1 * min(days, 10) + 0.6 * self._dice.normal()), 1), 5)
        comments = texts.phrases(case.language).ratings[score]
        comment = case.facts.fill(self._dice.pick(comments).text)
        self._timeline.tell(Rated(at=at, ticket=case.number, score=score, comment=comment))
