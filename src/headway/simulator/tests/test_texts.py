"""The texts: enough of them, nothing that cannot be said, and every question has an answer that fits it."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from headway.simulator import company, texts
from headway.simulator.chance import Dice
from headway.simulator.facts import Facts
from headway.simulator.people import Crowd
from headway.simulator.texts import Line, Lines, Topic

LANGUAGES = list(company.LANGUAGES)
TOPICS = [(language, topic) for language in LANGUAGES for topic in texts.topics(language).values()]
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def facts(language: str) -> Facts:
    crowd = Crowd(Dice("test"), NOON)
    return Facts(crowd.stranger(language), language, NOON, Dice("test"))


def fitting(lines: Lines, opening: Line, topic: Topic) -> list[Line]:
    return [line for line in lines if line.fits((opening.variants or frozenset({texts.ANY})) | topic.kinds)]


def test_every_category_has_openings_enough() -> None:
    openings = Counter[str]()
    answers = Counter[str]()
    for topic in texts.topics("en").values():
        openings[topic.category] += len(topic.openings)
        answers[topic.category] += len(topic.answers)
    assert set(openings) == {category.key for category in company.CATEGORIES}
    assert min(openings.values()) >= 12
    assert min(answers.values()) >= 12


def test_no_text_stands_twice() -> None:
    every = [line.text for _language, topic in TOPICS for line in (*topic.openings, *topic.answers, *topic.details)]
    assert [text for text, count in Counter(every).items() if count > 1] == []


@pytest.mark.parametrize(("language", "topic"), TOPICS, ids=[f"{language} {topic.key}" for language, topic in TOPICS])
def test_every_opening_has_a_subject_and_an_answer(language: str, topic: Topic) -> None:
    assert topic.key in texts.topics("en")
    for opening in topic.openings:
        assert fitting(topic.subjects, opening, topic), f"no subject for: {opening.text}"
        assert fitting(topic.answers, opening, topic), f"no answer to: {opening.text}"
        if fitting(topic.asks, opening, topic):
            assert fitting(topic.details, opening, topic), f"nothing to tell when asked about: {opening.text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_said(language: str) -> None:
    phrases = texts.phrases(language)
    lines = [line for topic in texts.topics(language).values() for part in _parts(topic) for line in part]
    lines += [line for part in (phrases.customer, phrases.agent) for section in part.values() for line in section]
    lines += [line for comments in phrases.ratings.values() for line in comments]
    if language == "en":
        lines += [line for part in (phrases.notes, phrases.spam, phrases.machine) for s in part.values() for line in s]
    known = facts(language)
    for line in lines:
        said = known.fill(line.text)
        assert not re.search(r"[{}]", said), said
        assert not texts.MARKED.match(said), said
        assert line.marks <= set("abcdefxyzTMOBLADF"), line


def test_every_language_says_what_a_conversation_needs() -> None:
    for language in LANGUAGES:
        phrases = texts.phrases(language)
        assert {"greetings", "named", "closings", "thanks", "bare_thanks", "unsolved"} <= set(phrases.customer)
        assert {"greetings", "thanks", "closings", "signatures", "apologies"} <= set(phrases.agent)
        assert set(phrases.ratings) == {1, 2, 3, 4, 5}
        assert len(phrases.words["months"]) == 12
        assert len(phrases.words["weekdays"]) == 7


def _parts(topic: Topic) -> tuple[Lines, ...]:
    said = (topic.subjects, topic.openings, topic.asks, topic.details, topic.answers, topic.holds)
    return *said, topic.notes, topic.todo
