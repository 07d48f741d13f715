"""Zendesk's export: a folder of JSON files, or one of them, as its API gives them or an object a line.

Comments lie within their tickets, in ticket events, in audits, or in files that carry their ticket's number in their
name or their folder's, as they are saved from the comments of a ticket.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from headway.foundation.errors import Invalid
from headway.insight.reading.json_stream import Broken, elements
from headway.moving.records import Anything, Trouble
from headway.moving.sources.port import Column, Options, Progress
from headway.moving.sources.zendesk import happenings, people, prepared, tickets
from headway.moving.sources.zendesk.tickets import Deleted, Linking
from headway.moving.staging import Staging

Make = Callable[[Mapping[str, Any]], list[Anything]]

_ENDINGS: Final = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
_EVERY: Final = 500
_NUMBER: Final = re.compile(r"(\d+)")
ATTACHMENTS: Final = "attachments"
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
        files = list(_files(path))
        if not files:
            raise Invalid(f"There is no JSON file in {path}. An export is a folder with files like tickets.json.")
        lists = _lists(Linking(options.link))
        for file in files:
            _File(file, lists, staging, progress).read()
        return []


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.name.lower().endswith(_ENDINGS) and file.is_file() and ATTACHMENTS not in file.parts:
            yield file


def _lists(linking: Linking) -> dict[str, tuple[str, Make]]:
    """What the lists are called: the kind of what is in them, and what makes records of an element."""
    ticket = partial(tickets.ticket, linking=linking)
    return {
        "tickets": ("ticket", ticket),
        "results": ("ticket", ticket),
        "users": ("person", people.user),
        "organizations": ("organisation", people.organisation),
        "groups": ("team", people.group),
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

    def __init__(self, path: Path, lists: Mapping[str, tuple[str, Make]], staging: Staging, progress: Progress) -> None:
        self._path, self._staging, self._progress = path, staging, progress
        self._lists = {**lists}
        self._count = 0
        number = _NUMBER.search(path.stem) or _NUMBER.search(path.parent.name)
        if number:
            self._lists["comments"] = ("comment", partial(tickets.comment, of=number[1]))

    def read(self) -> None:
        """Stages what is in it."""
        whole: dict[str, Any] = {}
        try:
            for name, element in elements(self._path):
                if name == "}":
                    self._alone(whole)
                    whole = {}
                elif name in self._lists and isinstance(element, dict) and "requester_id" not in whole:
                    self._make(name, element)
                elif name == "" and isinstance(element, dict):
                    self._alone(element)
                elif name in whole and isinstance(whole[name], list):
                    whole[name].append(element)
                elif name in {"comments", "tags", "custom_fields", "fields", "domain_names", "child_events"}:
                    whole[name] = [element]
                else:
                    whole[name] = element
        except (Broken, OSError, EOFError) as error:
            self._lost("file", f"the file breaks off or is no JSON: {error}", "")
        self._progress(self._path.name, self._count)

    def _alone(self, whole: Mapping[str, Any]) -> None:
        named = next((name for field, name in _ALONE if field in whole), None)
        if named:
            self._make(named, whole)

    def _make(self, name: str, element: Mapping[str, Any]) -> None:
        self._count += 1
        kind, make = self._lists[name]
        key = str(element.get("id") or element.get("ticket_id") or "")
        try:
            for record in make(element):
                self._staging.add(record)
        except Deleted as error:
            self._lost(kind, str(error), key)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            missing = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            self._lost(kind, f"cannot be read: {missing}"[:200], key)
        if self._count % _EVERY == 0:
            self._progress(self._path.name, self._count)

    def _lost(self, kind: str, reason: str, key: str) -> None:
        self._staging.trouble(Trouble(kind=kind, reason=reason, key=key, file=self._path.name, place=self._count))
