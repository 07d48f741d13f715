"""An import's report in words."""

from typing import Any

from django.utils.translation import gettext as _

from headway.insight.sources.catalogue import SOURCES as FETCHED
from headway.moving.models import Run
from headway.moving.queries.runs import how_far, is_whole, place_of
from headway.moving.sources.columns import CUSTOM
from headway.moving.sources.kinds import MAIL, SOURCES

_COLUMNS = ("source", "new", "changed", "same", "reported", "missing")


def state_words(run: Run) -> str:
    """How an import stands."""
    if run.state == Run.States.DONE:
        return _("Whole") if is_whole(run) else _("Not whole")
    return {
        Run.States.RECEIVING: _("Not uploaded to its end"),
        Run.States.CHECKING: _("Being looked at"),
        Run.States.READY: _("Ready to start"),
        Run.States.STOPPED: _("Stopped"),
        Run.States.WAITING: _("Waiting"),
        Run.States.RUNNING: _("Under way"),
        Run.States.FAILED: _("Broke off"),
    }[Run.States(run.state)]


def counted(told: dict[str, Any]) -> list[tuple[str, list[int]]]:
    """What became of each kind: its name, and the numbers of the columns."""
    names = _names()
    return [
        (names.get(kind, kind), [int(counts.get(column, 0)) for column in _COLUMNS])
        for kind, counts in told["counts"].items()
    ]


def phase(run: Run) -> str:
    """Which part of the page is shown."""
    if run.state in (Run.States.STOPPED, Run.States.FAILED):
        return "broken" if run.size or run.sealed else "done"
    return {Run.States.WAITING: "running"}.get(Run.States(run.state), run.state)


def part_words(run: Run) -> str:
    """What is being done, and how far it is."""
    part, done, of = how_far(run)
    if run.state == Run.States.WAITING:
        return _("It begins as soon as the worker is free.")
    if part == "tickets" and of:
        return _("%(done)s of %(all)s tickets") % {"done": f"{done:,}", "all": f"{of:,}"}
    if part == "messages" and of:
        return _("%(done)s of %(all)s messages") % {"done": f"{done:,}", "all": f"{of:,}"}
    if part == "read":
        return _("Reading: %(done)s mails") % {"done": f"{done:,}"}
    if part in ("tickets", "customers"):
        words = _("%(done)s tickets") if part == "tickets" else _("%(done)s customers")
        return words % {"done": f"{done:,}"}
    return _("Reading: %(part)s, %(done)s") % {"part": part, "done": f"{done:,}"} if part else _("Reading…")


def rehearsed(run: Run) -> list[tuple[str, int, int]]:
    """Of each kind that a dry run found: its name, how many the source has, and how many of them are known."""
    names = _names()
    return [
        (names[kind], counts["source"], counts["known"])
        for kind, counts in sorted(run.told.get("counts", {}).items(), key=lambda one: place_of(one[0]))
        if counts["source"] and kind in names
    ]


def source_choices() -> list[tuple[str, str]]:
    """The kinds of exports, recognised by themselves where none is chosen."""
    kinds = [(name, FETCHED[name].name if name in FETCHED else _("Table (CSV)")) for name in SOURCES]
    return [("", _("Recognise it")), *kinds, (MAIL, _("Mail (mbox, Maildir, .eml)"))]


def field_choices() -> list[tuple[str, str]]:
    """What a column may hold."""
    names = {
        "ticket": _("Ticket number"),
        "subject": _("Subject"),
        "text": _("Text"),
        "html": _("Text as HTML"),
        "created_at": _("Created"),
        "updated_at": _("Changed"),
        "first_reply_at": _("First answered"),
        "solved_at": _("Solved"),
        "closed_at": _("Closed"),
        "status": _("Status"),
        "priority": _("Priority"),
        "channel": _("Channel"),
        "category": _("Type"),
        "tag": _("Tags"),
        "team": _("Team"),
        "actor": _("Agent or writer"),
        "agent_email": _("Agent’s address"),
        "actor_kind": _("Writer’s role"),
        "customer_name": _("Customer’s name"),
        "customer_email": _("Customer’s address"),
        "organisation": _("Organisation"),
        "satisfaction": _("Satisfaction"),
        "url": _("Link"),
        "at": _("Time of the message"),
        "comment": _("Message number"),
        "public": _("Public or private"),
    }
    return [("", _("Leave it out")), (CUSTOM, _("A field of its own")), *names.items()]


def metrics(told: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Each metric that the source has too: its name, how many tickets agree, of how many."""
    names = {"first_response": _("First response"), "resolution": _("Resolution"), "reopens": _("Reopens")}
    return [(names[one["metric"]], one["agree"], one["compared"]) for one in told["differences"]]


def kind_words(kind: str) -> str:
    """The name of a kind of thing."""
    return _names().get(kind, kind)


def _names() -> dict[str, str]:
    return {
        "team": _("Teams"),
        "agent": _("Agents"),
        "organisation": _("Organisations"),
        "customer": _("Customers"),
        "brand": _("Brands"),
        "link": _("Links between tickets"),
        "field": _("Fields"),
        "ticket": _("Tickets"),
        "message": _("Messages"),
        "note": _("Notes"),
        "file": _("Files"),
        "macro": _("Macros"),
        "view": _("Views"),
        "rule": _("Rules, kept to be read"),
        "row": _("Rows"),
        "export": _("Files of the export"),
    }
