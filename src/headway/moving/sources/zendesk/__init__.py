"""Zendesk's export: a folder of JSON files, or one of them, as its API gives them or an object a line.

Comments lie within their tickets, in ticket events, in audits, or in files that carry their ticket's number in their
name or their folder's, as they are saved from the comments of a ticket.
"""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from headway.insight.reading.json_stream import Broken, elements
from headway.moving.sources.documents import BROKEN, Lists, Taking, documents
from headway.moving.sources.port import Column, Options, Progress
from headway.moving.sources.zendesk import happenings, people, prepared, tickets
from headway.moving.sources.zendesk.tickets import Linking
from headway.moving.staging import Staging

_NUMBER: Final = re.compile(r"(\d+)")
# What an object that stands alone on its line is, told by a name that only it has.
_ALONE: Final = (
    ("requester_id", "tickets"),
    ("child_events", "ticket_events"),
    ("domain_names", "organizations"),
    ("role", "users"),
)


class Zendesk:
    """A folder, or one file."""

    name = "zendesk"

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> list[Column]:
        """Stages every file. What cannot be read is a trouble with its number within its list."""
        lists = _lists(Linking(options.link))
        for file in documents(path):
            _File(file, lists, staging, progress).read()
        return []


def _lists(linking: Linking) -> Lists:
    """What the lists are called: the kind of what is in them, and what makes records of an element."""
    ticket = partial(tickets.ticket, linking=linking)
    return {
        "tickets": ("ticket", ticket),
        "results": ("ticket", ticket),
        "users": ("person", people.user),
        "organizations": ("organisation", people.organisation),
        "groups": ("team", people.group),
        "brands": ("brand", people.brand),
        "group_memberships": ("member", people.member),
        "organization_memberships": ("member", people.member),
        "ticket_fields": ("field", tickets.field),
        "ticket_metrics": ("figure", tickets.metrics),
        "metric_sets": ("figure", tickets.metrics),
        "ticket_events": ("step", happenings.incremental),
        "audits": ("step", happenings.audit),
        "macros": ("macro", prepared.macro),
        "views": ("view", prepared.view),
        "triggers": ("rule", prepared.rule("trigger")),
        "automations": ("rule", prepared.rule("automation")),
    }


class _File:
    """One file on its way into the staging."""

    def __init__(self, path: Path, lists: Lists, staging: Staging, progress: Progress) -> None:
        number = _NUMBER.search(path.stem) or _NUMBER.search(path.parent.name)
        own: Lists = {"comments": ("comment", partial(tickets.comment, of=number[1]))} if number else {}
        self._path, self._lists = path, {**lists, **own}
        self._taking = Taking(path, self._lists, staging, progress)

    def read(self) -> None:
        """Stages what is in it."""
        whole: dict[str, Any] = {}
        try:
            for name, element in elements(self._path):
                if name == "}":
                    self._alone(whole)
                    whole = {}
                elif name in self._lists and isinstance(element, dict) and "requester_id" not in whole:
                    self._taking.take(name, element)
                elif name == "" and isinstance(element, dict):
                    self._alone(element)
                elif name in whole and isinstance(whole[name], list):
                    whole[name].append(element)
                elif name in {"comments", "tags", "custom_fields", "fields", "domain_names", "child_events"}:
                    whole[name] = [element]
                else:
                    whole[name] = element
        except (Broken, OSError, EOFError) as error:
            self._taking.lose(BROKEN, "the file breaks off or is no JSON", detail=str(error))
        self._taking.end()

    def _alone(self, whole: Mapping[str, Any]) -> None:
        named = next((name for field, name in _ALONE if field in whole), None)
        if named:
            self._taking.take(named, whole)
