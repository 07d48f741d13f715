"""Who says what: fills the texts with the facts of a case, in the manner of its channel and of whoever writes."""

import re
from typing import NamedTuple

from headway.simulator import texts
from headway.simulator.chance import Dice
from headway.simulator.facts import Facts
from headway.simulator.people import Agent, Customer
from headway.simulator.texts import ANY, Line, Lines, Topic

Situation = frozenset[str]
EVERYWHERE: Situation = frozenset({ANY, "T", "M", "O", "B"})


class Opening(NamedTuple):
    """How a customer begins."""

    subject: str
    text: str
    situation: Situation


class Manner(NamedTuple):
    """How an agent writes this time: the first answer in a chat greets, a late one is sorry, a final one says more."""

    situation: Situation
    first: bool = False
    sorry: bool = False
    opener: bool = True
    final: bool = False


# After "Hallo Anna," a German or Italian sentence goes on in lower case; everywhere else it begins anew.
GOES_ON = ("de", "it")
WITHIN = {
    "Gibt", "Seit", "Ich", "Können", "Könnten", "Leider", "Das", "Der", "Die", "Es", "Eine", "Ein", "Heute", "Noch",
    "Damit", "Danke", "Bitte", "Wir", "Am", "Mit", "Vielen", "Schade", "Jetzt", "Super", "Perfekt", "Hat", "Gut",
    "Jedes", "Hier", "Alles", "Welche", "Inzwischen", "Unser", "Unter", "Laut", "Ci", "Da", "Purtroppo",
    "Stamattina", "È", "Perfetto", "Grazie", "Per", "Ho", "Mi", "Ora", "Il", "La", "Sì",
}  # fmt: skip
NO_GAP = ("ja",)


class Voice:
    """Puts words together. One for a history: it remembers what was said last, so that nothing repeats too soon."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice

    def line(self, key: str, lines: Lines, situation: Situation) -> Line | None:
        """One of the lines that fit; None where none does."""
        fitting = [line for line in lines if line.fits(situation)]
        return self.dice.fresh((key, fitting[0].text, len(fitting)), fitting) if fitting else None

    def text(self, key: str, lines: Lines, situation: Situation) -> str:
        """The same as words; empty where none fit."""
        line = self.line(key, lines, situation)
        return line.text if line else ""

    def opening(self, topic: Topic, customer: Customer, channel: str, facts: Facts, urgent: bool) -> Opening:
        """A first message: its subject, its text, and the variants of the topic that it is about."""
        said = texts.phrases(facts.language).customer
        opening = self.dice.fresh(("opening", topic.key, facts.language), topic.openings)
        situation = (opening.variants or frozenset({ANY})) | topic.kinds
        subject = facts.fill(self.text("subject", topic.subjects, situation))
        parts = [facts.fill(opening.text)]
        if channel != "api" and self.dice.happens(0.12 + 0.25 * customer.talkative):
            parts.append(facts.fill(self.text("extra", said.get("extras", ()), situation)))
        if urgent:
            parts.append(facts.fill(self.text("urgent", said.get("urgent", ()), situation)))
        if customer.talkative < 0.12 and facts.language == "en":
            subject = subject[:1].lower() + subject[1:]
        return Opening(subject, self.letter(parts, customer, channel, facts, first=True), situation)

    def customer(
        self, key: str, customer: Customer, channel: str, facts: Facts, situation: Situation, **more: str
    ) -> str:
        """A further message of the customer: a chaser, an answer, thanks. Empty where nothing fits."""
        text = self.text(key, texts.phrases(facts.language).customer.get(key, ()), situation)
        return self.letter([facts.fill(text, **more)], customer, channel, facts, first=False) if text else ""

    def letter(self, parts: list[str], customer: Customer, channel: str, facts: Facts, *, first: bool) -> str:
        """The parts as the customer writes them: with greeting and name by mail, bare in a chat or by a program."""
        said = texts.phrases(facts.language).customer
        body = _join([part for part in parts if part], facts.language)
        formal = {"email": 0.92, "form": 0.45}.get(channel, 0.0) * (1.0 if first else 0.7)
        greeting = ""
        if self.dice.happens(formal):
            known = not first and facts["agent"]
            greeting = facts.fill(self.text("greeting", said["named" if known else "greetings"], EVERYWHERE))
        body = _after(greeting, body, facts.language)
        short = not first and self.dice.happens(0.5)
        ends = facts.fill(self.text("closing", said["closings"], EVERYWHERE)) if self.dice.happens(formal) else ""
        name = (customer.name if first else customer.first) if self.dice.happens(formal) else ""
        return "\n\n".join(filter(None, [greeting, body, "\n".join(filter(None, ["" if short else ends, name]))]))

    def reply(self, line: Line, agent: Agent, channel: str, facts: Facts, manner: Manner, **more: str) -> str:
        """An answer in the agent's own manner: each greets and signs in one way."""
        said = texts.phrases(facts.language).agent
        body = facts.fill(line.text, agent=agent.first, **more)
        hello = facts.fill(said["greetings"][agent.number % len(said["greetings"])].text)
        if channel == "chat":
            return _after(hello, body, facts.language, gap=" ") if manner.first else _upper(body)
        opener = ""
        if manner.sorry or (manner.opener and self.dice.happens(0.7)):
            lines = said["apologies"] if manner.sorry else said["thanks"]
            opener = self.text("opener", lines, manner.situation)
        if opener:
            body = _join([opener, _upper(body)], facts.language)
        closing = ""
        if manner.final and self.dice.happens(0.75):
            closing = facts.fill(self.text("farewell", said["closings"], EVERYWHERE))
        signature = facts.fill(said["signatures"][agent.number % len(said["signatures"])].text, agent=agent.first)
        return "\n\n".join(filter(None, [hello, _after(hello, body, facts.language), closing, signature]))

    def said(self, key: str, language: str) -> Lines:
        """What agents say under this key in this language; in English where the language lacks it."""
        return texts.phrases(language).agent.get(key) or texts.phrases("en").agent[key]

    def note(self, lines: Lines, facts: Facts, situation: Situation) -> str:
        """A private note, in English whatever the customer speaks. Empty where none fits."""
        return facts.fill(self.text("note", lines, situation))


def _join(parts: list[str], language: str) -> str:
    return ("" if language in NO_GAP else " ").join(parts)


def _after(greeting: str, body: str, language: str, gap: str = "") -> str:
    goes_on = bool(greeting) and language in GOES_ON and greeting.endswith(",")
    body = _lower(body) if goes_on else _upper(body)
    return f"{greeting}{gap}{body}" if gap and greeting else body


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """The first word small when it is one that is written small within a sentence: no noun, no polite form."""
    word = re.split(r"[\s,.?!:]", text, maxsplit=1)[0]
    return text[:1].lower() + text[1:] if word in WITHIN else text
