"""What people write, in files by language: what is asked about each topic, and what is said around it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from headway.simulator import company
from headway.simulator.texts.lines import ANY, KINDS, MARKED, Line, Lines, lines

__all__ = ["ANY", "MARKED", "Line", "Lines", "Phrases", "Topic", "names", "phrases", "shares", "topics"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of question with everything that is said about it in one language.

    `bucket` is its true effort: simple, medium or complex; `weight` how often it comes within its category.
    """

    key: str
    category: str
    bucket: str
    weight: float
    priority: str
    subjects: Lines
    openings: Lines
    asks: Lines
    details: Lines
    answers: Lines
    holds: Lines
    notes: Lines
    todo: Lines

    @property
    def kinds(self) -> frozenset[str]:
        """Which phrases around it fit: technical ones, about money, about orders, about what is broken."""
        return frozenset(KINDS.get(self.category, "T"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said around every topic in one language; an empty list where nobody says it."""

    words: Mapping[str, Any]
    customer: Mapping[str, Lines]
    agent: Mapping[str, Lines]
    ratings: Mapping[int, Lines]
    notes: Mapping[str, Lines]
    machine: Mapping[str, Lines]
    spam: Mapping[str, Lines]


@cache
def topics(language: str) -> Mapping[str, Topic]:
    """The topics that people write about in this language, by key.

    English has all; notes, and what is to be done, are always English.
    """
    english = {} if language == "en" else topics("en")
    found: dict[str, Topic] = {}
    for name in [entry.key for entry in company.CATEGORIES] if language == "en" else ["topics"]:
        for key, entry in _read(language, name).items():
            known = english.get(key)
            found[key] = Topic(
                key=key,
                category=known.category if known else name,
                bucket=known.bucket if known else entry["bucket"],
                weight=known.weight if known else entry["weight"],
                priority=known.priority if known else entry.get("priority", "normal"),
                subjects=lines(entry["subjects"]),
                openings=lines(entry["openings"]),
                asks=lines(entry.get("asks", ())),
                details=lines(entry.get("details", ())),
                answers=lines(entry["answers"]),
                holds=lines(entry.get("holds", ())),
                # written in English, so their variants are those of the English topic only
                todo=known.todo if known else lines(entry.get("todo", ())),
                notes=lines(entry.get("notes", ())) if known is None else [n for n in known.notes if not n.variants],
            )
    return found


@cache
def phrases(language: str) -> Phrases:
    """What is said around every topic."""
    read = _read(language, "phrases")
    inner = read if language == "en" else _read("en", "phrases")
    return Phrases(
        words=read["words"],
        customer=_section(read["customer"]),
        agent=_section(read["agent"]),
        ratings={int(score): lines(comments) for score, comments in read["ratings"].items()},
        notes=_section(inner["notes"]),
        machine=_section(inner["machine"]),
        spam=_section(inner["spam"]),
    )


@cache
def shares() -> Mapping[str, float]:
    """How often each topic comes, of all tickets in English: its weight within its category's share."""
    found: dict[str, float] = {}
    for category in company.CATEGORIES:
        of_it = [topic for topic in topics("en").values() if topic.category == category.key]
        total = sum(topic.weight for topic in of_it)
        found |= {topic.key: category.share * topic.weight / total for topic in of_it}
    return found


def names() -> dict[str, Any]:
    """Names of people, shops and places by language."""
    return _read("", "names")


def _section(raw: Mapping[str, Sequence[str]]) -> Mapping[str, Lines]:
    return {key: lines(texts) for key, texts in raw.items()}


def _read(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / language / f"{name}.toml").read_text(encoding="utf-8"))
