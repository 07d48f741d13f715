"""Completion in the search field: the filters there are, and the workspace's own values for each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.queries import customers, names, organisations
from headway.tickets.queries import setup
from headway.tickets.rules import typed
from headway.tickets.rules.typed import Part, Unfinished
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.story import channel_words, priority_words

MOST = 8


@dataclass(frozen=True, slots=True)
class Option:
    """What may stand here: as it is typed, and what it means where that does not say it."""

    written: str
    hint: str = ""


@desk()
def completions(request: DeskRequest) -> HttpResponse:
    """GET `q`: the search up to the caret. Answers with what may stand at its end, and where that begins."""
    text = request.GET.get("q", "")[:500]
    typing = typed.unfinished(text)
    shown = {"options": options(typing) if typing else [], "start": typing.start if typing else 0}
    return render(request, "desk/_completions.jinja", shown)


def options(typing: Unfinished) -> list[Option]:
    """At most eight. No query for keys, one for values that the workspace defines."""
    minus = "-" if typing.unwanted else ""
    if not typing.key:
        return [Option(f"{minus}{key}:", hint()) for key, hint in HINTS.items() if key.startswith(typing.begun)]
    wanted = typing.begun.casefold()
    found = [
        Option(typed.write(Part(typing.key, value, typing.unwanted)), hint)
        for value, hint in _values(typing.key, typing.begun)
        if wanted in value.casefold() or wanted in hint.casefold()
    ]
    found.sort(key=lambda option: not option.written.partition(":")[2].strip('"').casefold().startswith(wanted))
    return found[:MOST]


HINTS: dict[str, Callable[[], str]] = {
    "from": lambda: _("the customer’s name or address"),
    "to": lambda: _("the team"),
    "assignee": lambda: _("who has it: me, none, a name"),
    "is": lambda: _("open, unread, followed, solved, snoozed, spam…"),
    "status": lambda: _("a status by name"),
    "priority": lambda: _("low to urgent"),
    "tag": lambda: _("a tag"),
    "channel": lambda: _("how it came in"),
    "brand": lambda: _("a brand"),
    "org": lambda: _("the customer’s organisation"),
    "before": lambda: _("begun before a day: 2026-03-01, 7d"),
    "after": lambda: _("begun on a day or later"),
    "has": lambda: _("attachment"),
}


def _values(key: str, begun: str) -> list[tuple[str, str]]:
    match key:
        case "from":
            return _customers(begun)
        case "org":
            return [(name, "") for _pk, name in organisations.named(begun, MOST)]
        case "assignee":
            return [("me", _("you")), ("none", _("nobody"))] + [(each.name, "") for each in names.answering()]
        case "to":
            return [(each.name, "") for each in names.teams()] + [("none", _("no team"))]
        case "brand":
            return [(each.name, "") for each in names.brands()]
        case "status":
            return [(status.words, "") for status in setup.statuses()]
        case "tag":
            return [(tag.name, "") for tag in setup.tags(begun, MOST)]
        case "priority":
            return [(name, priority_words(name)) for name in reversed(typed.PRIORITIES)]
        case "channel":
            return [(name, channel_words(name)) for name in typed.CHANNELS]
        case "is":
            return [(name, "") for name in typed.STATES]
        case "has":
            return [("attachment", "")]
    return [(name, "") for name in typed.DAYS]


def _customers(begun: str) -> list[tuple[str, str]]:
    """By address, which means one person alone; by name who has no address. Nobody before two letters."""
    if len(begun.strip()) < 2:
        return []
    found = []
    for customer in customers.search(begun, limit=MOST).rows:
        address = next((each.value for each in customer.identities.all() if each.kind == "email"), "")
        found.append((address or customer.name, customer.name))
    return found
