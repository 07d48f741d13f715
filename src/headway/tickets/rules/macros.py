"""Prepared answers: when one is offered, what its words become on a ticket, and what is still to be filled in.

Nothing in a macro is ever executed: its text is read once, and only the names of VARIABLES are replaced.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

# what a macro's text may ask for; what it means is said to those who write macros
VARIABLES = (
    "ticket.number", "ticket.subject", "customer.name", "customer.first_name", "agent.name", "agent.first_name",
    "brand.name", "team.name", "workspace.name",
)  # fmt: skip

_VARIABLE = re.compile(r"\{\{\s*([^{}\n]{0,60}?)\s*\}\}")
_PLACEHOLDER = re.compile(r"\[\[[^\[\]\n]{1,80}\]\]")
_MARKS = re.compile(r"\[\[|\]\]|\{\{|\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Where a macro is offered; what is empty asks for nothing. Ids of statuses and teams, codes of languages."""

    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a macro does to a ticket beside its words; what is None or empty stays. `assignee` 0 is who uses it.

    `checklist`: what it puts on the list of things to do.
    """

    status: int | None = None
    priority: Literal[1, 2, 3, 4] | None = None
    tags: tuple[str, ...] = ()
    team: int | None = None
    assignee: int | None = None
    checklist: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Changes()


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at."""

    channel: str
    language: str
    status: int
    team: int | None


def fits(conditions: Conditions, facts: Facts) -> bool:
    """Whether a macro is offered on a ticket. A language fits its variants: "de" fits "de-at"."""
    language = facts.language.partition("-")[0]
    asked: tuple[tuple[Collection[object], object], ...] = (
        (conditions.channels, facts.channel),
        (tuple(code.partition("-")[0] for code in conditions.languages), language),
        (conditions.statuses, facts.status),
        (conditions.teams, facts.team),
    )
    return all(not wanted or value in wanted for wanted, value in asked)


def unknown(text: str) -> list[str]:
    """The variables a text asks for that do not exist, each once."""
    return list(dict.fromkeys(name for name in _VARIABLE.findall(text) if name not in VARIABLES))


def render(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled in, in one pass.

    What has no value here becomes a placeholder ("[[customer first name]]"), so that nobody sends a gap. Values are
    put on one line and cannot bring placeholders or variables of their own.
    """

    def value_of(found: re.Match[str]) -> str:
        name = found.group(1)
        value = " ".join(_MARKS.sub(" ", values.get(name, "")).split()) if name in VARIABLES else ""
        return value or f"[[{name.replace('.', ' ').replace('_', ' ')}]]"

    return _VARIABLE.sub(value_of, text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled in, for what nobody looks at before it leaves: what has no value is nothing,
    and a line that asked only for such is left out."""
    lines = []
    for line in text.split("\n"):
        asked = _VARIABLE.findall(line)
        if asked and not any(values.get(name, "").strip() for name in asked) and not _VARIABLE.sub("", line).strip():
            continue
        lines.append(_VARIABLE.sub(lambda found: " ".join(values.get(found.group(1), "").split()), line).rstrip())
    return "\n".join(lines).strip()


def unfilled(text: str) -> list[str]:
    """The placeholders left in a text, such as "[[order number]]", in their order."""
    return _PLACEHOLDER.findall(text)
